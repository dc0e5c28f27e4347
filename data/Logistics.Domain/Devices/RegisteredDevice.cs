namespace Logistics.Domain.Devices;

/// <summary>A device the network knows, and what it belongs to. Its credential is kept with the gateway.</summary>
/// <param name="Device">Device identifier, which is its MQTT client identifier.</param>
/// <param name="Name">For people.</param>
public sealed record RegisteredDevice(string Device, DeviceKind Kind, string Name)
{
    /// <summary>Longest identifier, in characters.</summary>
    public const int MaximumLength = 64;

    /// <summary>Of a locker: the terminal whose compartments it drives.</summary>
    public string? TerminalId { get; init; }

    /// <summary>Of a vehicle terminal.</summary>
    public string? VehicleId { get; init; }

    /// <summary>Of a handheld.</summary>
    public string? CourierId { get; init; }

    public DateTimeOffset RegisteredAt { get; init; }

    /// <summary>True for letters, digits, <c>-</c>, <c>_</c> and <c>.</c>: what may stand in a topic, a path and a log without care.</summary>
    public static bool IsIdentifier(string text) =>
        text.Length is > 0 and <= MaximumLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
