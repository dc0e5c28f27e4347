using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Ingest;

/// <summary>Finds the events in a payload and judges them, before they are committed.</summary>
/// <remarks>Called on connection threads, many at once; must not block, and should not allocate for a good payload.</remarks>
public interface IEventInspector
{
    /// <param name="device">Device identifier, UTF-8.</param>
    /// <param name="message">Message name, UTF-8: the last level of the topic.</param>
    /// <param name="payload">As received.</param>
    /// <param name="findings">Takes at least one finding; without any the payload is quarantined.</param>
    void Inspect(DeviceKind kind, ReadOnlySpan<byte> device, ReadOnlySpan<byte> message, ReadOnlySpan<byte> payload, ref EventFindings findings);
}

/// <summary>Collects what an inspector found in one payload.</summary>
public ref struct EventFindings
{
    /// <summary>Reason for a payload in which the inspector found nothing.</summary>
    public const string NoEvent = "the payload holds no event";

    private readonly List<IngestEvent> _events;
    private readonly IngestEvent _template;

    /// <param name="events">Receives the findings.</param>
    /// <param name="template">Kind, device, message and the payload's place.</param>
    public EventFindings(List<IngestEvent> events, IngestEvent template)
    {
        _events = events;
        _template = template;
    }

    public int Count { get; private set; }

    /// <summary>True when any of the events is quarantined; the answer of MQTT 5 is then 0x99.</summary>
    public bool HasQuarantined { get; private set; }

    /// <summary>A good event with its identity.</summary>
    /// <param name="offset">Where its JSON object begins in the payload.</param>
    /// <param name="length">Bytes of the object.</param>
    public void Accept(int offset, int length, long boot, long sequence, long atUnixMs) =>
        Add(offset, length, boot, sequence, atUnixMs, null);

    /// <summary>An event that is kept but not believed; with an identity (−1, −1 for none) it is still recognised when it comes again.</summary>
    public void Quarantine(int offset, int length, string reason, long boot = -1, long sequence = -1, long atUnixMs = 0)
    {
        HasQuarantined = true;
        Add(offset, length, boot, sequence, atUnixMs, reason);
    }

    private void Add(int offset, int length, long boot, long sequence, long atUnixMs, string? reason)
    {
        var found = _template;
        found.PayloadOffset += offset;
        found.PayloadLength = length;
        found.Boot = boot;
        found.Sequence = sequence;
        found.AtUnixMs = atUnixMs;
        found.QuarantineReason = reason;
        _events.Add(found);
        Count++;
    }
}
