using Logistics.Routing.Model;

namespace Logistics.Routing.Tests.Search;

/// <summary>Single changes to a problem: mostly senseless, sometimes only unusual.</summary>
internal static class ProblemMutations
{
    private static readonly int[] Strange = [0, 1, -1, 2, 3, 17, 99, 100_000, 1 << 29, TimeWindow.Horizon, TimeWindow.Horizon + 1, int.MaxValue, int.MinValue];

    public static Problem Apply(Problem problem, Random random)
    {
        int x = Strange[random.Next(Strange.Length)];
        int vehicle = random.Next(Math.Max(1, problem.Vehicles.Count)), job = random.Next(Math.Max(1, problem.Jobs.Count));
        return random.Next(12) switch
        {
            0 => problem with { Dimensions = Math.Min(x, 5) },
            1 => problem with { Depots = [.. problem.Depots.Select(d => random.Next(2) == 0 ? d with { Place = x } : d with { LoadingSecondsPerTrip = x, Open = new TimeWindow(x, random.Next(200)) })] },
            2 => problem with { Profiles = [Mutate((MatrixTravel)problem.Profiles[0], random, x), .. problem.Profiles.Skip(1)] },
            3 or 4 or 5 => problem with { Vehicles = [.. problem.Vehicles.Select((v, i) => i == vehicle ? Mutate(v, random, x) : v)] },
            6 or 7 or 8 => problem with { Jobs = [.. problem.Jobs.Select((j, i) => i == job ? Mutate(j, random, x) : j)] },
            9 => problem with { Vehicles = [.. problem.Vehicles.Select((v, i) => i == vehicle ? v with { Committed = MakeHistory(random, problem, x) } : v)] },
            10 => MutateRules(problem, random, x),
            _ => random.Next(3) switch { 0 => problem with { Jobs = [] }, 1 => problem with { Vehicles = [] }, _ => problem with { Resources = [.. problem.Resources.Select(r => r with { CapacityByClass = [x], SlotSeconds = random.Next(3) })] } },
        };
    }

    private static MatrixTravel Mutate(MatrixTravel travel, Random random, int x)
    {
        int[] distances = [.. travel.Distances], durations = [.. travel.Durations];
        int n = travel.PlaceCount;
        switch (random.Next(6))
        {
            case 0: return new MatrixTravel(n + random.Next(3) - 1, distances, durations);
            case 1: return new MatrixTravel(n, distances[..random.Next(distances.Length)], durations);
            case 2: durations[random.Next(durations.Length)] = x; break;
            case 3: Array.Fill(durations, TravelProfile.Unreachable); break;
            case 4: return new MatrixTravel(n, distances, durations) { Bands = new TimeBands([x, 50], [[1000, random.Next(3000), 900]], random.Next(2) == 0 ? null : [.. Enumerable.Repeat((byte)random.Next(2), n * n)]) };
            default: return new MatrixTravel(n, distances, durations) { Closures = new LegClosures([.. Enumerable.Repeat((ushort)random.Next(3), n * n)], [[new ClosedInterval(x, random.Next(300))]], random.Next(2) == 0 ? null : distances, null) };
        }

        return new MatrixTravel(n, distances, durations);
    }

    private static Vehicle Mutate(Vehicle vehicle, Random random, int x) => random.Next(14) switch
    {
        0 => vehicle with { Profile = x },
        1 => vehicle with { StartDepot = random.Next(2) == 0 ? x : null, EndDepot = random.Next(2) == 0 ? x : null },
        2 => vehicle with { Capacity = [x, x] },
        3 => vehicle with { Shift = new TimeWindow(x, random.Next(400)) },
        4 => vehicle with { LatestStart = x },
        5 => vehicle with { MaxDistance = x, MaxDurationSeconds = random.Next(2) == 0 ? x : null },
        6 => vehicle with { MaxStops = x, MaxTasks = x },
        7 => vehicle with { FixedCost = (long)x << random.Next(31), CostPerMetre = x, CostPerSecond = x },
        8 => vehicle with { RegularSeconds = x, CostPerOvertimeSecond = (long)x << random.Next(31) },
        9 => vehicle with { MaxTrips = x, ReloadDepots = random.Next(2) == 0 ? [x] : [0] },
        10 => vehicle with { Breaks = [new Break { Id = "b", Windows = random.Next(2) == 0 ? [] : [new TimeWindow(x, x)], DurationSeconds = x, MaxLoad = [x] }] },
        11 => vehicle with { Zones = [x], Skills = [x] },
        12 => vehicle with { MaxTravelSeconds = x },
        _ => vehicle with { CostPerTravelSecond = long.MaxValue },
    };

