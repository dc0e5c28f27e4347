using Logistics.DeviceGateway.Connections;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Hub;

/// <summary>Sends messages to sessions: queues, windows, packet identifiers, resumption. Runs on the hub thread.</summary>
internal sealed class Delivery(HubState state)
{
    /// <summary>Hands a message to a session, now or when it can take it.</summary>
    /// <param name="grantedQos">Of the subscription.</param>
    /// <param name="retain">The flag as the subscriber gets it.</param>
    /// <param name="completed">Told how a message of QoS 1 or 2 ends; null for nobody.</param>
    /// <returns>Null when it is on its way or dropped by the rules of QoS 0; otherwise why not.</returns>
    public DeliveryOutcome? Send(Session session, StoredMessage message, int grantedQos, bool retain, uint[] identifiers, Action<DeliveryOutcome>? completed = null)
    {
        var qos = Math.Min(message.Qos, grantedQos);
        if (qos == 0)
        {
            SendAtMostOnce(session, message, retain, identifiers);
            return null;
        }

        if (session.Connection is null && !session.IsDurable)
        {
            return DeliveryOutcome.NoSession;
        }

        if (session.Outbound.WaitingCount >= state.Options.MaximumOutboundQueue)
        {
            state.Metrics.OutboundDropped(1);
            return DeliveryOutcome.QueueFull;
        }

        var outbound = new OutboundMessage
        {
            Ordinal = session.Outbound.NextOrdinal(),
            Message = message,
            Qos = qos,
            Retain = retain,
            SubscriptionIdentifiers = identifiers,
            Completed = completed,
        };
        if (CanStart(session) && session.Outbound.WaitingCount == 0)
        {
            StartNew(session, outbound);
            return null;
        }

        session.Outbound.Wait(outbound);
        Save(session, outbound);
        return null;
    }

    /// <summary>Starts what waits, as far as the window and the peer allow.</summary>
    public void Pump(Session session)
    {
        while (CanStart(session) && session.Outbound.TryPeek(out var next))
        {
            session.Outbound.DropFirst();
            // An expired command must never be fired: it is judged at the last moment, here.
            if (next.Message.IsExpired(state.NowUnixMs))
            {
                Forget(session, next, DeliveryOutcome.Expired);
                continue;
            }

            session.Outbound.Start(next);
            if (session.IsDurable)
            {
                state.Writes.Changes.Add(SessionChange.AdvanceOutbound(session.Key, next.Ordinal, OutboundStage.Sent, next.PacketId));
            }

            Write(session, next, isDuplicate: false);
        }
    }

    /// <summary>After a reconnect: sends again what was under way, in order (4.4), then what waits.</summary>
    public void Resume(Session session)
    {
        foreach (var message in session.Outbound.InFlight.ToArray())
        {
            if (message.Stage == OutboundStage.Released)
            {
                WriteAck(session.Connection!, PacketType.Pubrel, message.PacketId, ReasonCode.Success);
            }
            else if (message.Message.IsExpired(state.NowUnixMs))
            {
                session.Outbound.Finish(message);
                Forget(session, message, DeliveryOutcome.Unconfirmed);
            }
            else
            {
                Write(session, message, isDuplicate: true);
            }
        }

        Pump(session);
    }

    /// <summary>An acknowledgement of a client for a message of ours.</summary>
    /// <returns>False when it does not belong to the message's state: a protocol error.</returns>
    public bool Acknowledge(Session session, PacketType type, ushort packetId, ReasonCode reason)
    {
        var message = session.Outbound.Find(packetId);
        if (message is null)
        {
            if (type == PacketType.Pubrec && reason < ReasonCode.UnspecifiedError)
            {
                WriteAck(session.Connection!, PacketType.Pubrel, packetId, ReasonCode.Success);
            }

            return true;
        }

        switch (type)
        {
            case PacketType.Puback when message.Qos == 1:
            case PacketType.Pubcomp when message.Qos == 2 && message.Stage == OutboundStage.Released:
            case PacketType.Pubrec when message.Qos == 2 && reason >= ReasonCode.UnspecifiedError:
                session.Outbound.Finish(message);
                Forget(session, message, reason >= ReasonCode.UnspecifiedError ? DeliveryOutcome.Rejected : DeliveryOutcome.Acknowledged);
                Pump(session);
                return true;
            case PacketType.Pubrec when message.Qos == 2:
                message.Stage = OutboundStage.Released;
                if (session.IsDurable)
                {
                    state.Writes.Changes.Add(SessionChange.AdvanceOutbound(session.Key, message.Ordinal, OutboundStage.Released, packetId));
                }

                WriteAck(session.Connection!, PacketType.Pubrel, packetId, ReasonCode.Success);
                return true;
            default:
                return false;
        }
    }

