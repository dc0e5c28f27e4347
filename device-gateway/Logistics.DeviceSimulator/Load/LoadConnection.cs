using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceSimulator.Load;

/// <summary>One device under load: keeps its window full, or sends what the pacer allows.</summary>
internal sealed class LoadConnection(LoadOptions options, int index) : IDisposable
{
    private readonly EventTemplate _template = new(DeviceName(index), options.Boot, options.PayloadSize);
    private readonly long[] _sentAt = new long[ushort.MaxValue + 1];
    private readonly byte[] _sendBuffer = new byte[options.Window * (options.PayloadSize + 100)];
    private readonly byte[] _receiveBuffer = new byte[Math.Max(512, options.Window * 8)];
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private int _received;
    private ushort _lastPacketId;
    private int _outstanding;
    private volatile bool _isMeasuring;

    public LatencyHistogram Latency { get; } = new();

    public long Sequence { get; private set; } = EventTemplate.FirstSequence;

    public long Acknowledged;

    public static string DeviceName(int index) => $"load-{index:D5}";

    /// <summary>From now on acknowledgements count.</summary>
    public void StartMeasuring() => _isMeasuring = true;

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(options.Host, options.Port, cancellationToken).ConfigureAwait(false);
        var password = options.Password is null ? null : Encoding.UTF8.GetBytes(options.Password);
        var id = Encoding.UTF8.GetBytes(DeviceName(index));
        await _socket.SendAsync(ClientPackets.Connect(new ConnectRequest(id, ProtocolVersion.V311, UserName: password is null ? null : id, Password: password)), cancellationToken).ConfigureAwait(false);
        while (_received < 4)
        {
            _received += await ReceiveAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_receiveBuffer[3] != 0)
        {
            throw new IOException($"The gateway refused {DeviceName(index)} with code {_receiveBuffer[3]}.");
        }

        _received = 0;
    }

    /// <summary>Runs until cancelled.</summary>
    /// <param name="pacer">Null for as fast as acknowledgements come.</param>
    public async Task RunAsync(Pacer? pacer, CancellationToken cancellationToken)
    {
        var wanted = options.Window;
        while (true)
        {
            if (pacer is not null)
            {
                wanted = _outstanding == 0 ? await pacer.TakeAsync(options.Window, cancellationToken).ConfigureAwait(false) : pacer.Take(options.Window - _outstanding);
            }

            if (wanted > 0)
            {
                await SendAsync(wanted, cancellationToken).ConfigureAwait(false);
            }

            _received += await ReceiveAsync(cancellationToken).ConfigureAwait(false);
            wanted = TakeAcks();
        }
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask SendAsync(int count, CancellationToken cancellationToken)
    {
        var now = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            _lastPacketId = _lastPacketId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastPacketId + 1);
            _template.Write(_sendBuffer.AsSpan(i * _template.Length), _lastPacketId, Sequence++);
            _sentAt[_lastPacketId] = now;
        }

        _outstanding += count;
        var rest = _sendBuffer.AsMemory(0, count * _template.Length);
        while (!rest.IsEmpty)
        {
            rest = rest[await _socket.SendAsync(rest, cancellationToken).ConfigureAwait(false)..];
        }
    }

    private async ValueTask<int> ReceiveAsync(CancellationToken cancellationToken)
    {
        var count = await _socket.ReceiveAsync(_receiveBuffer.AsMemory(_received), cancellationToken).ConfigureAwait(false);
        return count > 0 ? count : throw new IOException($"The gateway closed {DeviceName(index)}.");
    }

    private int TakeAcks()
    {
        var now = Stopwatch.GetTimestamp();
        var count = 0;
        var position = 0;
        for (; position + 4 <= _received; position += 4)
        {
            if (_receiveBuffer[position] != 0x40)
            {
                throw new IOException($"Expected PUBACK, got 0x{_receiveBuffer[position]:X2}.");
            }

            count++;
            if (_isMeasuring)
            {
                var id = (_receiveBuffer[position + 2] << 8) | _receiveBuffer[position + 3];
                Latency.Add(Stopwatch.GetElapsedTime(_sentAt[id], now).TotalMicroseconds);
            }
        }

        if (_isMeasuring)
        {
            Acknowledged += count;
        }

        _outstanding -= count;
        _receiveBuffer.AsSpan(position, _received - position).CopyTo(_receiveBuffer);
        _received -= position;
        return count;
    }
}
