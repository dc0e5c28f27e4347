using System.Text;
using Logistics.DeviceGateway.Tests.Wire;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Tests;

/// <summary>Short ways to say what a scripted peer sends and hears.</summary>
internal static class Packets
{
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static void Subscribe(this WirePeer peer, string filter, int options, ProtocolVersion version = ProtocolVersion.V311)
    {
        peer.Send(ClientPackets.Subscribe(9, version, (Utf8(filter), (byte)options)));
        var answer = peer.Receive();
        Assert.NotNull(answer);
        Assert.Equal(0x90, answer[0]);
        Assert.Equal(options & 3, answer[^1]);
    }

    public static void Ack(this WirePeer peer, PacketType type, ushort packetId)
    {
        var packet = new byte[ServerPackets.ShortPacketSize];
        peer.Send(packet.AsSpan(0, ServerPackets.WriteAck(packet, type, packetId, ReasonCode.Success, ProtocolVersion.V311)));
    }

    /// <summary>Receives a PUBLISH and describes it as <c>topic=payload qN [dup] [retain] #id</c>.</summary>
    public static string ReceivePublish(this WirePeer peer, ProtocolVersion version = ProtocolVersion.V311)
    {
        var packet = peer.Receive();
        if (packet is null)
        {
            return "nothing";
        }

        Assert.Equal(FrameStatus.Complete, PacketFrame.TryRead(packet, int.MaxValue, out var frame, out _));
        if (frame.Type != PacketType.Publish)
        {
            return Convert.ToHexString(packet);
        }

        Assert.Equal(ReasonCode.Success, PublishPacket.TryParse(frame.Header, packet.AsSpan(frame.HeaderSize), version, int.MaxValue, out var publish));
        var flags = (publish.IsDuplicate ? " dup" : "") + (publish.Retain ? " retain" : "");
        return $"{Encoding.UTF8.GetString(publish.Topic)}={Encoding.UTF8.GetString(publish.Payload)} q{publish.Qos}{flags} #{publish.PacketId}";
    }

    /// <summary>Receives a PUBLISH and gives its topic and payload; acknowledges it when asked.</summary>
    public static (string Topic, string Payload) TakePublish(this WirePeer peer, bool isAcknowledged = true)
    {
        var packet = peer.Receive();
        Assert.NotNull(packet);
        PacketFrame.TryRead(packet, int.MaxValue, out var frame, out _);
        Assert.Equal(ReasonCode.Success, PublishPacket.TryParse(frame.Header, packet.AsSpan(frame.HeaderSize), ProtocolVersion.V311, int.MaxValue, out var publish));
        Assert.False(publish.Retain);
        if (isAcknowledged && publish.Qos == 1)
        {
            peer.Ack(PacketType.Puback, publish.PacketId);
        }

        return (Encoding.UTF8.GetString(publish.Topic), Encoding.UTF8.GetString(publish.Payload));
    }

    /// <summary>Proves that nothing else is under way: the next thing heard is the answer to a ping.</summary>
    public static void ExpectSilence(this WirePeer peer)
    {
        peer.Send(ClientPackets.Pingreq);
        Assert.Equal([0xD0, 0], peer.Receive());
    }
}
