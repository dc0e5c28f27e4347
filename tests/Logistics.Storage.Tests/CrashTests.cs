using System.Diagnostics;
using Logistics.Domain;

namespace Logistics.Storage.Tests;

/// <summary>A host killed with SIGKILL in the middle of an import or a publish leaves all of it or nothing.</summary>
public sealed class CrashTests(Databases databases)
{
    [Theory]
    [InlineData(Backend.Sqlite, "import-hang", CrashChild.ReadyLine, 0)]
    [InlineData(Backend.Postgres, "import-hang", CrashChild.ReadyLine, 0)]
    [InlineData(Backend.Sqlite, "import", CrashChild.DoneLine, CrashChild.Orders)]
    [InlineData(Backend.Postgres, "import", CrashChild.DoneLine, CrashChild.Orders)]
    public async Task Import_killed_is_whole_or_absent(Backend backend, string work, string killAfter, int expectedOrders)
    {
        await using var lab = await databases.OpenAsync(backend);
        await KillChildAsync(lab, work, killAfter);
        await lab.ReopenAsync();

        Assert.Equal(expectedOrders, (await lab.ListAsync()).Count);
        Assert.Equal(expectedOrders > 0 ? 1 : 0, (await lab.Storage.ReadAsync(db => lab.Storage.Imports.ListAsync(db, PartnerScope.Everyone, "are_1"))).Count);
        // The partner, unsure what arrived, sends everything again.
        var again = await lab.ImportAsync([.. Enumerable.Range(1, CrashChild.Orders).Select(i => Samples.Draft(i))]);
        Assert.Equal(CrashChild.Orders, again.Batch.Accepted + again.Batch.Unchanged);
        Assert.Equal(CrashChild.Orders, (await lab.ListAsync()).Count);
    }

    [Theory]
    [InlineData(Backend.Sqlite, "publish-hang", CrashChild.ReadyLine, "pln_1")]
    [InlineData(Backend.Postgres, "publish-hang", CrashChild.ReadyLine, "pln_1")]
    [InlineData(Backend.Sqlite, "publish", CrashChild.DoneLine, "pln_2")]
    [InlineData(Backend.Postgres, "publish", CrashChild.DoneLine, "pln_2")]
    public async Task Publish_killed_leaves_the_old_plan_or_the_new_one_with_all_its_parcels(Backend backend, string work, string killAfter, string expectedPlan)
    {
        await using var lab = await databases.OpenAsync(backend);
        await lab.ImportAsync([.. Enumerable.Range(1, 500).Select(i => Samples.Draft(i))]);
        lab.Time.Advance(TimeSpan.FromMinutes(3));
        var parcels = await lab.ListAsync();
        foreach (var id in new[] { "pln_1", "pln_2" })
        {
            await lab.Storage.WriteAsync(db => lab.Storage.Plans.CreateAsync(db, Samples.Plan(id, lab.Time.GetUtcNow(), parcels), null, null, Samples.Admin));
        }
        await lab.Storage.WriteAsync(db => lab.Storage.Plans.PublishAsync(db, "pln_1", Samples.Admin));

        await KillChildAsync(lab, work, killAfter);
        await lab.ReopenAsync();

        Assert.Equal(expectedPlan, (await lab.Storage.ReadAsync(db => lab.Storage.Plans.FindPublishedAsync(db, "are_1", Samples.Day)))?.Id);
        Assert.All(await lab.ListAsync(), p => Assert.Equal((ParcelState.Planned, expectedPlan), (p.State, p.Assignment?.PlanId)));
    }

    private static async Task KillChildAsync(StorageLab lab, string work, string killAfter)
    {
        await lab.CloseAsync();
        using var child = new Process
        {
            StartInfo = new ProcessStartInfo(Environment.ProcessPath!)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment =
                {
                    [CrashChild.WorkVariable] = work,
                    [CrashChild.ConnectionVariable] = lab.Options.Connection,
                    [CrashChild.FolderVariable] = lab.Folder.FullName,
                },
            },
        };
        child.StartInfo.ArgumentList.Add(Path.ChangeExtension(typeof(CrashTests).Assembly.Location, ".dll"));
        child.Start();
        try
        {
            var errors = child.StandardError.ReadToEndAsync();
            string? line;
            do
            {
                line = await child.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(3));
            }
            while (line is not null && line != killAfter);
            Assert.True(line == killAfter, line is null ? await errors : line);
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync();
        }
    }
}
