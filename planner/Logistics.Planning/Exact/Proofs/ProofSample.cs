using Logistics.Routing.Model;

namespace Logistics.Planning.Exact.Proofs;

/// <summary>Small rich problems by seed: alternatives, pairs, windows, two capacities, nested resources, skills, limits, several vehicles.</summary>
public static class ProofSample
{
    /// <summary>A problem with <paramref name="jobs"/> jobs.</summary>
    /// <param name="jobs">1 to 14.</param>
    /// <param name="seed">The same seed gives the same problem.</param>
    /// <param name="hasThinPrizes">A job's prize may be less than a vehicle's fixed cost, so that a vehicle pays only for several jobs together.</param>
    public static Problem Make(int jobs, int seed, bool hasThinPrizes = false)
    {
        var random = new Random(seed);
        // Place 0 is the depot; terminals are shared by many visits, doors belong to one.
        var (terminals, places) = (1 + (jobs / 4), 2 + (jobs / 4) + (2 * jobs));
        return new Problem
        {
            Name = $"proof {jobs} jobs, seed {seed}",
            Dimensions = 2,
            Places = [.. Enumerable.Range(0, places).Select(p => new Place($"place {p}"))],
            Profiles = [Travel(random, places, 1.0), Travel(random, places, 1.3)],
            Depots = [new() { Id = "hub", Place = 0, LoadingSecondsPerTrip = random.Next(3) * 300 }],
            Vehicles = [.. Enumerable.Range(0, 1 + random.Next(1, 3)).Select(v => Vehicle(random, v, jobs))],
            Jobs = [.. Enumerable.Range(0, jobs).Select(j => Job(random, j, terminals, hasThinPrizes ? 8000 : 90000))],
            Resources = [.. Enumerable.Range(0, terminals).Select(t => new SharedResource { Id = $"terminal {t}", CapacityByClass = [random.Next(0, 3), random.Next(0, 3)] })],
        };
    }

    private static MatrixTravel Travel(Random random, int places, double factor)
    {
        var at = Enumerable.Range(0, places).Select(_ => (X: random.Next(8000), Y: random.Next(8000))).ToArray();
        var (metres, seconds) = (new int[places * places], new int[places * places]);
        for (var a = 0; a < places; a++)
            for (var b = 0; b < places; b++)
            {
                if (a == b) continue;
                // One-way streets make it asymmetric.
                metres[(a * places) + b] = Math.Abs(at[a].X - at[b].X) + Math.Abs(at[a].Y - at[b].Y) + random.Next(200);
                seconds[(a * places) + b] = (int)(metres[(a * places) + b] * factor / 7) + random.Next(30);
            }

        return new MatrixTravel(places, metres, seconds);
    }

    private static Vehicle Vehicle(Random random, int index, int jobs) => new()
    {
        Id = $"vehicle {index}",
        Profile = random.Next(2),
        Capacity = [3 + random.Next(jobs), 20 + random.Next(8 * jobs)],
        Shift = new TimeWindow(random.Next(0, 1800), 14400 + random.Next(10000)),
        MaxDistance = random.Next(4) == 0 ? 25000 + random.Next(30000) : null,
        MaxTasks = random.Next(4) == 0 ? 3 + random.Next(jobs) : null,
        FixedCost = random.Next(0, 20000),
        CostPerMetre = 1 + random.Next(2),
        CostPerSecond = random.Next(3),
        RegularSeconds = random.Next(3) == 0 ? 7000 : null,
        CostPerOvertimeSecond = 3,
        Skills = random.Next(2) == 0 ? [1] : [],
    };

    private static Job Job(Random random, int index, int terminals, int leastPrize)
    {
        var door = 1 + terminals + (2 * index);
        var ways = new List<Alternative>();
        if (random.Next(6) == 0)
        {
            ways.Add(new Alternative { Visits = [Visit(random, door, isPair: true), Visit(random, door + 1, isPair: true) with { Pickup = [] }], MaxRideSeconds = random.Next(2) == 0 ? 4000 : null });
        }
        else
        {
            var visit = Visit(random, door);
            ways.Add(new Alternative { Visits = [visit], Skills = random.Next(6) == 0 ? [1] : [], ReleaseTime = visit.Delivery.Count > 0 && random.Next(5) == 0 ? random.Next(3000) : 0 });
            if (random.Next(3) > 0)
            {
                var terminal = random.Next(terminals);
                ways.Add(new Alternative
                {
                    Visits = [Visit(random, 1 + terminal) with { Uses = [new ResourceUse(terminal, random.Next(2))] }],
                    PreferenceCost = random.Next(4000),
                });
            }
        }

        return new Job { Id = $"job {index}", Alternatives = ways, UnservedCost = leastPrize + random.Next(40000) };
    }

    private static Visit Visit(Random random, int place, bool isPair = false)
    {
        var amounts = new long[] { 1, 1 + random.Next(10) };
        var opens = random.Next(8000);
        return new Visit
        {
            Place = place,
            Windows = random.Next(3) switch
            {
                0 => [],
                1 => [new TimeWindow(opens, opens + 1800 + random.Next(5000))],
                _ => [new TimeWindow(opens, opens + 900), new TimeWindow(opens + 3000, opens + 5000)],
            },
            SetupSeconds = random.Next(3) * 60,
            HandlingSeconds = 60 + random.Next(120),
            DueTime = random.Next(4) == 0 ? opens + 1000 : null,
            CostPerLateSecond = 2,
            Delivery = !isPair && random.Next(4) > 0 ? amounts : [],
            Pickup = isPair || random.Next(8) == 0 ? amounts : [],
        };
    }
}
