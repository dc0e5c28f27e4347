using System.Diagnostics;

namespace Logistics.Planner.Cli.Running;

/// <summary>Wall and CPU seconds since it was made. CPU time is the process's, all threads, user and system. Thread-safe.</summary>
public sealed class RunClock
{
    private readonly long _wall = Stopwatch.GetTimestamp();
    private readonly TimeSpan _cpu = ProcessCpuTime();

    public double WallSeconds => Stopwatch.GetElapsedTime(_wall).TotalSeconds;

    public double CpuSeconds => (ProcessCpuTime() - _cpu).TotalSeconds;

    private static TimeSpan ProcessCpuTime() => Environment.CpuUsage.TotalTime;
}
