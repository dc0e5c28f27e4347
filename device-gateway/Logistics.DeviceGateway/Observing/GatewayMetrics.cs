using System.Diagnostics.Metrics;
using Logistics.DeviceGateway.Connections;

namespace Logistics.DeviceGateway.Observing;

/// <summary>The gateway's meter, <c>Logistics.DeviceGateway</c>. Thread-safe.</summary>
public sealed class GatewayMetrics : IDisposable
{
    public const string MeterName = "Logistics.DeviceGateway";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _events;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _quarantined;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<long> _groupSize;
    private readonly Counter<long> _storeFailures;
    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _closed;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _outboundDropped;
    private readonly Counter<long> _retainedRefused;
    private readonly Counter<long> _brokerIgnored;

    // The same numbers for the page of a host that has no collector.
    private long _totalEvents, _totalDuplicates, _totalQuarantined, _totalFailures, _totalCommits, _totalCommitTicks;

    public GatewayMetrics()
    {
        _events = _meter.CreateCounter<long>("gateway.events.committed", "{event}", "Events on disk.");
        _duplicates = _meter.CreateCounter<long>("gateway.events.duplicates", "{event}", "Events absorbed by (device, boot, sequence).");
        _quarantined = _meter.CreateCounter<long>("gateway.events.quarantined", "{event}", "Events kept and not believed.");
        _commitDuration = _meter.CreateHistogram<double>("gateway.commit.duration", "s", "Time of a group commit, fsync included.");
        _groupSize = _meter.CreateHistogram<long>("gateway.commit.events", "{event}", "Events in a group commit.");
        _storeFailures = _meter.CreateCounter<long>("gateway.store.failures", "{failure}", "Times the store failed and every connection was closed.");
        _connections = _meter.CreateUpDownCounter<long>("gateway.connections", "{connection}", "Connections past authentication.");
        _closed = _meter.CreateCounter<long>("gateway.connections.closed", "{connection}", "Ended connections by reason.");
        _refused = _meter.CreateCounter<long>("gateway.connections.refused", "{connection}", "Connections refused before a session, by reason.");
        _outboundDropped = _meter.CreateCounter<long>("gateway.outbound.dropped", "{message}", "Messages expired, refused by a full queue, or QoS 0 for a congested client.");
        _brokerIgnored = _meter.CreateCounter<long>("gateway.broker.ignored", "{message}", "Messages of the external broker on topics of no device.");
        _retainedRefused = _meter.CreateCounter<long>("gateway.retained.refused", "{message}", "Retained messages beyond the limit.");
    }

    public void Committed(int events, TimeSpan duration)
    {
        _events.Add(events);
        _groupSize.Record(events);
        _commitDuration.Record(duration.TotalSeconds);
        Interlocked.Add(ref _totalEvents, events);
        Interlocked.Increment(ref _totalCommits);
        Interlocked.Add(ref _totalCommitTicks, duration.Ticks);
    }

    public void DuplicateAbsorbed()
    {
        _duplicates.Add(1);
        Interlocked.Increment(ref _totalDuplicates);
    }

    public void BrokerIgnored() => _brokerIgnored.Add(1);

    public void Quarantined()
    {
        _quarantined.Add(1);
        Interlocked.Increment(ref _totalQuarantined);
    }

    public void StoreFailed()
    {
        _storeFailures.Add(1);
        Interlocked.Increment(ref _totalFailures);
    }

    /// <summary>What was counted since the start of this process.</summary>
    public GatewayTotals ReadTotals() => new(
        Interlocked.Read(ref _totalEvents),
        Interlocked.Read(ref _totalDuplicates),
        Interlocked.Read(ref _totalQuarantined),
        Interlocked.Read(ref _totalFailures),
        Interlocked.Read(ref _totalCommits),
        TimeSpan.FromTicks(Interlocked.Read(ref _totalCommitTicks)));

    public void Opened() => _connections.Add(1);

    public void Closed(BreakReason reason)
    {
        _connections.Add(-1);
        _closed.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));
    }

    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void OutboundDropped(long count) => _outboundDropped.Add(count);

    public void RetainedRefused(long count) => _retainedRefused.Add(count);

    public void Dispose() => _meter.Dispose();
}

/// <summary>Counters of the gateway since the start of its process.</summary>
/// <param name="CommitTime">Of all group commits together.</param>
public readonly record struct GatewayTotals(long Committed, long Duplicates, long Quarantined, long StoreFailures, long Commits, TimeSpan CommitTime);
