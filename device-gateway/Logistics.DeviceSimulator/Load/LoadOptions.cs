namespace Logistics.DeviceSimulator.Load;

/// <summary>A load to put on a gateway.</summary>
/// <param name="Connections">Clients, each a device of its own.</param>
/// <param name="Window">Unacknowledged messages per connection.</param>
/// <param name="PayloadSize">Bytes of each JSON payload, at least 80.</param>
/// <param name="Seconds">Measured time, after one second of warming up.</param>
/// <param name="Rate">Messages per second over all connections; 0 for as fast as acknowledgements come.</param>
/// <param name="Boot">Boot epoch of every device; a new one for each run on the same store.</param>
internal sealed record LoadOptions(string Host, int Port, int Connections, int Window, int PayloadSize, double Seconds, int Rate, long Boot, string? Password = null);

/// <summary>What came of it.</summary>
/// <param name="Acknowledged">In the measured time.</param>
/// <param name="Latency">Send to PUBACK, microseconds, of every acknowledged message.</param>
internal sealed record LoadResult(long Acknowledged, double Seconds, LatencyHistogram Latency, int LostConnections)
{
    public double PerSecond => Acknowledged / Seconds;
}
