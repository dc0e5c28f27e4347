using System.Text.Json;

namespace Logistics.Planning.Formats;

/// <summary>A best-known solution value: published cost and, where stated, vehicles.</summary>
public sealed record BestKnown(double Cost, int? Vehicles)
{
    // Columns under which our folders' files state the value for the convention each folder uses, in order of preference.
    private static readonly string[] CostColumns = ["bks_dimacs", "bks_rounded", "bks_distance", "bks_cost", "bks", "cost"];
    private static readonly string[] VehicleColumns = ["bks_dimacs_vehicles", "bks_vehicles", "bks_routes", "vehicles"];

    /// <summary>Values of a <c>bks.json</c>: instance name → fields. Unreadable text gives none.</summary>
    public static IReadOnlyDictionary<string, BestKnown> ReadJson(string text)
    {
        var known = new Dictionary<string, BestKnown>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return known;
            foreach (var entry in document.RootElement.EnumerateObject())
            {
                if (entry.Value.ValueKind != JsonValueKind.Object) continue;
                var fields = entry.Value.EnumerateObject().ToDictionary(f => f.Name, f => f.Value.ToString(), StringComparer.Ordinal);
                Add(known, entry.Name, fields);
            }
        }
        catch (JsonException)
        {
            return known;
        }

        return known;
    }

    /// <summary>Values of a <c>bks.csv</c> with a header line and the column <c>instance</c>.</summary>
    public static IReadOnlyDictionary<string, BestKnown> ReadCsv(string text)
    {
        var known = new Dictionary<string, BestKnown>(StringComparer.Ordinal);
        var rows = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(',')).ToList();
        if (rows.Count == 0 || Array.IndexOf(rows[0], "instance") is var name && name < 0) return known;
        foreach (var row in rows.Skip(1))
        {
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            for (int i = 0; i < Math.Min(row.Length, rows[0].Length); i++) fields[rows[0][i]] = row[i];
            if (fields.TryGetValue("instance", out string? instance)) Add(known, instance, fields);
        }

        return known;
    }

    private static void Add(Dictionary<string, BestKnown> known, string instance, Dictionary<string, string> fields)
    {
        if (Find(fields, CostColumns) is { } cost) known[instance] = new BestKnown(cost, Find(fields, VehicleColumns) is { } vehicles ? (int)vehicles : null);
    }

    private static double? Find(Dictionary<string, string> fields, string[] columns)
    {
        foreach (string column in columns)
            if (fields.TryGetValue(column, out string? text) && NumberLines.TryNumber(text, out double value) && value > 0) return value;
        return null;
    }
}
