namespace Logistics.OrTools;

/// <summary>Chooses the engine that this build contains.</summary>
public static class CpSat
{
    /// <summary>The native library in process where built with <c>-p:GoogleOrTools=true</c>, else the child-process pool.</summary>
    public static ICpSat Create(CpSatOptions? options = null) =>
#if GOOGLE_ORTOOLS
        new Native.NativeCpSat(options ?? new CpSatOptions());
#else
        new Hosting.NodeCpSat(options ?? new CpSatOptions());
#endif
}
