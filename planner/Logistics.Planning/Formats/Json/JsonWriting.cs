using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Json;

/// <summary>Writes problems and plans in our format; fields at their default are left out.</summary>
public static class JsonWriting
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new PlaceConverter() },
    };

    public static string Write(Problem problem)
    {
        // Matrices hold millions of numbers: they are written straight into the text, never as a tree of nodes.
        const string place = "\"profiles\":[]";
        var root = (JsonObject)JsonSerializer.SerializeToNode(problem with { Profiles = [] }, Options)!;
        var pool = TravelWriting.IsShared(problem) ? new MatrixPool() : null;
        root.Insert(0, "format", pool is null ? ProblemJson.Format : ProblemJson.SharedFormat);
        // In the model an absent depot is null; in the format absent means the first, so none is written as −1.
        var vehicles = root["vehicles"]!.AsArray();
        for (int v = 0; v < vehicles.Count; v++)
        {
            vehicles[v]!["startDepot"] = problem.Vehicles[v].StartDepot ?? -1;
            vehicles[v]!["endDepot"] = problem.Vehicles[v].EndDepot ?? -1;
        }

        string text = Finish(root);
        int at = text.IndexOf(place, StringComparison.Ordinal) + place.Length - 2;
        string profiles = WriteText(w => TravelWriting.Write(w, problem.Profiles, pool));
        // Matrices come first, so that a reader knows them when profiles name them.
        string before = pool is null ? "\"profiles\":" : $"\"matrices\":{WriteText(pool.Write)},\"profiles\":";
        return string.Concat(text.AsSpan(0, at + 2 - place.Length), before, profiles, text.AsSpan(at + 2));
    }

    private static string WriteText(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static string Write(Plan plan, string problemName = "")
    {
        var root = (JsonObject)JsonSerializer.SerializeToNode(plan, Options)!;
        root.Insert(0, "format", PlanJson.Format);
        root.Insert(1, "problem", problemName);
        return Finish(root);
    }

    private static string Finish(JsonObject root)
    {
        Prune(root);
        return root.ToJsonString(Options) + "\n";
    }

    /// <summary>Drops empty lists that mean the same as an absent field; the required ones stay.</summary>
    private static void Prune(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array) Prune(item);
        }
        else if (node is JsonObject owner)
        {
            foreach (string name in owner.Where(p => p.Value is JsonArray { Count: 0 } && !Required.Contains(p.Key)).Select(p => p.Key).ToList()) owner.Remove(name);
            foreach (var property in owner) Prune(property.Value);
        }
    }

    // An empty list of allowed vehicles or zones says "none", an absent one "any".
    private static readonly HashSet<string> Required = new(StringComparer.Ordinal)
    {
        "places", "profiles", "depots", "vehicles", "jobs", "alternatives", "visits", "routes", "steps", "unserved", "allowedVehicles", "zones", "x", "y", "distances", "durations", "sets", "closed", "fromSeconds", "factorPermille", "previous", "capacityByClass",
    };

    private sealed class PlaceConverter : JsonConverter<Place>
    {
        public override Place Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Place value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("id", value.Id);
            if (!double.IsNaN(value.X)) writer.WriteNumber("x", value.X);
            if (!double.IsNaN(value.Y)) writer.WriteNumber("y", value.Y);
            writer.WriteEndObject();
        }
    }
}
