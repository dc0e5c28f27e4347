using System.Runtime.InteropServices;
using Logistics.DeviceGateway.Connections;
using Logistics.DeviceGateway.Ingest;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Hub;

/// <summary>What happens to a PUBLISH, and to the PUBREL that ends one of QoS 2. Runs on the hub thread.</summary>
internal sealed class PublishFlow(HubState state, Router router, IDeviceStore store)
{
    /// <summary>Repeats of one QoS 2 message on one connection; the next is a protocol error.</summary>
    private const int MaximumRepeats = 1;

    /// <returns>None, or why the connection must end.</returns>
    public BreakReason Publish(ClientConnection connection, Session session, OpBatch batch, in Op op)
    {
        if (op.Qos == 2 && session.Inbound.TryGetValue(op.PacketId, out var earlier))
        {
            return Repeat(connection, session, batch, op, earlier);
        }

        if (op.Qos > 0 && connection.Info.Version == ProtocolVersion.V5
            && connection.UnansweredInGroup + session.Inbound.Count >= state.Options.ReceiveMaximum)
        {
            return BreakReason.ReceiveMaximumExceeded;
        }

        if (op.Reason == ReasonCode.NotAuthorized)
        {
            return Refuse(connection, op);
        }

        Store(batch.Bytes, CollectionsMarshal.AsSpan(batch.Events).Slice(op.EventStart, op.EventCount));
        switch (op.Qos)
        {
            case 0:
                Route(session, batch, op);
                break;
            case 1:
                connection.UnansweredInGroup++;
                var isRouted = Route(session, batch, op);
                Delivery.WriteAck(connection, PacketType.Puback, op.PacketId, AnswerOf(batch, op, isRouted));
                break;
            default:
                // In MQTT 5 a failing PUBREC ends the exchange; before it the client will still send PUBREL.
                if (op.Reason == ReasonCode.Success || connection.Info.Version != ProtocolVersion.V5)
                {
                    Hold(session, batch, op);
                }

                Delivery.WriteAck(connection, PacketType.Pubrec, op.PacketId, op.Reason);
                break;
        }

        return BreakReason.None;
    }

    /// <summary>The client releases a QoS 2 message: now it is routed.</summary>
    public void Release(ClientConnection connection, Session session, ushort packetId)
    {
        if (session.Inbound.Remove(packetId, out var inbound))
        {
            if (session.IsDurable)
            {
                state.Writes.Changes.Add(SessionChange.RemoveInbound(session.Key, packetId));
            }

            router.Publish(inbound.Message, session);
        }

        // An unknown identifier is answered like a known one: the PUBCOMP of an earlier release was lost.
        Delivery.WriteAck(connection, PacketType.Pubcomp, packetId, ReasonCode.Success);
    }

    private static BreakReason Repeat(ClientConnection connection, Session session, OpBatch batch, in Op op, InboundMessage earlier)
    {
        var fingerprint = FingerprintOf(batch, op);
        var isSame = fingerprint == earlier.Fingerprint;
        if (isSame && earlier.Repeats >= MaximumRepeats)
        {
            return BreakReason.ProtocolError;
        }

        // [MQTT-4.3.3-10]: the same identifier before PUBREL is the same message; it is acknowledged, not taken again.
        session.Inbound[op.PacketId] = earlier with { Fingerprint = fingerprint, Repeats = isSame ? earlier.Repeats + 1 : 0 };
        Delivery.WriteAck(connection, PacketType.Pubrec, op.PacketId, ReasonCode.Success);
        return BreakReason.None;
    }

    private static BreakReason Refuse(ClientConnection connection, in Op op)
    {
        if (connection.Info.Device is not null && (op.Qos == 0 || connection.Info.Version != ProtocolVersion.V5))
        {
            // A device that cannot be told is cut off: silence would look like success.
            return BreakReason.NotAuthorized;
        }

        if (op.Qos > 0)
        {
            Delivery.WriteAck(connection, op.Qos == 1 ? PacketType.Puback : PacketType.Pubrec, op.PacketId, ReasonCode.NotAuthorized);
        }

        return BreakReason.None;
    }

