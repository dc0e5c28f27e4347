using Logistics.Domain;

namespace Logistics.Storage.Tests;

public sealed class PlanStoreTests(Databases databases)
{
    private static Task<DayPlan> Create(StorageLab lab, string id, params IEnumerable<Parcel> parcels) => lab.Storage.WriteAsync(
        db => lab.Storage.Plans.CreateAsync(db, Samples.Plan(id, lab.Time.GetUtcNow(), parcels), """{"jobs":[]}""", """{"routes":[]}""", Samples.Admin));

    private static Task<Outcome<DayPlan>> Publish(StorageLab lab, string id) =>
        lab.Storage.WriteAsync(db => lab.Storage.Plans.PublishAsync(db, id, Samples.Admin));

    private static async Task<List<Parcel>> Parcels(StorageLab lab, int count)
    {
        await lab.ImportAsync([.. Enumerable.Range(1, count).Select(i => Samples.Draft(i))]);
        lab.Time.Advance(TimeSpan.FromMinutes(1));
        return await lab.ListAsync();
    }

    [Theory, CombinatorialBackends]
    public async Task Versions_count_up_and_share_their_problem(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var parcels = await Parcels(lab, 3);
        var first = await Create(lab, "pln_1", parcels);
        var second = await Create(lab, "pln_2", parcels.Take(1));
        await lab.ReopenAsync();

        var plans = lab.Storage.Plans;
        var found = await lab.Storage.ReadAsync(db => plans.FindAsync(db, "pln_1"));
        Assert.Equal(DomainJson.Write(first), DomainJson.Write(found));
        Assert.Equal((1, 2), (first.Version, second.Version));
        Assert.Equal(first.ProblemHash, second.ProblemHash);
        Assert.Equal("""{"jobs":[]}""", await lab.Storage.ReadAsync(db => plans.FindDocumentAsync(db, first.ProblemHash!)));
        var headers = await lab.Storage.ReadAsync(db => plans.ListAsync(db, "are_1", Samples.Day));
        Assert.Equal([("pln_2", 1, 1234), ("pln_1", 3, 1234)], headers.Select(h => (h.Id, h.Parcels, h.TotalFen)));
    }

    [Theory, CombinatorialBackends]
    public async Task Publishing_assigns_its_parcels_and_publishing_the_next_version_replaces_it(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var parcels = await Parcels(lab, 3);
        await Create(lab, "pln_1", parcels);
        await Create(lab, "pln_2", parcels.Take(2));

        Assert.Equal(PlanStatus.Published, (await Publish(lab, "pln_1")).Value?.Status);
        Assert.All(await lab.ListAsync(), p => Assert.Equal((ParcelState.Planned, "pln_1", "ter_1", SizeClass.L), (p.State, p.Assignment!.PlanId, p.Assignment.TerminalId, p.Assignment.CompartmentSize)));
        Assert.True((await Publish(lab, "pln_2")).IsAccepted);

        Assert.Equal(
            [(ParcelState.Planned, "pln_2"), (ParcelState.Planned, "pln_2"), (ParcelState.Promised, null)],
            (await lab.ListAsync()).Select(p => (p.State, p.Assignment?.PlanId)));
        Assert.Equal("pln_2", (await lab.Storage.ReadAsync(db => lab.Storage.Plans.FindPublishedAsync(db, "are_1", Samples.Day)))?.Id);
        Assert.Equal(PlanStatus.Superseded, (await lab.Storage.ReadAsync(db => lab.Storage.Plans.FindAsync(db, "pln_1")))?.Status);
    }

    [Theory, CombinatorialBackends]
    public async Task Executed_work_keeps_its_state_in_the_next_version(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var parcels = await Parcels(lab, 2);
        await Create(lab, "pln_1", parcels);
        await Publish(lab, "pln_1");
        await lab.Storage.WriteAsync(db => lab.Storage.Orders.ApplyAsync(db, PartnerScope.Everyone, parcels[0].Id, ParcelAction.Load, Samples.Admin));
        await Create(lab, "pln_2", parcels);

        Assert.True((await Publish(lab, "pln_2")).IsAccepted);

        Assert.Equal([(ParcelState.Loaded, "pln_2"), (ParcelState.Planned, "pln_2")], (await lab.ListAsync()).Select(p => (p.State, p.Assignment?.PlanId)));
    }

