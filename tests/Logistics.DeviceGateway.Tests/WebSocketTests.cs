using System.Net.WebSockets;
using Logistics.DeviceGateway.Tests.Wire;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Tests;

public sealed class WebSocketTests
{
    [Fact]
    public async Task Mqtt_flows_over_a_web_socket_in_any_slices()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        var cancel = TestContext.Current.CancellationToken;
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{gateway.WebPort}/mqtt"), cancel);
        Assert.Equal("mqtt", socket.SubProtocol);
        byte[] bytes =
        [
            .. ClientPackets.Connect(new ConnectRequest("web"u8.ToArray(), ProtocolVersion.V311)),
            .. WirePeer.PublishBytes("t", "hello"u8, 1, 1),
        ];
        foreach (var slice in bytes.Chunk(5))
        {
            await socket.SendAsync(slice, WebSocketMessageType.Binary, true, cancel);
        }

        Assert.Equal([0x20, 2, 0, 0, 0x40, 2, 0, 1], await ReadAsync(socket, 8));
        await socket.SendAsync(ClientPackets.Disconnect, WebSocketMessageType.Binary, true, cancel);
        Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(new byte[10], cancel)).MessageType);
    }

    [Fact]
    public async Task Text_message_ends_the_connection()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        var cancel = TestContext.Current.CancellationToken;
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{gateway.WebPort}/mqtt"), cancel);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, cancel);
        Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(new byte[10], cancel)).MessageType);
    }

    [Fact]
    public async Task Plain_request_is_told_what_is_expected()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{gateway.WebPort}/mqtt"), TestContext.Current.CancellationToken);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("mqtt", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<byte[]> ReadAsync(ClientWebSocket socket, int count)
    {
        var received = new List<byte>();
        var buffer = new byte[100];
        while (received.Count < count)
        {
            var result = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            received.AddRange(buffer.AsSpan(0, result.Count));
        }

        return [.. received];
    }
}
