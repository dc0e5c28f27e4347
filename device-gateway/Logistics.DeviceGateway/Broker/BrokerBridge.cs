using System.Globalization;
using System.Text;
using Logistics.DeviceGateway.Ingest;
using Logistics.DeviceGateway.Observing;
using Logistics.Mqtt.Packets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Logistics.DeviceGateway.Broker;

/// <summary>The gateway as a client of an external broker: events in, acknowledged after their commit; <see cref="BrokerLink"/> is the way out.</summary>
/// <remarks>
/// One connection per shard, session kept, QoS 1. A crash between commit and acknowledgement, and a broker that restarts, both lead
/// to a second delivery, which (device, boot, sequence) absorbs. The order of a device holds because one connection carries all of it.
/// </remarks>
public sealed class BrokerBridge : BackgroundService
{
    private const int BatchSize = 1000;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly BrokerOptions _options;
    private readonly BrokerLink _link;
    private readonly IDeviceGateway _gateway;
    private readonly GatewayMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<BrokerBridge> _log;

    public BrokerBridge(BrokerOptions options, BrokerLink link, IDeviceGateway gateway, GatewayMetrics metrics, TimeProvider time, ILogger<BrokerBridge> log)
    {
        _options = options;
        _link = link;
        _gateway = gateway;
        _metrics = metrics;
        _time = time;
        _log = log;
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
                    _link.Set(shard, client);
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

            _link.Set(shard, null);
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

    private async Task PumpAsync(MqttClient client, CancellationToken cancellationToken)
    {
        var taken = new List<MqttDelivery>(BatchSize);
        var events = new List<OutsideEvent>(BatchSize);
        while (await client.Deliveries.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            taken.Clear();
            events.Clear();
            while (taken.Count < BatchSize && client.Deliveries.TryRead(out var delivery))
            {
                taken.Add(delivery);
                Add(events, delivery);
            }

            if (events.Count > 0 && !(await _gateway.IngestAsync(events, cancellationToken).ConfigureAwait(false)).IsCommitted)
            {
                // Not acknowledged: the broker delivers it again when we are back.
                throw new IOException("the store failed");
            }

            // Ack after commit: a crash between the two re-delivers, and the sequence number absorbs it.
            await client.AcknowledgeAsync(taken, cancellationToken).ConfigureAwait(false);
        }

        throw new IOException("the connection was lost");
    }

    private void Add(List<OutsideEvent> events, MqttDelivery delivery)
    {
        if (!DeviceTopic.TryParse(Encoding.UTF8.GetBytes(delivery.Topic), out var topic) || !topic.IsUp)
        {
            _metrics.BrokerIgnored();
            return;
        }

        var device = Encoding.UTF8.GetString(topic.Device);
        _link.Hear(device);
        events.Add(new OutsideEvent(topic.Kind, device, Encoding.UTF8.GetString(topic.Message), delivery.Payload));
    }
}