    [Theory, CombinatorialBackends]
    public async Task Plan_that_no_longer_fits_is_refused_and_changes_nothing(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var parcels = await Parcels(lab, 2);
        await Create(lab, "pln_1", parcels);
        await Create(lab, "pln_2", parcels[0] with { Id = "par_none" });
        await Create(lab, "pln_3", parcels[0], parcels[0]);
        await lab.Storage.WriteAsync(db => lab.Storage.Plans.CreateAsync(db, Samples.Plan("pln_4", lab.Time.GetUtcNow()) with { Violations = ["too heavy"] }, null, null, Samples.Admin));

        Assert.Equal("plan.unknown", (await Publish(lab, "pln_0")).Refusal?.Code);
        Assert.Equal("plan.parcels", (await Publish(lab, "pln_2")).Refusal?.Code);
        Assert.Equal("plan.twice", (await Publish(lab, "pln_3")).Refusal?.Code);
        Assert.Equal("plan.violations", (await Publish(lab, "pln_4")).Refusal?.Code);
        lab.Time.Advance(TimeSpan.FromMinutes(1));
        await lab.ImportAsync(Samples.Draft(1) with { WeightGrams = 99 });
        Assert.Equal("plan.stale", (await Publish(lab, "pln_1")).Refusal?.Code);

        Assert.All(await lab.ListAsync(), p => Assert.Equal(ParcelState.Promised, p.State));
        Assert.Null(await lab.Storage.ReadAsync(db => lab.Storage.Plans.FindPublishedAsync(db, "are_1", Samples.Day)));
    }

    [Theory, CombinatorialBackends]
    public async Task Cancelled_parcel_makes_the_plan_stale(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var parcels = await Parcels(lab, 2);
        await Create(lab, "pln_1", parcels);
        await lab.Storage.WriteAsync(db => lab.Storage.Orders.ApplyAsync(db, PartnerScope.Everyone, parcels[1].Id, ParcelAction.Cancel, Samples.Admin));

        Assert.Contains("JD000002", (await Publish(lab, "pln_1")).Refusal?.Message, StringComparison.Ordinal);
    }

    [Theory, CombinatorialBackends]
    public async Task Racing_publishers_leave_one_published_plan(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var parcels = await Parcels(lab, 5);
        var ids = Enumerable.Range(1, 6).Select(i => $"pln_{i}").ToList();
        foreach (var id in ids) await Create(lab, id, parcels);

        await Task.WhenAll(ids.Select(id => Task.Run(() => Publish(lab, id))));

        var headers = await lab.Storage.ReadAsync(db => lab.Storage.Plans.ListAsync(db, "are_1", Samples.Day));
        Assert.Equal(1, headers.Count(h => h.Status == PlanStatus.Published));
        Assert.Equal(5, headers.Count(h => h.Status == PlanStatus.Superseded));
        var winner = headers.Single(h => h.Status == PlanStatus.Published).Id;
        Assert.All(await lab.ListAsync(), p => Assert.Equal(winner, p.Assignment?.PlanId));
    }

    [Theory, CombinatorialBackends]
    public async Task Draft_can_be_discarded_once(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        await Create(lab, "pln_1");
        Task<Outcome<DayPlan>> Discard() => lab.Storage.WriteAsync(db => lab.Storage.Plans.DiscardAsync(db, "pln_1", Samples.Admin));

        Assert.Equal(PlanStatus.Discarded, (await Discard()).Value?.Status);
        Assert.Equal("plan.status", (await Discard()).Refusal?.Code);
        Assert.Equal("plan.status", (await Publish(lab, "pln_1")).Refusal?.Code);
    }
}
