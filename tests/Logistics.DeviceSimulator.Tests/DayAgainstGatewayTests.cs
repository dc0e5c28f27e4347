using System.Text;
using Logistics.DeviceGateway.Broker;
using Logistics.DeviceGateway.Tests;
using Logistics.DeviceSimulator.Day;
using Logistics.Domain.Devices;
using Logistics.Storage.Devices;
using Logistics.Testing;

namespace Logistics.DeviceSimulator.Tests;

/// <summary>A whole simulated day against a real gateway on a real port.</summary>
public sealed class DayAgainstGatewayTests
{
    [Theory]
    [InlineData("")]
    [InlineData("all=0.1")]
    public async Task Everything_acknowledged_is_in_the_log_however_devices_misbehave(string misbehaviour)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var gateway = await RunningGateway.StartOpenAsync();
        var timetable = TimetableMaker.Make(lockers: 4, vehicles: 2, handhelds: 2, stopsPerRoute: 3, seed: 5);
        var options = new DayOptions(new MqttEndpoint("127.0.0.1", gateway.Port), Misbehaviour.Parse(misbehaviour), Seed: 5, Boot: 1, Speed: 3600, TimeSpan.FromHours(2)) { CompartmentsOf = DayOptions.Numbered(6) };
        var report = await DayRun.RunAsync(timetable, options, gateway.Store, giver: null, cancel);
        Assert.Empty(report.Faults);
        Assert.Equal(report.Acknowledged, report.Stored);
        Assert.InRange(report.Acknowledged, 100, 10_000);
    }

    [Fact]
    public void Event_that_is_missing_changed_or_doubled_is_a_fault()
    {
        using var folder = new TemporaryFolder();
        using var log = new SqliteDeviceStore(folder.File("device-log.db"));
        log.Load();
        var script = new DeviceScript("ter_1", DeviceKind.Locker, []);
        var options = new DayOptions(new MqttEndpoint("127.0.0.1", 1), Misbehaviour.None, 1, Boot: 1, 1, TimeSpan.Zero);
        var device = new SimulatedDevice(script, options, new DayClock(default, default, 1, TimeProvider.System), 1);
        foreach (var payload in (string[])["kept", "changed", "lost"])
        {
            device.Flash.Acknowledge(device.Flash.Note("t", (_, _) => Encoding.UTF8.GetBytes(payload)));
        }

        var set = new DeviceWriteSet();
        set.Events.AddRange([Row(1, 0, "kept"), Row(2, 1, "CHANGED"), Row(3, 0, "kept")]);
        log.Commit(set);
        Assert.Equal(
            ["ter_1 boot 1 sequence 1 is not stored as it was sent", "ter_1 boot 1 sequence 0 is stored twice", "ter_1 boot 1 sequence 2 was acknowledged and is not stored"],
            DayCheck.Run(log, 0, [device]).Faults);
    }

    private static DeviceEventRow Row(long position, long sequence, string payload)
    {
        var buffer = Encoding.UTF8.GetBytes("ter_1door" + payload);
        return new DeviceEventRow
        {
            Position = position,
            Kind = DeviceKind.Locker,
            Boot = 1,
            Sequence = sequence,
            Buffer = buffer,
            DeviceLength = 5,
            MessageOffset = 5,
            MessageLength = 4,
            PayloadOffset = 9,
            PayloadLength = payload.Length,
        };
    }
}
