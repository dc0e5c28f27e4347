using System.Collections.Concurrent;
using Logistics.DeviceGateway.Hub;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Broker;

/// <summary>The way out through an external broker: who is behind it, and messages for them. Thread-safe.</summary>
public sealed class BrokerLink
{
    private readonly ConcurrentDictionary<string, bool> _devices = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly MqttClient?[] _clients;

    public BrokerLink(BrokerOptions options, TimeProvider time)
    {
        _time = time;
        _clients = new MqttClient?[options.Filters.Count];
    }

    /// <summary>Shards that are connected and subscribed.</summary>
    public int LinkedShards => _clients.Count(client => client is { Closed.IsCompleted: false });

    /// <summary>True when the device has been heard through the broker since the start, and the broker is there.</summary>
    public bool IsReachable(string device) => _devices.ContainsKey(device) && FindClient() is not null;

    /// <summary>Hands a message to the broker, to be deleted there once it has expired (MQTT 5).</summary>
    public async Task<DeliveryOutcome> SendAsync(string topic, ReadOnlyMemory<byte> payload, DateTimeOffset? notAfter, CancellationToken cancellationToken)
    {
        if (FindClient() is not { } client)
        {
            return DeliveryOutcome.NotConnected;
        }

        // Whole seconds, rounded down: the broker must not keep it longer than it is good.
        var seconds = notAfter is { } end ? Math.Floor((end - _time.GetUtcNow()).TotalSeconds) : (double?)null;
        if (seconds < 1)
        {
            return DeliveryOutcome.Expired;
        }

        try
        {
            var reason = await client.PublishAsync(topic, payload, 1, (uint?)seconds, cancellationToken).ConfigureAwait(false);
            return reason < ReasonCode.UnspecifiedError ? DeliveryOutcome.Acknowledged : DeliveryOutcome.Rejected;
        }
        catch (IOException)
        {
            return DeliveryOutcome.Unconfirmed;
        }
    }

    /// <summary>A device was heard.</summary>
    internal void Hear(string device) => _devices.TryAdd(device, true);

    /// <param name="client">Null when the shard has lost its connection.</param>
    internal void Set(int shard, MqttClient? client) => Volatile.Write(ref _clients[shard], client);

    private MqttClient? FindClient() => Array.Find(_clients, client => client is { Closed.IsCompleted: false });
}
