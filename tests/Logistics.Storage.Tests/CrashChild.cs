using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Logistics.Domain;

namespace Logistics.Storage.Tests;

/// <summary>What the test program does when it is started as the child of a crash test: open the store, begin, and wait to be killed mid-way.</summary>
/// <remarks>It runs before the test runner would, so that the child is this very program and shares the store's code.</remarks>
internal static class CrashChild
{
    public const string ConnectionVariable = "LOGISTICS_CRASH_CONNECTION";
    public const string FolderVariable = "LOGISTICS_CRASH_FOLDER";
    public const string WorkVariable = "LOGISTICS_CRASH_WORK";

    /// <summary>Printed when everything is written and nothing is committed.</summary>
    public const string ReadyLine = "written, not committed";

    /// <summary>Printed when the transaction is durable.</summary>
    public const string DoneLine = "committed";

    public const int Orders = 3000;

#pragma warning disable CA2255 // The crash test's child is this program; there is no other entry to hook.
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void RunIfChild()
    {
        if (Environment.GetEnvironmentVariable(WorkVariable) is not { } work) return;
        // Other threads may not enter this module before its initializer ends, so every continuation runs on this one.
        var pump = new Pump();
        SynchronizationContext.SetSynchronizationContext(pump);
        pump.RunUntil(RunAsync(work));
        Environment.Exit(0);
    }

    private static async Task RunAsync(string work)
    {
        var time = new Logistics.Testing.ManualTimeProvider(Samples.Now.AddMinutes(10));
        var options = new StorageOptions(Environment.GetEnvironmentVariable(ConnectionVariable)!) { DataFolder = Environment.GetEnvironmentVariable(FolderVariable) };
        await using var storage = await LogisticsStorage.OpenAsync(options, time);
        await storage.WriteAsync(async db =>
        {
            if (work.StartsWith("import", StringComparison.Ordinal))
            {
                var incoming = Enumerable.Range(1, Orders).Select(i => new IncomingOrder(i, Samples.Draft(i))).ToList();
                await storage.Imports.ImportAsync(db, PartnerScope.Everyone, Samples.Network, incoming, ImportSource.Csv, "orders.csv", Samples.Admin);
            }
            else
            {
                var outcome = await storage.Plans.PublishAsync(db, "pln_2", Samples.Admin);
                if (!outcome.IsAccepted) throw new InvalidOperationException(outcome.Refusal.Message);
            }
            if (work.EndsWith("-hang", StringComparison.Ordinal))
            {
                WaitToBeKilled(ReadyLine);
            }
        });
        // Killed rather than closed: what was committed must not depend on a tidy end.
        WaitToBeKilled(DoneLine);
    }

    private static void WaitToBeKilled(string line)
    {
        Console.WriteLine(line);
        // The input ends only when the test itself died; then this process must not stay behind.
        Console.In.ReadToEnd();
        Environment.Exit(1);
    }

    /// <summary>Runs what is posted to it on the thread that calls <see cref="RunUntil"/>.</summary>
    private sealed class Pump : SynchronizationContext
    {
        private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _queue = [];

        public override void Post(SendOrPostCallback d, object? state) => _queue.Add((d, state));

        public void RunUntil(Task task)
        {
            _ = task.ContinueWith(_ => _queue.CompleteAdding(), TaskScheduler.FromCurrentSynchronizationContext());
            foreach (var (callback, state) in _queue.GetConsumingEnumerable()) callback(state);
            task.GetAwaiter().GetResult();
        }
    }
}
