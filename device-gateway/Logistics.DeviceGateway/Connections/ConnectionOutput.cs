using System.IO.Pipelines;
using Logistics.DeviceGateway.Hub;

namespace Logistics.DeviceGateway.Connections;

/// <summary>The write side of a connection: bytes are written while a group is applied, and leave only after its commit.</summary>
/// <remarks>Owned by the hub thread. An unflushed pipe writer is the buffer that holds acknowledgements back.</remarks>
internal sealed class ConnectionOutput : HubItem
{
    private readonly PipeWriter _writer;
    private readonly GatewayHub _hub;
    private readonly ClientConnection _connection;
    private bool _isClosed;
    private bool _isFlushing;
    private bool _hasUnflushed;

    public ConnectionOutput(PipeWriter writer, GatewayHub hub, ClientConnection connection)
    {
        _writer = writer;
        _hub = hub;
        _connection = connection;
    }

    /// <summary>True while the peer has not taken what was sent; nothing optional is written then.</summary>
    public bool IsCongested => _isFlushing;

    /// <summary>When the pending flush began; a timestamp.</summary>
    public long CongestedSince { get; private set; }

    /// <summary>Room for a packet, or an empty span after <see cref="Close"/>.</summary>
    public Span<byte> GetSpan(int size) => _isClosed ? default : _writer.GetSpan(size);

    public void Advance(int count)
    {
        _writer.Advance(count);
        if (!_hasUnflushed)
        {
            _hasUnflushed = true;
            _hub.MarkDirty(_connection);
        }
    }

    /// <summary>Lets the written bytes go. Called after the commit.</summary>
    public void Flush()
    {
        if (_isClosed || _isFlushing || !_hasUnflushed)
        {
            return;
        }

        _hasUnflushed = false;
        var flush = _writer.FlushAsync();
        if (flush.IsCompleted)
        {
            Observe(flush);
            return;
        }

        _isFlushing = true;
        CongestedSince = _hub.Timestamp;
        _ = AwaitFlushAsync(flush);
    }

    /// <summary>Nothing is written or flushed any more.</summary>
    public void Close() => _isClosed = true;

    /// <summary>The peer has caught up; runs on the hub.</summary>
    public override void Apply(GatewayHub hub)
    {
        _isFlushing = false;
        hub.OnWritable(_connection);
        Flush();
    }

    private async Task AwaitFlushAsync(ValueTask<FlushResult> flush)
    {
        try
        {
            await flush.ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or OperationCanceledException)
        {
            _connection.Break(BreakReason.ConnectionLost);
        }

        _hub.Enqueue(this);
    }

    private void Observe(ValueTask<FlushResult> flush)
    {
        try
        {
            if (flush.GetAwaiter().GetResult().IsCompleted)
            {
                _connection.Break(BreakReason.ConnectionLost);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or OperationCanceledException)
        {
            _connection.Break(BreakReason.ConnectionLost);
        }
    }
}
