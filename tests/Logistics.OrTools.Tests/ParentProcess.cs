using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Logistics.OrTools.Hosting;
using Logistics.OrTools.Protocol;

namespace Logistics.OrTools.Tests;

/// <summary>A second process that owns a searching solver, so that a test can kill it.</summary>
internal static class ParentProcess
{
    private const string Marker = "LOGISTICS_TEST_HOLD_SOLVER";

    /// <summary>Starts this test assembly again; its first line of output is the id of its solver process, which is searching by then.</summary>
    public static Process Start()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(typeof(ParentProcess).Assembly.Location);
        start.Environment[Marker] = "1";
        return Process.Start(start)!;
    }

    /// <summary>In the second process: never returns.</summary>
    /// <remarks>Only library code may run on other threads here, because ours waits for this initializer.</remarks>
    [ModuleInitializer]
    internal static void HoldIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Marker) != "1") return;
        var solver = new NodeCpSat(new() { MaxProcesses = 1 });
        solver.WarmUpAsync().GetAwaiter().GetResult();
        var child = solver.ListIdleProcessIds().Single();
        using var seen = new BlockingCollection<CpSatProgress>();
        var solving = solver.SolveAsync(Models.Hard(), new SatParameters { MaxTimeInSeconds = 300 }, new Progress<CpSatProgress>(seen.Add));
        seen.Take();
        Console.WriteLine(child);
        solving.GetAwaiter().GetResult();
        Environment.Exit(1);
    }
}
