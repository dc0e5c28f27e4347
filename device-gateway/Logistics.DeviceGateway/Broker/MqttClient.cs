using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Broker;

/// <summary>A message from the server.</summary>
/// <param name="PacketId">0 for QoS 0; otherwise owed an acknowledgement.</param>
public sealed record MqttDelivery(string Topic, byte[] Payload, int Qos, ushort PacketId, bool IsDuplicate, bool Retain);

/// <summary>The server refused CONNECT or SUBSCRIBE.</summary>
public sealed class MqttRefusedException : Exception
{
    public MqttRefusedException()
    {
    }

    public MqttRefusedException(string message)
        : base(message)
    {
    }

    public MqttRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>One MQTT connection as a client: manual acknowledgements, QoS 0 and 1 both ways. Thread-safe.</summary>
/// <remarks>It never reconnects by itself: what a lost connection means is for its owner. Every pending call then fails with <see cref="IOException"/>.</remarks>
public sealed class MqttClient : IAsyncDisposable
{
    private const int FirstBufferSize = 16 * 1024;
    private const int DeliveryCapacity = 1024;

    private readonly Channel<MqttDelivery> _deliveries = Channel.CreateBounded<MqttDelivery>(DeliveryCapacity);
    private readonly ConcurrentDictionary<ushort, TaskCompletionSource<byte[]>> _pending = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SemaphoreSlim _window;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TcpClient _tcp;
    private readonly Stream _stream;
    private readonly ProtocolVersion _version;
    private readonly ITimer? _ping;
    private byte[] _buffer = new byte[FirstBufferSize];
    private int _filled;
    private int _lastPacketId;

    private MqttClient(TcpClient tcp, Stream stream, ConnectRequest request, ConnectOutcome outcome, TimeProvider time)
    {
        _tcp = tcp;
        _stream = stream;
        _version = request.Version;
        SessionPresent = outcome.SessionPresent;
        _window = new SemaphoreSlim(outcome.ReceiveMaximum, outcome.ReceiveMaximum);
        var keepAlive = TimeSpan.FromSeconds(outcome.KeepAliveSeconds ?? request.KeepAliveSeconds);
        _ping = keepAlive > TimeSpan.Zero ? time.CreateTimer(_ => _ = PingAsync(), null, keepAlive * 0.75, keepAlive * 0.75) : null;
    }

    public bool SessionPresent { get; }

    /// <summary>What the server has sent, in order; completes when the connection is lost. A reader that stops stops the server.</summary>
    public ChannelReader<MqttDelivery> Deliveries => _deliveries.Reader;

    /// <summary>Completes, never fails, when the connection is gone.</summary>
    public Task Closed => _closed.Task;

