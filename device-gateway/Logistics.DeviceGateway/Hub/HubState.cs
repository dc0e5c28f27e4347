using Logistics.DeviceGateway.Observing;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Topics;

namespace Logistics.DeviceGateway.Hub;

/// <summary>Everything the hub thread owns and its parts share: the sessions, the trees and the group being built.</summary>
internal sealed class HubState
{
    public HubState(GatewayOptions options, GatewayMetrics metrics)
    {
        Options = options;
        Metrics = metrics;
    }

    public GatewayOptions Options { get; }

    public GatewayMetrics Metrics { get; }

    /// <summary>What the next commit writes.</summary>
    public DeviceWriteSet Writes { get; } = new();

    /// <summary>Wall clock at the beginning of the group.</summary>
    public long NowUnixMs { get; set; }

    public Dictionary<string, Session> Sessions { get; } = new(StringComparer.Ordinal);

    public SubscriptionTree<Session> Subscriptions { get; private set; } = new();

    public RetainedTree<StoredMessage> Retained { get; private set; } = new();

    public MarkTable Marks { get; } = new();

    public long LastPosition { get; set; }

    public long LastSessionKey { get; set; }

    /// <summary>Forgets everything, to be loaded again.</summary>
    public void Clear()
    {
        Writes.Clear();
        Sessions.Clear();
        Subscriptions = new SubscriptionTree<Session>();
        Retained = new RetainedTree<StoredMessage>();
        Marks.Clear();
        LastPosition = 0;
    }
}
