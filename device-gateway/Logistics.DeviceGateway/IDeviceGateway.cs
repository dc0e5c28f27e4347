using Logistics.DeviceGateway.Hub;
using Logistics.DeviceGateway.Ingest;

namespace Logistics.DeviceGateway;

/// <summary>The gateway as the rest of the application sees it. Thread-safe.</summary>
public interface IDeviceGateway
{
    /// <summary>Committed events and connection changes.</summary>
    EventFeed Feed { get; }

    /// <summary>False while the store has failed and nothing is acknowledged.</summary>
    bool IsHealthy { get; }

    int ConnectionCount { get; }

    /// <summary>True while the device has a connection here.</summary>
    bool IsConnected(string device);

    /// <summary>Position of the last event on disk, or on its way there.</summary>
    long LastPosition { get; }

    /// <summary>Puts a QoS 1 message into the durable queue of a device's session.</summary>
    /// <param name="device">Device identifier, which is its client identifier.</param>
    /// <param name="topic">Topic; the session need not be subscribed to it.</param>
    /// <param name="notAfter">The message is deleted, not sent, once this has passed; null for never.</param>
    /// <returns>The receipt when the message is on disk, or why it was not taken.</returns>
    ValueTask<CommandReceipt> SendAsync(string device, string topic, ReadOnlyMemory<byte> payload, DateTimeOffset? notAfter, CancellationToken cancellationToken);

    /// <summary>As <see cref="SendAsync"/>, but only to a device that is connected now; otherwise the refusal is <see cref="DeliveryOutcome.NotConnected"/>.</summary>
    ValueTask<CommandReceipt> SendNowAsync(string device, string topic, ReadOnlyMemory<byte> payload, DateTimeOffset notAfter, CancellationToken cancellationToken);

    /// <summary>Takes in events that came another way than MQTT to us; inspected, marked and stored like every other.</summary>
    /// <returns>Completes when the events are on disk, or the store has failed.</returns>
    ValueTask<IngestOutcome> IngestAsync(IReadOnlyList<OutsideEvent> events, CancellationToken cancellationToken);

    /// <summary>Cuts a device's live connection, if it has one, and forgets its cached verification: for rotation and revocation.</summary>
    ValueTask DisconnectAsync(string device, string actor, string reason);
}

/// <summary>What became of a message handed to <see cref="IDeviceGateway.SendAsync"/>.</summary>
/// <param name="IsQueued">True when it is on disk and will be sent while it is valid.</param>
/// <param name="Refusal">Why not, otherwise.</param>
/// <param name="Delivery">
/// Completes when the message's fate is known. A restart of the gateway loses this task, not the message: then the device's own
/// answer tells.
/// </param>
public sealed record CommandReceipt(bool IsQueued, DeliveryOutcome? Refusal, Task<DeliveryOutcome> Delivery);
