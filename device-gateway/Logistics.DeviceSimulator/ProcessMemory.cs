using System.Diagnostics;

namespace Logistics.DeviceSimulator;

/// <summary>Memory of another process on this machine.</summary>
internal static class ProcessMemory
{
    /// <returns>Resident megabytes; null when no process was named.</returns>
    public static double? MegabytesOf(int? process)
    {
        if (process is not { } id)
        {
            return null;
        }

        using var found = Process.GetProcessById(id);
        return found.WorkingSet64 / 1048576.0;
    }
}
