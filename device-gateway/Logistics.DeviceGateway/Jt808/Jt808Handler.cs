using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Logistics.DeviceGateway.Connections;
using Logistics.DeviceGateway.Ingest;
using Logistics.DeviceGateway.Listening;
using Logistics.DeviceGateway.Observing;
using Logistics.Domain.Devices;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Logistics.DeviceGateway.Jt808;

/// <summary>Speaks JT/T 808 with vehicle terminals: register, authenticate, heartbeat, location, batch location; messages of several packets too.</summary>
/// <remarks>
/// The same promise as over MQTT: the general reply leaves after the commit that holds the event. A store failure closes the connection
/// without a reply, and the terminal sends again.
/// </remarks>
internal sealed class Jt808Handler(
    Gateway gateway, Jt808Accounts accounts, Jt808Memory memory, OutsideConnections connections, ConnectionThrottle throttle, GatewayOptions options, GatewayMetrics metrics, TimeProvider time, ILogger<Jt808Handler> log)
    : ConnectionHandler
{
    /// <summary>Terminals beat every one to three minutes; one that is silent for so long is gone.</summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(10);

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var address = connection.RemoteEndPoint is IPEndPoint ip ? ip.Address.ToString() : "local";
        if (!throttle.TryEnter(address))
        {
            connection.Abort();
            return;
        }

        metrics.Opened();
        var session = new Jt808Session(address);
        var reason = BreakReason.ConnectionLost;
        try
        {
            reason = await RunAsync(connection, session).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ConnectionAbortedException or OperationCanceledException)
        {
            // Gone, or too quiet.
        }
        finally
        {
            throttle.Leave();
            metrics.Closed(reason);
            if (session.Device is { } device)
            {
                connections.Leave(device, connection);
            }

            GatewayLog.Closed(log, session.Device ?? "jt808", connection.RemoteEndPoint?.ToString() ?? "local", reason);
        }
    }

    private async Task<BreakReason> RunAsync(ConnectionContext connection, Jt808Session session)
    {
        var input = connection.Transport.Input;
        while (true)
        {
            using var patience = new CancellationTokenSource(session.Device is null ? options.ConnectTimeout * 6 : IdleTimeout, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, connection.ConnectionClosed);
            var result = await input.ReadAsync(both.Token).ConfigureAwait(false);
            var buffer = result.Buffer;
            var frames = new List<byte[]>();
            var isBroken = false;
            while (Jt808Frame.TryRead(ref buffer, out var escaped, out isBroken))
            {
                // A frame damaged on the way is passed over: without a reply the terminal sends it again.
                if (Jt808Frame.TryUnescape(escaped.ToArray(), out var frame))
                {
                    frames.Add(frame);
                }
            }

            input.AdvanceTo(buffer.Start, result.Buffer.End);
            if (isBroken)
            {
                return BreakReason.MalformedPacket;
            }

            if (frames.Count > 0 && !await AnswerAsync(connection, session, frames).ConfigureAwait(false))
            {
                return gateway.IsHealthy ? BreakReason.NotAuthorized : BreakReason.StoreFailed;
            }

            if (result.IsCompleted)
            {
                return BreakReason.ConnectionLost;
            }
        }
    }

    /// <returns>False when the connection must end: the store has failed, or the terminal is not welcome.</returns>
    private async Task<bool> AnswerAsync(ConnectionContext connection, Jt808Session session, List<byte[]> frames)
    {
        var output = connection.Transport.Output;
        var (events, answers) = (new List<OutsideEvent>(), new List<Jt808Answer>());
        var isWelcome = true;
        foreach (var frame in frames)
        {
            if (!Jt808Header.TryRead(frame, out var header, out var body))
            {
                continue;
            }

            var content = frame.AsMemory(frame.Length - body.Length);
            if (header.MessageId is Jt808Message.Register or Jt808Message.Authenticate)
            {
                isWelcome = await IntroduceAsync(connection, session, header, content, answers).ConfigureAwait(false);
            }
            else if (session.Device is { } device && session.Phone == header.Phone)
            {
                session.Take(device, header, content.Span, gateway.NowUnixMs, events, answers);
            }
            else
            {
                isWelcome = false;
            }

            if (!isWelcome)
            {
                break;
            }
        }

        if (events.Count > 0)
        {
            var outcome = await gateway.IngestAsync(events, connection.ConnectionClosed).ConfigureAwait(false);
            if (!outcome.IsCommitted)
            {
                connection.Abort();
                return false;
            }

            session.Confirm();
        }

        foreach (var answer in answers)
        {
            Jt808Frame.Write(output, answer.Header.Answer(answer.MessageId, session.NextSerial(), answer.Body));
        }

        await output.FlushAsync(connection.ConnectionClosed).ConfigureAwait(false);
        return isWelcome;
    }

    private async ValueTask<bool> IntroduceAsync(ConnectionContext connection, Jt808Session session, Jt808Header header, ReadOnlyMemory<byte> body, List<Jt808Answer> answers)
    {
        if (header.MessageId == Jt808Message.Register)
        {
            var (result, code) = await accounts.RegisterAsync(header, body, connection.ConnectionClosed).ConfigureAwait(false);
            answers.Add(Jt808Answer.Registration(header, result, code));
            return result == RegistrationResult.Done;
        }

        var isKnown = await accounts.AuthenticateAsync(header, body, session.Address, connection.ConnectionClosed).ConfigureAwait(false);
        answers.Add(Jt808Answer.General(header, isKnown ? ReplyResult.Done : ReplyResult.Failed));
        if (isKnown)
        {
            var device = Jt808Accounts.DeviceOf(header.Phone);
            var numbers = connections.Enter(device, DeviceKind.Vehicle, connection);
            memory.Recall(device, numbers);
            session.Welcome(device, header.Phone, numbers);
        }

        return isKnown;
    }
}

/// <summary>Message identifiers.</summary>
internal static class Jt808Message
{
    public const ushort TerminalReply = 0x0001;
    public const ushort Heartbeat = 0x0002;
    public const ushort Unregister = 0x0003;
    public const ushort Register = 0x0100;
    public const ushort Authenticate = 0x0102;
    public const ushort Location = 0x0200;
    public const ushort BatchLocation = 0x0704;
    public const ushort GeneralReply = 0x8001;
    public const ushort ResendRequest = 0x8003;
    public const ushort RegistrationReply = 0x8100;
}

/// <summary>Results of a general reply.</summary>
internal enum ReplyResult : byte
{
    Done = 0,
    Failed = 1,
    Malformed = 2,
    Unsupported = 3,
}

/// <summary>An answer that waits for the commit.</summary>
internal sealed record Jt808Answer(Jt808Header Header, ushort MessageId, byte[] Body)
{
    public static Jt808Answer General(Jt808Header header, ReplyResult result)
    {
        var body = new byte[5];
        BinaryPrimitives.WriteUInt16BigEndian(body, header.Serial);
        BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(2), header.MessageId);
        body[4] = (byte)result;
        return new Jt808Answer(header, Jt808Message.GeneralReply, body);
    }

    public static Jt808Answer Registration(Jt808Header header, RegistrationResult result, string code)
    {
        byte[] body = [(byte)(header.Serial >> 8), (byte)header.Serial, (byte)result, .. Encoding.ASCII.GetBytes(code)];
        return new Jt808Answer(header, Jt808Message.RegistrationReply, body);
    }
}
