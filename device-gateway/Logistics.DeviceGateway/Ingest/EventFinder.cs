using Logistics.DeviceGateway.Connections;

namespace Logistics.DeviceGateway.Ingest;

/// <summary>Finds the events of a message that lies in a batch, whoever brought it.</summary>
internal static class EventFinder
{
    /// <summary>Adds what the inspector finds to <see cref="OpBatch.Events"/>; at least one entry.</summary>
    /// <param name="hasQuarantined">True when any of it is not believed.</param>
    /// <returns>False when the topic is not that of a device's report; then nothing is added.</returns>
    public static bool TryFind(IEventInspector inspector, OpBatch batch, int topicOffset, int topicLength, int payloadOffset, int payloadLength, out bool hasQuarantined)
    {
        hasQuarantined = false;
        if (!DeviceTopic.TryParse(batch.Slice(topicOffset, topicLength), out var device) || !device.IsUp)
        {
            return false;
        }

        var prefixLength = "lg/v1/"u8.Length + DeviceTopic.NameOf(device.Kind).Length + 1;
        var found = new IngestEvent
        {
            Kind = device.Kind,
            DeviceOffset = topicOffset + prefixLength,
            DeviceLength = device.Device.Length,
            MessageOffset = topicOffset + topicLength - device.Message.Length,
            MessageLength = device.Message.Length,
            PayloadOffset = payloadOffset,
            PayloadLength = payloadLength,
            Boot = -1,
            Sequence = -1,
        };
        var findings = new EventFindings(batch.Events, found);
        inspector.Inspect(device.Kind, device.Message, batch.Slice(payloadOffset, payloadLength), ref findings);
        if (findings.Count == 0)
        {
            findings.Quarantine(0, payloadLength, "the payload holds no event");
        }

        hasQuarantined = findings.HasQuarantined;
        return true;
    }
}