    /// <exception cref="MqttRefusedException">The server said no.</exception>
    /// <exception cref="IOException">There is no server, or the connection broke.</exception>
    public static async Task<MqttClient> ConnectAsync(MqttEndpoint endpoint, ConnectRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        var tcp = new TcpClient { NoDelay = true };
        try
        {
            await tcp.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken).ConfigureAwait(false);
            Stream stream = tcp.GetStream();
            if (endpoint.IsTls)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = endpoint.Host }, cancellationToken).ConfigureAwait(false);
                stream = tls;
            }

            await stream.WriteAsync(ClientPackets.Connect(request), cancellationToken).ConfigureAwait(false);
            var outcome = await ReadConnackAsync(stream, request.Version, endpoint, cancellationToken).ConfigureAwait(false);
            var client = new MqttClient(tcp, stream, request, outcome, time);
            _ = client.ReadAsync();
            return client;
        }
        catch (SocketException e)
        {
            tcp.Dispose();
            throw new IOException($"{endpoint} cannot be reached: {e.Message}", e);
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }

    /// <summary>Subscribes and returns when the server has agreed.</summary>
    /// <exception cref="MqttRefusedException">A filter was refused.</exception>
    public async Task SubscribeAsync(IReadOnlyList<string> filters, int qos, CancellationToken cancellationToken)
    {
        var id = NextPacketId();
        var entries = filters.Select(filter => (Encoding.UTF8.GetBytes(filter), (byte)qos)).ToArray();
        var body = await RequestAsync(id, ClientPackets.Subscribe(id, _version, entries), cancellationToken).ConfigureAwait(false);
        SubackPacket.TryParse(body, _version, out var answer);
        for (var i = 0; i < answer.Codes.Length; i++)
        {
            if (answer.Codes[i] >= (byte)ReasonCode.UnspecifiedError)
            {
                throw new MqttRefusedException($"The server refused the filter {filters[i]} with code 0x{answer.Codes[i]:X2}.");
            }
        }
    }

    /// <summary>Publishes and, for QoS 1, waits for the acknowledgement.</summary>
    /// <param name="expirySeconds">MQTT 5 only: the server forgets it after this time.</param>
    /// <returns>The server's reason.</returns>
    public async Task<ReasonCode> PublishAsync(string topic, ReadOnlyMemory<byte> payload, int qos, uint? expirySeconds, CancellationToken cancellationToken, bool isDuplicate = false)
    {
        if (qos == 0)
        {
            await WriteAsync(Publish(topic, payload.Span, 0, 0, expirySeconds, false), cancellationToken).ConfigureAwait(false);
            return ReasonCode.Success;
        }

        await _window.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var id = NextPacketId();
            var body = await RequestAsync(id, Publish(topic, payload.Span, 1, id, expirySeconds, isDuplicate), cancellationToken).ConfigureAwait(false);
            AckPacket.TryParse(PacketType.Puback, body, _version, int.MaxValue, out var ack);
            return ack.Reason;
        }
        finally
        {
            _window.Release();
        }
    }

    /// <summary>Acknowledges deliveries of QoS 1, in the order given.</summary>
    public async Task AcknowledgeAsync(IEnumerable<MqttDelivery> deliveries, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        var packet = new byte[ServerPackets.ShortPacketSize];
        foreach (var delivery in deliveries.Where(delivery => delivery.PacketId != 0))
        {
            var length = ServerPackets.WriteAck(packet, PacketType.Puback, delivery.PacketId, ReasonCode.Success, _version);
            bytes.AddRange(packet.AsSpan(0, length));
        }

        await WriteAsync(bytes.ToArray(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says good-bye, so that no will is published.</summary>
    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(ClientPackets.Disconnect, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It was gone already.
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Drops the connection without a word.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
        }

        _tcp.Dispose();
        await _closed.Task.ConfigureAwait(false);
    }

    private static async Task<ConnectOutcome> ReadConnackAsync(Stream stream, ProtocolVersion version, MqttEndpoint endpoint, CancellationToken cancellationToken)
    {
        var header = new byte[2];
        await stream.ReadExactlyAsync(header, cancellationToken).ConfigureAwait(false);
        if (header[0] != (int)PacketType.Connack << 4 || header[1] > 127)
        {
            throw new MqttRefusedException($"{endpoint} answered CONNECT with byte 0x{header[0]:X2}; expected CONNACK.");
        }

        var body = new byte[header[1]];
        await stream.ReadExactlyAsync(body, cancellationToken).ConfigureAwait(false);
        return ConnectOutcome.Read(body, version, endpoint);
    }

    private byte[] Publish(string topic, ReadOnlySpan<byte> payload, int qos, ushort id, uint? expirySeconds, bool isDuplicate)
    {
        var name = Encoding.UTF8.GetBytes(topic);
        var head = new PublishHead(_version, qos, Retain: false, isDuplicate, id, expirySeconds);
        var packet = new byte[PublishWriter.Measure(head, name, default, default, payload.Length)];
        PublishWriter.Write(packet, head, name, default, default, payload);
        return packet;
    }

    private ushort NextPacketId()
    {
        // Identifiers under way are few; the one of 65,535 messages ago is long answered.
        var next = Interlocked.Increment(ref _lastPacketId);
        return (ushort)(((next - 1) % ushort.MaxValue) + 1);
    }

    private async Task<byte[]> RequestAsync(ushort id, byte[] packet, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = answer;
        try
        {
            await WriteAsync(packet, cancellationToken).ConfigureAwait(false);
            if (_closed.Task.IsCompleted)
            {
                throw new IOException("The connection was lost.");
            }

            return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectDisposedException e)
        {
            throw new IOException("The connection was lost.", e);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task PingAsync()
    {
        try
        {
            await WriteAsync(ClientPackets.Pingreq, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The read loop notices too.
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                while (PacketFrame.TryRead(_buffer.AsSpan(0, _filled), int.MaxValue, out var frame, out _) == FrameStatus.Complete && _filled >= frame.TotalSize)
                {
                    await TakeAsync(frame).ConfigureAwait(false);
                    _buffer.AsSpan(frame.TotalSize, _filled - frame.TotalSize).CopyTo(_buffer);
                    _filled -= frame.TotalSize;
                }

                if (_filled == _buffer.Length)
                {
                    Array.Resize(ref _buffer, _buffer.Length * 2);
                }

                var count = await _stream.ReadAsync(_buffer.AsMemory(_filled), _stop.Token).ConfigureAwait(false);
                if (count == 0)
                {
                    break;
                }

                _filled += count;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Lost; told below.
        }

        await EndAsync().ConfigureAwait(false);
    }

    private async ValueTask TakeAsync(PacketFrame frame)
    {
        var body = _buffer.AsMemory(frame.HeaderSize, frame.BodyLength);
        switch (frame.Type)
        {
            case PacketType.Publish:
                var isWell = PublishPacket.TryParse(frame.Header, body.Span, _version, int.MaxValue, out var publish) == ReasonCode.Success;
                if (!isWell)
                {
                    throw new IOException("The server sent a malformed PUBLISH.");
                }

                var delivery = new MqttDelivery(Encoding.UTF8.GetString(publish.Topic), publish.Payload.ToArray(), publish.Qos, publish.PacketId, publish.IsDuplicate, publish.Retain);
                await _deliveries.Writer.WriteAsync(delivery, _stop.Token).ConfigureAwait(false);
                break;
            case PacketType.Puback:
            case PacketType.Suback:
                if (body.Length >= 2 && _pending.TryGetValue((ushort)((body.Span[0] << 8) | body.Span[1]), out var waiting))
                {
                    waiting.TrySetResult(body.ToArray());
                }

                break;
            case PacketType.Disconnect:
                throw new IOException("The server ended the connection.");
            default:
                // PINGRESP.
                break;
        }
    }

    private async Task EndAsync()
    {
        _closed.TrySetResult();
        _tcp.Dispose();
        if (_ping is not null)
        {
            await _ping.DisposeAsync().ConfigureAwait(false);
        }

        _deliveries.Writer.TryComplete();
        foreach (var waiting in _pending.Values)
        {
            waiting.TrySetException(new IOException("The connection was lost."));
        }
    }
}
