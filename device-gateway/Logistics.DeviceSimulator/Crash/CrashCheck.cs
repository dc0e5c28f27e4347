using Logistics.DeviceSimulator.Load;
using Logistics.Domain.Devices;

namespace Logistics.DeviceSimulator.Crash;

/// <summary>Compares the log with what devices were told: acknowledged ⊆ stored, no gap, no reorder, no duplicate.</summary>
internal static class CrashCheck
{
    private const int PageSize = 10_000;

    /// <returns>Every fault found, and the number of stored events.</returns>
    public static (List<string> Faults, long Stored) Run(IDeviceStore store, IReadOnlyList<CrashDevice> devices, long boot)
    {
        var next = devices.ToDictionary(device => device.Name, _ => EventTemplate.FirstSequence, StringComparer.Ordinal);
        var faults = new List<string>();
        long position = 0;
        long stored = 0;
        while (store.ReadEvents(position, PageSize) is { Count: > 0 } page)
        {
            foreach (var e in page)
            {
                stored++;
                var expected = next[e.Device];
                if (e.Boot != boot || e.Sequence != expected || e.IsQuarantined || e.Position <= position)
                {
                    faults.Add($"position {e.Position}: {e.Device} has boot {e.Boot} sequence {e.Sequence}, expected boot {boot} sequence {expected}");
                }

                next[e.Device] = e.Sequence + 1;
                position = e.Position;
            }
        }

        foreach (var device in devices)
        {
            if (next[device.Name] < device.AcknowledgedEnd)
            {
                faults.Add($"{device.Name}: acknowledged up to {device.AcknowledgedEnd - 1}, stored up to {next[device.Name] - 1}");
            }

            if (device.LostSessions > 0)
            {
                faults.Add($"{device.Name}: {device.LostSessions} sessions were lost");
            }
        }

        return (faults, stored);
    }
}
