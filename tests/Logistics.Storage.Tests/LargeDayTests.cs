using Logistics.Domain;

namespace Logistics.Storage.Tests;

/// <summary>A day of ten thousand orders goes the whole way; how fast is measured by the benchmarks (docs/benchmarks-planning.md).</summary>
public sealed class LargeDayTests(Databases databases)
{
    [Theory, CombinatorialBackends]
    public async Task Ten_thousand_orders_are_imported_once_planned_and_published(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var drafts = Enumerable.Range(1, 10_000).Select(i => Samples.Draft(i)).ToArray();

        Assert.Equal(10_000, (await lab.ImportAsync(drafts)).Batch.Accepted);
        Assert.Equal(10_000, (await lab.ImportAsync(drafts)).Batch.Unchanged);
        lab.Time.Advance(TimeSpan.FromMinutes(1));
        var plan = Samples.Plan("pln_1", lab.Time.GetUtcNow(), await lab.ListAsync());
        await lab.Storage.WriteAsync(db => lab.Storage.Plans.CreateAsync(db, plan, null, null, Samples.Admin));

        Assert.True((await lab.Storage.WriteAsync(db => lab.Storage.Plans.PublishAsync(db, "pln_1", Samples.Admin))).IsAccepted);
        Assert.All(await lab.ListAsync(), p => Assert.Equal(ParcelState.Planned, p.State));
    }
}
