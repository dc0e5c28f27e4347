using Logistics.Routing.Model;

namespace Logistics.Routing.Tests.Search;

/// <summary>Small random problems in which any features may meet. The same seed gives the same problem.</summary>
internal static class RandomProblems
{
    public static Problem Make(int seed, int jobs)
    {
        var random = new Random(seed);
        bool Chance(double p) => random.NextDouble() < p;
        int places = 4 + random.Next(jobs + 2);
        int dimensions = random.Next(3);
        int vehicles = 1 + random.Next(4);
        bool hasPairs = Chance(0.3), hasSlots = Chance(0.25);
        var resources = MakeResources(random, jobs, hasSlots);
        var depots = Enumerable.Range(0, 1 + random.Next(2)).Select(d => new Depot
        {
            Id = $"depot {d}",
            Place = random.Next(places),
            Open = Chance(0.3) ? new TimeWindow(random.Next(50), 700 + random.Next(300)) : TimeWindow.Always,
            LoadingSecondsPerTrip = Chance(0.4) ? random.Next(15) : 0,
            Dock = hasSlots && Chance(0.4) ? new ResourceUse(resources.Count - 1, 0) : null,
        }).ToList();
        bool hasWindows = Chance(0.6), isFlexible = Chance(0.4), hasUses = resources.Count > 0 && Chance(0.7), hasReleases = Chance(0.3), hasDue = Chance(0.2), hasGroups = Chance(0.3);
        bool isOnArrival = Chance(0.2);
        var list = new List<Job>();
        for (int j = 0; j < jobs; j++)
        {
            bool isPair = hasPairs && Chance(0.6);
            var alternatives = Enumerable.Range(0, isFlexible ? 1 + random.Next(3) : 1).Select(a => new Alternative
            {
                Visits = isPair
                    ? [Visit(true), Visit(false)]
                    : [Visit(false) with { Delivery = Amounts(0.8), Pickup = Amounts(0.3) }],
                PreferenceCost = Chance(0.3) ? random.Next(100) : 0,
                Level = a,
                Skills = Chance(0.1) ? [random.Next(2)] : [],
                AllowedVehicles = Chance(0.1) ? [random.Next(vehicles)] : null,
                ForbiddenVehicles = Chance(0.1) ? [random.Next(vehicles)] : [],
                GoodsClass = hasGroups ? random.Next(4) : 0,
                ReleaseTime = hasReleases && !isPair ? random.Next(150) : 0,
                MaxRideSeconds = isPair && Chance(0.3) ? 50 + random.Next(150) : null,
            }).ToList();
            list.Add(new Job { Id = $"job {j}", Alternatives = alternatives, UnservedCost = Chance(0.9) ? 200 + random.Next(3000) : 5000, Group = hasGroups ? random.Next(2) : null });
        }

        Visit Visit(bool isPickup)
        {
            int at = random.Next(800);
            List<TimeWindow> windows = !hasWindows || Chance(0.4) ? [] : Chance(0.3) && !isOnArrival
                ? [new(at, at + 60), new(at + 120, at + 200)]
                : [new(at, at + 40 + random.Next(300))];
            return new Visit
            {
                Place = random.Next(places),
                Windows = windows,
                IsWindowOnStopArrival = isOnArrival,
                SetupSeconds = Chance(0.5) ? random.Next(20) : 0,
                HandlingSeconds = random.Next(10),
                DueTime = hasDue && Chance(0.5) ? at + 20 : null,
                CostPerLateSecond = hasDue ? random.Next(5) : 0,
                Pickup = isPickup ? Amounts(1) : [],
                Uses = hasUses && !isPickup && Chance(0.6) ? [new ResourceUse(random.Next(resources.Count), random.Next(2))] : [],
                Zone = Chance(0.1) ? random.Next(2) : null,
            };
        }

        IReadOnlyList<long> Amounts(double chance) => Chance(chance) ? [.. Enumerable.Range(0, dimensions).Select(_ => (long)random.Next(6))] : [];

        var profiles = Enumerable.Range(0, 1 + random.Next(2)).Select(_ => MakeTravel(random, places)).ToList();
        bool hasReloads = Chance(0.3), hasBreaks = Chance(0.3), hasDurationCost = Chance(0.4);
        var fleet = Enumerable.Range(0, vehicles).Select(v => new Vehicle
        {
            Id = $"vehicle {v}",
            Profile = random.Next(profiles.Count),
            StartDepot = Chance(0.95) ? random.Next(depots.Count) : null,
            EndDepot = Chance(0.85) ? random.Next(depots.Count) : null,
            Capacity = Chance(0.8) ? [.. Enumerable.Range(0, dimensions).Select(_ => (long)(6 + random.Next(12)))] : [],
            Shift = Chance(0.5) ? new TimeWindow(random.Next(60), 600 + random.Next(500)) : TimeWindow.Always,
            LatestStart = Chance(0.1) ? 200 : null,
            MaxDistance = Chance(0.15) ? 300 + random.Next(400) : null,
            MaxDurationSeconds = Chance(0.15) ? 200 + random.Next(500) : null,
            MaxTravelSeconds = Chance(0.1) ? 200 + random.Next(400) : null,
            MaxStops = Chance(0.15) ? 1 + random.Next(4) : null,
            MaxTasks = Chance(0.15) ? 1 + random.Next(5) : null,
            FixedCost = random.Next(200),
            CostPerMetre = random.Next(4),
            CostPerSecond = hasDurationCost ? random.Next(3) : 0,
            CostPerTravelSecond = Chance(0.3) ? 1 : 0,
            RegularSeconds = Chance(0.2) ? 200 : null,
            CostPerOvertimeSecond = random.Next(4),
            Skills = Chance(0.5) ? [0, 1] : [0],
            Zones = Chance(0.2) ? [0] : null,
            MaxTrips = hasReloads ? 1 + random.Next(3) : 1,
            ReloadDepots = hasReloads ? [random.Next(depots.Count)] : [],
            Breaks = hasBreaks && Chance(0.7) ? MakeBreaks(random) : [],
        }).ToList();
        int assigned = random.Next(jobs + 1);
        return new Problem
        {
            Name = $"random {seed}",
            Dimensions = dimensions,
            Places = [.. Enumerable.Range(0, places).Select(p => new Place($"place {p}"))],
            Profiles = profiles,
            Depots = depots,
            Vehicles = fleet,
            Jobs = list,
            Resources = resources,
            ServiceLevels = isFlexible && Chance(0.3) ? [new ServiceLevel(null, 0, random.Next(Math.Max(1, jobs / 2)))] : [],
            GoodsConflicts = hasGroups ? [new GoodsConflict(1, 2), new GoodsConflict(3, 3)] : [],
            Balance = Chance(0.15) ? new BalanceRule((BalanceMeasure)random.Next(3), random.Next(3)) : null,
            Disturbance = Chance(0.15)
                ? new DisturbanceRule
                {
                    Previous = [.. Enumerable.Range(0, jobs).Select(j => j < assigned ? new PreviousAssignment(random.Next(vehicles), random.Next(list[j].Alternatives.Count)) : null)],
                    CostPerJob = random.Next(100),
                }
                : null,
        };
    }

