using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Topics;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceSimulator.Fuzz;

/// <summary>Feeds mutated and random bytes to every parser and checks what it says.</summary>
/// <remarks>
/// Beyond "no exception": an accepted PUBLISH is written again and must be accepted with the same topic and payload, and an
/// accepted SUBSCRIBE yields exactly the filters it counted. Deterministic by seed.
/// </remarks>
internal sealed class ParserFuzz(int seed)
{
    private readonly Random _random = new(seed);
    private readonly byte[][] _corpus = FuzzCorpus.Create();
    private readonly byte[] _packet = new byte[256];
    private readonly byte[] _copy = new byte[1024];

    public long Cases { get; private set; }

    public long Accepted { get; private set; }

    /// <returns>Null, or the first packet (hex) on which a law did not hold.</returns>
    public string? Run(long cases, CancellationToken cancellationToken)
    {
        while (Cases < cases && !cancellationToken.IsCancellationRequested)
        {
            var length = Mutate();
            Cases++;
            if (!Check(_packet.AsSpan(0, length)))
            {
                return Convert.ToHexString(_packet.AsSpan(0, length));
            }
        }

        return null;
    }

    private int Mutate()
    {
        if (_random.Next(8) == 0)
        {
            var size = _random.Next(2, 80);
            _random.NextBytes(_packet.AsSpan(0, size));
            _packet[1] = (byte)(size - 2);
            return size;
        }

        var source = _corpus[_random.Next(_corpus.Length)];
        source.CopyTo(_packet, 0);
        var length = source.Length;
        for (var i = _random.Next(4); i >= 0; i--)
        {
            var at = _random.Next(length);
            _packet[at] = _random.Next(4) switch
            {
                0 => (byte)_random.Next(256),
                1 => (byte)(_packet[at] ^ (1 << _random.Next(8))),
                2 => (byte)_random.Next(8),
                _ => _packet[_random.Next(length)],
            };
        }

        if (_random.Next(4) == 0)
        {
            length = _random.Next(1, length + 1);
        }

        // Most mutations should get past the frame.
        if (length >= 2 && _random.Next(4) != 0)
        {
            _packet[1] = (byte)(length - 2);
        }

        return length;
    }

    private bool Check(ReadOnlySpan<byte> bytes)
    {
        if (PacketFrame.TryRead(bytes, 64 * 1024, out var frame, out _) != FrameStatus.Complete || bytes.Length < frame.TotalSize)
        {
            return true;
        }

        var body = bytes.Slice(frame.HeaderSize, frame.BodyLength);
        var version = _random.Next(2) == 0 ? ProtocolVersion.V311 : ProtocolVersion.V5;
        var (reason, isLawful) = Parse(frame, body, version);
        Accepted += reason == ReasonCode.Success ? 1 : 0;
        return isLawful && reason is ReasonCode.Success or >= ReasonCode.UnspecifiedError;
    }

    private (ReasonCode Reason, bool IsLawful) Parse(in PacketFrame frame, ReadOnlySpan<byte> body, ProtocolVersion version)
    {
        switch (frame.Type)
        {
            case PacketType.Connect:
                return (ConnectPacket.TryParse(frame.Header, body, 64, out _), true);
            case PacketType.Publish:
                var reason = PublishPacket.TryParse(frame.Header, body, version, 64, out var publish);
                return (reason, reason != ReasonCode.Success || RoundTrips(publish, version));
            case PacketType.Subscribe:
                reason = SubscribePacket.TryParse(body, version, 64, 64, out var subscribe);
                return (reason, reason != ReasonCode.Success || CountsRight(subscribe));
            case PacketType.Unsubscribe:
                return (UnsubscribePacket.TryParse(body, version, 64, 64, out _), true);
            case PacketType.Disconnect:
                return (DisconnectPacket.TryParse(body, version, 64, out _), true);
            case PacketType.Connack:
                return (ConnackPacket.TryParse(body, version, out _), true);
            case PacketType.Suback or PacketType.Unsuback:
                return (SubackPacket.TryParse(body, version, out _), true);
            default:
                return (AckPacket.TryParse(frame.Type, body, version, 64, out _), true);
        }
    }

    private bool RoundTrips(PublishPacket publish, ProtocolVersion version)
    {
        if (publish.Topic.IsEmpty)
        {
            return true;
        }

        Span<byte> properties = stackalloc byte[256];
        var length = ForwardedProperties.Copy(publish.Properties.Raw, properties);
        var head = new PublishHead(version, publish.Qos, publish.Retain, publish.IsDuplicate, publish.PacketId, null);
        var size = PublishWriter.Write(_copy, head, publish.Topic, properties[..length], default, publish.Payload);
        return size == PublishWriter.Measure(head, publish.Topic, properties[..length], default, publish.Payload.Length)
            && PacketFrame.TryRead(_copy.AsSpan(0, size), 64 * 1024, out var frame, out _) == FrameStatus.Complete
            && PublishPacket.TryParse(frame.Header, _copy.AsSpan(frame.HeaderSize, frame.BodyLength), version, 64, out var again) == ReasonCode.Success
            && again.Topic.SequenceEqual(publish.Topic) && again.Payload.SequenceEqual(publish.Payload) && again.PacketId == publish.PacketId;
    }

    private static bool CountsRight(SubscribePacket subscribe)
    {
        var count = 0;
        while (subscribe.TryReadNext(out var filter, out _))
        {
            count++;
            if (!SharedFilter.TryParse(filter, out _))
            {
                return false;
            }
        }

        return count == subscribe.FilterCount;
    }
}
