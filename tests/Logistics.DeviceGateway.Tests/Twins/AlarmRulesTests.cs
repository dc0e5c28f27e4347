using Logistics.DeviceGateway.Alarms;
using Logistics.DeviceGateway.Twins;
using Logistics.Domain;
using Logistics.Domain.Devices;
using Logistics.Testing;

namespace Logistics.DeviceGateway.Tests.Twins;

public sealed class AlarmRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);
    private readonly AlarmBook _book = new(new IdFactory(new ManualTimeProvider(Start), seed: 1));

    private static DeviceSummary Locker => new("ter_1", DeviceKind.Locker) { LastSeenUnixMs = Start.ToUnixTimeMilliseconds(), IsConnected = true, Compartments = 20, Free = 10, Battery = 0.9 };

    [Fact]
    public void Offline_begins_after_its_time_and_ends_with_the_connection()
    {
        var gone = Locker with { IsConnected = false, ConnectionUnixMs = Start.ToUnixTimeMilliseconds() };
        Assert.Equal("", Update(gone, 299));
        Assert.Equal("+Offline", Update(gone, 300));
        Assert.Equal("", Update(gone, 900));
        Assert.Equal("-Offline", Update(Locker, 901));
    }

    [Fact]
    public void Device_that_never_came_is_not_offline() => Assert.Equal("", Update(new DeviceSummary("ter_9", DeviceKind.Locker), 86_400));

    [Fact]
    public void Door_left_open_is_one_alarm_a_compartment_and_ends_only_with_the_door()
    {
        var open = Locker with { OpenDoors = [new OpenDoor("S01", Start.ToUnixTimeMilliseconds()), new OpenDoor("S02", Start.AddSeconds(60).ToUnixTimeMilliseconds())] };
        Assert.Equal("", Update(open, 179));
        Assert.Equal("+DoorOpen S01", Update(open, 180));
        Assert.Equal("+DoorOpen S02", Update(open, 240));
        // A snapshot that knows the door only since now does not end it.
        Assert.Equal("", Update(open with { OpenDoors = [new OpenDoor("S01", Start.AddSeconds(300).ToUnixTimeMilliseconds()), open.OpenDoors[1]] }, 300));
        Assert.Equal("-DoorOpen S02", Update(open with { OpenDoors = [open.OpenDoors[0]] }, 301));
        Assert.Equal("-DoorOpen S01", Update(Locker, 302));
    }

    [Fact]
    public void Battery_and_free_compartments_end_above_the_threshold_at_which_they_begin()
    {
        Assert.Equal("+LowBattery", Update(Locker with { Battery = 0.19 }, 0));
        Assert.Equal("", Update(Locker with { Battery = 0.24 }, 1));
        Assert.Equal("-LowBattery", Update(Locker with { Battery = 0.25 }, 2));
        // 2 of 20 free is 10 %, at the threshold; 4 of 20 is beyond it and its margin.
        Assert.Equal("+NearFull", Update(Locker with { Free = 2 }, 3));
        Assert.Equal("", Update(Locker with { Free = 3 }, 4));
        Assert.Equal("-NearFull", Update(Locker with { Free = 4 }, 5));
        // Compartments out of service are none to be full.
        Assert.Equal("", Update(Locker with { Free = 2, OutOfService = 10 }, 6));
    }

    [Fact]
    public void Tampering_and_faults_last_while_they_are_raised()
    {
        var since = Start.AddMinutes(-5).ToUnixTimeMilliseconds();
        var broken = Locker with { Tampers = [new RaisedCondition("S01", since, "forced")], Faults = [new RaisedCondition("S02 lock_stuck", since, null)] };
        Assert.Equal("+Fault S02 lock_stuck,+Tamper S01", Update(broken, 0));
        Assert.Equal(Start.AddMinutes(-5), _book.ListOpen("ter_1")[0].StartedAt);
        Assert.Equal("-Tamper S01", Update(broken with { Tampers = [] }, 1));
    }

    [Fact]
    public void Settings_change_what_deserves_an_alarm()
    {
        var settings = AlarmSettings.Default with { DoorOpenSeconds = 10, LowBattery = 0.95 };
        Assert.Empty(settings.Check());
        Assert.Equal("+LowBattery", Update(Locker, 0, settings));
        Assert.Equal(["offlineSeconds", "nearFull"], new AlarmSettings(1, 10, 0.5, double.NaN).Check().Select(f => f.Field));
    }

    private string Update(DeviceSummary device, int seconds, AlarmSettings? settings = null)
    {
        var (raised, ended) = (new List<DeviceAlarm>(), new List<DeviceAlarm>());
        _book.Update(device, Start.AddSeconds(seconds), settings ?? AlarmSettings.Default, raised, ended);
        Assert.All(ended, a => Assert.Equal(Start.AddSeconds(seconds), a.EndedAt));
        return string.Join(',', raised.Select(a => $"+{a.Rule} {a.Subject}".Trim()).Concat(ended.Select(a => $"-{a.Rule} {a.Subject}".Trim())).Order(StringComparer.Ordinal));
    }
}
