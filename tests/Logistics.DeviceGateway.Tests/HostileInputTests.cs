using System.Text;
using Logistics.DeviceGateway.Tests.Wire;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;
using Logistics.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.DeviceGateway.Tests;

/// <summary>Peers that mean harm or are broken: closed with the right reason, and a bystander notices nothing.</summary>
public sealed class HostileInputTests : IAsyncLifetime
{
    private RunningGateway _gateway = null!;
    private WirePeer _bystander = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await RunningGateway.StartOpenAsync();
        _bystander = new WirePeer(_gateway.Port);
        _bystander.Connect("bystander", ProtocolVersion.V311);
    }

    public async ValueTask DisposeAsync()
    {
        _bystander.ExpectSilence();
        _bystander.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public void Twenty_thousand_user_properties_are_refused()
    {
        using var peer = Connected();
        var block = Enumerable.Repeat(Convert.FromHexString("2600016B000176"), 20_000).SelectMany(bytes => bytes).ToArray();
        peer.Send(PublishWithProperties("t", block));
        Assert.Equal([0xE0, 1, (byte)ReasonCode.QuotaExceeded], peer.Receive());
        Assert.True(peer.WaitForClose());
    }

    [Fact]
    public void Topic_of_65535_levels_is_refused()
    {
        using var peer = Connected();
        peer.Send(PublishWithProperties(new string('/', 65_534), []));
        Assert.Equal([0xE0, 1, (byte)ReasonCode.TopicNameInvalid], peer.Receive());
    }

    [Fact]
    public void Five_thousand_filters_in_one_packet_are_refused()
    {
        using var peer = Connected();
        var filters = Enumerable.Range(0, 5000).Select(i => (Packets.Utf8($"f/{i}"), (byte)0)).ToArray();
        peer.Send(ClientPackets.Subscribe(1, ProtocolVersion.V5, filters));
        Assert.Equal([0xE0, 1, (byte)ReasonCode.QuotaExceeded], peer.Receive());
    }

    [Fact]
    public void Declared_256_megabytes_cost_nothing()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peers = Enumerable.Range(0, 100).Select(_ => Connected()).ToArray();
        foreach (var peer in peers)
        {
            peer.Send([0x30, 0xFF, 0xFF, 0xFF, 0x7F, 0, 1]);
            Assert.Equal([0xE0, 1, (byte)ReasonCode.PacketTooLarge], peer.Receive());
            peer.Dispose();
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 32 * 1024 * 1024);
    }

    [Fact]
    public void Large_first_packet_is_closed_before_it_is_read()
    {
        using var peer = new WirePeer(_gateway.Port);
        peer.Send([0x10, 0xFF, 0xFF, 0xFF, 0x7F]);
        Assert.Null(peer.Receive());
        Assert.True(peer.IsClosed);
    }

    [Fact]
    public void Sender_of_too_large_a_packet_is_told_before_it_is_closed()
    {
        using var peer = Connected();
        peer.Send(WirePeer.PublishBytes("t", new byte[2_000_001], 0, 0, version: ProtocolVersion.V5));
        Assert.Equal([0xE0, 1, (byte)ReasonCode.PacketTooLarge], peer.Receive());
        Assert.True(peer.WaitForClose());
    }

    [Theory]
    [InlineData("30050002C32800", "topic that is not UTF-8")]
    [InlineData("3006000361002F00", "topic with a NUL")]
    [InlineData("30060003612F2300", "topic with a wildcard")]
    [InlineData("820B0001000005612F232F6200", "filter with # in the middle")]
    [InlineData("8208000100000261FF00", "filter that is not UTF-8")]
    public void Ill_formed_names_end_the_connection(string packet, string what)
    {
        using var peer = Connected();
        peer.Send(Convert.FromHexString(packet));
        Assert.True(peer.Receive() is [0xE0, _, (byte)ReasonCode.MalformedPacket], what);
        Assert.True(peer.WaitForClose());
    }

    [Fact]
    public async Task Dripping_and_silent_peers_have_five_seconds_for_their_connect()
    {
        var time = new ManualTimeProvider();
        await using var gateway = await RunningGateway.StartAsync(GatewayOptions.Open, configure: services => services.AddSingleton<TimeProvider>(time));
        var peers = Enumerable.Range(0, 20).Select(_ => new WirePeer(gateway.Port)).ToArray();
        foreach (var peer in peers.Take(10))
        {
            peer.Send([0x10, 0x7F, 0, 4]);
        }

        // The bystander's answer shows that the others' handshakes have begun: they came first.
        using var bystander = new WirePeer(gateway.Port);
        bystander.Connect("bystander", ProtocolVersion.V311);
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            return Array.TrueForAll(peers, peer => peer.IsClosedNow());
        });
        Array.ForEach(peers, peer => peer.Dispose());
    }

    [Theory]
    [InlineData("#")]
    [InlineData("+")]
    [InlineData("a/+/#")]
    [InlineData("$SYS")]
    public void Client_identifiers_are_just_text(string clientId)
    {
        using var peer = new WirePeer(_gateway.Port);
        Assert.Equal([0x20, 2, 0, 0], peer.Connect(clientId, ProtocolVersion.V311));
        peer.ExpectSilence();
    }

    [Fact]
    public void Byte_by_byte_is_slow_but_fine()
    {
        using var peer = new WirePeer(_gateway.Port);
        var bytes = ClientPackets.Connect(new ConnectRequest("drip"u8.ToArray(), ProtocolVersion.V311)).Concat(WirePeer.PublishBytes("t", "x"u8, 1, 3));
        foreach (var one in bytes)
        {
            peer.Send([one]);
        }

        Assert.Equal([0x20, 2, 0, 0], peer.Receive());
        Assert.Equal([0x40, 2, 0, 3], peer.Receive());
    }

    [Fact]
    public void Acknowledgements_of_what_was_sent_before_a_half_close_still_come()
    {
        using var peer = new WirePeer(_gateway.Port);
        peer.Connect("half", ProtocolVersion.V311);
        for (ushort i = 1; i <= 10; i++)
        {
            peer.Send(WirePeer.PublishBytes("t", "x"u8, 1, i));
        }

        peer.FinishSending();
        for (byte i = 1; i <= 10; i++)
        {
            Assert.Equal([0x40, 2, 0, i], peer.Receive());
        }

        Assert.True(peer.WaitForClose());
    }

    [Fact]
    public void More_than_the_receive_maximum_is_refused()
    {
        using var peer = Connected();
        var burst = Enumerable.Range(1, 21).SelectMany(id => WirePeer.PublishBytes("t", "x"u8, 2, (ushort)id, version: ProtocolVersion.V5)).ToArray();
        peer.Send(burst);
        byte[]? last = null;
        while (peer.Receive() is { } packet)
        {
            last = packet;
        }

        Assert.Equal([0xE0, 1, (byte)ReasonCode.ReceiveMaximumExceeded], last);
    }

    [Fact]
    public void Takeover_storm_leaves_the_last_one_standing()
    {
        var peers = Enumerable.Range(0, 50).Select(_ => new WirePeer(_gateway.Port)).ToArray();
        foreach (var peer in peers)
        {
            Assert.Equal([0x20, 2, 0, 0], peer.Connect("stormy", ProtocolVersion.V311));
        }

        peers[^1].ExpectSilence();
        Assert.All(peers[..^1], peer => Assert.True(peer.WaitForClose()));
        Array.ForEach(peers, peer => peer.Dispose());
    }

    [Fact]
    public void Peer_that_never_reads_does_not_hold_up_the_others()
    {
        using var deaf = new WirePeer(_gateway.Port);
        deaf.Connect("deaf", ProtocolVersion.V311);
        deaf.Subscribe("flood", 1);
        using var sender = new WirePeer(_gateway.Port);
        sender.Connect("sender", ProtocolVersion.V311);
        var payload = new byte[50_000];
        for (ushort i = 1; i <= 300; i++)
        {
            Assert.Equal([0x40, 2, (byte)(i >> 8), (byte)i], sender.Publish("flood", payload, i % 2, i) ?? [0x40, 2, (byte)(i >> 8), (byte)i]);
        }

        _bystander.ExpectSilence();
        Assert.True(_gateway.Gateway.IsHealthy);
    }

    private WirePeer Connected()
    {
        var peer = new WirePeer(_gateway.Port);
        Assert.Equal(0, peer.Connect($"hostile-{Guid.NewGuid()}", ProtocolVersion.V5)![3]);
        return peer;
    }

    private static byte[] PublishWithProperties(string topic, byte[] block)
    {
        var head = new PublishHead(ProtocolVersion.V5, 0, false, false, 0, null);
        var name = Encoding.UTF8.GetBytes(topic);
        var packet = new byte[PublishWriter.Measure(head, name, block, default, 0)];
        PublishWriter.Write(packet, head, name, block, default, default);
        return packet;
    }
}
