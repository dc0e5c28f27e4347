using System.Text;
using Logistics.DeviceGateway.Connections;
using Logistics.DeviceGateway.Hub;
using Logistics.DeviceGateway.Ingest;

namespace Logistics.DeviceGateway.Broker;

/// <summary>Deliveries of a broker on their way to one group commit.</summary>
internal sealed class BrokerBatch(IEventInspector inspector) : HubItem
{
    private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Bytes and events; it has no connection of its own.</summary>
    public OpBatch Content { get; } = new();

    /// <summary>True when its events are on disk; false when the store failed.</summary>
    public Task<bool> Done => _done.Task;

    /// <summary>Finds the events of a delivery.</summary>
    /// <returns>False for a topic that no device may publish to.</returns>
    public bool TryAdd(MqttDelivery delivery)
    {
        var topic = Encoding.UTF8.GetBytes(delivery.Topic);
        if (!DeviceTopic.TryParse(topic, out var parsed) || !parsed.IsUp)
        {
            return false;
        }

        var payloadLength = delivery.Payload.Length;
        var found = new IngestEvent
        {
            Kind = parsed.Kind,
            DeviceOffset = Content.Append(parsed.Device),
            DeviceLength = parsed.Device.Length,
            MessageOffset = Content.Append(parsed.Message),
            MessageLength = parsed.Message.Length,
            PayloadOffset = Content.Append(delivery.Payload),
            PayloadLength = payloadLength,
            Boot = -1,
            Sequence = -1,
        };
        var findings = new EventFindings(Content.Events, found);
        inspector.Inspect(parsed.Kind, parsed.Device, parsed.Message, delivery.Payload, ref findings);
        if (findings.Count == 0)
        {
            findings.Quarantine(0, payloadLength, EventFindings.NoEvent);
        }

        return true;
    }

    public override void Apply(GatewayHub hub) => hub.Ingest(this);

    public void Complete(bool isCommitted) => _done.TrySetResult(isCommitted);
}
