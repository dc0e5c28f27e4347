using System.Text;
using Logistics.DeviceGateway.Broker;
using Logistics.DeviceGateway.Connections;
using Logistics.DeviceGateway.Hub;
using Logistics.DeviceGateway.Ingest;
using Logistics.DeviceGateway.Listening;
using Logistics.DeviceGateway.Observing;
using Logistics.DeviceGateway.Security;
using Logistics.Domain.Devices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Logistics.DeviceGateway;

/// <summary>Owns the hub and its once-a-second sweep; starts before the listeners and stops after them.</summary>
internal sealed class Gateway : IDeviceGateway, IHostedService, IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly GatewayOptions _options;
    private readonly GatewayHub _hub;
    private readonly IDeviceAuthenticator _authenticator;
    private readonly BrokerLink? _broker;
    private readonly IEventInspector _inspector;
    private readonly OutsideConnections _outside;
    private readonly TimeProvider _time;
    private readonly ILogger<Gateway> _log;
    private ITimer? _sweep;

    public Gateway(
        GatewayOptions options, GatewayHub hub, EventFeed feed, IDeviceAuthenticator authenticator, IEventInspector inspector, OutsideConnections outside, IEnumerable<BrokerLink> brokers, TimeProvider time, ILogger<Gateway> log)
    {
        _broker = brokers.SingleOrDefault();
        _options = options;
        _hub = hub;
        _authenticator = authenticator;
        _inspector = inspector;
        _outside = outside;
        _time = time;
        _log = log;
        Feed = feed;
    }

    public EventFeed Feed { get; }

    public bool IsHealthy => _hub.IsHealthy;

    public int ConnectionCount => _hub.ConnectionCount;

    public bool IsConnected(string device) => Feed.IsConnected(device) || (_broker?.IsReachable(device) ?? false);

    public long LastPosition => _hub.State.LastPosition;

    internal long NowUnixMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.IsOpen)
        {
            GatewayLog.Open(_log);
        }

        _hub.Start();
        GatewayLog.Loaded(_log, _hub.State.Sessions.Count, _hub.State.LastPosition);
        var sweep = new HubAction(static hub => hub.OnSweep());
        _sweep = _time.CreateTimer(_ => _hub.Enqueue(sweep), null, SweepInterval, SweepInterval);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _sweep?.Dispose();
        return Task.Run(_hub.Stop, cancellationToken);
    }

    public ValueTask<CommandReceipt> SendAsync(string device, string topic, ReadOnlyMemory<byte> payload, DateTimeOffset? notAfter, CancellationToken cancellationToken) =>
        SendAsync(device, topic, payload, notAfter, isOnlyNow: false, cancellationToken);

    public ValueTask<CommandReceipt> SendNowAsync(string device, string topic, ReadOnlyMemory<byte> payload, DateTimeOffset notAfter, CancellationToken cancellationToken) =>
        SendAsync(device, topic, payload, notAfter, isOnlyNow: true, cancellationToken);

    private async ValueTask<CommandReceipt> SendAsync(string device, string topic, ReadOnlyMemory<byte> payload, DateTimeOffset? notAfter, bool isOnlyNow, CancellationToken cancellationToken)
    {
        var message = new StoredMessage(Encoding.UTF8.GetBytes(topic), [], payload.ToArray(), Qos: 1, Retain: false, notAfter?.ToUnixTimeMilliseconds());
        var queued = new TaskCompletionSource<DeliveryOutcome?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var delivered = new TaskCompletionSource<DeliveryOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        _hub.Enqueue(new HubAction(hub =>
        {
            var refusal = hub.Send(device, message, isOnlyNow, outcome => delivered.TrySetResult(outcome));
            hub.AfterCommit(isCommitted => queued.TrySetResult(isCommitted ? refusal : DeliveryOutcome.StoreFailed));
        }));
        var refused = await queued.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_broker is not null && refused is (DeliveryOutcome.NoSession or DeliveryOutcome.NotConnected))
        {
            // Not one of ours: the device is behind the broker, or nowhere.
            var handedOn = await _broker.SendAsync(topic, payload, notAfter, cancellationToken).ConfigureAwait(false);
            delivered.TrySetResult(handedOn);
            var isHandedOn = handedOn == DeliveryOutcome.Acknowledged;
            return new CommandReceipt(isHandedOn, isHandedOn ? null : handedOn, delivered.Task);
        }

        if (refused is { } outcome)
        {
            delivered.TrySetResult(outcome);
        }

        return new CommandReceipt(refused is null, refused, delivered.Task);
    }

    public async ValueTask<IngestOutcome> IngestAsync(IReadOnlyList<OutsideEvent> events, CancellationToken cancellationToken)
    {
        var batch = new OutsideBatch(events, _inspector);
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _hub.Enqueue(new HubAction(hub =>
        {
            var isTaken = hub.TryIngest(batch);
            hub.AfterCommit(isCommitted => done.TrySetResult(isTaken && isCommitted));
        }));
        return new IngestOutcome(await done.Task.WaitAsync(cancellationToken).ConfigureAwait(false), batch.QuarantineReason);
    }

    public ValueTask DisconnectAsync(string device, string actor, string reason)
    {
        GatewayLog.DisconnectedByActor(_log, device, actor, reason);
        _authenticator.Forget(device);
        _outside.Cut(device);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _hub.Enqueue(new HubAction(hub =>
        {
            hub.BreakClient(device, BreakReason.Revoked);
            hub.AfterCommit(_ => done.TrySetResult());
        }));
        return new ValueTask(done.Task);
    }

    public void Dispose()
    {
        _sweep?.Dispose();
        _hub.Dispose();
    }
}
