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
        RunAsync(work).GetAwaiter().GetResult();
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
                Console.WriteLine(ReadyLine);
                await Task.Delay(Timeout.Infinite);
            }
        });
        Console.WriteLine(DoneLine);
        // Killed rather than closed: what was committed must not depend on a tidy end.
        await Task.Delay(Timeout.Infinite);
    }
}
