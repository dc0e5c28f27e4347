using System.Text.Json;
using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Json;

/// <summary>Writes travel profiles: with few places each with its own rows, with many as indexes into shared matrices.</summary>
internal static class TravelWriting
{
    /// <summary>From this many places on matrices are shared: below, a file that reads at a glance is worth more.</summary>
    private const int SharedFrom = 64;

    public static bool IsShared(Problem problem) => problem.Profiles.Any(p => p is not EuclideanTravel && p.PlaceCount >= SharedFrom);

    /// <param name="pool">Where the matrices go; null = rows in place.</param>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<TravelProfile> profiles, MatrixPool? pool)
    {
        writer.WriteStartArray();
        foreach (var profile in profiles) Write(writer, profile, pool);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, TravelProfile whole, MatrixPool? pool)
    {
        var part = whole as PartTravel;
        TravelProfile profile = part is null ? whole : part.Part;
        int n = profile.PlaceCount;
        writer.WriteStartObject();
        if (profile is EuclideanTravel plane)
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
            if (part is not null) WriteInts(writer, "places", part.Places);
            var matrix = profile as MatrixTravel;
            Matrix("distances", matrix?.Distances ?? Cells(n, profile.Distance));
            Matrix("durations", matrix?.Durations ?? Cells(n, profile.Duration));
        }

        if (profile.Bands is { } bands)
        {
            writer.WriteStartObject("bands");
            WriteInts(writer, "fromSeconds", bands.FromSeconds);
            writer.WriteStartArray("factorPermille");
            foreach (var row in bands.FactorPermille) WriteInts(writer, null, row);
            writer.WriteEndArray();
            if (bands.LegClass is { } classes)
            {
                if (pool is not null) writer.WriteNumber("legClass", pool.Add(classes));
                else WriteRows(writer, "legClass", n, i => classes[i]);
            }

            writer.WriteEndObject();
        }

        if (profile.Closures is { } closures)
        {
            writer.WriteStartObject("closures");
            if (pool is not null) writer.WriteNumber("setOfLeg", pool.Add(closures.SetOfLeg));
            else WriteRows(writer, "setOfLeg", n, i => closures.SetOfLeg[i]);
            WriteSets(writer, closures.Sets);
            if (closures.DetourDistance is { } distances) Matrix("detourDistance", distances);
            if (closures.DetourDuration is { } durations) Matrix("detourDuration", durations);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();

        void Matrix(string name, int[] cells)
        {
            if (pool is not null) writer.WriteNumber(name, pool.Add(cells));
            else WriteRows(writer, name, n, i => cells[i]);
        }
    }

    private static int[] Cells(int n, Func<int, int, int> leg)
    {
        var cells = new int[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++) cells[(i * n) + j] = leg(i, j);
        }

        return cells;
    }

    private static void WriteSets(Utf8JsonWriter writer, IReadOnlyList<ClosedInterval[]> sets)
    {
        writer.WriteStartArray("sets");
        foreach (var set in sets)
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
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, double[] numbers)
    {
        writer.WriteStartArray(name);
        foreach (double number in numbers) writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    private static void WriteInts(Utf8JsonWriter writer, string? name, IReadOnlyList<int> numbers)
    {
        if (name is null) writer.WriteStartArray();
        else writer.WriteStartArray(name);
        foreach (int number in numbers) writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    private static void WriteRows(Utf8JsonWriter writer, string name, int n, Func<int, int> cell)
    {
        writer.WriteStartArray(name);
        for (int i = 0; i < n; i++)
        {
            writer.WriteStartArray();
            for (int j = 0; j < n; j++) writer.WriteNumberValue(cell((i * n) + j) is var value && value == TravelProfile.Unreachable ? -1 : value);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }
}
