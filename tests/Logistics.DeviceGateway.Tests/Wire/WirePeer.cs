using System.Net;
using System.Net.Sockets;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Tests.Wire;

/// <summary>A scripted peer on a real socket: sends bytes, receives whole packets, notices the close.</summary>
internal sealed class WirePeer : IDisposable
{
    private readonly Socket _socket;
    private readonly List<byte> _received = [];

    public WirePeer(int port, int timeoutMilliseconds = 10_000)
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = timeoutMilliseconds };
        _socket.Connect(IPAddress.Loopback, port);
    }

    /// <summary>True when the far end has closed or reset.</summary>
    public bool IsClosed { get; private set; }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[_socket.Send(bytes)..];
            }
        }
        catch (SocketException)
        {
            IsClosed = true;
        }
    }

    /// <summary>The next packet whole, or null when the peer closed or the time ran out.</summary>
    public byte[]? Receive()
    {
        while (true)
        {
            var bytes = _received.ToArray();
            if (PacketFrame.TryRead(bytes, int.MaxValue, out var frame, out _) == FrameStatus.Complete && bytes.Length >= frame.TotalSize)
            {
                _received.RemoveRange(0, frame.TotalSize);
                return bytes[..frame.TotalSize];
            }

            if (!Fill())
            {
                return null;
            }
        }
    }

    /// <summary>Reads to the end.</summary>
    /// <returns>True when the far end closed in time.</returns>
    public bool WaitForClose()
    {
        while (Fill())
        {
            _received.Clear();
        }

        return IsClosed;
    }

    /// <summary>True when the far end has closed; does not wait.</summary>
    public bool IsClosedNow() => IsClosed || (_socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0 && !Fill());

    /// <summary>Half-closes: no more will be sent, but answers are still read.</summary>
    public void FinishSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Connects with a clean start and returns the CONNACK.</summary>
    public byte[]? Connect(string clientId, ProtocolVersion version, Func<ConnectRequest, ConnectRequest>? change = null)
    {
        var request = new ConnectRequest(System.Text.Encoding.UTF8.GetBytes(clientId), version);
        Send(ClientPackets.Connect(change is null ? request : change(request)));
        return Receive();
    }

    /// <summary>Publishes and runs the exchange of its QoS to the end.</summary>
    /// <returns>The last answer; null for QoS 0.</returns>
    public byte[]? Publish(string topic, ReadOnlySpan<byte> payload, int qos, ushort packetId, bool retain = false, ProtocolVersion version = ProtocolVersion.V311)
    {
        Send(PublishBytes(topic, payload, qos, packetId, retain, version));
        if (qos == 0)
        {
            return null;
        }

        var answer = Receive();
        if (qos == 1)
        {
            return answer;
        }

        var release = new byte[ServerPackets.ShortPacketSize];
        Send(release.AsSpan(0, ServerPackets.WriteAck(release, PacketType.Pubrel, packetId, ReasonCode.Success, version)));
        return Receive();
    }

    public static byte[] PublishBytes(string topic, ReadOnlySpan<byte> payload, int qos, ushort packetId, bool retain = false, ProtocolVersion version = ProtocolVersion.V311)
    {
        var head = new PublishHead(version, qos, retain, false, packetId, null);
        var name = System.Text.Encoding.UTF8.GetBytes(topic);
        var packet = new byte[PublishWriter.Measure(head, name, default, default, payload.Length)];
        PublishWriter.Write(packet, head, name, default, default, payload);
        return packet;
    }

    public void Dispose() => _socket.Dispose();

    private bool Fill()
    {
        Span<byte> buffer = stackalloc byte[4096];
        try
        {
            var count = _socket.Receive(buffer);
            if (count > 0)
            {
                _received.AddRange(buffer[..count]);
                return true;
            }

            IsClosed = true;
        }
        catch (SocketException e)
        {
            IsClosed = e.SocketErrorCode != SocketError.TimedOut && e.SocketErrorCode != SocketError.WouldBlock;
        }

        return false;
    }
}
