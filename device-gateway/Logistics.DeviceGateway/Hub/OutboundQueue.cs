using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Hub;

/// <summary>A QoS 1 or 2 message on its way to one session.</summary>
internal sealed class OutboundMessage
{
    public required long Ordinal { get; init; }

    public required StoredMessage Message { get; init; }

    /// <summary>As granted: 1 or 2.</summary>
    public required int Qos { get; init; }

    public required bool Retain { get; init; }

    public required uint[] SubscriptionIdentifiers { get; init; }

    public OutboundStage Stage { get; set; }

    public ushort PacketId { get; set; }

    /// <summary>Told when the client has acknowledged it; null for nobody.</summary>
    public Action<DeliveryOutcome>? Completed { get; init; }
}

/// <summary>How a message sent through <see cref="IDeviceGateway"/> ended.</summary>
public enum DeliveryOutcome
{
    /// <summary>The device acknowledged it.</summary>
    Acknowledged,
    /// <summary>Its time ran out before it was sent; it will not be.</summary>
    Expired,
    /// <summary>The device has no session to hold it.</summary>
    NoSession,
    /// <summary>Too many messages wait for the device.</summary>
    QueueFull,
    /// <summary>The device refused it with a failure code, or cannot take a packet of its size.</summary>
    Rejected,
    /// <summary>The session ended before the device acknowledged it; whether it arrived is not known.</summary>
    SessionEnded,
    /// <summary>The store failed: the message may still be in the queue when it works again, or may have left before.</summary>
    StoreFailed,
    /// <summary>The device is not connected, and the message was only for a device that is.</summary>
    NotConnected,
    /// <summary>Its time ran out after it was sent and before it was acknowledged; whether it arrived is not known.</summary>
    Unconfirmed,
}

/// <summary>What waits for a session and what is under way, in order. Owned by the hub thread.</summary>
internal sealed class OutboundQueue
{
    private readonly List<OutboundMessage> _inFlight = [];
    private readonly Queue<OutboundMessage> _waiting = new();
    private ushort _lastPacketId;

    public long LastOrdinal { get; private set; }

    public int InFlightCount => _inFlight.Count;

    public int WaitingCount => _waiting.Count;

    public int Count => _inFlight.Count + _waiting.Count;

    /// <summary>Sent and not finished, oldest first.</summary>
    public IReadOnlyList<OutboundMessage> InFlight => _inFlight;

    public IEnumerable<OutboundMessage> All => _inFlight.Concat(_waiting);

    public long NextOrdinal() => ++LastOrdinal;

    /// <summary>Restores a message from the store; call in order of ordinal.</summary>
    public void Restore(OutboundMessage message)
    {
        LastOrdinal = Math.Max(LastOrdinal, message.Ordinal);
        if (message.Stage == OutboundStage.Queued)
        {
            _waiting.Enqueue(message);
        }
        else
        {
            _lastPacketId = Math.Max(_lastPacketId, message.PacketId);
            _inFlight.Add(message);
        }
    }

    public void Wait(OutboundMessage message) => _waiting.Enqueue(message);

    public bool TryPeek(out OutboundMessage message) => _waiting.TryPeek(out message!);

    public void DropFirst() => _waiting.Dequeue();

    /// <summary>Takes a message under way: gives it a packet identifier.</summary>
    public void Start(OutboundMessage message)
    {
        do
        {
            _lastPacketId = _lastPacketId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastPacketId + 1);
        }
        while (Find(_lastPacketId) is not null);
        message.PacketId = _lastPacketId;
        message.Stage = OutboundStage.Sent;
        _inFlight.Add(message);
    }

    // The window is small (64), and acknowledgements come in order: the first is nearly always the one.
    public OutboundMessage? Find(ushort packetId)
    {
        foreach (var message in _inFlight)
        {
            if (message.PacketId == packetId)
            {
                return message;
            }
        }

        return null;
    }

    public void Finish(OutboundMessage message) => _inFlight.Remove(message);
}
