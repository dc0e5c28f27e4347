using Logistics.DeviceGateway.Connections;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Hub;

/// <summary>What each packet of a connected client does. On the hub's thread.</summary>
internal sealed class OpFlow(SessionFlow sessions, PublishFlow publish, SubscribeFlow subscribe, Delivery delivery)
{
    /// <summary>Applies one packet of a session's own connection.</summary>
    public void Apply(ClientConnection connection, Session session, OpBatch batch, in Op op)
    {
        switch (op.Kind)
        {
            case OpKind.Publish:
                EndUnless(connection, publish.Publish(connection, session, batch, op));
                break;
            case OpKind.Ack when op.AckType == PacketType.Pubrel:
                publish.Release(connection, session, op.PacketId);
                break;
            case OpKind.Ack:
                var isExpected = delivery.Acknowledge(session, op.AckType, op.PacketId, op.Reason);
                EndUnless(connection, isExpected ? BreakReason.None : BreakReason.ProtocolError);
                break;
            case OpKind.Subscribe:
                subscribe.Subscribe(connection, session, batch.Slice(op.BodyOffset, op.BodyLength));
                break;
            case OpKind.Unsubscribe:
                subscribe.Unsubscribe(connection, session, batch.Slice(op.BodyOffset, op.BodyLength));
                break;
            case OpKind.Ping:
                var span = connection.Output.GetSpan(ServerPackets.ShortPacketSize);
                if (!span.IsEmpty)
                {
                    connection.Output.Advance(ServerPackets.WritePingresp(span));
                }

                break;
            default:
                ApplyDisconnect(connection, session, op);
                break;
        }
    }

    private void ApplyDisconnect(ClientConnection connection, Session session, in Op op)
    {
        if (op.HasExpiry)
        {
            sessions.ChangeExpiry(session, op.ExpirySeconds);
        }

        var isNormal = op.Reason == ReasonCode.Success;
        sessions.Disconnect(connection, isNormal);
        connection.IsIgnored = true;
        connection.Break(BreakReason.ClientDisconnected);
    }

    private static void EndUnless(ClientConnection connection, BreakReason reason)
    {
        if (reason != BreakReason.None)
        {
            connection.Dismiss(reason);
        }
    }
}
