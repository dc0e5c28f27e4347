using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Json;

/// <summary>Travel profiles: <c>matrix</c> (rows of metres and seconds, −1 = unreachable) or <c>euclidean</c>.</summary>
internal static class TravelJson
{
    public static TravelProfile? Read(JsonReading profile)
    {
        string kind = profile.RequireText("kind");
        var bands = profile.Find("bands", b => ReadBands(b));
        var closures = profile.Find("closures", c => ReadClosures(c));
        switch (kind)
        {
            case "matrix":
                var distances = Flatten(profile, "distances", out int n);
                var durations = profile.Has("durations") ? Flatten(profile, "durations", out int m) : (Cells: distances, m = n).Cells;
                if (durations.Length != distances.Length) profile.Fail("durations", $"has {durations.Length} cells, distances has {distances.Length}.");
                return new MatrixTravel(n, distances, durations) { Bands = bands, Closures = closures };
            case "euclidean":
                var (x, y) = (profile.Numbers("x"), profile.Numbers("y"));
                if (x.Count != y.Count) profile.Fail("y", $"has {y.Count} numbers, x has {x.Count}.");
                double scale = profile.Number("scale", 1);
                if (scale <= 0) profile.Fail("scale", $"{scale} must be > 0.");
                return new EuclideanTravel([.. x], [.. y], scale, profile.Choice("rounding", PlaneRounding.Nearest)) { Bands = bands, Closures = closures };
            default:
                profile.Fail("kind", $"'{kind}' is not one of matrix, euclidean.");
                return null;
        }
    }

    private static TimeBands ReadBands(JsonReading bands) => new(
        [.. bands.Ints("fromSeconds")],
        [.. bands.IntRows("factorPermille").Select(row => row.ToArray())],
        bands.Has("legClass") ? [.. Flatten(bands, "legClass", out _).Select(c => (byte)Math.Clamp(c, 0, byte.MaxValue))] : null);

    private static LegClosures ReadClosures(JsonReading closures) => new(
        [.. Flatten(closures, "setOfLeg", out _).Select(s => (ushort)Math.Clamp(s, 0, ushort.MaxValue))],
        closures.List("sets", set => set.List("closed", i => new ClosedInterval(i.RequireInt("from"), i.RequireInt("until"))).ToArray()),
        closures.Has("detourDistance") ? Flatten(closures, "detourDistance", out _) : null,
        closures.Has("detourDuration") ? Flatten(closures, "detourDuration", out _) : null);

    private static int[] Flatten(JsonReading owner, string name, out int n)
    {
        var rows = owner.IntRows(name);
        n = rows.Count;
        var cells = new int[n * n];
        for (int i = 0; i < n; i++)
        {
            if (rows[i].Count != n)
            {
                owner.Fail($"{name}[{i}]", $"has {rows[i].Count} cells, a square matrix of {n} rows needs {n}.");
                continue;
            }

            for (int j = 0; j < n; j++) cells[(i * n) + j] = rows[i][j] == -1 ? TravelProfile.Unreachable : rows[i][j];
        }

        return cells;
    }
}
