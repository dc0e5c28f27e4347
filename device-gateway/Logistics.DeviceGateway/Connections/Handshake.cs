using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Logistics.DeviceGateway.Hub;
using Logistics.DeviceGateway.Observing;
using Logistics.DeviceGateway.Security;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Topics;
using Logistics.Mqtt.Wire;
using Microsoft.Extensions.Logging;

namespace Logistics.DeviceGateway.Connections;

/// <summary>Reads CONNECT within its time and size, judges it, and authenticates.</summary>
internal sealed class Handshake(GatewayOptions options, GatewayHub hub, IDeviceAuthenticator authenticator, GatewayMetrics metrics, TimeProvider time, ILogger<Handshake> log)
{
    /// <returns>Null when the peer was refused and the transport is to be closed.</returns>
    public async Task<ConnectInfo?> RunAsync(IDuplexPipe transport, PeerInfo peer, CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        try
        {
            var packet = await ReadConnectAsync(transport.Input, either.Token).ConfigureAwait(false);
            if (packet is null)
            {
                Refuse(peer, "no CONNECT");
                return null;
            }

            return await JudgeAsync(packet, transport.Output, peer, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Refuse(peer, "CONNECT took too long");
        }
        catch (Exception e) when (e is IOException or Microsoft.AspNetCore.Connections.ConnectionAbortedException or InvalidOperationException)
        {
            Refuse(peer, "connection lost before CONNECT");
        }

        return null;
    }

    private async Task<byte[]?> ReadConnectAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var packet = TryTake(result.Buffer, out var isHopeless, out var consumed);
            input.AdvanceTo(consumed, packet is null ? result.Buffer.End : consumed);
            if (packet is not null || isHopeless || result.IsCompleted)
            {
                return packet;
            }
        }
    }

    private byte[]? TryTake(in ReadOnlySequence<byte> buffer, out bool isHopeless, out SequencePosition consumed)
    {
        consumed = buffer.Start;
        Span<byte> start = stackalloc byte[PacketFrame.MaximumHeaderSize];
        var head = buffer.Slice(0, Math.Min(buffer.Length, start.Length));
        head.CopyTo(start);
        var status = PacketFrame.TryRead(start[..(int)head.Length], options.MaximumConnectSize, out var frame, out _);
        isHopeless = status is FrameStatus.Malformed or FrameStatus.TooLarge
            || (head.Length > 0 && (PacketType)(start[0] >> 4) != PacketType.Connect);
        if (isHopeless || status != FrameStatus.Complete || buffer.Length < frame.TotalSize)
        {
            return null;
        }

        var packet = buffer.Slice(0, frame.TotalSize);
        consumed = packet.End;
        return packet.ToArray();
    }

    private async Task<ConnectInfo?> JudgeAsync(byte[] packet, PipeWriter output, PeerInfo peer, CancellationToken cancellationToken)
    {
        var info = Parse(packet, out var request, out var error, out var version);
        if (error == ReasonCode.Success && !hub.IsHealthy)
        {
            error = ReasonCode.ServerUnavailable;
        }

        if (error == ReasonCode.Success)
        {
            info!.Ticket = hub.NextTicket();
            var outcome = await authenticator.AuthenticateAsync(request! with { Peer = peer.Address, CertificateSha256 = peer.CertificateSha256 }, cancellationToken).ConfigureAwait(false);
            error = outcome.Reason;
            info.Device = outcome.Device;
            if (outcome.Issued is { } issued)
            {
                info.Issue(issued);
            }
        }

        if (error == ReasonCode.Success && info!.Will is { } will)
        {
            var access = info.Device is null ? DeviceAccess.Open : DeviceAccess.Of(info.Device);
            error = access.CheckPublish(will.Topic);
            // A will that may never be published is a fault of the CONNECT that carries it.
            error = error == ReasonCode.NotAuthorized && info.Device is null ? ReasonCode.MalformedPacket : error;
            version = error == ReasonCode.MalformedPacket && version != ProtocolVersion.V5 ? ProtocolVersion.Unknown : version;
        }

        if (error == ReasonCode.Success)
        {
            return info;
        }

        Refuse(peer, error.ToString());
        await AnswerAsync(output, error, version, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private ConnectInfo? Parse(byte[] packet, out AuthenticationRequest? request, out ReasonCode error, out ProtocolVersion version)
    {
        PacketFrame.TryRead(packet, int.MaxValue, out var frame, out _);
        error = ConnectPacket.TryParse(frame.Header, packet.AsSpan(frame.HeaderSize), options.MaximumUserProperties, out var connect);
        version = connect.Version;
        request = null;
        if (error == ReasonCode.Success)
        {
            error = JudgeContent(connect);
        }
        else if (version != ProtocolVersion.V5 && error == ReasonCode.ClientIdentifierNotValid)
        {
            // Before MQTT 5 an ill-formed string is a protocol violation: no answer.
            version = ProtocolVersion.Unknown;
        }
        else if (version != ProtocolVersion.V5 && error is ReasonCode.MalformedPacket)
        {
            version = ProtocolVersion.Unknown;
        }

        if (error != ReasonCode.Success)
        {
            return null;
        }

        var clientId = connect.ClientId.IsEmpty ? "auto-" + Guid.CreateVersion7(time.GetUtcNow()).ToString("N") : Encoding.UTF8.GetString(connect.ClientId);
        request = new AuthenticationRequest(
            clientId,
            connect.HasUserName ? Encoding.UTF8.GetString(connect.UserName) : null,
            connect.HasPassword ? connect.Password.ToArray() : null);
        return ConnectInfo.From(connect, options, clientId);
    }

    private ReasonCode JudgeContent(in ConnectPacket connect)
    {
        if (connect.Properties.Has(PropertyId.AuthenticationMethod))
        {
            return ReasonCode.BadAuthenticationMethod;
        }

        if (connect.Properties.Has(PropertyId.AuthenticationData))
        {
            return ReasonCode.ProtocolError;
        }

        var needsId = connect.Version == ProtocolVersion.V31 || (connect.Version == ProtocolVersion.V311 && !connect.CleanStart);
        if (connect.ClientId.IsEmpty && needsId)
        {
            return ReasonCode.ClientIdentifierNotValid;
        }

        var isWillTooLong = connect.HasWill && (connect.WillTopic.Length > options.MaximumTopicLength || TopicRules.CountLevels(connect.WillTopic) > options.MaximumTopicLevels);
        return isWillTooLong ? ReasonCode.TopicNameInvalid : ReasonCode.Success;
    }

    private void Refuse(PeerInfo peer, string reason)
    {
        metrics.Refused(reason);
        GatewayLog.Refused(log, peer.Remote, reason);
    }

    private static async Task AnswerAsync(PipeWriter output, ReasonCode error, ProtocolVersion version, CancellationToken cancellationToken)
    {
        if (version == ProtocolVersion.Unknown)
        {
            return;
        }

        output.Advance(ServerPackets.WriteRefusal(output.GetSpan(ServerPackets.ShortPacketSize), error, version));
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
