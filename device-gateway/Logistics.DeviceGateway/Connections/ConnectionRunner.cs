using System.Buffers;
using System.IO.Pipelines;
using Logistics.DeviceGateway.Hub;
using Logistics.DeviceGateway.Ingest;
using Logistics.DeviceGateway.Observing;
using Logistics.DeviceGateway.Security;
using Logistics.Mqtt.Wire;
using Microsoft.Extensions.Logging;

namespace Logistics.DeviceGateway.Connections;

/// <summary>Runs one connection over any transport: handshake, then the read loop until it breaks.</summary>
internal sealed class ConnectionRunner(
    GatewayOptions options,
    GatewayHub hub,
    Handshake handshake,
    OpBatchPool pool,
    IEventInspector inspector,
    GatewayMetrics metrics,
    TimeProvider time,
    ILogger<ConnectionRunner> log)
{
    private static readonly TimeSpan LingerTime = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns when the transport may be closed.</summary>
    /// <param name="stopping">The server is shutting down.</param>
    public async Task RunAsync(IDuplexPipe transport, Action abort, PeerInfo peer, CancellationToken stopping)
    {
        var info = await handshake.RunAsync(transport, peer, stopping).ConfigureAwait(false);
        if (info is null)
        {
            return;
        }

        var access = info.Device is null ? DeviceAccess.Open : DeviceAccess.Of(info.Device);
        var connection = new ClientConnection(transport, abort, peer.Remote, info, access, hub) { LastPacketAt = time.GetTimestamp() };
        metrics.Opened();
        hub.Enqueue(new HubAction(h => h.OnConnect(connection)));
        using (stopping.UnsafeRegister(static state => ((ClientConnection)state!).Break(BreakReason.ShuttingDown), connection))
        {
            await ReadAsync(transport.Input, connection, access).ConfigureAwait(false);
        }

        hub.Enqueue(new HubAction(h => h.OnClosed(connection)));
        await connection.Released.ConfigureAwait(false);
        if (connection.Reason == BreakReason.PacketTooLarge)
        {
            await LingerAsync(transport.Input).ConfigureAwait(false);
        }

        metrics.Closed(connection.Reason);
        GatewayLog.Closed(log, info.ClientId, peer.Remote, connection.Reason);
    }

    private async Task ReadAsync(PipeReader input, ClientConnection connection, DeviceAccess access)
    {
        var parser = new PacketParser(options, access, inspector, connection.Info);
        try
        {
            while (connection.Reason == BreakReason.None)
            {
                var result = await input.ReadAsync().ConfigureAwait(false);
                if (connection.Reason != BreakReason.None)
                {
                    return;
                }

                await TakeAsync(input, result, connection, parser).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or Microsoft.AspNetCore.Connections.ConnectionAbortedException or OperationCanceledException or InvalidOperationException)
        {
            connection.Break(BreakReason.ConnectionLost);
        }
    }

    /// <summary>Throws away what is still on its way, for a moment.</summary>
    /// <remarks>Closing a socket with unread bytes resets it, and the peer, busy sending, would never see our DISCONNECT.</remarks>
    private async Task LingerAsync(PipeReader input)
    {
        using var patience = new CancellationTokenSource(LingerTime, time);
        try
        {
            while (await input.ReadAsync(patience.Token).ConfigureAwait(false) is { IsCompleted: false } result)
            {
                input.AdvanceTo(result.Buffer.End);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or Microsoft.AspNetCore.Connections.ConnectionAbortedException or InvalidOperationException)
        {
            // Enough was waited, or the peer is gone.
        }
    }

    private async ValueTask TakeAsync(PipeReader input, ReadResult result, ClientConnection connection, PacketParser parser)
    {
        var buffer = result.Buffer;
        var batchSize = hub.IsOverloaded ? FrameScanner.OverloadedBatchSize : FrameScanner.BatchSize;
        var isPartial = FrameScanner.Scan(buffer, options.MaximumPacketSize, batchSize, out var wholeBytes, out var error);
        if (wholeBytes == 0)
        {
            input.AdvanceTo(buffer.Start, buffer.End);
        }
        else
        {
            var isFree = connection.BatchSlots.Wait(0);
            if (!isFree)
            {
                // The bytes stay in the pipe, the pipe fills, the socket stops: that is the backpressure.
                connection.IsPaused = true;
                await connection.BatchSlots.WaitAsync().ConfigureAwait(false);
                connection.IsPaused = false;
            }

            error = Submit(input, buffer, wholeBytes, isPartial, connection, parser, error);
            Volatile.Write(ref connection.LastPacketAt, time.GetTimestamp());
        }

        if (error != ReasonCode.Success)
        {
            connection.Break(BreakReasons.FromReasonCode(error));
        }
        else if (result.IsCompleted && (wholeBytes == 0 || wholeBytes == buffer.Length))
        {
            connection.Break(BreakReason.ConnectionLost);
        }

        if (!isPartial)
        {
            Volatile.Write(ref connection.PartialSince, 0);
        }
        else if (wholeBytes > 0 || Volatile.Read(ref connection.PartialSince) == 0)
        {
            Volatile.Write(ref connection.PartialSince, time.GetTimestamp());
        }
    }

    private ReasonCode Submit(PipeReader input, in ReadOnlySequence<byte> buffer, int wholeBytes, bool isPartial, ClientConnection connection, PacketParser parser, ReasonCode error)
    {
        var batch = pool.Take();
        var packets = buffer.Slice(0, wholeBytes);
        batch.Start(connection, wholeBytes);
        batch.Fill(packets);
        // Only a partial packet needs more bytes before it is looked at again.
        input.AdvanceTo(packets.End, isPartial ? buffer.End : packets.End);
        var parseError = parser.Parse(batch, out var isDisconnect);
        hub.Enqueue(batch);
        if (isDisconnect)
        {
            connection.Break(BreakReason.ClientDisconnected);
        }

        return parseError != ReasonCode.Success ? parseError : error;
    }
}

/// <summary>Who is at the other end, as the transport knows it.</summary>
/// <param name="Remote">Address and port, for logs.</param>
/// <param name="Address">Address alone, for throttling.</param>
/// <param name="CertificateSha256">Of a verified client certificate, lower-case hex; null for none.</param>
internal sealed record PeerInfo(string Remote, string Address, string? CertificateSha256);
