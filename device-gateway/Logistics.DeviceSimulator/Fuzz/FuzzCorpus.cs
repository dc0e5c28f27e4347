using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceSimulator.Fuzz;

/// <summary>Good packets to start mutations from.</summary>
internal static class FuzzCorpus
{
    // content type, correlation data, response topic, user property, topic alias, expiry, payload format
    private static readonly byte[] Properties = Convert.FromHexString("0300047465787409000201020800017226" + "00016B000176" + "230005" + "020000003C" + "0101");

    public static byte[][] Create()
    {
        var will = new WillRequest("will/a"u8.ToArray(), "gone"u8.ToArray(), 1, true, 5);
        return
        [
            ClientPackets.Connect(new ConnectRequest("client"u8.ToArray())),
            ClientPackets.Connect(new ConnectRequest("client"u8.ToArray(), ProtocolVersion.V311, false, 60, 0, 0, "user"u8.ToArray(), "pass"u8.ToArray(), will)),
            ClientPackets.Connect(new ConnectRequest("client"u8.ToArray(), ProtocolVersion.V5, true, 60, 3600, 20, "user"u8.ToArray(), "pass"u8.ToArray(), will)),
            ClientPackets.Subscribe(1, ProtocolVersion.V5, ("a/+/#"u8.ToArray(), (byte)1), ("$share/g/b"u8.ToArray(), (byte)2)),
            ClientPackets.Subscribe(1, ProtocolVersion.V311, ("a/+/#"u8.ToArray(), (byte)1)),
            ClientPackets.Unsubscribe(2, ProtocolVersion.V5, "a/+/#"u8.ToArray()),
            ClientPackets.Pingreq,
            ClientPackets.Disconnect,
            Publish(ProtocolVersion.V5, 0),
            Publish(ProtocolVersion.V5, 1),
            Publish(ProtocolVersion.V311, 2),
            [0x40, 4, 0, 1, 0x10, 0],
            [0x62, 9, 0, 1, 0, 5, 0x1F, 0, 2, (byte)'o', (byte)'k'],
            [0xE0, 7, 0, 5, 0x11, 0, 0, 0, 9],
        ];
    }

    private static byte[] Publish(ProtocolVersion version, int qos)
    {
        var head = new PublishHead(version, qos, true, qos > 0, 7, null);
        var packet = new byte[PublishWriter.Measure(head, "lg/v1/locker/x/up/door"u8, Properties, default, 20)];
        PublishWriter.Write(packet, head, "lg/v1/locker/x/up/door"u8, Properties, default, new byte[20]);
        return packet;
    }
}
