using Logistics.DeviceGateway.Connections;

namespace Logistics.DeviceGateway.Hub;

/// <summary>Judges the silence of connections; one sweep a second over all of them, instead of a timer for each.</summary>
internal sealed class KeepAliveSweep(GatewayOptions options, TimeProvider time)
{
    /// <returns>None, or why the connection must end.</returns>
    public BreakReason Judge(ClientConnection connection)
    {
        if (connection.Output.IsCongested && time.GetElapsedTime(connection.Output.CongestedSince) > options.StallTimeout)
        {
            return BreakReason.WriteStalled;
        }

        if (connection.IsPaused)
        {
            // We stopped reading: the peer may well have sent its ping.
            return BreakReason.None;
        }

        var partialSince = Volatile.Read(ref connection.PartialSince);
        if (partialSince != 0 && time.GetElapsedTime(partialSince) > options.StallTimeout)
        {
            return BreakReason.PacketStalled;
        }

        var keepAlive = connection.Info.KeepAliveSeconds;
        var silence = time.GetElapsedTime(Volatile.Read(ref connection.LastPacketAt));
        return keepAlive != 0 && silence > TimeSpan.FromSeconds(keepAlive * 1.5) ? BreakReason.KeepAliveTimeout : BreakReason.None;
    }
}
