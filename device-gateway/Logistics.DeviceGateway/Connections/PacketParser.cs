using System.Text;
using Logistics.DeviceGateway.Ingest;
using Logistics.DeviceGateway.Security;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Topics;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Connections;

/// <summary>Turns the bytes of a batch into operations. One per connection; not thread-safe.</summary>
/// <remarks>Everything that can be judged without the state of others is judged here, on the connection's thread.</remarks>
internal sealed class PacketParser
{
    private readonly GatewayOptions _options;
    private readonly DeviceAccess _access;
    private readonly IEventInspector _inspector;
    private readonly ProtocolVersion _version;
    private readonly bool _endsSession;
    private readonly byte[] _clientId;
    private byte[]?[]? _aliases;

    public PacketParser(GatewayOptions options, DeviceAccess access, IEventInspector inspector, ConnectInfo info)
    {
        _options = options;
        _access = access;
        _inspector = inspector;
        _version = info.Version;
        _endsSession = info.SessionExpirySeconds == 0;
        _clientId = Encoding.UTF8.GetBytes(info.ClientId);
    }

    /// <summary>Parses the packets in <c>[0, batch.Length)</c>.</summary>
    /// <returns>Success, or why the connection must end after the operations found so far.</returns>
    public ReasonCode Parse(OpBatch batch, out bool isDisconnect)
    {
        isDisconnect = false;
        var end = batch.Length;
        var position = 0;
        while (position < end)
        {
            PacketFrame.TryRead(batch.Slice(position, Math.Min(end - position, PacketFrame.MaximumHeaderSize)), int.MaxValue, out var frame, out _);
            var bodyOffset = position + frame.HeaderSize;
            var error = ParseOne(batch, frame, bodyOffset);
            if (error != ReasonCode.Success)
            {
                return error;
            }

            if (frame.Type == PacketType.Disconnect)
            {
                isDisconnect = true;
                return ReasonCode.Success;
            }

            position += frame.TotalSize;
        }

        return ReasonCode.Success;
    }

    private ReasonCode ParseOne(OpBatch batch, in PacketFrame frame, int bodyOffset)
    {
        var body = batch.Slice(bodyOffset, frame.BodyLength);
        switch (frame.Type)
        {
            case PacketType.Publish:
                return ParsePublish(batch, frame.Header, bodyOffset, frame.BodyLength);
            case PacketType.Puback:
            case PacketType.Pubrec:
            case PacketType.Pubrel:
            case PacketType.Pubcomp:
                return ParseAck(batch, frame.Type, body);
            case PacketType.Subscribe:
                {
                    var error = SubscribePacket.TryParse(body, _version, _options.MaximumUserProperties, _options.MaximumFiltersPerPacket, out _);
                    return error != ReasonCode.Success ? error : AddWithBody(batch, OpKind.Subscribe, bodyOffset, frame.BodyLength);
                }

            case PacketType.Unsubscribe:
                {
                    var error = UnsubscribePacket.TryParse(body, _version, _options.MaximumUserProperties, _options.MaximumFiltersPerPacket, out _);
                    return error != ReasonCode.Success ? error : AddWithBody(batch, OpKind.Unsubscribe, bodyOffset, frame.BodyLength);
                }

            case PacketType.Pingreq:
                return frame.BodyLength != 0 ? ReasonCode.MalformedPacket : AddWithBody(batch, OpKind.Ping, bodyOffset, 0);
            case PacketType.Disconnect:
                return ParseDisconnect(batch, body);
            default:
                // A second CONNECT, packets only a server sends, and AUTH without an exchange to continue.
                return ReasonCode.ProtocolError;
        }
    }

    private static ReasonCode AddWithBody(OpBatch batch, OpKind kind, int bodyOffset, int bodyLength)
    {
        batch.Ops.Add(new Op { Kind = kind, BodyOffset = bodyOffset, BodyLength = bodyLength });
        return ReasonCode.Success;
    }

    private ReasonCode ParseAck(OpBatch batch, PacketType type, ReadOnlySpan<byte> body)
    {
        var error = AckPacket.TryParse(type, body, _version, _options.MaximumUserProperties, out var ack);
        if (error == ReasonCode.Success)
        {
            batch.Ops.Add(new Op { Kind = OpKind.Ack, AckType = type, PacketId = ack.PacketId, Reason = ack.Reason });
        }

        return error;
    }

    private ReasonCode ParseDisconnect(OpBatch batch, ReadOnlySpan<byte> body)
    {
        var error = DisconnectPacket.TryParse(body, _version, _options.MaximumUserProperties, out var packet);
        if (error != ReasonCode.Success)
        {
            return error;
        }

        var hasExpiry = packet.Properties.Has(PropertyId.SessionExpiryInterval);
        if (hasExpiry && packet.Properties.SessionExpiryInterval > 0 && _endsSession)
        {
            // 3.14.2.2.2: a session that was to end with its connection cannot be kept after all, and this is no good-bye.
            return ReasonCode.ProtocolError;
        }

        batch.Ops.Add(new Op { Kind = OpKind.Disconnect, Reason = packet.Reason, HasExpiry = hasExpiry, ExpirySeconds = packet.Properties.SessionExpiryInterval });
        return ReasonCode.Success;
    }

