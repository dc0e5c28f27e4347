using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Logistics.DeviceGateway.Hub;
using Logistics.DeviceGateway.Ingest;
using Logistics.DeviceGateway.Observing;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Logistics.DeviceGateway.Broker;

/// <summary>The gateway as a client of an external broker: events in, acknowledged after their commit; commands out.</summary>
/// <remarks>
/// One connection per shard, session kept, QoS 1. A crash between commit and acknowledgement, and a broker that restarts, both lead
/// to a second delivery, which (device, boot, sequence) absorbs. The order of a device holds because one connection carries all of it.
/// </remarks>
public sealed class BrokerBridge : BackgroundService
{
    private const int BatchSize = 1000;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, bool> _devices = new(StringComparer.Ordinal);
    private readonly BrokerOptions _options;
    private readonly GatewayHub _hub;
    private readonly IEventInspector _inspector;
    private readonly GatewayMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<BrokerBridge> _log;
    private readonly MqttClient?[] _clients;

    internal BrokerBridge(BrokerOptions options, GatewayHub hub, IEventInspector inspector, GatewayMetrics metrics, TimeProvider time, ILogger<BrokerBridge> log)
    {
        _options = options;
        _hub = hub;
        _inspector = inspector;
        _metrics = metrics;
        _time = time;
        _log = log;
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

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, _options.Filters.Count).Select(shard => RunShardAsync(shard, stoppingToken)));

    private async Task RunShardAsync(int shard, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var client = await MqttClient.ConnectAsync(_options.Endpoint, RequestOf(shard), _time, cancellationToken).ConfigureAwait(false);
                await using (client.ConfigureAwait(false))
                {
                    await client.SubscribeAsync([_options.Filters[shard]], 1, cancellationToken).ConfigureAwait(false);
                    _clients[shard] = client;
                    GatewayLog.BrokerLinked(_log, _options.Endpoint, _options.Filters[shard], client.SessionPresent);
                    pause = FirstPause;
                    await PumpAsync(client, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is IOException or MqttRefusedException)
            {
                GatewayLog.BrokerLost(_log, _options.Endpoint, _options.Filters[shard], e.Message);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            _clients[shard] = null;
            if (!await TryPauseAsync(pause, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<bool> TryPauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private ConnectRequest RequestOf(int shard) => new(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_options.ClientIdPrefix}-{shard}")),
        _options.Version,
        CleanStart: false,
        _options.KeepAliveSeconds,
        _options.SessionExpirySeconds,
        UserName: _options.Endpoint.User is { } user ? Encoding.UTF8.GetBytes(user) : null,
        Password: _options.Endpoint.Password is { } password ? Encoding.UTF8.GetBytes(password) : null);

    private MqttClient? FindClient() => Array.Find(_clients, client => client is { Closed.IsCompleted: false });

    private async Task PumpAsync(MqttClient client, CancellationToken cancellationToken)
    {
        var taken = new List<MqttDelivery>(BatchSize);
        while (await client.Deliveries.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            taken.Clear();
            var batch = new BrokerBatch(_inspector);
            while (taken.Count < BatchSize && client.Deliveries.TryRead(out var delivery))
            {
                taken.Add(delivery);
                Add(batch, delivery);
            }

            _hub.Enqueue(batch);
            if (!await batch.Done.ConfigureAwait(false))
            {
                // Not acknowledged: the broker delivers it again when we are back.
                throw new IOException("the store failed");
            }

            // Ack after commit: a crash between the two re-delivers, and the sequence number absorbs it.
            await client.AcknowledgeAsync(taken, cancellationToken).ConfigureAwait(false);
        }

        throw new IOException("the connection was lost");
    }

    private void Add(BrokerBatch batch, MqttDelivery delivery)
    {
        if (!batch.TryAdd(delivery))
        {
            _metrics.BrokerIgnored();
            return;
        }

        // lg / v1 / kind / device
        _devices[delivery.Topic.Split('/')[3]] = true;
    }
}
