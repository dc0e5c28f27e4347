using System.Net.Sockets;
using System.Text;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceSimulator.Hostile;

/// <summary>A socket that sends whatever it likes.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private RawPeer()
    {
    }

    public static async Task<RawPeer> OpenAsync(HostileTarget target, CancellationToken cancellationToken)
    {
        var peer = new RawPeer();
        await peer._socket.ConnectAsync(target.Host, target.Port, cancellationToken).ConfigureAwait(false);
        return peer;
    }

    /// <summary>Opens and signs in.</summary>
    public static async Task<RawPeer> ConnectAsync(HostileTarget target, string clientId, ProtocolVersion version, CancellationToken cancellationToken)
    {
        var peer = await OpenAsync(target, cancellationToken).ConfigureAwait(false);
        await peer.SendAsync(ClientPackets.Connect(new ConnectRequest(Encoding.UTF8.GetBytes(clientId), version)), cancellationToken).ConfigureAwait(false);
        var answer = await peer.ReceiveAsync(cancellationToken).ConfigureAwait(false);
        return answer is [0x20, _, _, 0, ..] ? peer : throw new IOException($"{clientId} was refused.");
    }

    /// <summary>Sends, and does not mind when the far end has closed.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[await _socket.SendAsync(bytes, cancellationToken).ConfigureAwait(false)..];
            }
        }
        catch (SocketException)
        {
            // Closed on us: what the attack is about.
        }
    }

    /// <summary>What comes next, up to 256 bytes; empty when the far end has closed.</summary>
    public async Task<byte[]> ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[256];
        try
        {
            var count = await _socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            return buffer[..count];
        }
        catch (SocketException)
        {
            return [];
        }
    }

    /// <summary>Reads to the end.</summary>
    /// <returns>The last byte of the last packet before the close, which is the reason of a DISCONNECT; −1 for none; null when it was not closed in time.</returns>
    public async Task<int?> WaitForCloseAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        var last = -1;
        try
        {
            while (await ReceiveAsync(limit.Token).ConfigureAwait(false) is { Length: > 0 } bytes)
            {
                last = bytes[^1];
            }

            return last;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _socket.Dispose();
}

/// <param name="Host">Address.</param>
internal sealed record HostileTarget(string Host, int Port);
