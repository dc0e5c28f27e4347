using System.Net.Sockets;
using System.Text;
using Logistics.DeviceSimulator.Load;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceSimulator.Crash;

/// <summary>A device that remembers what was acknowledged and sends the rest again after every loss of the connection.</summary>
internal sealed class CrashDevice(int index, int window, long boot)
{
    private const int AckSize = 4;
    private readonly EventTemplate _template = new(LoadConnection.DeviceName(index), boot, 200);
    private bool _hasSession;

    public string Name { get; } = LoadConnection.DeviceName(index);

    /// <summary>All below this are acknowledged.</summary>
    public long AcknowledgedEnd { get; private set; } = EventTemplate.FirstSequence;

    /// <summary>Times a session that had been promised was not there after a crash.</summary>
    public int LostSessions { get; private set; }

    /// <summary>Sends and takes acknowledgements until the connection is lost or <paramref name="cancellationToken"/> says stop.</summary>
    public async Task RunAsync(int port, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync("127.0.0.1", port, cancellationToken).ConfigureAwait(false);
            var connect = new ConnectRequest(Encoding.UTF8.GetBytes(Name), ProtocolVersion.V311, CleanStart: false);
            await socket.SendAsync(ClientPackets.Connect(connect), cancellationToken).ConfigureAwait(false);
            var connack = new byte[AckSize];
            await FillAsync(socket, connack, cancellationToken).ConfigureAwait(false);
            LostSessions += _hasSession && connack[2] != 1 ? 1 : 0;
            _hasSession = true;
            await ExchangeAsync(socket, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            // Killed, as intended: what is not acknowledged is sent again next time.
        }
    }

    private async Task ExchangeAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[_template.Length];
        var ack = new byte[AckSize];
        var sentEnd = AcknowledgedEnd;
        while (true)
        {
            while (sentEnd < AcknowledgedEnd + window)
            {
                _template.Write(buffer, PacketIdOf(sentEnd), sentEnd);
                await socket.SendAsync(buffer, cancellationToken).ConfigureAwait(false);
                sentEnd++;
            }

            await FillAsync(socket, ack, cancellationToken).ConfigureAwait(false);
            var id = (ushort)((ack[2] << 8) | ack[3]);
            if (ack[0] != 0x40 || id != PacketIdOf(AcknowledgedEnd))
            {
                throw new InvalidOperationException($"{Name}: acknowledgements are out of order: expected {PacketIdOf(AcknowledgedEnd)}, got {id}.");
            }

            AcknowledgedEnd++;
        }
    }

    private static ushort PacketIdOf(long sequence) => (ushort)((sequence % 60_000) + 1);

    private static async Task FillAsync(Socket socket, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!buffer.IsEmpty)
        {
            var count = await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            buffer = count > 0 ? buffer[count..] : throw new IOException("closed");
        }
    }
}