    private static Job Mutate(Job job, Random random, int x)
    {
        if (job.Alternatives is not [{ Visits.Count: > 0 } first, ..]) return job;
        var visit = first.Visits[0];
        return random.Next(14) switch
        {
            0 => job with { Alternatives = [] },
            1 => job with { Alternatives = [first with { Visits = [] }] },
            2 => job with { Alternatives = [first with { Visits = [visit, visit, visit] }] },
            3 => job with { UnservedCost = (long)x << random.Next(34) },
            4 => job with { UnservedCost = null, Group = x },
            5 => WithVisit(visit with { Place = x }),
            6 => WithVisit(visit with { Windows = [new TimeWindow(x, 100), new TimeWindow(random.Next(200), x)] }),
            7 => WithVisit(visit with { SetupSeconds = x, HandlingSeconds = x }),
            8 => WithVisit(visit with { Delivery = [x], Pickup = [x, x, x] }),
            9 => WithVisit(visit with { Uses = [new ResourceUse(x, random.Next(3), x)] }),
            10 => job with { Alternatives = [first with { AllowedVehicles = [x], ForbiddenVehicles = [x] }] },
            11 => job with { Alternatives = [first with { ReleaseTime = x, MaxRideSeconds = x, GoodsClass = x }] },
            12 => WithVisit(visit with { DueTime = x, CostPerLateSecond = x }),
            _ => job with { Alternatives = [first with { PreferenceCost = long.MaxValue, Level = x }, first with { Visits = [visit, visit with { Delivery = [], Pickup = [] }] }] },
        };

        Job WithVisit(Visit changed) => job with { Alternatives = [first with { Visits = [changed, .. first.Visits.Skip(1)] }, .. job.Alternatives.Skip(1)] };
    }

    /// <summary>History that is half sound: known jobs, random times, goods on board of whatever kind.</summary>
    private static CommittedRoute MakeHistory(Random random, Problem problem, int x)
    {
        int jobs = Math.Max(1, problem.Jobs.Count), at = random.Next(200);
        return new CommittedRoute
        {
            StartedAt = random.Next(4) == 0 ? null : random.Next(6) == 0 ? x : at,
            Frozen = [.. Enumerable.Range(0, random.Next(3)).Select(i => new FrozenVisit(random.Next(jobs), 0, random.Next(5) == 0 ? 1 : 0, at + (10 * i), at + (10 * i) + 1, at + (10 * i) + 5))],
            Position = random.Next(3) == 0 ? random.Next(2) == 0 ? x : 0 : null,
            ReadyAt = random.Next(5) == 0 ? x : at + random.Next(100),
            DistanceSoFar = random.Next(5) == 0 ? x : 10,
            Loaded = [.. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(jobs))],
            KeepsLoadedOrder = random.Next(2) == 0,
        };
    }

    private static Problem MutateRules(Problem problem, Random random, int x) => random.Next(4) switch
    {
        0 => problem with { ServiceLevels = [new ServiceLevel(random.Next(2) == 0 ? null : x, x, random.Next(5))] },
        1 => problem with { GoodsConflicts = [new GoodsConflict(x, 1)] },
        2 => problem with { Balance = new BalanceRule(BalanceMeasure.DistanceMetres, (long)x << random.Next(20)) },
        _ => problem with { Disturbance = new DisturbanceRule { Previous = [.. problem.Jobs.Select(_ => new PreviousAssignment(random.Next(2), random.Next(5) == 0 ? x : 0))], CostPerJob = x, MaxJobs = random.Next(3) } },
    };
}
