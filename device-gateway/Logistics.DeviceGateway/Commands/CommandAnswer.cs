using System.Text.Json;

namespace Logistics.DeviceGateway.Commands;

/// <summary>A <c>command-result</c> event: <c>{"command": id, "outcome": …, "detail": …}</c>.</summary>
internal sealed record CommandAnswer(string CommandId, string Outcome, string? Detail)
{
    public const string Message = "command-result";

    /// <summary>Longer details are cut: they are shown to people.</summary>
    private const int MaximumDetail = 500;

    /// <returns>Null when the payload is no answer.</returns>
    public static CommandAnswer? TryRead(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || TextOf(root, "command") is not { Length: > 0 } id || TextOf(root, "outcome") is not { } outcome)
            {
                return null;
            }

            var detail = TextOf(root, "detail");
            return new CommandAnswer(id, outcome, detail is { Length: > MaximumDetail } ? detail[..MaximumDetail] : detail);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
