using System.Collections.Concurrent;
using System.Text.Json;
using Logistics.DeviceGateway.Listening;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Jt808;

/// <summary>What terminals had stored before this process began, out of the end of the log: a message sent again after a restart is recognised by it. Thread-safe.</summary>
/// <remarks>A terminal repeats what was not answered when the gateway went away, and that is the last of what the log holds.</remarks>
internal sealed class Jt808Memory(IDeviceStore store, Gateway gateway)
{
    /// <summary>Events at the end of the log that are looked through, once.</summary>
    private const int Reach = 50_000;

    private const int PageSize = 10_000;

    private readonly Lock _gate = new();
    private ConcurrentDictionary<string, List<OutsideMessage>>? _messages;

    /// <summary>Teaches a device what it had sent; once for each device.</summary>
    public void Recall(string name, OutsideDevice device)
    {
        lock (_gate)
        {
            _messages ??= Read();
        }

        if (_messages.TryRemove(name, out var known))
        {
            known.ForEach(device.Remember);
        }
    }

    private ConcurrentDictionary<string, List<OutsideMessage>> Read()
    {
        var found = new ConcurrentDictionary<string, List<OutsideMessage>>(StringComparer.Ordinal);
        var position = Math.Max(0, gateway.LastPosition - Reach);
        while (store.ReadEvents(position, PageSize) is { Count: > 0 } page)
        {
            position = page[^1].Position;
            foreach (var stored in page)
            {
                if (stored.Device.StartsWith(Jt808Accounts.DevicePrefix, StringComparison.Ordinal) && TryRead(stored, out var message))
                {
                    found.GetOrAdd(stored.Device, _ => []).Add(message);
                }
            }
        }

        return found;
    }

    // Only what this protocol has written carries a serial number; the same terminal may also speak MQTT.
    private static bool TryRead(DeviceEvent stored, out OutsideMessage message)
    {
        message = default;
        try
        {
            using var document = JsonDocument.Parse(stored.Payload);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("serial", out var serial) || !serial.TryGetUInt16(out var number)
                || !document.RootElement.TryGetProperty("item", out var item) || !item.TryGetInt32(out var index))
            {
                return false;
            }

            message = new OutsideMessage(number, index, stored.AtUnixMs);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