    /// <summary>Puts events into the group being built; those seen before are absorbed.</summary>
    /// <param name="buffer">What the events' places refer to; not changed until the commit.</param>
    public void Store(byte[] buffer, ReadOnlySpan<IngestEvent> events)
    {
        foreach (ref readonly var found in events)
        {
            if (found.HasIdentity && !state.Marks.TryTake(buffer.AsSpan(found.DeviceOffset, found.DeviceLength), found.Boot, found.Sequence, store))
            {
                state.Metrics.DuplicateAbsorbed();
                continue;
            }

            if (found.QuarantineReason is not null)
            {
                state.Metrics.Quarantined();
            }

            state.Writes.Events.Add(new DeviceEventRow
            {
                Position = ++state.LastPosition,
                Kind = found.Kind,
                Boot = found.Boot,
                Sequence = found.Sequence,
                AtUnixMs = found.AtUnixMs,
                ReceivedUnixMs = state.NowUnixMs,
                QuarantineReason = found.QuarantineReason,
                Buffer = buffer,
                DeviceOffset = found.DeviceOffset,
                DeviceLength = found.DeviceLength,
                MessageOffset = found.MessageOffset,
                MessageLength = found.MessageLength,
                PayloadOffset = found.PayloadOffset,
                PayloadLength = found.PayloadLength,
            });
        }
    }

    private bool Route(Session session, OpBatch batch, in Op op)
    {
        var isWanted = router.Match(batch.Slice(op.TopicOffset, op.TopicLength), session);
        if (!isWanted && !op.Retain)
        {
            return false;
        }

        var message = ToMessage(batch, op);
        if (op.Retain)
        {
            router.Retain(message);
        }

        if (isWanted)
        {
            router.Send(message);
        }

        return isWanted;
    }

    private void Hold(Session session, OpBatch batch, in Op op)
    {
        var message = ToMessage(batch, op);
        session.Inbound.Add(op.PacketId, new InboundMessage(message, FingerprintOf(batch, op), 0));
        if (session.IsDurable)
        {
            state.Writes.Changes.Add(SessionChange.Save(new InboundRow(session.Key, op.PacketId, message)));
        }
    }

    // In an open gateway the code of a general broker; a device's message has always a taker, the event log.
    private ReasonCode AnswerOf(OpBatch batch, in Op op, bool isRouted)
    {
        if (op.Reason != ReasonCode.Success || isRouted || !state.Options.IsOpen)
        {
            return op.Reason;
        }

        return batch.Events[op.EventStart].Kind == DeviceKind.Unknown ? ReasonCode.NoMatchingSubscribers : ReasonCode.Success;
    }

    private StoredMessage ToMessage(OpBatch batch, in Op op)
    {
        byte[] properties = [];
        if (op.PropertiesLength > 0)
        {
            properties = new byte[op.PropertiesLength];
            var length = ForwardedProperties.Copy(batch.Slice(op.PropertiesOffset, op.PropertiesLength), properties);
            Array.Resize(ref properties, length);
        }

        long? expiresAt = op.HasExpiry ? state.NowUnixMs + (op.ExpirySeconds * 1000L) : null;
        return new StoredMessage(
            batch.Slice(op.TopicOffset, op.TopicLength).ToArray(),
            properties,
            batch.Slice(op.PayloadOffset, op.PayloadLength).ToArray(),
            op.Qos,
            op.Retain,
            expiresAt);
    }

    private static int FingerprintOf(OpBatch batch, in Op op)
    {
        var hash = default(HashCode);
        hash.AddBytes(batch.Slice(op.TopicOffset, op.TopicLength));
        hash.AddBytes(batch.Slice(op.PayloadOffset, op.PayloadLength));
        return hash.ToHashCode();
    }
}
