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
    private const int MostPending = 1 << 16;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new PlaceConverter() },
    };

    public static string Write(Problem problem)
    {
        using var text = new MemoryStream();
        Write(text, problem);
        return Encoding.UTF8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    /// <summary>Writes UTF-8 as it goes: jobs one by one, matrices row by row, so that a problem with thousands of places takes no more memory than it has.</summary>
    public static void Write(Stream utf8, Problem problem)
    {
        using (var writer = new Utf8JsonWriter(utf8, new JsonWriterOptions { Encoder = Options.Encoder }))
        {
            var pool = TravelWriting.IsShared(problem) ? new MatrixPool() : null;
            writer.WriteStartObject();
            writer.WriteString("format", pool is null ? ProblemJson.Format : ProblemJson.SharedFormat);
            foreach (var (name, value) in ReadFrame(problem))
            {
                if (name == "profiles") WriteTravel(writer, problem, pool);
                else if (name == "jobs") WriteJobs(writer, problem);
                else
                {
                    writer.WritePropertyName(name);
                    if (value is null) writer.WriteNullValue();
                    else value.WriteTo(writer, Options);
                }
            }

            writer.WriteEndObject();
        }

        utf8.WriteByte((byte)'\n');
    }

    /// <summary>Everything but jobs and travel.</summary>
    private static JsonObject ReadFrame(Problem problem)
    {
        var root = (JsonObject)JsonSerializer.SerializeToNode(problem with { Profiles = [], Jobs = [] }, Options)!;
        // In the model an absent depot is null; in the format absent means the first, so none is written as −1.
        var vehicles = root["vehicles"]!.AsArray();
        for (int v = 0; v < vehicles.Count; v++)
        {
            vehicles[v]!["startDepot"] = problem.Vehicles[v].StartDepot ?? -1;
            vehicles[v]!["endDepot"] = problem.Vehicles[v].EndDepot ?? -1;
        }

        Prune(root);
        return root;
    }

    private static void WriteJobs(Utf8JsonWriter writer, Problem problem)
    {
        writer.WriteStartArray("jobs");
        foreach (var job in problem.Jobs)
        {
            var node = JsonSerializer.SerializeToNode(job, Options)!;
            Prune(node);
            node.WriteTo(writer, Options);
            writer.FlushWhenFull();
        }

        writer.WriteEndArray();
    }

    private static void WriteTravel(Utf8JsonWriter writer, Problem problem, MatrixPool? pool)
    {
        // Matrices come first, so that a reader knows them when profiles name them; with them profiles are short.
        var profiles = new ArrayBufferWriter<byte>();
        using (var apart = new Utf8JsonWriter(profiles)) TravelWriting.Write(apart, problem.Profiles, pool);
        if (pool is not null)
        {
            writer.WritePropertyName("matrices");
            pool.Write(writer);
        }

        writer.WritePropertyName("profiles");
        writer.WriteRawValue(profiles.WrittenSpan, skipInputValidation: true);
    }

    /// <summary>Passes on what has gathered; a writer keeps everything until it is told to.</summary>
    internal static void FlushWhenFull(this Utf8JsonWriter writer)
    {
        if (writer.BytesPending > MostPending) writer.Flush();
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
