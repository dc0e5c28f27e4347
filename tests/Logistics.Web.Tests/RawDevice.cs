using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.Web.Tests;

/// <summary>A device that speaks MQTT 3.1.1 byte by byte over any stream, so that a test sees exactly what the host answers.</summary>
internal sealed class RawDevice(Stream stream, string device) : IDisposable
{
    public static byte[] Accepted { get; } = [0x20, 2, 0, 0];

    public static byte[] BadPassword { get; } = [0x20, 2, 0, 4];

    public string Device { get; } = device;

    public static async Task<NetworkStream> TcpAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Over WebSocket, on the web address.</summary>
    public static async Task<WebSocketStream> WebSocketAsync(Uri web)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        await socket.ConnectAsync(new UriBuilder(web) { Scheme = "ws", Path = "/mqtt" }.Uri, TestContext.Current.CancellationToken);
        Assert.Equal("mqtt", socket.SubProtocol);
        return WebSocketStream.Create(socket, WebSocketMessageType.Binary, ownsWebSocket: true);
    }

    /// <param name="password">Null to prove itself by its certificate.</param>
    /// <returns>The CONNACK.</returns>
    public async Task<byte[]> ConnectAsync(string? password)
    {
        var id = Encoding.UTF8.GetBytes(Device);
        await SendAsync(ClientPackets.Connect(password is null
            ? new ConnectRequest(id, ProtocolVersion.V311)
            : new ConnectRequest(id, ProtocolVersion.V311, UserName: id, Password: Encoding.UTF8.GetBytes(password))));
        return await ReceiveAsync();
    }

    /// <summary>Publishes with QoS 1 and waits for the acknowledgement.</summary>
    public async Task PublishAsync(string message, ushort packetId, string json)
    {
        var topic = Encoding.UTF8.GetBytes($"lg/v1/locker/{Device}/up/{message}");
        var payload = Encoding.UTF8.GetBytes(json);
        var head = new PublishHead(ProtocolVersion.V311, 1, false, false, packetId, null);
        var packet = new byte[PublishWriter.Measure(head, topic, default, default, payload.Length)];
        PublishWriter.Write(packet, head, topic, default, default, payload);
        await SendAsync(packet);
        Assert.Equal(Convert.ToHexString([0x40, 2, (byte)(packetId >> 8), (byte)packetId]), Convert.ToHexString(await ReceiveAsync()));
    }

    public void Dispose() => stream.Dispose();

    private async Task SendAsync(byte[] packet)
    {
        await stream.WriteAsync(packet, TestContext.Current.CancellationToken);
        await stream.FlushAsync(TestContext.Current.CancellationToken);
    }

    // Every answer this class waits for has four bytes.
    private async Task<byte[]> ReceiveAsync()
    {
        var answer = new byte[4];
        await stream.ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
        return answer;
    }
}
