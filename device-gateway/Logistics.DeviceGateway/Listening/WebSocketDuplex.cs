using System.IO.Pipelines;
using System.Net.WebSockets;

namespace Logistics.DeviceGateway.Listening;

/// <summary>Carries MQTT over the binary messages of a WebSocket (6): message boundaries mean nothing.</summary>
internal sealed class WebSocketDuplex : IDuplexPipe
{
    private const int ReceiveSize = 4096;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly WebSocket _socket;
    private readonly Pipe _received = new(new PipeOptions(pauseWriterThreshold: 128 * 1024, resumeWriterThreshold: 64 * 1024, useSynchronizationContext: false));
    private readonly Pipe _sent = new(new PipeOptions(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024, useSynchronizationContext: false));

    public WebSocketDuplex(WebSocket socket)
    {
        _socket = socket;
    }

    public PipeReader Input => _received.Reader;

    public PipeWriter Output => _sent.Writer;

    /// <summary>Moves bytes both ways until <paramref name="run"/> has finished and its output is sent.</summary>
    public async Task RunAsync(Func<IDuplexPipe, Task> run, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var receiving = ReceiveAsync(stop.Token);
        var sending = SendAsync(stop.Token);
        try
        {
            await run(this).ConfigureAwait(false);
        }
        finally
        {
            await Output.CompleteAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(false);
            await CloseAsync().ConfigureAwait(false);
            // Cancelling a receive resets the connection, and the peer would lose our last packets: wait for its close first.
            stop.CancelAfter(CloseTimeout);
            await receiving.ConfigureAwait(false);
            await Input.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        var writer = _received.Writer;
        try
        {
            while (true)
            {
                // A zero-byte receive holds no buffer while the client is idle.
                await _socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken).ConfigureAwait(false);
                var result = await _socket.ReceiveAsync(writer.GetMemory(ReceiveSize), cancellationToken).ConfigureAwait(false);
                // [MQTT-6.0.0-1]: anything but binary data ends the connection.
                if (result.MessageType != WebSocketMessageType.Binary)
                {
                    break;
                }

                writer.Advance(result.Count);
                var flushed = await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                if (flushed.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The reader sees the end of the stream and reports the connection as lost.
        }

        await writer.CompleteAsync().ConfigureAwait(false);
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var reader = _sent.Reader;
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                foreach (var segment in result.Buffer)
                {
                    await _socket.SendAsync(segment, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken).ConfigureAwait(false);
                }

                reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // Flushing reports the reader as completed, and the connection breaks.
        }

        await reader.CompleteAsync().ConfigureAwait(false);
    }

    private async Task CloseAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(CloseTimeout);
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The peer was faster.
        }
    }
}
