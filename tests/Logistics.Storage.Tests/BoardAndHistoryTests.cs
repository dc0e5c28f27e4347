using Logistics.Domain;

namespace Logistics.Storage.Tests;

public sealed class BoardAndHistoryTests(Databases databases)
{
    [Theory, CombinatorialBackends]
    public async Task Board_counts_add_up_to_the_parcels(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        await lab.ImportAsync([.. Enumerable.Range(1, 4).Select(i => Samples.Draft(i)), Samples.Draft(1, "SF")]);
        lab.Time.Advance(TimeSpan.FromMinutes(1));
        var planned = (await lab.ListAsync()).Take(2);
        await lab.Storage.WriteAsync(async db =>
        {
            await lab.Storage.Plans.CreateAsync(db, Samples.Plan("pln_1", lab.Time.GetUtcNow(), planned), null, null, Samples.Admin);
            await lab.Storage.Plans.PublishAsync(db, "pln_1", Samples.Admin);
        });

        var counts = await lab.Storage.ReadAsync(db => lab.Storage.Board.CountParcelsAsync(db, PartnerScope.Everyone, "are_1", Samples.Day));
        Assert.Equal(
            [(ParcelState.Planned, "ptn_jd", "ter_1", 2), (ParcelState.Promised, "ptn_jd", null, 2), (ParcelState.Promised, "ptn_sf", null, 1)],
            counts.Select(c => (c.State, c.PartnerId, c.TerminalId, c.Parcels)));
        var ordered = await lab.Storage.ReadAsync(db => lab.Storage.Board.CountOrderedAsync(db, "are_1", Samples.Day.AddDays(-1), Samples.Day));
        Assert.Equal([KeyValuePair.Create(Samples.Day, 5)], ordered);
        Assert.Empty(await lab.Storage.ReadAsync(db => lab.Storage.Board.CountOrderedAsync(db, "are_1", Samples.Day.AddDays(1), Samples.Day.AddDays(9))));

        var box = (await lab.Storage.ReadAsync(db => lab.Storage.Network.ListCompartmentsAsync(db, "ter_1"))).First(c => c.Size == SizeClass.L);
        await lab.Storage.WriteAsync(db => lab.Storage.Network.SaveCompartmentAsync(db, box with { Use = CompartmentUse.Occupied, Service = CompartmentService.Faulty }));
        var fill = await lab.Storage.ReadAsync(db => lab.Storage.Board.ListFillAsync(db, "are_1", Samples.Day));
        // Both boxes were reserved by the plan; one of them now breaks with a parcel inside, so one planned parcel has no box.
        Assert.Equal(new TerminalFill("ter_1", SizeClass.L, 2, 1, 1, 1, 0, 1), fill.Single(f => f is { TerminalId: "ter_1", Size: SizeClass.L }));
        Assert.Equal(11 + 20, fill.Sum(f => f.Compartments));
    }

    [Theory, CombinatorialBackends]
    public async Task History_saved_is_the_history_found_for_those_who_may_see_it(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        DailyVolume[] volumes =
        [
            new(Samples.Day, null, "ptn_jd", SizeClass.S, 3),
            new(Samples.Day, "ter_1", "ptn_jd", SizeClass.XL, 1),
            new(Samples.Day, "ter_1", "ptn_sf", SizeClass.M, 9),
            new(Samples.Day.AddDays(1), "ter_1", "ptn_jd", SizeClass.S, 2),
        ];
        await lab.Storage.WriteAsync(db => lab.Storage.History.SaveAsync(db, volumes));
        await lab.Storage.WriteAsync(db => lab.Storage.History.SaveAsync(db, volumes));
        Task<List<DailyVolume>> List(PartnerScope scope, int days) => lab.Storage.ReadAsync(db => lab.Storage.History.ListAsync(db, scope, Samples.Day, Samples.Day.AddDays(days)));

        Assert.Equal(volumes, await List(PartnerScope.Everyone, 2));
        Assert.Equal(volumes[..3], await List(PartnerScope.Everyone, 1));
        Assert.Equal(volumes[..2], await List(PartnerScope.Only("ptn_jd"), 1));
    }

