using Logistics.DeviceGateway.Hub;
using Logistics.DeviceGateway.Tests.Wire;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Tests;

public sealed class CommandTests
{
    private const string Topic = "lg/v1/locker/ter_1/down/open";

    [Fact]
    public async Task Command_waits_for_the_device_and_reports_its_acknowledgement()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        var cancel = TestContext.Current.CancellationToken;
        using (var first = new WirePeer(gateway.Port))
        {
            first.Connect("ter_1", ProtocolVersion.V311, Durable);
            first.Send(ClientPackets.Disconnect);
            Assert.True(first.WaitForClose());
        }

        var receipt = await gateway.Gateway.SendAsync("ter_1", Topic, "{}"u8.ToArray(), null, cancel);
        Assert.True(receipt.IsQueued);
        Assert.False(receipt.Delivery.IsCompleted);
        using var device = new WirePeer(gateway.Port);
        device.Connect("ter_1", ProtocolVersion.V311, Durable);
        Assert.Equal($"{Topic}={{}} q1 #1", device.ReceivePublish());
        device.Ack(PacketType.Puback, 1);
        Assert.Equal(DeliveryOutcome.Acknowledged, await receipt.Delivery);
    }

    [Fact]
    public async Task Expired_command_is_never_sent()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        var cancel = TestContext.Current.CancellationToken;
        using (var first = new WirePeer(gateway.Port))
        {
            first.Connect("ter_1", ProtocolVersion.V311, Durable);
            first.Send(ClientPackets.Disconnect);
            Assert.True(first.WaitForClose());
        }

        var receipt = await gateway.Gateway.SendAsync("ter_1", Topic, "{}"u8.ToArray(), DateTimeOffset.UnixEpoch, cancel);
        using var device = new WirePeer(gateway.Port);
        device.Connect("ter_1", ProtocolVersion.V311, Durable);
        device.ExpectSilence();
        Assert.Equal(DeliveryOutcome.Expired, await receipt.Delivery);
    }

    [Fact]
    public async Task Command_for_a_device_without_a_session_is_refused()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        var receipt = await gateway.Gateway.SendAsync("nobody", Topic, "{}"u8.ToArray(), null, TestContext.Current.CancellationToken);
        Assert.Equal((false, DeliveryOutcome.NoSession), (receipt.IsQueued, receipt.Refusal));
    }

    [Fact]
    public async Task Connections_can_be_watched()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        var cancel = TestContext.Current.CancellationToken;
        await using var watch = gateway.Gateway.Feed.WatchConnectionsAsync(cancel).GetAsyncEnumerator(cancel);
        var next = watch.MoveNextAsync();
        using (var device = new WirePeer(gateway.Port))
        {
            device.Connect("ter_1", ProtocolVersion.V311);
            Assert.True(await next);
            Assert.Equal(("ter_1", true), (watch.Current.Device, watch.Current.IsConnected));
        }

        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(("ter_1", false), (watch.Current.Device, watch.Current.IsConnected));
    }

    private static ConnectRequest Durable(ConnectRequest request) => request with { CleanStart = false };
}
