using Logistics.DeviceGateway.Tests.Wire;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Tests;

public sealed class RoutingTests
{
    [Fact]
    public async Task Retained_message_reaches_a_later_subscriber_and_can_be_cleared()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        using var publisher = new WirePeer(gateway.Port);
        publisher.Connect("publisher", ProtocolVersion.V311);
        publisher.Publish("state/door", "open"u8, 1, 1, retain: true);
        using var subscriber = new WirePeer(gateway.Port);
        subscriber.Connect("subscriber", ProtocolVersion.V311);
        subscriber.Subscribe("state/#", 0);
        Assert.Equal("state/door=open q0 retain #0", subscriber.ReceivePublish());
        publisher.Publish("state/door", "shut"u8, 1, 2, retain: true);
        Assert.Equal("state/door=shut q0 #0", subscriber.ReceivePublish());
        publisher.Publish("state/door", ""u8, 1, 3, retain: true);
        Assert.Equal("state/door= q0 #0", subscriber.ReceivePublish());
        subscriber.Subscribe("state/+", 0);
        subscriber.ExpectSilence();
    }

    [Fact]
    public async Task Topic_is_sent_once_to_a_client_that_takes_an_alias()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        using var client = new WirePeer(gateway.Port);
        client.Connect("aliased", ProtocolVersion.V5, request => request with { TopicAliasMaximum = 1 });
        client.Subscribe("a/#", 0, ProtocolVersion.V5);
        foreach (var topic in (string[])["a/b", "a/b", "a/c"])
        {
            client.Publish(topic, "x"u8, 0, 0, version: ProtocolVersion.V5);
        }

        Assert.Equal(Convert.FromHexString("300A0003612F620323000178"), client.Receive());
        Assert.Equal(Convert.FromHexString("300700000323000178"), client.Receive());
        Assert.Equal(Convert.FromHexString("30070003612F630078"), client.Receive());
    }

    [Fact]
    public async Task Open_gateway_asks_for_a_keep_alive_of_a_minute_at_most()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        using var eager = new WirePeer(gateway.Port);
        using var lazy = new WirePeer(gateway.Port);
        var imposed = Convert.FromHexString("13003C");
        Assert.Equal(-1, eager.Connect("eager", ProtocolVersion.V5, request => request with { KeepAliveSeconds = 60 }).AsSpan().IndexOf(imposed));
        Assert.NotEqual(-1, lazy.Connect("lazy", ProtocolVersion.V5, request => request with { KeepAliveSeconds = 61 }).AsSpan().IndexOf(imposed));
    }

    [Fact]
    public async Task Second_connection_takes_the_session_over()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        using var first = new WirePeer(gateway.Port);
        first.Connect("same", ProtocolVersion.V5);
        using var second = new WirePeer(gateway.Port);
        Assert.Equal(0, second.Connect("same", ProtocolVersion.V5)![3]);
        Assert.Equal([0xE0, 1, (byte)ReasonCode.SessionTakenOver], first.Receive());
        Assert.True(first.WaitForClose());
        second.ExpectSilence();
    }

    [Fact]
    public async Task Will_is_published_when_the_connection_is_lost_and_not_after_a_good_bye()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        using var watcher = new WirePeer(gateway.Port);
        watcher.Connect("watcher", ProtocolVersion.V311);
        watcher.Subscribe("will/#", 1);
        ConnectRequest WithWill(ConnectRequest request) => request with { Will = new WillRequest("will/a"u8.ToArray(), "gone"u8.ToArray(), 1) };
        using (var polite = new WirePeer(gateway.Port))
        {
            polite.Connect("polite", ProtocolVersion.V311, WithWill);
            polite.Send(ClientPackets.Disconnect);
            Assert.True(polite.WaitForClose());
        }

        watcher.ExpectSilence();
        using (var lost = new WirePeer(gateway.Port))
        {
            lost.Connect("lost", ProtocolVersion.V311, WithWill);
        }

        Assert.Equal("will/a=gone q1 #1", watcher.ReceivePublish());
    }

    [Fact]
    public async Task Good_bye_that_wants_to_keep_an_ending_session_is_none_and_publishes_the_will()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        using var watcher = new WirePeer(gateway.Port);
        watcher.Connect("watcher", ProtocolVersion.V311);
        watcher.Subscribe("will/#", 1);
        using var leaving = new WirePeer(gateway.Port);
        leaving.Connect("leaving", ProtocolVersion.V5, request => request with { Will = new WillRequest("will/a"u8.ToArray(), "gone"u8.ToArray(), 1) });
        // DISCONNECT, normal, session expiry 5 s; CONNECT had none, which is 0 (3.14.2.2.2).
        leaving.Send([0xE0, 7, 0, 5, 0x11, 0, 0, 0, 5]);
        Assert.Equal([0xE0, 1, (byte)ReasonCode.ProtocolError], leaving.Receive());
        Assert.True(leaving.WaitForClose());
        Assert.Equal("will/a=gone q1 #1", watcher.ReceivePublish());
    }

    [Fact]
    public async Task Shared_subscription_gives_each_message_to_one_member()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        using var a = new WirePeer(gateway.Port);
        using var b = new WirePeer(gateway.Port);
        a.Connect("a", ProtocolVersion.V311);
        b.Connect("b", ProtocolVersion.V311);
        a.Subscribe("$share/g/jobs", 0);
        b.Subscribe("$share/g/jobs", 0);
        using var publisher = new WirePeer(gateway.Port);
        publisher.Connect("p", ProtocolVersion.V311);
        for (ushort i = 1; i <= 4; i++)
        {
            publisher.Publish("jobs", "x"u8, 1, i);
        }

        Assert.Equal(["jobs=x q0 #0", "jobs=x q0 #0"], [a.ReceivePublish(), a.ReceivePublish()]);
        Assert.Equal(["jobs=x q0 #0", "jobs=x q0 #0"], [b.ReceivePublish(), b.ReceivePublish()]);
        a.ExpectSilence();
        b.ExpectSilence();
    }

    [Fact]
    public async Task Overlapping_filters_deliver_one_copy_at_the_highest_qos()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        using var peer = new WirePeer(gateway.Port);
        peer.Connect("overlap", ProtocolVersion.V311);
        peer.Subscribe("t/#", 0);
        peer.Subscribe("t/+", 2);
        using var publisher = new WirePeer(gateway.Port);
        publisher.Connect("p", ProtocolVersion.V311);
        publisher.Publish("t/1", "x"u8, 2, 1);
        Assert.Equal("t/1=x q2 #1", peer.ReceivePublish());
        peer.ExpectSilence();
    }

    [Fact]
    public async Task Window_of_the_client_is_kept_and_refilled_in_order()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        using var slow = new WirePeer(gateway.Port);
        slow.Connect("slow", ProtocolVersion.V5, request => request with { ReceiveMaximum = 2 });
        slow.Subscribe("t", 1, ProtocolVersion.V5);
        using var publisher = new WirePeer(gateway.Port);
        publisher.Connect("p", ProtocolVersion.V311);
        for (ushort i = 1; i <= 3; i++)
        {
            publisher.Publish("t", [(byte)('0' + i)], 1, i);
        }

        Assert.Equal("t=1 q1 #1", slow.ReceivePublish(ProtocolVersion.V5));
        Assert.Equal("t=2 q1 #2", slow.ReceivePublish(ProtocolVersion.V5));
        slow.ExpectSilence();
        slow.Ack(PacketType.Puback, 1);
        Assert.Equal("t=3 q1 #3", slow.ReceivePublish(ProtocolVersion.V5));
    }
}
