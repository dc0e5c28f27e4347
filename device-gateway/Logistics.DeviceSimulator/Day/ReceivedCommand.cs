using System.Text.Json;
using Logistics.DeviceGateway.Broker;

namespace Logistics.DeviceSimulator.Day;

/// <summary>A command as the device reads it from its <c>down</c> topic.</summary>
internal sealed record ReceivedCommand(string Name, string Id, string Token, DateTimeOffset StartBefore, string? Compartment)
{
    /// <returns>Null for what is no command, such as a manifest.</returns>
    public static ReceivedCommand? TryRead(MqttDelivery delivery)
    {
        try
        {
            using var document = JsonDocument.Parse(delivery.Payload);
            var root = document.RootElement;
            if (!root.TryGetProperty("command", out var id) || !root.TryGetProperty("token", out var token) || !root.TryGetProperty("notAfter", out var notAfter))
            {
                return null;
            }

            var name = delivery.Topic[(delivery.Topic.LastIndexOf('/') + 1)..];
            var compartment = root.TryGetProperty("compartment", out var label) ? label.GetString() : null;
            return new ReceivedCommand(name, id.GetString()!, token.GetString()!, DateTimeOffset.FromUnixTimeMilliseconds(notAfter.GetInt64()), compartment);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
