using System.Globalization;
using Logistics.Domain.Devices;

namespace Logistics.DeviceSimulator.Day;

/// <summary>Compares the log with what the devices were told: all acknowledged events are there, each once, as sent, and commands were obeyed once and answered.</summary>
internal static class DayCheck
{
    private const int PageSize = 10_000;

    /// <param name="afterPosition">The log's end before the day began.</param>
    public static DayReport Run(IDeviceStore store, long afterPosition, IReadOnlyCollection<SimulatedDevice> devices)
    {
        var expected = devices.SelectMany(device => device.Flash.Acknowledged.Select(e => (Key: KeyOf(device.Name, e.Boot, e.Sequence), Event: e)))
            .ToDictionary(pair => pair.Key, pair => pair.Event, StringComparer.Ordinal);
        var known = devices.ToDictionary(device => device.Name, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var faults = new List<string>();
        var quarantined = 0;
        var position = afterPosition;
        while (store.ReadEvents(position, PageSize) is { Count: > 0 } page)
        {
            position = page[^1].Position;
            foreach (var stored in page.Where(stored => known.ContainsKey(stored.Device)))
            {
                var key = KeyOf(stored.Device, stored.Boot, stored.Sequence);
                quarantined += stored.IsQuarantined ? 1 : 0;
                if (!seen.Add(key))
                {
                    faults.Add($"{key} is stored twice");
                }

                if (expected.TryGetValue(key, out var sent) && !sent.Payload.AsSpan().SequenceEqual(stored.Payload.Span))
                {
                    faults.Add($"{key} is not stored as it was sent");
                }
            }
        }

        faults.AddRange(expected.Keys.Where(key => !seen.Contains(key)).Select(key => $"{key} was acknowledged and is not stored"));
        faults.AddRange(devices.Where(device => device.Flash.Waiting.Count > 0).Select(device => $"{device.Name}: {device.Flash.Waiting.Count} events were never acknowledged"));
        faults.AddRange(devices.SelectMany(device => device.Acts.Where(pair => pair.Value > 1).Select(pair => $"{device.Name} acted {pair.Value} times on {pair.Key}")));
        faults.AddRange(devices.SelectMany(device => device.Acts.Keys.Where(id => device.Flash.Inbox.FindOutcome(id) is null).Select(id => $"{device.Name} did not answer {id}")));
        return new DayReport(expected.Count, seen.Count, quarantined, devices.Sum(device => device.Acts.Count), faults);
    }

    /// <summary>The position of the last event.</summary>
    public static long EndOf(IDeviceStore store)
    {
        long position = 0;
        while (store.ReadEvents(position, PageSize) is { Count: > 0 } page)
        {
            position = page[^1].Position;
        }

        return position;
    }

    private static string KeyOf(string device, long boot, long sequence) => string.Create(CultureInfo.InvariantCulture, $"{device} boot {boot} sequence {sequence}");
}

/// <param name="Acknowledged">Events the devices hold an acknowledgement for.</param>
/// <param name="Stored">Events of these devices in the log.</param>
/// <param name="Commands">Commands received.</param>
internal sealed record DayReport(int Acknowledged, int Stored, int Quarantined, int Commands, IReadOnlyList<string> Faults);
