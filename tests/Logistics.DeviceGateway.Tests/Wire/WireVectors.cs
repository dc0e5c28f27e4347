using System.Text.Json;

namespace Logistics.DeviceGateway.Tests.Wire;

/// <summary>One case: what to send, what to expect, and whether the broker must close at the end.</summary>
internal sealed record WireCase(string File, string Group, string Name, int Version, bool ConnectsFirst, bool ExpectsClose, IReadOnlyList<WireStep> Steps)
{
    public override string ToString() => $"{File} / {Group} / {Name}";
}

/// <summary>Send bytes, expect bytes, or have a second client publish.</summary>
internal sealed record WireStep(string Type, byte[] Payload, string Topic, int Qos, bool Retain);

/// <summary>Finds and reads the vectors, which live outside the repository.</summary>
internal static class WireVectors
{
    /// <summary>Null when the folder is not there.</summary>
    public static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Logistics.sln")))
            {
                var vectors = Path.Combine(folder.FullName, "..", "shared", "conformance", "mqtt-wire");
                return Directory.Exists(vectors) ? vectors : null;
            }
        }

        return null;
    }

    public static List<WireCase> Read(string folder)
    {
        var cases = new List<WireCase>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var group in document.RootElement.EnumerateArray())
            {
                foreach (var test in group.GetProperty("tests").EnumerateArray())
                {
                    cases.Add(ReadCase(Path.GetFileNameWithoutExtension(file), group, test));
                }
            }
        }

        return cases;
    }

    private static WireCase ReadCase(string file, JsonElement group, JsonElement test) => new(
        file,
        group.GetProperty("group").GetString()!,
        test.GetProperty("name").GetString()!,
        Find(group, test, "ver")?.GetInt32() ?? 4,
        Find(group, test, "connect")?.GetBoolean() ?? true,
        Find(group, test, "expect_disconnect")?.GetBoolean() ?? true,
        [.. test.GetProperty("msgs").EnumerateArray().Select(ReadStep)]);

    private static WireStep ReadStep(JsonElement step)
    {
        var type = step.GetProperty("type").GetString()!;
        var text = step.TryGetProperty("payload", out var payload) ? payload.GetString()! : string.Empty;
        if (type is "send" or "recv")
        {
            return new WireStep(type, PayloadNotation.Parse(text), string.Empty, 0, false);
        }

        var isRetained = step.TryGetProperty("retain", out var retain) && retain.ValueKind == JsonValueKind.True;
        return new WireStep(type, System.Text.Encoding.UTF8.GetBytes(text), step.GetProperty("topic").GetString()!, step.GetProperty("qos").GetInt32(), isRetained);
    }

    private static JsonElement? Find(JsonElement group, JsonElement test, string name)
    {
        if (test.TryGetProperty(name, out var own))
        {
            return own;
        }

        return group.TryGetProperty(name, out var shared) ? shared : null;
    }
}
