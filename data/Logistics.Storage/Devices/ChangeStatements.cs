using Logistics.Domain.Devices;

namespace Logistics.Storage.Devices;

/// <summary>Takes one statement with its values; values are long, string, byte[] or null.</summary>
internal interface IStatementSink
{
    void Run(string sql, params ReadOnlySpan<object?> values);
}

/// <summary>Turns changes of sessions into statements, the same for both databases.</summary>
internal static class ChangeStatements
{
    public static void Write(in SessionChange change, IStatementSink sink)
    {
        switch (change.Kind)
        {
            case SessionChangeKind.SaveSession:
                WriteSession((SessionRow)change.Row!, sink);
                break;
            case SessionChangeKind.RemoveSession:
                sink.Run(DeviceSql.RemoveSessionSubscriptions, change.SessionKey);
                sink.Run(DeviceSql.RemoveSessionInbound, change.SessionKey);
                sink.Run(DeviceSql.RemoveSessionOutbound, change.SessionKey);
                sink.Run(DeviceSql.RemoveSession, change.SessionKey);
                break;
            case SessionChangeKind.SaveSubscription:
                var subscription = (SubscriptionRow)change.Row!;
                sink.Run(DeviceSql.SaveSubscription, subscription.SessionKey, subscription.Filter, (long)subscription.Options, (long)subscription.Identifier);
                break;
            case SessionChangeKind.RemoveSubscription:
                sink.Run(DeviceSql.RemoveSubscription, change.SessionKey, change.Topic);
                break;
            case SessionChangeKind.SaveInbound:
                var inbound = (InboundRow)change.Row!;
                var held = inbound.Message;
                sink.Run(DeviceSql.SaveInbound, inbound.SessionKey, (long)inbound.PacketId, held.Topic, held.Properties, held.Payload, (long)held.Qos, Bit(held.Retain), held.ExpiresAtUnixMs);
                break;
            case SessionChangeKind.RemoveInbound:
                sink.Run(DeviceSql.RemoveInbound, change.SessionKey, change.Number);
                break;
            case SessionChangeKind.AddOutbound:
                WriteOutbound((OutboundRow)change.Row!, sink);
                break;
            case SessionChangeKind.AdvanceOutbound:
                sink.Run(DeviceSql.AdvanceOutbound, change.SessionKey, change.Number, (long)change.Stage, (long)change.PacketId);
                break;
            case SessionChangeKind.RemoveOutbound:
                sink.Run(DeviceSql.RemoveOutbound, change.SessionKey, change.Number);
                break;
            case SessionChangeKind.SaveRetained:
                var retained = (StoredMessage)change.Row!;
                sink.Run(DeviceSql.SaveRetained, retained.Topic, retained.Properties, retained.Payload, (long)retained.Qos, Bit(retained.Retain), retained.ExpiresAtUnixMs);
                break;
            default:
                sink.Run(DeviceSql.RemoveRetained, change.Topic);
                break;
        }
    }

    private static void WriteSession(SessionRow row, IStatementSink sink)
    {
        var will = row.Will;
        sink.Run(
            DeviceSql.SaveSession,
            row.Key,
            row.ClientId,
            (long)row.Version,
            (long)row.ExpirySeconds,
            row.DisconnectedAtUnixMs,
            will?.Topic,
            will?.Properties,
            will?.Payload,
            will is null ? null : (long)will.Qos,
            will is null ? null : Bit(will.Retain),
            will?.ExpiresAtUnixMs,
            (long)row.WillDelaySeconds);
        sink.Run(DeviceSql.SaveLastKey, row.Key);
    }

    private static void WriteOutbound(OutboundRow row, IStatementSink sink)
    {
        var message = row.Message;
        sink.Run(
            DeviceSql.AddOutbound,
            row.SessionKey,
            row.Ordinal,
            (long)row.Stage,
            (long)row.PacketId,
            (long)row.Qos,
            Bit(row.Retain),
            string.Join(',', row.SubscriptionIdentifiers),
            message.Topic,
            message.Properties,
            message.Payload,
            (long)message.Qos,
            Bit(message.Retain),
            message.ExpiresAtUnixMs);
    }

    private static long Bit(bool value) => value ? 1 : 0;
}
