using Logistics.Domain;

namespace Logistics.Storage.Tests;

public sealed class OrderStoreTests(Databases databases)
{
    [Theory, CombinatorialBackends]
    public async Task Filter_narrows_and_pages_by_id(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        await lab.ImportAsync([.. Enumerable.Range(1, 25).Select(i => Samples.Draft(i)), .. Enumerable.Range(1, 5).Select(i => Samples.Draft(i, "SF"))]);
        Task<List<Parcel>> List(OrderFilter filter) => lab.Storage.ReadAsync(db => lab.Storage.Orders.ListAsync(db, PartnerScope.Everyone, filter));

        Assert.Equal(5, (await List(new OrderFilter { PartnerId = "ptn_sf" })).Count);
        Assert.Equal(["JD000011", "SF000001"], [(await List(new OrderFilter { PhoneTail = "0011" })).Single().Waybill, (await List(new OrderFilter { WaybillPrefix = "SF000001" })).Single().Waybill]);
        Assert.Equal(10, (await List(new OrderFilter { WaybillPrefix = "JD00001" })).Count);
        Assert.Empty(await List(new OrderFilter { WaybillPrefix = "%" }));
        Assert.Empty(await List(new OrderFilter { PhoneTail = "11" }));
        Assert.Empty(await List(new OrderFilter { Day = Samples.Day.AddDays(1) }));
        Assert.Equal(30, (await List(new OrderFilter { States = [ParcelState.Promised, ParcelState.Out], AreaId = "are_1" })).Count);
        Assert.Empty(await List(new OrderFilter { States = [ParcelState.Out] }));

        var all = (await List(new OrderFilter { Limit = 0 })).ConvertAll(p => p.Id);
        var paged = new List<string>();
        while (await List(new OrderFilter { Limit = 7, AfterId = paged.LastOrDefault() }) is { Count: > 0 } page) paged.AddRange(page.Select(p => p.Id));
        Assert.Equal(all, paged);
        Assert.Equal(30, await lab.Storage.ReadAsync(db => lab.Storage.Orders.CountAsync(db, PartnerScope.Everyone, new OrderFilter { Limit = 7 })));
    }

    [Theory, CombinatorialBackends]
    public async Task Action_moves_the_parcel_and_leaves_an_audit_entry_refusal_leaves_neither(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var id = (await lab.ImportAsync(Samples.Draft())).Rows[0].ParcelId!;
        Task<Outcome<Parcel>> Apply(ParcelAction action) =>
            lab.Storage.WriteAsync(db => lab.Storage.Orders.ApplyAsync(db, PartnerScope.Everyone, id, action, new Actor("usr_2", "客户取消")));

        Assert.Equal("parcel.transition", (await Apply(ParcelAction.Load)).Refusal?.Code);
        Assert.Equal(ParcelState.Cancelled, (await Apply(ParcelAction.Cancel)).Value?.State);

        Assert.Equal("客户取消", (await lab.ListAsync())[0].StateReason);
        var entries = await lab.Storage.ReadAsync(db => lab.Storage.Audit.ListAsync(db, PartnerScope.Only("ptn_jd"), new AuditFilter { ObjectId = id }));
        Assert.Equal(("parcel.cancel", "usr_2"), (Assert.Single(entries).Action, entries[0].Actor));
    }

    [Theory, CombinatorialBackends]
    public async Task Personal_data_is_not_readable_in_the_database_nor_in_the_audit_trail(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        await lab.ImportAsync(Samples.Draft(), Samples.Draft(2) with { WeightGrams = -1 });
        await lab.ImportAsync(Samples.Draft() with { RecipientName = "王大明" });

        await lab.Storage.WriteAsync(async db =>
        {
            var bytes = await db.ListAsync("select recipient as b from parcel union all select draft from quarantine_row union all select raw_text from quarantine_row", r => r.Bytes("b"));
            Assert.All(bytes, b => Assert.DoesNotContain("王", System.Text.Encoding.UTF8.GetString(b), StringComparison.Ordinal));
            var texts = await db.ListAsync("select coalesce(before_doc, '') || coalesce(after_doc, '') as t from audit_entry", r => r.Text("t"));
            Assert.Contains(texts, t => t.Contains("JD000001", StringComparison.Ordinal));
            Assert.All(texts, t => Assert.False(t.Contains("王小明", StringComparison.Ordinal) || t.Contains("13812340001", StringComparison.Ordinal) || t.Contains("301", StringComparison.Ordinal), t));
            var problems = await db.ListAsync("select problems from quarantine_row", r => r.Text("problems"));
            Assert.All(problems, t => Assert.DoesNotContain("王", t, StringComparison.Ordinal));
        });
    }

