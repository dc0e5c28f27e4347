using Logistics.Domain;
using Logistics.Domain.Devices;

namespace Logistics.Storage.Tests;

public sealed class TwinStoreTests(Databases databases)
{
    private static readonly DeviceAlarm Alarm = new("alm_1", "locker-1", AlarmRule.DoorOpen, "S01", Samples.Now, Samples.Now.AddMinutes(3), "{}");

    [Theory, CombinatorialBackends]
    public async Task Twins_position_track_and_alarms_are_saved_together(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var twins = new DurableTwins(lab.Storage);
        Assert.Equal(0, (await twins.LoadAsync(TestContext.Current.CancellationToken)).Position);
        var point = new TrackPoint("vehicle-1", Samples.Now.ToUnixTimeMilliseconds(), 1, 2, new GeoPoint(116.4, 39.9), 12.5, null, 5);
        await twins.SaveAsync(new TwinChanges(41, [new TwinRow("locker-1", DeviceKind.Locker, "{\"a\":1}", "{}", "39,41")], [point, point], [Alarm], []), TestContext.Current.CancellationToken);
        await twins.SaveAsync(new TwinChanges(42, [new TwinRow("locker-1", DeviceKind.Locker, "{\"a\":2}", "{\"s\":1}", "41,42")], [point], [Alarm], []), TestContext.Current.CancellationToken);
        await lab.ReopenAsync();
        twins = new DurableTwins(lab.Storage);
        var state = await twins.LoadAsync(TestContext.Current.CancellationToken);
        Assert.Equal((42L, ("locker-1", "{\"s\":1}"), Alarm), (state.Position, Assert.Single(state.Summaries), Assert.Single(state.OpenAlarms)));
        var row = await twins.FindAsync("locker-1", TestContext.Current.CancellationToken);
        Assert.Equal(("{\"a\":2}", DeviceKind.Locker), (row!.Doc, row.Kind));
        Assert.Equal([41L, 42L], row.ListRecent());
        Assert.Null(await twins.FindAsync("locker-2", TestContext.Current.CancellationToken));
        Assert.Equal([point], await lab.Storage.ReadAsync(db => lab.Storage.Twins.ListTrackAsync(db, "vehicle-1", Samples.Now, Samples.Now.AddSeconds(1), 10)));
        Assert.Empty(await lab.Storage.ReadAsync(db => lab.Storage.Twins.ListTrackAsync(db, "vehicle-1", Samples.Now.AddSeconds(-1), Samples.Now, 10)));
        // Positions are forgotten from their moment on, not before.
        Assert.Equal((0, 1), (
            await lab.Storage.WriteAsync(db => lab.Storage.Twins.ForgetTracksAsync(db, Samples.Now), TestContext.Current.CancellationToken),
            await lab.Storage.WriteAsync(db => lab.Storage.Twins.ForgetTracksAsync(db, Samples.Now.AddMilliseconds(1)), TestContext.Current.CancellationToken)));
    }

    [Theory, CombinatorialBackends]
    public async Task Round_that_fails_leaves_nothing_behind(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var twins = new DurableTwins(lab.Storage);
        var row = new TwinRow("locker-1", DeviceKind.Locker, "{}", "{}", "");
        await Assert.ThrowsAnyAsync<Exception>(() => twins.SaveAsync(new TwinChanges(7, [row], [], [Alarm with { Detail = null! }], []), TestContext.Current.CancellationToken));
        Assert.Equal(0, (await twins.LoadAsync(TestContext.Current.CancellationToken)).Position);
        Assert.Null(await twins.FindAsync("locker-1", TestContext.Current.CancellationToken));
    }

    [Theory, CombinatorialBackends]
    public async Task Rules_end_an_alarm_and_people_own_it_without_overwriting_each_other(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var twins = new DurableTwins(lab.Storage);
        await twins.SaveAsync(new TwinChanges(1, [], [], [Alarm, Alarm with { Id = "alm_2", Device = "locker-2", RaisedAt = Samples.Now.AddMinutes(4) }], []), TestContext.Current.CancellationToken);
        await lab.Storage.WriteAsync(db => lab.Storage.Alarms.AcknowledgeAsync(db, "alm_1", Samples.Admin));
        await twins.SaveAsync(new TwinChanges(2, [], [], [], [Alarm with { EndedAt = Samples.Now.AddMinutes(9) }]), TestContext.Current.CancellationToken);
        Assert.Null(await lab.Storage.WriteAsync(db => lab.Storage.Alarms.AssignAsync(db, "alm_9", null, Samples.Admin)));

        var all = await lab.Storage.ReadAsync(db => lab.Storage.Alarms.ListAsync(db, new AlarmFilter()));
        Assert.Equal(["alm_2", "alm_1"], all.Select(a => a.Id));
        Assert.Equal(("usr_admin", "usr_admin", Samples.Now.AddMinutes(9)), (all[1].Owner, all[1].AcknowledgedBy, all[1].EndedAt));
        Assert.Equal(["alm_2"], (await lab.Storage.ReadAsync(db => lab.Storage.Alarms.ListAsync(db, new AlarmFilter { IsOpenOnly = true }))).Select(a => a.Id));
        Assert.Equal(["alm_1"], (await lab.Storage.ReadAsync(db => lab.Storage.Alarms.ListAsync(db, new AlarmFilter { Device = "locker-1", Rule = AlarmRule.DoorOpen }))).Select(a => a.Id));
        Assert.Equal(["alarm.acknowledge"], (await lab.Storage.ReadAsync(db => lab.Storage.Audit.ListAsync(db, PartnerScope.Everyone, new AuditFilter { ObjectKind = "alarm" }))).Select(a => a.Action));
    }

    [Theory, CombinatorialBackends]
    public async Task Device_is_registered_with_what_it_belongs_to(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var device = new RegisteredDevice("locker-1", DeviceKind.Locker, "望京柜") { TerminalId = "ter_1", RegisteredAt = Samples.Now };
        await lab.Storage.WriteAsync(db => lab.Storage.Devices.SaveAsync(db, device, Samples.Admin));
        Assert.Equal(device, await lab.Storage.ReadAsync(db => lab.Storage.Devices.FindAsync(db, "locker-1")));
        var labels = await lab.Storage.ReadAsync(lab.Storage.Devices.ListLabelsAsync);
        Assert.Equal(11, labels["locker-1"].Count());
        Assert.Contains("S01", labels["locker-1"]);
    }
}
