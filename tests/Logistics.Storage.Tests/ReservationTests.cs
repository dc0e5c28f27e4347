using Logistics.Domain;

namespace Logistics.Storage.Tests;

/// <summary>The sample plan brings every parcel to a large box of the locker, which has two.</summary>
public sealed class ReservationTests(Databases databases)
{
    private static async Task<List<Parcel>> PublishedAsync(StorageLab lab, string plan, IEnumerable<Parcel> parcels)
    {
        await lab.Storage.WriteAsync(async db =>
        {
            await lab.Storage.Plans.CreateAsync(db, Samples.Plan(plan, lab.Time.GetUtcNow(), parcels), null, null, Samples.Admin);
            var outcome = await lab.Storage.Plans.PublishAsync(db, plan, Samples.Admin);
            Assert.True(outcome.IsAccepted, outcome.Refusal?.Message);
        });
        return await lab.ListAsync();
    }

    private static async Task<List<Parcel>> ImportedAsync(StorageLab lab, int count)
    {
        await lab.ImportAsync([.. Enumerable.Range(1, count).Select(i => Samples.Draft(i))]);
        lab.Time.Advance(TimeSpan.FromMinutes(1));
        return await lab.ListAsync();
    }

    private static async Task<List<string?>> ReservedAsync(StorageLab lab) =>
        [.. (await lab.Storage.ReadAsync(db => lab.Storage.Network.ListCompartmentsAsync(db, "ter_1"))).Where(c => c.Use == CompartmentUse.Reserved).Select(c => c.ParcelId)];

    [Theory, CombinatorialBackends]
    public async Task Publishing_reserves_what_is_free_and_the_next_version_takes_over(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var parcels = await ImportedAsync(lab, 3);

        await PublishedAsync(lab, "pln_1", parcels);
        Assert.Equal([parcels[0].Id, parcels[1].Id], await ReservedAsync(lab));

        await PublishedAsync(lab, "pln_2", parcels[2..]);
        Assert.Equal([parcels[2].Id], await ReservedAsync(lab));
    }

    [Theory, CombinatorialBackends]
    public async Task Cancelled_and_revised_parcels_give_their_box_back(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var parcels = await PublishedAsync(lab, "pln_1", await ImportedAsync(lab, 2));

        await lab.Storage.WriteAsync(db => lab.Storage.Orders.ApplyAsync(db, PartnerScope.Everyone, parcels[0].Id, ParcelAction.Cancel, Samples.Admin));
        Assert.Equal([parcels[1].Id], await ReservedAsync(lab));
        await lab.ImportAsync(Samples.Draft(2) with { WeightGrams = 5 });
        Assert.Empty(await ReservedAsync(lab));
    }

    [Theory, CombinatorialBackends]
    public async Task Loading_keeps_the_box_and_a_deposit_elsewhere_frees_it(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var parcel = (await PublishedAsync(lab, "pln_1", await ImportedAsync(lab, 1)))[0];
        var small = (await lab.Storage.ReadAsync(db => lab.Storage.Network.ListCompartmentsAsync(db, "ter_1"))).First(c => c.Size == SizeClass.S);
        var (hub, van) = (new Holder(HolderKind.Hub, "hub_1"), new Holder(HolderKind.Vehicle, "veh_1"));
        Task<CustodyAppended> Append(string id, Holder from, Holder to) => lab.Storage.WriteAsync(
            db => lab.Storage.Custody.AppendAsync(db, [new CustodyEvent(id, parcel.Id, lab.Time.GetUtcNow(), from, to, "cou_1")]));

        await Append("load", hub, van);
        Assert.Equal([parcel.Id], await ReservedAsync(lab));
        await Append("deposit", van, new Holder(HolderKind.Compartment, small.Id));

        Assert.Empty(await ReservedAsync(lab));
        Assert.Equal((CompartmentUse.Occupied, parcel.Id), await lab.Storage.ReadAsync(async db => (await lab.Storage.Network.FindCompartmentAsync(db, small.Id)) is { } c ? (c.Use, c.ParcelId!) : default));
    }
}
