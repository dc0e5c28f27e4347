using Logistics.DeviceGateway.Tests.Wire;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;
using Logistics.Testing;

namespace Logistics.DeviceGateway.Tests;

public sealed class DurableSessionTests
{
    [Fact]
    public async Task Messages_wait_for_an_offline_session_across_a_restart()
    {
        using var folder = new TemporaryFolder();
        await using (var gateway = await RunningGateway.StartOpenAsync(folder.FullName))
        {
            using var device = new WirePeer(gateway.Port);
            Assert.Equal([0x20, 2, 0, 0], device.Connect("device", ProtocolVersion.V311, Durable));
            device.Subscribe("down/#", 1);
            device.Send(ClientPackets.Disconnect);
            Assert.True(device.WaitForClose());
            using var sender = new WirePeer(gateway.Port);
            sender.Connect("sender", ProtocolVersion.V311);
            sender.Publish("down/1", "a"u8, 1, 1);
            sender.Publish("down/2", "b"u8, 2, 2);
        }

        await using (var gateway = await RunningGateway.StartOpenAsync(folder.FullName))
        {
            using var device = new WirePeer(gateway.Port);
            Assert.Equal([0x20, 2, 1, 0], device.Connect("device", ProtocolVersion.V311, Durable));
            Assert.Equal("down/1=a q1 #1", device.ReceivePublish());
            Assert.Equal("down/2=b q1 #2", device.ReceivePublish());
            device.Ack(PacketType.Puback, 1);
            device.ExpectSilence();
        }

        await using (var gateway = await RunningGateway.StartOpenAsync(folder.FullName))
        {
            using var device = new WirePeer(gateway.Port);
            device.Connect("device", ProtocolVersion.V311, Durable);
            Assert.Equal("down/2=b q1 dup #2", device.ReceivePublish());
            device.Ack(PacketType.Puback, 2);
            device.ExpectSilence();
        }
    }

    [Fact]
    public async Task Exactly_once_holds_across_restarts_in_both_directions()
    {
        using var folder = new TemporaryFolder();
        await using (var gateway = await RunningGateway.StartOpenAsync(folder.FullName))
        {
            using var receiver = new WirePeer(gateway.Port);
            receiver.Connect("receiver", ProtocolVersion.V311, Durable);
            receiver.Subscribe("t", 2);
            using var sender = new WirePeer(gateway.Port);
            sender.Connect("sender", ProtocolVersion.V311, Durable);
            sender.Send(WirePeer.PublishBytes("t", "once"u8, 2, 7));
            Assert.Equal([0x50, 2, 0, 7], sender.Receive());
            receiver.ExpectSilence();
        }

        await using (var gateway = await RunningGateway.StartOpenAsync(folder.FullName))
        {
            using var sender = new WirePeer(gateway.Port);
            Assert.Equal([0x20, 2, 1, 0], sender.Connect("sender", ProtocolVersion.V311, Durable));
            // The sender lost the PUBREC and repeats: acknowledged, not taken again.
            sender.Send(WirePeer.PublishBytes("t", "once"u8, 2, 7));
            Assert.Equal([0x50, 2, 0, 7], sender.Receive());
            sender.Ack(PacketType.Pubrel, 7);
            Assert.Equal([0x70, 2, 0, 7], sender.Receive());
            using var receiver = new WirePeer(gateway.Port);
            receiver.Connect("receiver", ProtocolVersion.V311, Durable);
            Assert.Equal("t=once q2 #1", receiver.ReceivePublish());
            receiver.Ack(PacketType.Pubrec, 1);
            Assert.Equal([0x62, 2, 0, 1], receiver.Receive());
        }

        await using (var gateway = await RunningGateway.StartOpenAsync(folder.FullName))
        {
            using var receiver = new WirePeer(gateway.Port);
            receiver.Connect("receiver", ProtocolVersion.V311, Durable);
            Assert.Equal([0x62, 2, 0, 1], receiver.Receive());
            receiver.Ack(PacketType.Pubcomp, 1);
            receiver.ExpectSilence();
        }
    }

    [Fact]
    public async Task Clean_start_forgets_the_session_for_good()
    {
        using var folder = new TemporaryFolder();
        await using (var gateway = await RunningGateway.StartOpenAsync(folder.FullName))
        {
            using var device = new WirePeer(gateway.Port);
            device.Connect("device", ProtocolVersion.V311, Durable);
            device.Subscribe("t", 1);
            using var clean = new WirePeer(gateway.Port);
            Assert.Equal([0x20, 2, 0, 0], clean.Connect("device", ProtocolVersion.V311));
            clean.Publish("t", "x"u8, 1, 1);
            clean.ExpectSilence();
        }

        await using (var gateway = await RunningGateway.StartOpenAsync(folder.FullName))
        {
            using var device = new WirePeer(gateway.Port);
            Assert.Equal([0x20, 2, 0, 0], device.Connect("device", ProtocolVersion.V311, Durable));
        }
    }

    [Fact]
    public async Task Retained_messages_survive_a_restart()
    {
        using var folder = new TemporaryFolder();
        await using (var gateway = await RunningGateway.StartOpenAsync(folder.FullName))
        {
            using var publisher = new WirePeer(gateway.Port);
            publisher.Connect("p", ProtocolVersion.V311);
            publisher.Publish("kept", "1"u8, 1, 1, retain: true);
            publisher.Publish("cleared", "1"u8, 1, 2, retain: true);
            publisher.Publish("cleared", ""u8, 1, 3, retain: true);
        }

        await using (var gateway = await RunningGateway.StartOpenAsync(folder.FullName))
        {
            using var subscriber = new WirePeer(gateway.Port);
            subscriber.Connect("s", ProtocolVersion.V311);
            subscriber.Subscribe("#", 1);
            Assert.Equal("kept=1 q1 retain #1", subscriber.ReceivePublish());
            subscriber.ExpectSilence();
        }
    }

    private static ConnectRequest Durable(ConnectRequest request) => request with { CleanStart = false, SessionExpirySeconds = 3600 };
}
