using Logistics.Planning.Formats.Json;
using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Vroom;

/// <summary>Seconds, metres and custom costs between places for one (profile, speed factor); row-major.</summary>
internal sealed record VroomMatrices(int[] Durations, int[]? Distances, int[]? Costs);

/// <summary>Travel of a request: its matrices, or the given estimate where it has none.</summary>
internal static class VroomTravel
{
    private const double DetourFactor = 1.3, MetresPerSecond = 10, EarthRadiusMetres = 6_371_008.8;

    /// <summary>Matrices by (profile, speed factor) of the vehicles.</summary>
    public static Dictionary<(string Profile, double Speed), VroomMatrices> Read(JsonReading root, VroomPlaces places, List<VroomFleet.Entry> vehicles, VroomLegs legs, bool isDistanceAsked)
    {
        var given = ReadMatrices(root, places);
        var travel = new Dictionary<(string, double), VroomMatrices>();
        foreach (var (profile, speed) in vehicles.Select(v => (v.Profile, v.SpeedFactor)).Distinct())
        {
            bool isGiven = given.TryGetValue(profile, out var matrices) || given.TryGetValue("", out matrices);
            bool needsDistances = isDistanceAsked || vehicles.Exists(v => v.Profile == profile && (v.PerKm > 0 || v.Model.MaxDistance is not null));
            if (!isGiven || (matrices!.Distances is null && needsDistances))
            {
                // Nobody is asked for travel between places that are not understood.
                if (!places.HasMatrices && root.Errors.Count > 0) return travel;
                bool isLocated = places.FindUnlocated() is null;
                if (!isGiven && !isLocated)
                {
                    root.Fail("matrices", $"there is no matrix for profile '{profile}'.");
                    continue;
                }

                if (isLocated && root.Errors.Count == 0)
                {
                    // What matrices do not say, coordinates do.
                    var (durations, distances) = legs(profile, [.. places.Locations.Select(l => l!)]);
                    matrices = isGiven ? matrices! with { Distances = distances } : new VroomMatrices(durations, distances, null);
                }

                if (matrices is null) continue;
            }

            travel[(profile, speed)] = matrices with { Durations = [.. matrices.Durations.Select(d => d == TravelProfile.Unreachable ? d : (int)Math.Round(d / speed))] };
        }

        return travel;
    }

    private static Dictionary<string, VroomMatrices> ReadMatrices(JsonReading root, VroomPlaces places)
    {
        var given = new Dictionary<string, VroomMatrices>(StringComparer.Ordinal);
        if (root.Has("matrix")) given[""] = new VroomMatrices(Cut(root, "matrix", places), null, null);
        foreach (var (profile, matrices) in root.Map("matrices", m =>
        {
            m.Require("durations");
            return new VroomMatrices(Cut(m, "durations", places), m.Has("distances") ? Cut(m, "distances", places) : null, m.Has("costs") ? Cut(m, "costs", places) : null);
        })) given[profile] = matrices;
        return given;
    }

    /// <summary>The rows and columns of the places in use.</summary>
    private static int[] Cut(JsonReading owner, string name, VroomPlaces places)
    {
        var rows = owner.IntRows(name);
        int n = places.Rows.Count;
        var cells = new int[n * n];
        for (int i = 0; i < rows.Count; i++)
            if (rows[i].Count != rows.Count) owner.Fail($"{name}[{i}]", $"has {rows[i].Count} cells, the matrix has {rows.Count} rows.");
        if (places.Rows.Exists(r => r >= rows.Count)) owner.Fail(name, $"has {rows.Count} rows, index {places.Rows.Max()} is used.");
        if (rows.Exists(row => row.Count != rows.Count) || places.Rows.Exists(r => r < 0 || r >= rows.Count)) return cells;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                int cell = i == j ? 0 : rows[places.Rows[i]][places.Rows[j]];
                if (cell < 0) owner.Fail($"{name}[{places.Rows[i]}][{places.Rows[j]}]", $"{cell} must be ≥ 0.");
                cells[(i * n) + j] = cell > TimeWindow.Horizon ? TravelProfile.Unreachable : cell;
            }
        }

        return cells;
    }

    public static (int[] Durations, int[] Distances) GreatCircle(string profile, IReadOnlyList<double[]> locations)
    {
        int n = locations.Count;
        var (durations, distances) = (new int[n * n], new int[n * n]);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double metres = DetourFactor * Haversine(locations[i], locations[j]);
                distances[(i * n) + j] = (int)Math.Round(metres);
                durations[(i * n) + j] = (int)Math.Round(metres / MetresPerSecond);
            }
        }

        return (durations, distances);
    }

    private static double Haversine(double[] from, double[] to)
    {
        double latFrom = double.DegreesToRadians(from[1]), latTo = double.DegreesToRadians(to[1]);
        double sinLat = Math.Sin((latTo - latFrom) / 2), sinLon = Math.Sin(double.DegreesToRadians(to[0] - from[0]) / 2);
        return 2 * EarthRadiusMetres * Math.Asin(Math.Sqrt(Math.Min(1, (sinLat * sinLat) + (Math.Cos(latFrom) * Math.Cos(latTo) * sinLon * sinLon))));
    }
}