    private static List<SharedResource> MakeResources(Random random, int jobs, bool hasSlots)
    {
        var resources = Enumerable.Range(0, random.Next(3)).Select(r => new SharedResource { Id = $"resource {r}", CapacityByClass = [random.Next(3), 1 + random.Next(jobs)] }).ToList();
        if (hasSlots) resources.Add(new SharedResource { Id = "slots", CapacityByClass = [1, 1], SlotSeconds = 60 });
        return resources;
    }

    private static List<Break> MakeBreaks(Random random) =>
        [.. Enumerable.Range(0, 1 + random.Next(2)).Select(b => new Break
        {
            Id = $"break {b}",
            Windows = [new TimeWindow(150 + (250 * b), 250 + (250 * b) + random.Next(100))],
            DurationSeconds = 10 + random.Next(30),
            IsWaivedIfRouteEndsBefore = random.Next(2) == 0,
        })];

    private static MatrixTravel MakeTravel(Random random, int places)
    {
        var x = Enumerable.Range(0, places).Select(_ => random.Next(100)).ToArray();
        var y = Enumerable.Range(0, places).Select(_ => random.Next(100)).ToArray();
        var distances = new int[places * places];
        var durations = new int[places * places];
        bool hasGaps = random.Next(5) == 0;
        for (int i = 0; i < places; i++)
        {
            for (int j = 0; j < places; j++)
            {
                if (i == j) continue;
                distances[(i * places) + j] = Math.Abs(x[i] - x[j]) + Math.Abs(y[i] - y[j]) + random.Next(10);
                durations[(i * places) + j] = (distances[(i * places) + j] / 2) + random.Next(10);
                if (hasGaps && random.Next(8) == 0) distances[(i * places) + j] = durations[(i * places) + j] = TravelProfile.Unreachable;
            }
        }

        var bands = random.Next(5) == 0 ? new TimeBands([200, 400], [[1000, 1500, 900]], null) : null;
        var closures = random.Next(5) == 0 ? MakeClosures(random, places, distances, durations) : null;
        return new MatrixTravel(places, distances, durations) { Bands = bands, Closures = closures };
    }

    private static LegClosures MakeClosures(Random random, int places, int[] distances, int[] durations)
    {
        var sets = new ushort[places * places];
        for (int leg = 0; leg < sets.Length; leg++) sets[leg] = (ushort)(random.Next(3) == 0 ? 1 : 0);
        bool hasDetours = random.Next(2) == 0;
        int[] Longer(int[] legs) => [.. legs.Select(l => l == TravelProfile.Unreachable ? l : (l * 3 / 2) + 5)];
        return new LegClosures(sets, [[new ClosedInterval(100, 180), new ClosedInterval(300, 350)]], hasDetours ? Longer(distances) : null, hasDetours ? Longer(durations) : null);
    }
}
