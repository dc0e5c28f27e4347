using Logistics.DeviceGateway.Twins;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Alarms;

/// <summary>A rule that holds for a device now.</summary>
/// <param name="Subject">What of the device; empty for the whole.</param>
/// <param name="SinceUnixMs">When it began.</param>
/// <param name="Detail">Numbers as a JSON object.</param>
public sealed record AlarmCondition(AlarmRule Rule, string Subject, long SinceUnixMs, string Detail);

/// <summary>Which alarms a device deserves. Pure.</summary>
public static class AlarmRules
{
    /// <param name="isOpen">Whether that alarm is raised already: thresholds are wider for ending than for beginning.</param>
    public static IReadOnlyList<AlarmCondition> Evaluate(DeviceSummary device, long nowUnixMs, AlarmSettings settings, Func<AlarmRule, string, bool> isOpen)
    {
        var found = new List<AlarmCondition>();
        AddOffline(found, device, nowUnixMs, settings);
        foreach (var door in device.OpenDoors)
        {
            // Once raised it ends with the door, whatever later snapshots say of the time.
            if (nowUnixMs - door.SinceUnixMs >= settings.DoorOpenSeconds * 1000L || isOpen(AlarmRule.DoorOpen, door.Compartment))
            {
                found.Add(new AlarmCondition(AlarmRule.DoorOpen, door.Compartment, door.SinceUnixMs, "{}"));
            }
        }

        foreach (var tamper in device.Tampers)
        {
            found.Add(new AlarmCondition(AlarmRule.Tamper, tamper.Subject, tamper.SinceUnixMs, DetailOf(tamper)));
        }

        foreach (var fault in device.Faults)
        {
            found.Add(new AlarmCondition(AlarmRule.Fault, fault.Subject, fault.SinceUnixMs, DetailOf(fault)));
        }

        AddBelow(found, device, AlarmRule.LowBattery, device.Battery, settings.LowBattery, isInclusive: false, isOpen);
        if (device.Compartments - device.OutOfService is > 0 and var usable)
        {
            AddBelow(found, device, AlarmRule.NearFull, (double)device.Free / usable, settings.NearFull, isInclusive: true, isOpen);
        }

        return found;
    }

    private static void AddOffline(List<AlarmCondition> found, DeviceSummary device, long nowUnixMs, AlarmSettings settings)
    {
        // A device that never came is not missed yet: it may not be installed.
        var last = Math.Max(device.LastSeenUnixMs, device.ConnectionUnixMs);
        if (!device.IsConnected && last > 0 && nowUnixMs - last >= settings.OfflineSeconds * 1000L)
        {
            found.Add(new AlarmCondition(AlarmRule.Offline, "", last, "{}"));
        }
    }

    private static void AddBelow(List<AlarmCondition> found, DeviceSummary device, AlarmRule rule, double? share, double threshold, bool isInclusive, Func<AlarmRule, string, bool> isOpen)
    {
        if (share is not { } value)
        {
            return;
        }

        var limit = isOpen(rule, "") ? threshold + AlarmSettings.Hysteresis : threshold;
        if (value < limit || (isInclusive && value <= limit))
        {
            found.Add(new AlarmCondition(rule, "", device.LastSeenUnixMs, FormattableString.Invariant($$"""{"share":{{value:0.###}}}""")));
        }
    }

    private static string DetailOf(RaisedCondition condition) =>
        condition.Detail is null ? "{}" : Domain.DomainJson.Write(new Dictionary<string, string>(StringComparer.Ordinal) { ["text"] = condition.Detail });
}
