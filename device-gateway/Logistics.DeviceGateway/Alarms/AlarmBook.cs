using Logistics.DeviceGateway.Twins;
using Logistics.Domain;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Alarms;

/// <summary>The alarms that last, and what of them begins and ends. Not thread-safe: owned by the twin keeper.</summary>
public sealed class AlarmBook(IdFactory ids)
{
    private readonly Dictionary<string, List<DeviceAlarm>> _open = new(StringComparer.Ordinal);

    public void Restore(IEnumerable<DeviceAlarm> open)
    {
        _open.Clear();
        foreach (var alarm in open)
        {
            Of(alarm.Device).Add(alarm);
        }
    }

    public IReadOnlyList<DeviceAlarm> ListOpen(string device) => _open.GetValueOrDefault(device) ?? [];

    /// <summary>Compares what a device deserves with what is raised.</summary>
    /// <param name="raised">Takes the alarms that begin.</param>
    /// <param name="ended">Takes the alarms that end.</param>
    public void Update(DeviceSummary device, DateTimeOffset now, AlarmSettings settings, List<DeviceAlarm> raised, List<DeviceAlarm> ended)
    {
        var open = Of(device.Device);
        var deserved = AlarmRules.Evaluate(device, now.ToUnixTimeMilliseconds(), settings, (rule, subject) => open.Exists(a => a.Rule == rule && a.Subject == subject));
        for (var i = open.Count - 1; i >= 0; i--)
        {
            var alarm = open[i];
            if (!deserved.Any(c => c.Rule == alarm.Rule && c.Subject == alarm.Subject))
            {
                ended.Add(alarm with { EndedAt = now });
                open.RemoveAt(i);
            }
        }

        foreach (var condition in deserved.Where(c => !open.Exists(a => a.Rule == c.Rule && a.Subject == c.Subject)))
        {
            var started = DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(condition.SinceUnixMs, 0, now.ToUnixTimeMilliseconds()));
            var alarm = new DeviceAlarm(ids.New(IdPrefix.Alarm), device.Device, condition.Rule, condition.Subject, started, now, condition.Detail);
            open.Add(alarm);
            raised.Add(alarm);
        }
    }

    private List<DeviceAlarm> Of(string device)
    {
        if (!_open.TryGetValue(device, out var list))
        {
            _open[device] = list = [];
        }

        return list;
    }
}
