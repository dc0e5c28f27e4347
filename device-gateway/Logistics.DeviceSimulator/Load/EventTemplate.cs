using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceSimulator.Load;

/// <summary>A QoS 1 PUBLISH that is encoded once and stamped with identifier and sequence number for each message.</summary>
internal sealed class EventTemplate
{
    /// <summary>Sequence numbers begin here, so that all have ten digits and the packet keeps its length.</summary>
    public const long FirstSequence = 1_000_000_000;

    private const int SequenceDigits = 10;
    private readonly byte[] _packet;
    private readonly int _packetIdAt;
    private readonly int _sequenceAt;

    public EventTemplate(string device, long boot, int payloadSize)
    {
        var topic = Encoding.UTF8.GetBytes($"lg/v1/locker/{device}/up/heartbeat");
        var head = $$"""{"boot":{{boot.ToString(CultureInfo.InvariantCulture)}},"seq":""";
        var text = $$"""{{head}}{{FirstSequence}},"at":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}},"battery":0.93,"note":""";
        var payload = Encoding.UTF8.GetBytes(text + "\"" + new string('x', Math.Max(0, payloadSize - text.Length - 3)) + "\"}");
        var publish = new PublishHead(ProtocolVersion.V311, 1, false, false, 1, null);
        _packet = new byte[PublishWriter.Measure(publish, topic, default, default, payload.Length)];
        PublishWriter.Write(_packet, publish, topic, default, default, payload);
        var payloadAt = _packet.Length - payload.Length;
        _packetIdAt = payloadAt - 2;
        _sequenceAt = payloadAt + head.Length;
    }

    public int Length => _packet.Length;

    public void Write(Span<byte> destination, ushort packetId, long sequence)
    {
        _packet.CopyTo(destination);
        destination[_packetIdAt] = (byte)(packetId >> 8);
        destination[_packetIdAt + 1] = (byte)packetId;
        Utf8Formatter.TryFormat(sequence, destination.Slice(_sequenceAt, SequenceDigits), out _);
    }
}
