using Logistics.Domain;

namespace Logistics.Storage.Tests;

public sealed class CustodyStoreTests(Databases databases)
{
    private static readonly Holder Hub = new(HolderKind.Hub, "hub_1");
    private static readonly Holder Van = new(HolderKind.Vehicle, "veh_1");

    private static CustodyEvent Event(string id, string parcel, int minute, Holder? from, Holder to) => new(id, parcel, Samples.Now.AddMinutes(minute), from, to, "cou_1");

    private static Task<CustodyAppended> Append(StorageLab lab, params CustodyEvent[] events) => lab.Storage.WriteAsync(db => lab.Storage.Custody.AppendAsync(db, events));

    /// <summary>Four parcels: into one box, then collected; into a second box; displaced by the last one from that box.</summary>
    private static async Task<(List<string> Parcels, List<Holder> Boxes, List<CustodyEvent> Events)> DayAsync(StorageLab lab)
    {
        var parcels = (await lab.ImportAsync([.. Enumerable.Range(1, 4).Select(i => Samples.Draft(i))])).Rows.Select(r => r.ParcelId!).ToList();
        var boxes = (await lab.Storage.ReadAsync(db => lab.Storage.Network.ListCompartmentsAsync(db, "ter_1"))).Take(2).Select(c => new Holder(HolderKind.Compartment, c.Id)).ToList();
        List<CustodyEvent> events =
        [
            .. parcels.Select((p, i) => Event($"load{i}", p, i, Hub, Van)),
            Event("dep0", parcels[0], 30, Van, boxes[0]),
            Event("col0", parcels[0], 60, boxes[0], new Holder(HolderKind.Recipient, parcels[0])),
            Event("dep1", parcels[1], 70, Van, boxes[0]),
            Event("dep2", parcels[2], 31, Van, boxes[1]),
            Event("dep3", parcels[3], 90, null, boxes[1]),
        ];
        return (parcels, boxes, events);
    }

    private static async Task<string> PictureAsync(StorageLab lab)
    {
        var parcels = await lab.ListAsync();
        return await lab.Storage.ReadAsync(async db =>
        {
            var picture = new List<string>();
            foreach (var p in parcels) picture.Add($"{p.Waybill} {p.State} {DomainJson.Write(await lab.Storage.Custody.FindAsync(db, p.Id))}");
            foreach (var c in await lab.Storage.Network.ListCompartmentsAsync(db, "ter_1")) picture.Add($"{c.Label} {c.Use} {c.ParcelId} {c.Since}");
            return string.Join('\n', picture);
        });
    }

    [Theory, CombinatorialBackends]
    public async Task Holders_states_and_compartments_follow_the_events(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var (parcels, boxes, events) = await DayAsync(lab);

        var appended = await Append(lab, [.. events, Event("x", "par_none", 1, null, Van)]);

        Assert.Equal((events.Count, 0, 1), (appended.Recorded, appended.Duplicates, appended.UnknownParcels.Count));
        Assert.Equal(
            [ParcelState.Collected, ParcelState.Deposited, ParcelState.Deposited, ParcelState.Deposited], (await lab.ListAsync()).Select(p => p.State));
        await lab.Storage.ReadAsync(async db =>
        {
            var custody = lab.Storage.Custody;
            Assert.Equal([parcels[1]], (await custody.ListHeldAsync(db, boxes[0])).Select(s => s.ParcelId));
            Assert.Equal([parcels[3]], (await custody.ListHeldAsync(db, boxes[1])).Select(s => s.ParcelId));
            var displaced = Assert.Single(await custody.ListHeldAsync(db, new Holder(HolderKind.Terminal, "ter_1")));
            Assert.Equal((parcels[2], CustodyConflictKind.CompartmentShared), (displaced.ParcelId, Assert.Single(displaced.Conflicts).Kind));
            Assert.Equal(
                [(CompartmentUse.Occupied, parcels[1]), (CompartmentUse.Occupied, parcels[3])],
                (await lab.Storage.Network.ListCompartmentsAsync(db, "ter_1")).Where(c => c.Use != CompartmentUse.Free).Select(c => (c.Use, c.ParcelId)));
            return 0;
        });
    }

