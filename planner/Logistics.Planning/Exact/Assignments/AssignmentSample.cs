namespace Logistics.Planning.Exact.Assignments;

/// <summary>A believable day of a district, by seed: for the tests and the benchmark.</summary>
public static class AssignmentSample
{
    private static readonly string[] Partners = ["p0", "p1", "p2", "p3", "p4"];

    /// <summary>Parcels and terminals scattered over five by five kilometres, each parcel with its nearest candidates.</summary>
    /// <param name="parcels">Number of parcels.</param>
    /// <param name="terminals">Number of terminals.</param>
    /// <param name="candidates">Candidates per parcel.</param>
    /// <param name="seed">The same seed gives the same day.</param>
    /// <param name="fill">Parcels per compartment; near 1 the capacities bind.</param>
    public static AssignmentProblem Day(int parcels, int terminals, int candidates, int seed, double fill = 0.95)
    {
        var random = new Random(seed);
        var places = Enumerable.Range(0, terminals).Select(_ => (X: random.Next(5000), Y: random.Next(5000))).ToArray();
        var compartments = (int)(parcels / fill / terminals);
        return new AssignmentProblem
        {
            SizeClasses = ["S", "M", "L"],
            Terminals = [.. Enumerable.Range(0, terminals).Select(t => Terminal(random, t, compartments))],
            Parcels = [.. Enumerable.Range(0, parcels).Select(p => Parcel(random, p, places, candidates))],
            CostPerWalkedMetre = 1,
        };
    }

    private static AssignmentTerminal Terminal(Random random, int index, int compartments)
    {
        var size = Math.Max(3, (int)(compartments * (0.7 + (0.6 * random.NextDouble()))));
        var (small, medium) = ((int)(size * 0.5), (int)(size * 0.33));
        var quotas = Partners.Where(_ => random.NextDouble() < 0.6).ToDictionary(p => p, _ => (int)Math.Ceiling(size * (0.18 + (0.2 * random.NextDouble()))), StringComparer.Ordinal);
        return new AssignmentTerminal($"t{index}", [small, medium, size - small - medium], quotas);
    }

    private static AssignmentParcel Parcel(Random random, int index, (int X, int Y)[] places, int candidates)
    {
        var home = (X: random.Next(5000), Y: random.Next(5000));
        var sizeClass = random.NextDouble() switch { < 0.55 => 0, < 0.85 => 1, _ => 2 };
        var nearest = Enumerable.Range(0, places.Length)
            .Select(t => (Terminal: t, Metres: (int)Math.Sqrt(Math.Pow(places[t].X - home.X, 2) + Math.Pow(places[t].Y - home.Y, 2))))
            .OrderBy(t => t.Metres)
            .Take(candidates)
            .Select(t => new AssignmentCandidate(t.Terminal, random.Next(0, 300), t.Metres))
            .ToList();
        return new AssignmentParcel($"q{index}", sizeClass, Partners[random.Next(Partners.Length)], nearest, 6000);
    }
}
