using Logistics.Domain;

namespace Logistics.Storage.Tests;

public sealed class NetworkStoreTests(Databases databases)
{
    [Theory, CombinatorialBackends]
    public async Task Snapshot_saved_is_the_snapshot_found(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        await lab.ReopenAsync();

        var found = await lab.Storage.ReadAsync(db => lab.Storage.Network.FindSnapshotAsync(db, "are_1"));

        Assert.NotNull(found);
        Assert.Equal(DomainJson.Write(Samples.Network), DomainJson.Write(found));
        Assert.Null(await lab.Storage.ReadAsync(db => lab.Storage.Network.FindSnapshotAsync(db, "are_2")));
    }

    [Theory, CombinatorialBackends]
    public async Task Terminal_change_is_audited_with_before_and_after_and_no_change_is_not(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var terminal = Samples.Network.Terminals[0] with { Name = "望京东柜" };

        await lab.Storage.WriteAsync(db => lab.Storage.Network.SaveTerminalAsync(db, terminal, Samples.Admin));
        await lab.Storage.WriteAsync(db => lab.Storage.Network.SaveTerminalAsync(db, terminal, Samples.Admin));

        var entry = Assert.Single(await lab.Storage.ReadAsync(db => lab.Storage.Audit.ListAsync(db, PartnerScope.Everyone, new AuditFilter { ObjectId = "ter_1" })));
        Assert.Equal(("terminal.update", "usr_admin", "test"), (entry.Action, entry.Actor, entry.Reason));
        Assert.Contains("望京柜", entry.Before, StringComparison.Ordinal);
        Assert.Contains("望京东柜", entry.After, StringComparison.Ordinal);
    }

    [Theory, CombinatorialBackends]
    public async Task Compartments_follow_the_counts_and_an_occupied_one_stays(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var network = lab.Storage.Network;
        Task<List<Compartment>> List() => lab.Storage.ReadAsync(db => network.ListCompartmentsAsync(db, "ter_1"));
        Assert.Equal(["L01", "L02", "M01", "M02", "M03", "S01", "S02", "S03", "S04", "S05", "S06"], (await List()).Select(c => c.Label).Order(StringComparer.Ordinal));

        var box = (await List()).Single(c => c.Label == "S06");
        await lab.Storage.WriteAsync(async db =>
        {
            await network.SaveCompartmentAsync(db, box with { Use = CompartmentUse.Occupied, ParcelId = "par_1", Since = Samples.Now });
            await network.SaveTerminalAsync(db, Samples.Network.Terminals[0] with { Compartments = new SizeCounts(1, 3, 3, 0) }, Samples.Admin);
        });

        var after = await List();
        Assert.Equal(["L01", "L02", "L03", "M01", "M02", "M03", "S06"], after.Select(c => c.Label).Order(StringComparer.Ordinal));
        Assert.Equal(box with { Use = CompartmentUse.Occupied, ParcelId = "par_1", Since = Samples.Now }, after.Single(c => c.Label == "S06"));
    }

    [Theory, CombinatorialBackends]
    public async Task Thing_still_referred_to_cannot_be_deleted_and_nothing_is_lost(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);

        var error = await Assert.ThrowsAsync<StorageException>(() => lab.Storage.WriteAsync(db => lab.Storage.Network.Hubs.DeleteAsync(db, "hub_1", Samples.Admin)));

        Assert.Equal(StorageFault.Conflict, error.Fault);
        Assert.NotNull(await lab.Storage.ReadAsync(db => lab.Storage.Network.Hubs.FindAsync(db, "hub_1")));
    }

    [Theory, CombinatorialBackends]
    public async Task Shifts_are_kept_by_day(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var shift = new Shift("shf_1", "are_1", Samples.Day, "cou_1", "veh_1", Samples.Now, Samples.Now.AddHours(9)) { Breaks = [new ShiftBreak(Samples.Now.AddHours(3), Samples.Now.AddHours(5), 1800)] };
        await lab.Storage.WriteAsync(db => lab.Storage.Shifts.SaveAllAsync(db, [shift, shift with { Id = "shf_2", Day = Samples.Day.AddDays(1) }], Samples.Admin));

        var found = Assert.Single(await lab.Storage.ReadAsync(db => lab.Storage.Shifts.ListAsync(db, "are_1", Samples.Day)));
        Assert.Equal(DomainJson.Write(shift), DomainJson.Write(found));
    }
}
