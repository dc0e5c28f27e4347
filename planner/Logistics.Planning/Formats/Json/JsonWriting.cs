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
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new TravelConverter(), new PlaceConverter() },
    };

    public static string Write(Problem problem)
    {
        // Matrices hold millions of numbers: they are written straight into the text, never as a tree of nodes.
        const string place = "\"profiles\":[]";
        var root = (JsonObject)JsonSerializer.SerializeToNode(problem with { Profiles = [] }, Options)!;
        root.Insert(0, "format", ProblemJson.Format);
        // In the model an absent depot is null; in the format absent means the first, so none is written as −1.
        var vehicles = root["vehicles"]!.AsArray();
        for (int v = 0; v < vehicles.Count; v++)
        {
            vehicles[v]!["startDepot"] = problem.Vehicles[v].StartDepot ?? -1;
            vehicles[v]!["endDepot"] = problem.Vehicles[v].EndDepot ?? -1;
        }

        string text = Finish(root);
        int at = text.IndexOf(place, StringComparison.Ordinal) + place.Length - 2;
        return string.Concat(text.AsSpan(0, at), JsonSerializer.Serialize(problem.Profiles, Options), text.AsSpan(at + 2));
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

    private sealed class TravelConverter : JsonConverter<TravelProfile>
    {
        public override TravelProfile Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, TravelProfile value, JsonSerializerOptions options)
        {
            int n = value.PlaceCount;
            writer.WriteStartObject();
            if (value is EuclideanTravel plane)
            {
                writer.WriteString("kind", "euclidean");
                writer.WriteNumber("scale", plane.Scale);
                writer.WriteString("rounding", JsonNamingPolicy.CamelCase.ConvertName(plane.Rounding.ToString()));
                WriteNumbers(writer, "x", plane.X);
                WriteNumbers(writer, "y", plane.Y);
            }
            else
            {
                writer.WriteString("kind", "matrix");
                WriteMatrix(writer, "distances", n, value.Distance);
                WriteMatrix(writer, "durations", n, value.Duration);
            }

            if (value.Bands is { } bands)
            {
                writer.WriteStartObject("bands");
                writer.WritePropertyName("fromSeconds");
                JsonSerializer.Serialize(writer, bands.FromSeconds, options);
                writer.WritePropertyName("factorPermille");
                JsonSerializer.Serialize(writer, bands.FactorPermille, options);
                if (bands.LegClass is { } classes) WriteMatrix(writer, "legClass", n, (i, j) => classes[(i * n) + j]);
                writer.WriteEndObject();
            }

            if (value.Closures is { } closures) WriteClosures(writer, closures, n);
            writer.WriteEndObject();
        }

        private static void WriteClosures(Utf8JsonWriter writer, LegClosures closures, int n)
        {
            writer.WriteStartObject("closures");
            WriteMatrix(writer, "setOfLeg", n, (i, j) => closures.SetOfLeg[(i * n) + j]);
            writer.WriteStartArray("sets");
            foreach (var set in closures.Sets)
            {
                writer.WriteStartObject();
                writer.WriteStartArray("closed");
                foreach (var interval in set)
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("from", interval.From);
                    writer.WriteNumber("until", interval.Until);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            if (closures.DetourDistance is { } distances) WriteMatrix(writer, "detourDistance", n, (i, j) => distances[(i * n) + j]);
            if (closures.DetourDuration is { } durations) WriteMatrix(writer, "detourDuration", n, (i, j) => durations[(i * n) + j]);
            writer.WriteEndObject();
        }

        private static void WriteNumbers(Utf8JsonWriter writer, string name, double[] numbers)
        {
            writer.WriteStartArray(name);
            foreach (double number in numbers) writer.WriteNumberValue(number);
            writer.WriteEndArray();
        }

        private static void WriteMatrix(Utf8JsonWriter writer, string name, int n, Func<int, int, int> cell)
        {
            writer.WriteStartArray(name);
            for (int i = 0; i < n; i++)
            {
                writer.WriteStartArray();
                for (int j = 0; j < n; j++) writer.WriteNumberValue(cell(i, j) is var value && value == TravelProfile.Unreachable ? -1 : value);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }
    }
}
