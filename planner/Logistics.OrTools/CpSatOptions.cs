using Logistics.OrTools.Hosting;

namespace Logistics.OrTools;

/// <summary>Limits of the exact engine.</summary>
public sealed record CpSatOptions
{
    /// <summary>Solver processes at most; further solves wait their turn. A process holds 110 to 850 MB.</summary>
    public int MaxProcesses { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Time limit of a solve whose parameters set none.</summary>
    public TimeSpan DefaultTimeLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What a solver may take beyond its time limit before it counts as hung; presolve checks the clock rarely.</summary>
    public TimeSpan HangGrace { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What a process may take to start.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Largest serialised model in bytes; the solver's heap ends at 2 GiB and a model unfolds to about ten times its size.</summary>
    public int MaxModelBytes { get; init; } = 100_000_000;

    /// <summary>A process that holds more than this after a solve is replaced, because WebAssembly memory never shrinks; mebibytes.</summary>
    public int RecycleAboveMebibytes { get; init; } = 1000;

    /// <summary>Where Node and the solver are.</summary>
    public CpSatInstallation Installation { get; init; } = CpSatInstallation.Default;

    /// <summary>Measures hangs.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
