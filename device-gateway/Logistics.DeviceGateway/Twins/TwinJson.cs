using System.Text.Json;
using Logistics.Domain;

namespace Logistics.DeviceGateway.Twins;

/// <summary>Twins as text.</summary>
public static class TwinJson
{
    public static string Write(DeviceTwin twin) => DomainJson.Write(twin);

    /// <exception cref="JsonException">The text is no twin.</exception>
    public static DeviceTwin Read(string doc) => DomainJson.Read<DeviceTwin>(doc);

    public static string Write(DeviceSummary summary) => DomainJson.Write(summary);

    /// <exception cref="JsonException">The text is no summary.</exception>
    public static DeviceSummary ReadSummary(string text) => DomainJson.Read<DeviceSummary>(text);

    /// <summary>A value as it stands in JSON, without quotes; <c>unknown</c> for null.</summary>
    public static string WordOf<T>(T value) => value is null ? "unknown" : JsonSerializer.Serialize(value, DomainJson.Options).Trim('"');
}
