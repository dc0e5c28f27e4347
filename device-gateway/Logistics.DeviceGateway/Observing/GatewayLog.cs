using Logistics.DeviceGateway.Broker;
using Logistics.DeviceGateway.Connections;
using Microsoft.Extensions.Logging;

namespace Logistics.DeviceGateway.Observing;

/// <summary>Every message the gateway logs. What a peer can cause at will is at Debug and counted by a metric instead.</summary>
internal static partial class GatewayLog
{
    [LoggerMessage(1, LogLevel.Warning, "The gateway is OPEN: anonymous clients may publish and subscribe to anything. Never use this outside a test machine.")]
    public static partial void Open(ILogger log);

    [LoggerMessage(2, LogLevel.Information, "The gateway has loaded {Sessions} sessions; the log ends at position {Position}.")]
    public static partial void Loaded(ILogger log, int sessions, long position);

    [LoggerMessage(3, LogLevel.Critical, "The device store failed; nothing is acknowledged and every connection is closed (permanent: {IsPermanent}).")]
    public static partial void StoreFailed(ILogger log, bool isPermanent, Exception error);

    [LoggerMessage(4, LogLevel.Warning, "The device store is still failing: {Reason}")]
    public static partial void StoreStillFailed(ILogger log, string reason);

    [LoggerMessage(5, LogLevel.Information, "The device store works again.")]
    public static partial void StoreRecovered(ILogger log);

    [LoggerMessage(6, LogLevel.Error, "A fault of the gateway ended the connection from {Remote}.")]
    public static partial void ConnectionFault(ILogger log, string remote, Exception error);

    [LoggerMessage(7, LogLevel.Debug, "Connection {ClientId} from {Remote} ended: {Reason}.")]
    public static partial void Closed(ILogger log, string clientId, string remote, BreakReason reason);

    [LoggerMessage(8, LogLevel.Debug, "A peer at {Remote} was refused: {Reason}.")]
    public static partial void Refused(ILogger log, string remote, string reason);

    [LoggerMessage(9, LogLevel.Information, "Device {Device} was disconnected by {Actor}: {Reason}.")]
    public static partial void DisconnectedByActor(ILogger log, string device, string actor, string reason);

    [LoggerMessage(10, LogLevel.Information, "{Action} {Device} by {Actor}: {Reason} {Remote}")]
    public static partial void IdentityChanged(ILogger log, string action, string device, string actor, string reason, string remote);

    [LoggerMessage(11, LogLevel.Information, "Linked to the broker {Broker} for {Filter} (session present: {SessionPresent}).")]
    public static partial void BrokerLinked(ILogger log, MqttEndpoint broker, string filter, bool sessionPresent);

    [LoggerMessage(12, LogLevel.Warning, "The broker {Broker} for {Filter} is away: {Reason}. Trying again.")]
    public static partial void BrokerLost(ILogger log, MqttEndpoint broker, string filter, string reason);

    [LoggerMessage(20, LogLevel.Error, "A step of a command failed and is tried again in a second.")]
    public static partial void CommandsStalled(ILogger log, Exception error);

    [LoggerMessage(30, LogLevel.Error, "Twins and alarms could not be kept; trying again from what is stored.")]
    public static partial void TwinsFailed(ILogger log, Exception error);
}
