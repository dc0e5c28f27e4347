using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Connections;

/// <summary>Why a connection ended. Every end has exactly one, and is counted under it.</summary>
public enum BreakReason
{
    None = 0,
    ClientDisconnected,
    ConnectionLost,
    MalformedPacket,
    ProtocolError,
    PacketTooLarge,
    ReceiveMaximumExceeded,
    TopicAliasInvalid,
    TopicInvalid,
    QuotaExceeded,
    ConnectTimeout,
    KeepAliveTimeout,
    PacketStalled,
    WriteStalled,
    SessionTakenOver,
    NotAuthorized,
    Refused,
    Revoked,
    TooManyConnections,
    RateExceeded,
    StoreFailed,
    ShuttingDown,
    InternalError,
}

internal static class BreakReasons
{
    /// <summary>The code for the DISCONNECT of MQTT 5; null when nothing is to be sent.</summary>
    public static ReasonCode? ToReasonCode(this BreakReason reason) => reason switch
    {
        BreakReason.MalformedPacket => ReasonCode.MalformedPacket,
        BreakReason.ProtocolError => ReasonCode.ProtocolError,
        BreakReason.PacketTooLarge => ReasonCode.PacketTooLarge,
        BreakReason.ReceiveMaximumExceeded => ReasonCode.ReceiveMaximumExceeded,
        BreakReason.TopicAliasInvalid => ReasonCode.TopicAliasInvalid,
        BreakReason.TopicInvalid => ReasonCode.TopicNameInvalid,
        BreakReason.QuotaExceeded => ReasonCode.QuotaExceeded,
        BreakReason.KeepAliveTimeout => ReasonCode.KeepAliveTimeout,
        BreakReason.PacketStalled => ReasonCode.KeepAliveTimeout,
        BreakReason.SessionTakenOver => ReasonCode.SessionTakenOver,
        BreakReason.NotAuthorized => ReasonCode.NotAuthorized,
        BreakReason.Revoked => ReasonCode.AdministrativeAction,
        BreakReason.RateExceeded => ReasonCode.MessageRateTooHigh,
        BreakReason.ShuttingDown => ReasonCode.ServerShuttingDown,
        BreakReason.InternalError => ReasonCode.UnspecifiedError,
        _ => null,
    };

    public static BreakReason FromReasonCode(ReasonCode code) => code switch
    {
        ReasonCode.ProtocolError => BreakReason.ProtocolError,
        ReasonCode.PacketTooLarge => BreakReason.PacketTooLarge,
        ReasonCode.QuotaExceeded => BreakReason.QuotaExceeded,
        ReasonCode.TopicAliasInvalid => BreakReason.TopicAliasInvalid,
        ReasonCode.TopicNameInvalid => BreakReason.TopicInvalid,
        ReasonCode.NotAuthorized => BreakReason.NotAuthorized,
        _ => BreakReason.MalformedPacket,
    };
}