    public static void WriteAck(ClientConnection connection, PacketType type, ushort packetId, ReasonCode reason)
    {
        var span = connection.Output.GetSpan(ServerPackets.ShortPacketSize);
        if (!span.IsEmpty)
        {
            connection.Output.Advance(ServerPackets.WriteAck(span, type, packetId, reason, connection.Info.Version));
        }
    }

    private static bool CanStart(Session session) =>
        session.Connection is { Output.IsCongested: false } connection && session.Outbound.InFlightCount < connection.Info.ReceiveMaximum;

    private void StartNew(Session session, OutboundMessage message)
    {
        session.Outbound.Start(message);
        Save(session, message);
        Write(session, message, isDuplicate: false);
    }

    private void Save(Session session, OutboundMessage message)
    {
        if (session.IsDurable)
        {
            state.Writes.Changes.Add(SessionChange.Add(ToRow(session, message)));
        }
    }

    internal static OutboundRow ToRow(Session session, OutboundMessage message) =>
        new(session.Key, message.Ordinal, message.Stage, message.PacketId, message.Qos, message.Retain, message.SubscriptionIdentifiers, message.Message);

    private void Forget(Session session, OutboundMessage message, DeliveryOutcome outcome)
    {
        if (session.IsDurable)
        {
            state.Writes.Changes.Add(SessionChange.RemoveOutbound(session.Key, message.Ordinal));
        }

        if (outcome is DeliveryOutcome.Expired or DeliveryOutcome.Unconfirmed)
        {
            state.Metrics.OutboundDropped(1);
        }

        message.Completed?.Invoke(outcome);
    }

    private void SendAtMostOnce(Session session, StoredMessage message, bool retain, uint[] identifiers)
    {
        if (session.Connection is not { } connection)
        {
            return;
        }

        if (connection.Output.IsCongested)
        {
            state.Metrics.OutboundDropped(1);
            return;
        }

        TryWrite(connection, new PublishHead(connection.Info.Version, 0, retain, false, 0, Remaining(message)), message, identifiers);
    }

    private void Write(Session session, OutboundMessage outbound, bool isDuplicate)
    {
        var connection = session.Connection!;
        var head = new PublishHead(connection.Info.Version, outbound.Qos, outbound.Retain, isDuplicate, outbound.PacketId, Remaining(outbound.Message));
        if (!TryWrite(connection, head, outbound.Message, outbound.SubscriptionIdentifiers))
        {
            // [MQTT-3.1.2-25]: a packet the client cannot take is treated as if it had been delivered.
            session.Outbound.Finish(outbound);
            Forget(session, outbound, DeliveryOutcome.Rejected);
        }
    }

    private static bool TryWrite(ClientConnection connection, PublishHead head, StoredMessage message, uint[] identifiers)
    {
        var isKnown = false;
        var alias = connection.Aliases?.Find(message.Topic, out isKnown) ?? 0;
        head = head with { TopicAlias = alias };
        var topic = isKnown ? [] : message.Topic;
        var size = PublishWriter.Measure(head, topic, message.Properties, identifiers, message.Payload.Length);
        if (size > connection.Info.MaximumPacketSize)
        {
            return false;
        }

        var span = connection.Output.GetSpan(size);
        if (span.IsEmpty)
        {
            return true;
        }

        connection.Output.Advance(PublishWriter.Write(span, head, topic, message.Properties, identifiers, message.Payload));
        if (alias != 0 && !isKnown)
        {
            connection.Aliases!.Learn(message.Topic, alias);
        }

        return true;
    }

    private uint? Remaining(StoredMessage message) =>
        message.ExpiresAtUnixMs is { } at ? (uint)Math.Max(0, (at - state.NowUnixMs + 999) / 1000) : null;
}