    [Theory, CombinatorialBackends]
    public async Task Days_sum_up_the_history_and_leave_out_days_without_parcels(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        DailyVolume[] volumes =
        [
            new(Samples.Day, null, "ptn_jd", SizeClass.S, 3),
            new(Samples.Day, "ter_1", "ptn_sf", SizeClass.M, 9),
            new(Samples.Day.AddDays(2), "ter_1", "ptn_jd", SizeClass.XL, 2),
        ];
        await lab.Storage.WriteAsync(db => lab.Storage.History.SaveAsync(db, volumes));
        Task<List<(DateOnly, int)>> Days(PartnerScope scope) => lab.Storage.ReadAsync(db => lab.Storage.History.ListDaysAsync(db, scope, Samples.Day, Samples.Day.AddDays(3)));

        Assert.Equal([(Samples.Day, 12), (Samples.Day.AddDays(2), 2)], await Days(PartnerScope.Everyone));
        Assert.Equal([(Samples.Day, 9)], await Days(PartnerScope.Only("ptn_sf")));
    }

    [Theory, CombinatorialBackends]
    public async Task Stamp_changes_with_parcels_shifts_and_boxes_and_with_nothing_else(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        await lab.ImportAsync(Samples.Draft(1));
        Task<string> Stamp() => lab.Storage.ReadAsync(db => lab.Storage.Board.StampAsync(db, "are_1", Samples.Day));
        var seen = new List<string> { await Stamp() };
        Assert.Equal(seen[0], await Stamp());

        await lab.ImportAsync(Samples.Draft(2));
        seen.Add(await Stamp());
        lab.Time.Advance(TimeSpan.FromMinutes(1));
        var parcel = (await lab.ListAsync())[0];
        await lab.Storage.WriteAsync(db => lab.Storage.Orders.ApplyAsync(db, PartnerScope.Everyone, parcel.Id, ParcelAction.Cancel, Samples.Admin));
        seen.Add(await Stamp());
        var box = (await lab.Storage.ReadAsync(db => lab.Storage.Network.ListCompartmentsAsync(db, "ter_1")))[0];
        await lab.Storage.WriteAsync(db => lab.Storage.Network.SaveCompartmentAsync(db, box with { Service = CompartmentService.Faulty }));
        seen.Add(await Stamp());

        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Theory, CombinatorialBackends]
    public async Task Recount_counts_what_was_delivered(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var rows = (await lab.ImportAsync([.. Enumerable.Range(1, 3).Select(i => Samples.Draft(i))])).Rows;
        foreach (var action in new[] { ParcelAction.Plan, ParcelAction.Load, ParcelAction.Depart, ParcelAction.HandOver })
        {
            await lab.Storage.WriteAsync(db => lab.Storage.Orders.ApplyAsync(db, PartnerScope.Everyone, rows[0].ParcelId!, action, Samples.Admin));
        }

        await lab.Storage.WriteAsync(db => lab.Storage.History.RecountAsync(db, "are_1", Samples.Day));

        Assert.Equal(
            new DailyVolume(Samples.Day, null, "ptn_jd", SizeClass.M, 1),
            Assert.Single(await lab.Storage.ReadAsync(db => lab.Storage.History.ListAsync(db, PartnerScope.Everyone, Samples.Day, Samples.Day.AddDays(1)))));
    }

    [Theory, CombinatorialBackends]
    public async Task Parcels_are_counted_by_the_hub_they_leave_from(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        await lab.ImportAsync([.. Enumerable.Range(1, 3).Select(i => Samples.Draft(i))]);
        Task<Dictionary<string, int>> CountAsync(DateOnly from, DateOnly until) => lab.Storage.ReadAsync(db => lab.Storage.History.CountByHubAsync(db, "are_1", from, until));

        var count = Assert.Single(await CountAsync(Samples.Day, Samples.Day.AddDays(1)));

        Assert.Equal(3, count.Value);
        Assert.Empty(await CountAsync(Samples.Day.AddDays(1), Samples.Day.AddDays(9)));
    }
}
