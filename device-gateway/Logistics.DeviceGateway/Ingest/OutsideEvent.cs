using System.Text;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Ingest;

/// <summary>A message that reached us by another way than our own MQTT listeners: a vehicle terminal's protocol, an external broker.</summary>
/// <param name="Payload">As a device would have published it: one JSON object or an array of them.</param>
public sealed record OutsideEvent(DeviceKind Kind, string Device, string Message, ReadOnlyMemory<byte> Payload);

/// <summary>What became of outside events.</summary>
/// <param name="IsCommitted">False when the store failed: acknowledge nothing, the sender must send again.</param>
/// <param name="QuarantineReason">Why the first quarantined event was not believed; null when all were.</param>
public readonly record struct IngestOutcome(bool IsCommitted, string? QuarantineReason);

/// <summary>Outside events in the form the hub takes: one buffer, and findings as places in it.</summary>
internal sealed class OutsideBatch
{
    public OutsideBatch(IReadOnlyList<OutsideEvent> events, IEventInspector inspector)
    {
        Buffer = new byte[events.Sum(e => Encoding.UTF8.GetByteCount(e.Device) + Encoding.UTF8.GetByteCount(e.Message) + e.Payload.Length)];
        var length = 0;
        foreach (var one in events)
        {
            var found = new IngestEvent { Kind = one.Kind, Boot = -1, Sequence = -1, DeviceOffset = length };
            found.DeviceLength = Encoding.UTF8.GetBytes(one.Device, Buffer.AsSpan(length));
            found.MessageOffset = length += found.DeviceLength;
            found.MessageLength = Encoding.UTF8.GetBytes(one.Message, Buffer.AsSpan(length));
            found.PayloadOffset = length += found.MessageLength;
            found.PayloadLength = one.Payload.Length;
            one.Payload.Span.CopyTo(Buffer.AsSpan(length));
            length += one.Payload.Length;
            Inspect(found, inspector);
        }
    }

    public byte[] Buffer { get; }

    public List<IngestEvent> Events { get; } = [];

    public string? QuarantineReason => Events.Find(e => e.QuarantineReason is not null).QuarantineReason;

    private void Inspect(in IngestEvent found, IEventInspector inspector)
    {
        var findings = new EventFindings(Events, found);
        inspector.Inspect(
            found.Kind,
            Buffer.AsSpan(found.DeviceOffset, found.DeviceLength),
            Buffer.AsSpan(found.MessageOffset, found.MessageLength),
            Buffer.AsSpan(found.PayloadOffset, found.PayloadLength),
            ref findings);
        if (findings.Count == 0)
        {
            findings.Quarantine(0, found.PayloadLength, EventFindings.NoEvent);
        }
    }
}
