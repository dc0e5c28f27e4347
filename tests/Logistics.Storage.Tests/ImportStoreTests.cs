using Logistics.Domain;

namespace Logistics.Storage.Tests;

public sealed class ImportStoreTests(Databases databases)
{
    [Theory, CombinatorialBackends]
    public async Task Batch_accounts_for_every_row(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);

        var outcome = await lab.ImportAsync(Samples.Draft(1), Samples.Draft(2), Samples.Draft(2), Samples.Draft(3) with { WeightGrams = -1 }, Samples.Draft(1) with { WeightGrams = 1500 });

        Assert.Equal(
            [RowResult.Accepted, RowResult.Accepted, RowResult.Unchanged, RowResult.Quarantined, RowResult.Revised], outcome.Rows.Select(r => r.Result));
        Assert.True(outcome.Batch.IsBalanced());
        Assert.Equal((5, 2, 1, 1, 1), (outcome.Batch.Rows, outcome.Batch.Accepted, outcome.Batch.Unchanged, outcome.Batch.Revised, outcome.Batch.Quarantined));
        var parcels = await lab.ListAsync();
        Assert.Equal([("JD000001", 1500, 2), ("JD000002", 1200, 1)], parcels.Select(p => (p.Waybill, p.WeightGrams, p.Revision)).Order());
    }

    [Theory, CombinatorialBackends]
    public async Task Parcel_stored_is_the_parcel_found(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var draft = Samples.Draft() with { Epc = "3174257BF4499602D2000000", Handling = HandlingClass.Fragile, Priority = 7, District = "朝阳", Datum = Datum.Gcj02 };
        var expected = OrderRules.Accept(draft, Samples.Network, Samples.Now, lab.Storage.Ids).Parcel!;
        var outcome = await lab.ImportAsync(draft);
        await lab.ReopenAsync();

        var found = await lab.Storage.ReadAsync(db => lab.Storage.Orders.FindAsync(db, PartnerScope.Everyone, outcome.Rows[0].ParcelId!));

        Assert.Equal(DomainJson.Write(expected with { Id = found!.Id }), DomainJson.Write(found));
    }

    [Theory, CombinatorialBackends]
    public async Task Same_batch_again_later_changes_nothing(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var drafts = Enumerable.Range(1, 20).Select(i => Samples.Draft(i)).ToArray();
        await lab.ImportAsync(drafts);
        var before = DomainJson.Write(await lab.ListAsync());
        lab.Time.Advance(TimeSpan.FromHours(1));

        var again = await lab.ImportAsync(drafts);

        Assert.Equal(20, again.Batch.Unchanged);
        Assert.Equal(before, DomainJson.Write(await lab.ListAsync()));
    }

    [Theory, CombinatorialBackends]
    public async Task Changed_order_is_refused_once_loaded(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var id = (await lab.ImportAsync(Samples.Draft())).Rows[0].ParcelId!;
        foreach (var action in new[] { ParcelAction.Plan, ParcelAction.Load })
        {
            Assert.True((await lab.Storage.WriteAsync(db => lab.Storage.Orders.ApplyAsync(db, PartnerScope.Everyone, id, action, Samples.Admin))).IsAccepted);
        }

        var outcome = await lab.ImportAsync(Samples.Draft() with { WeightGrams = 9 });

        Assert.Equal(RowResult.Refused, outcome.Rows[0].Result);
        Assert.Equal("order.locked", outcome.Rows[0].Problems[0].Rule);
        Assert.Equal(1200, (await lab.ListAsync())[0].WeightGrams);
    }

    [Theory, CombinatorialBackends]
    public async Task Mended_row_becomes_an_order_and_leaves_quarantine(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var id = (await lab.ImportAsync(Samples.Draft() with { WeightGrams = -1 })).Rows[0].QuarantineId!;
        Task<Outcome<RowOutcome>> Release(OrderDraft draft) =>
            lab.Storage.WriteAsync(db => lab.Storage.Imports.ReleaseAsync(db, PartnerScope.Everyone, Samples.Network, id, draft, Samples.Admin));
        Task<QuarantineRow?> Row() => lab.Storage.ReadAsync(db => lab.Storage.Quarantine.FindAsync(db, PartnerScope.Everyone, id));

        Assert.Equal("range", (await Release(Samples.Draft() with { WeightGrams = 0 })).Value!.Problems[0].Rule);
        Assert.Equal((QuarantineStatus.Open, "raw", -1.0), ((await Row())!.Status, (await Row())!.RawText, (await Row())!.Draft.WeightGrams));

        Assert.Equal(RowResult.Accepted, (await Release(Samples.Draft())).Value!.Result);
        Assert.Equal((QuarantineStatus.Released, "usr_admin"), ((await Row())!.Status, (await Row())!.ClosedBy));
        Assert.Equal("quarantine.closed", (await Release(Samples.Draft())).Refusal?.Code);
        Assert.Single(await lab.ListAsync());
        Assert.Equal(0, await lab.Storage.ReadAsync(db => lab.Storage.Quarantine.CountOpenAsync(db, PartnerScope.Everyone, "are_1")));
    }

    [Theory, CombinatorialBackends]
    public async Task Unreadable_field_is_reported_once_and_not_also_as_missing(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var unreadable = new OrderProblem("weightGrams", "abc", "number", "weightGrams \"abc\" is not a number.");

        var outcome = await lab.Storage.WriteAsync(db => lab.Storage.Imports.ImportAsync(
            db, PartnerScope.Everyone, Samples.Network, [new IncomingOrder(1, Samples.Draft() with { WeightGrams = null }, "a,b", [unreadable])], ImportSource.Csv, "a.csv", Samples.Admin));

        Assert.Equal(unreadable, Assert.Single(outcome.Rows[0].Problems));
    }

    [Theory, CombinatorialBackends]
    public async Task Partner_sees_and_changes_only_its_own(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        await lab.ImportAsync(Samples.Draft(1), Samples.Draft(2, "SF"), Samples.Draft(3, "SF") with { WeightGrams = -1 });
        var jd = PartnerScope.Only("ptn_jd");
        var foreign = (await lab.ListAsync()).Single(p => p.PartnerId == "ptn_sf");
        var orders = lab.Storage.Orders;

        await lab.Storage.WriteAsync(async db =>
        {
            Assert.Equal(["ptn_jd"], (await orders.ListAsync(db, jd, new OrderFilter())).Select(p => p.PartnerId));
            Assert.Empty(await orders.ListAsync(db, jd, new OrderFilter { PartnerId = "ptn_sf" }));
            Assert.Equal(1, await orders.CountAsync(db, jd, new OrderFilter()));
            Assert.Null(await orders.FindAsync(db, jd, foreign.Id));
            Assert.Null(await orders.FindByWaybillAsync(db, jd, "ptn_sf", foreign.Waybill));
            Assert.Empty(await orders.ListByIdAsync(db, jd, [foreign.Id]));
            Assert.Empty(await orders.ListByWaybillAsync(db, jd, "ptn_sf", [foreign.Waybill]));
            Assert.Equal("parcel.unknown", (await orders.ApplyAsync(db, jd, foreign.Id, ParcelAction.Cancel, Samples.Admin)).Refusal?.Code);
            Assert.Empty(await lab.Storage.Quarantine.ListAsync(db, jd, "are_1"));
            Assert.Equal(0, await lab.Storage.Quarantine.CountOpenAsync(db, jd, "are_1"));
            Assert.Empty(await lab.Storage.Imports.ListAsync(db, jd, "are_1"));
            Assert.All(await lab.Storage.Board.CountParcelsAsync(db, jd, "are_1", Samples.Day), c => Assert.Equal("ptn_jd", c.PartnerId));
            Assert.Empty(await lab.Storage.Audit.ListAsync(db, jd, new AuditFilter()));
        });

        var import = await lab.ImportAsync(jd, Samples.Draft(2, "SF"), Samples.Draft(9, "SF"));
        Assert.All(import.Rows, r => Assert.Equal((RowResult.Quarantined, "partner.scope"), (r.Result, r.Problems[0].Rule)));
        Assert.Equal(foreign.Revision, (await lab.ListAsync()).Single(p => p.Id == foreign.Id).Revision);
        Assert.Equal(2, (await lab.ListAsync()).Count);
    }

    [Theory, CombinatorialBackends]
    public async Task Concurrent_imports_of_one_file_make_each_order_once(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var drafts = Enumerable.Range(1, 50).Select(i => Samples.Draft(i)).ToArray();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => lab.ImportAsync(drafts))));

        Assert.Equal(50, outcomes.Sum(o => o.Batch.Accepted));
        Assert.Equal(150, outcomes.Sum(o => o.Batch.Unchanged));
        Assert.Equal(50, (await lab.ListAsync()).Count);
    }
}