    [Theory, CombinatorialBackends]
    public async Task Retention_erases_people_of_ended_journeys_only(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var ids = (await lab.ImportAsync(Samples.Draft(1), Samples.Draft(2))).Rows.Select(r => r.ParcelId!).ToList();
        await lab.Storage.WriteAsync(db => lab.Storage.Orders.ApplyAsync(db, PartnerScope.Everyone, ids[0], ParcelAction.Cancel, Samples.Admin));

        Assert.Equal(0, await lab.Storage.WriteAsync(db => lab.Storage.Orders.EraseRecipientsAsync(db, Samples.Day)));
        Assert.Equal(1, await lab.Storage.WriteAsync(db => lab.Storage.Orders.EraseRecipientsAsync(db, Samples.Day.AddDays(1))));

        Assert.Equal([("", "JD000001"), ("王小明", "JD000002")], (await lab.ListAsync()).Select(p => (p.Recipient.Name, p.Waybill)).OrderBy(p => p.Waybill, StringComparer.Ordinal));
    }

    [Theory, CombinatorialBackends]
    public async Task Retention_removes_closed_quarantine_rows_and_keeps_open_ones(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var rows = (await lab.ImportAsync(Samples.Draft(1) with { WeightGrams = -1 }, Samples.Draft(2) with { WeightGrams = -1 })).Rows;
        var quarantine = lab.Storage.Quarantine;
        await lab.Storage.WriteAsync(db => quarantine.RejectAsync(db, PartnerScope.Everyone, rows[0].QuarantineId!, new Actor("usr_2", "重复")));

        Assert.Equal(0, await lab.Storage.WriteAsync(db => quarantine.PurgeClosedAsync(db, Samples.Now)));
        Assert.Equal(1, await lab.Storage.WriteAsync(db => quarantine.PurgeClosedAsync(db, Samples.Now.AddSeconds(1))));

        Assert.Equal([rows[1].QuarantineId], (await lab.Storage.ReadAsync(db => quarantine.ListAsync(db, PartnerScope.Everyone, "are_1", status: null))).Select(q => q.Id));
    }

    [Theory, CombinatorialBackends]
    public async Task Parcel_waiting_too_long_is_overdue_once_and_can_be_returned_and_promised_again(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var id = (await lab.ImportAsync(Samples.Draft())).Rows[0].ParcelId!;
        var box = (await lab.Storage.ReadAsync(db => lab.Storage.Network.ListCompartmentsAsync(db, "ter_1")))[0];
        var (van, slot) = (new Holder(HolderKind.Vehicle, "veh_1"), new Holder(HolderKind.Compartment, box.Id));
        CustodyEvent[] events = [new("load", id, Samples.Now, null, van, "cou_1"), new("deposit", id, Samples.Now, van, slot, "cou_1")];
        await lab.Storage.WriteAsync(db => lab.Storage.Custody.AppendAsync(db, events));
        lab.Time.Advance(TimeSpan.FromHours(49));
        Task<IReadOnlyList<Parcel>> Expire() => lab.Storage.WriteAsync(db => lab.Storage.Orders.ExpireAsync(db, "are_1", lab.Time.GetUtcNow().AddHours(-48), Actor.System("overdue")));

        Assert.Equal(id, Assert.Single(await Expire()).Id);
        Assert.Empty(await Expire());
        Assert.Equal(CompartmentUse.Overdue, (await lab.Storage.ReadAsync(db => lab.Storage.Network.FindCompartmentAsync(db, box.Id)))?.Use);

        await lab.Storage.WriteAsync(db => lab.Storage.Custody.AppendAsync(db, [new CustodyEvent("recall", id, lab.Time.GetUtcNow(), slot, new Holder(HolderKind.Hub, "hub_1"), "cou_1")]));
        Assert.Equal(CompartmentUse.Free, (await lab.Storage.ReadAsync(db => lab.Storage.Network.FindCompartmentAsync(db, box.Id)))?.Use);
        var day = Samples.Day.AddDays(3);
        Assert.True((await lab.Storage.WriteAsync(db => lab.Storage.Orders.RetryAsync(db, PartnerScope.Everyone, id, day, Samples.Admin))).IsAccepted);

        var plannable = Assert.Single(await lab.Storage.ReadAsync(db => lab.Storage.Orders.ListPlannableAsync(db, "are_1", day)));
        Assert.Equal((Samples.Now.AddDays(3).AddHours(2), "王小明"), (plannable.Promise.Start, plannable.Recipient.Name));
        Assert.Equal(new DaySum(0, 0, 0, 0, NotLoaded: 1), (await lab.Storage.ReadAsync(db => lab.Storage.Closings.ComputeAsync(db, "are_1", day))).Total);
        var trail = await lab.Storage.ReadAsync(db => lab.Storage.Audit.ListAsync(db, PartnerScope.Everyone, new AuditFilter { ObjectId = id }));
        Assert.Equal(["parcel.retry", "parcel.expire"], trail.Select(e => e.Action));
    }
}