    private ReasonCode ParsePublish(OpBatch batch, byte header, int bodyOffset, int bodyLength)
    {
        var body = batch.Slice(bodyOffset, bodyLength);
        var error = PublishPacket.TryParse(header, body, _version, _options.MaximumUserProperties, out var packet);
        if (error != ReasonCode.Success)
        {
            return error;
        }

        // [MQTT-3.3.4-6]: identifiers of subscriptions travel from server to client only.
        if (packet.Properties.Has(PropertyId.SubscriptionIdentifier))
        {
            return ReasonCode.ProtocolError;
        }

        var op = new Op
        {
            Kind = OpKind.Publish,
            Qos = (byte)packet.Qos,
            Retain = packet.Retain,
            PacketId = packet.PacketId,
            HasExpiry = packet.Properties.Has(PropertyId.MessageExpiryInterval),
            ExpirySeconds = packet.Properties.MessageExpiryInterval,
            TopicOffset = bodyOffset + 2,
            TopicLength = packet.Topic.Length,
            PropertiesLength = packet.Properties.Raw.Length,
            PropertiesOffset = bodyOffset + bodyLength - packet.Payload.Length - packet.Properties.Raw.Length,
            PayloadOffset = bodyOffset + bodyLength - packet.Payload.Length,
            PayloadLength = packet.Payload.Length,
        };
        if (packet.Properties.Has(PropertyId.TopicAlias))
        {
            error = ResolveAlias(batch, packet.Properties.TopicAlias, packet.Topic, ref op);
            if (error != ReasonCode.Success)
            {
                return error;
            }
        }

        var topic = batch.Slice(op.TopicOffset, op.TopicLength);
        if (op.TopicLength > _options.MaximumTopicLength || TopicRules.CountLevels(topic) > _options.MaximumTopicLevels)
        {
            return ReasonCode.TopicNameInvalid;
        }

        op.Reason = _access.CheckPublish(topic);
        op.EventStart = batch.Events.Count;
        if (op.Reason == ReasonCode.Success)
        {
            FindEvents(batch, ref op);
        }

        op.EventCount = batch.Events.Count - op.EventStart;
        batch.Ops.Add(op);
        return ReasonCode.Success;
    }

    private ReasonCode ResolveAlias(OpBatch batch, ushort alias, ReadOnlySpan<byte> topic, ref Op op)
    {
        if (alias == 0 || alias > _options.TopicAliasMaximum)
        {
            return ReasonCode.TopicAliasInvalid;
        }

        _aliases ??= new byte[]?[_options.TopicAliasMaximum + 1];
        if (!topic.IsEmpty)
        {
            if (!topic.SequenceEqual(_aliases[alias]))
            {
                _aliases[alias] = topic.ToArray();
            }

            return ReasonCode.Success;
        }

        if (_aliases[alias] is not { } known)
        {
            return ReasonCode.ProtocolError;
        }

        op.TopicOffset = batch.Append(known);
        op.TopicLength = known.Length;
        return ReasonCode.Success;
    }

    private void FindEvents(OpBatch batch, ref Op op)
    {
        var topic = batch.Slice(op.TopicOffset, op.TopicLength);
        var found = new IngestEvent { PayloadOffset = op.PayloadOffset, PayloadLength = op.PayloadLength, Boot = -1, Sequence = -1 };
        if (!DeviceTopic.TryParse(topic, out var device) || !device.IsUp)
        {
            // Open gateway: any acknowledged message is an event of its client.
            if (op.Qos > 0)
            {
                found.DeviceOffset = batch.Append(_clientId);
                found.DeviceLength = _clientId.Length;
                found.MessageOffset = op.TopicOffset;
                found.MessageLength = op.TopicLength;
                batch.Events.Add(found);
            }

            return;
        }

        found.Kind = device.Kind;
        var prefixLength = "lg/v1/"u8.Length + DeviceTopic.NameOf(device.Kind).Length + 1;
        found.DeviceOffset = op.TopicOffset + prefixLength;
        found.DeviceLength = device.Device.Length;
        found.MessageOffset = op.TopicOffset + op.TopicLength - device.Message.Length;
        found.MessageLength = device.Message.Length;
        var findings = new EventFindings(batch.Events, found);
        _inspector.Inspect(device.Kind, device.Device, device.Message, batch.Slice(op.PayloadOffset, op.PayloadLength), ref findings);
        if (findings.Count == 0)
        {
            findings.Quarantine(0, op.PayloadLength, EventFindings.NoEvent);
        }

        if (findings.HasQuarantined)
        {
            op.Reason = ReasonCode.PayloadFormatInvalid;
        }
    }
}