    [Theory, CombinatorialBackends]
    public async Task Repeated_shuffled_and_split_batches_end_like_the_clean_day(Backend backend)
    {
        await using var clean = await databases.OpenAsync(backend);
        var (_, _, events) = await DayAsync(clean);
        await Append(clean, [.. events]);
        var expected = await PictureAsync(clean);

        for (var seed = 1; seed <= 5; seed++)
        {
            await using var lab = await databases.OpenAsync(backend);
            // The same seeded ids, so the same parcels and compartments as in the clean run.
            var (_, _, own) = await DayAsync(lab);
            var random = new Random(seed);
            CustodyEvent[] disturbed = [.. own, .. own.Where(_ => random.Next(2) == 0)];
            random.Shuffle(disturbed);
            foreach (var batch in disturbed.Chunk(random.Next(1, 5)))
            {
                await Append(lab, batch);
                if (random.Next(4) == 0) await lab.ReopenAsync();
            }
            Assert.Equal(expected, await PictureAsync(lab));
            Assert.Empty(await lab.Storage.ReadAsync(db => lab.Storage.Custody.VerifyAsync(db, "are_1", Samples.Day)));
        }
    }

    [Theory, CombinatorialBackends]
    public async Task Parcels_that_change_places_never_share_a_compartment(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var (parcels, boxes, _) = await DayAsync(lab);
        await Append(lab, Event("a", parcels[0], 1, Hub, boxes[0]), Event("b", parcels[1], 1, Hub, boxes[1]));

        await Append(lab, Event("c", parcels[0], 5, boxes[0], boxes[1]), Event("d", parcels[1], 5, boxes[1], boxes[0]));

        Assert.Equal([parcels[1]], (await lab.Storage.ReadAsync(db => lab.Storage.Custody.ListHeldAsync(db, boxes[0]))).Select(s => s.ParcelId));
        Assert.Equal([parcels[0]], (await lab.Storage.ReadAsync(db => lab.Storage.Custody.ListHeldAsync(db, boxes[1]))).Select(s => s.ParcelId));
    }

    [Theory, CombinatorialBackends]
    public async Task Changed_or_cut_off_ledger_is_found(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var (parcels, _, events) = await DayAsync(lab);
        await Append(lab, [.. events]);

        await lab.Storage.WriteAsync(async db =>
        {
            await db.ExecuteAsync("update custody_link set doc = replace(doc, 'cou_1', 'cou_2') where event_id = 'dep0'");
            await db.ExecuteAsync("delete from custody_link where event_id = 'dep1'");
        });

        var broken = await lab.Storage.ReadAsync(db => lab.Storage.Custody.VerifyAsync(db, "are_1", Samples.Day));
        Assert.Equal(new Dictionary<string, int> { [parcels[0]] = 1, [parcels[1]] = 1 }, broken);
    }

    [Theory, CombinatorialBackends]
    public async Task Late_report_does_not_undo_a_promise_made_since(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var (parcels, _, _) = await DayAsync(lab);
        await Append(lab, Event("load", parcels[0], 1, Hub, Van), Event("back", parcels[0], 300, Van, Hub));
        Assert.Equal(ParcelState.Returned, (await lab.ListAsync())[0].State);
        await lab.Storage.WriteAsync(db => lab.Storage.Orders.ApplyAsync(db, PartnerScope.Everyone, parcels[0], ParcelAction.Retry, Samples.Admin));

        await Append(lab, Event("load again", parcels[0], 2, null, Van));

        Assert.Equal(ParcelState.Promised, (await lab.ListAsync())[0].State);
    }

    [Theory, CombinatorialBackends]
    public async Task Day_closes_once_when_it_adds_up_or_is_signed(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var (parcels, _, events) = await DayAsync(lab);
        await Append(lab, [.. events.Where(e => e.EventId != "dep3")]);
        Task<Outcome<DayClosing>> Close(string? reason) => lab.Storage.WriteAsync(db => lab.Storage.Closings.CloseAsync(db, "are_1", Samples.Day, Samples.Admin, reason));

        var balance = await lab.Storage.ReadAsync(db => lab.Storage.Closings.ComputeAsync(db, "are_1", Samples.Day));
        Assert.Equal(new DaySum(4, 3, 0, 0, 0), balance.Total);
        Assert.Equal([parcels[3]], balance.Unaccounted.Select(p => p.ParcelId));
        Assert.Equal("day.unbalanced", (await Close(null)).Refusal?.Code);

        await Append(lab, events.Single(e => e.EventId == "dep3"));
        var closed = await Close(null);
        Assert.True(closed.IsAccepted, closed.Refusal?.Message);
        Assert.Equal("day.closed", (await Close("again")).Refusal?.Code);
        var stored = await lab.Storage.ReadAsync(db => lab.Storage.Closings.FindAsync(db, "are_1", Samples.Day));
        Assert.Equal(DomainJson.Write(closed.Value), DomainJson.Write(stored));
    }
}
