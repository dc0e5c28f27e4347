using Logistics.Routing.Model;

namespace Logistics.Routing.Tests.Search;

/// <summary>Random problems with no more than windows, one load, prizes and pairs. The same seed gives the same problem.</summary>
internal static class ClassicProblems
{
    public static Problem Capacitated(int seed, int jobs) => Make(seed, jobs, hasWindows: false, hasPairs: false, isOneMatrix: true);

    public static Problem Windowed(int seed, int jobs) => Make(seed, jobs, hasWindows: true, hasPairs: false, isOneMatrix: true);

    /// <summary>Asymmetric, with durations of its own; the triangle inequality does not hold.</summary>
    public static Problem Rough(int seed, int jobs) => Make(seed, jobs, hasWindows: true, hasPairs: false, isOneMatrix: false);

    public static Problem Paired(int seed, int jobs) => Make(seed, jobs, hasWindows: true, hasPairs: true, isOneMatrix: true);

    /// <summary>Most jobs may be left out, at prizes around what a detour costs; every eighth must be served.</summary>
    public static Problem WithPrizes(Problem problem, int seed)
    {
        var random = new Random(seed);
        return problem with { Jobs = [.. problem.Jobs.Select((j, i) => i % 8 == 0 ? j : j with { UnservedCost = random.Next(500) })] };
    }

    /// <summary>Three depots with hours of their own, on three of the visits' places.</summary>
    public static Problem WithDepots(Problem problem) => problem with
    {
        Depots = [.. Enumerable.Range(0, 3).Select(d => new Depot { Id = $"depot {d}", Place = 4 * d % problem.Places.Count, LoadingSecondsPerTrip = 10 * d })],
        Vehicles = [.. problem.Vehicles.Select((v, i) => v with { StartDepot = i % 3, EndDepot = (i + (i % 5 == 0 ? 1 : 0)) % 3, Shift = new TimeWindow(100 * (i % 3), 20_000 - (3_000 * (i % 3))) })],
    };

    /// <summary>Four kinds of vehicle: larger ones cost more, to have and to drive; few of each, so that kinds run out.</summary>
    public static Problem WithFleet(Problem problem) => problem with
    {
        Vehicles = [.. problem.Vehicles.Select((v, i) => v with { Capacity = [40 + (30 * (i % 4))], FixedCost = 200 + (150 * (i % 4)), CostPerMetre = 10 + (2 * (i % 4)) })],
    };

    /// <summary>Every vehicle serves some of three groups of jobs only: by list, by ban or by skill.</summary>
    public static Problem WithSites(Problem problem)
    {
        int[] odd = [.. Enumerable.Range(0, problem.Vehicles.Count).Where(v => v % 2 == 1)];
        Alternative Restrict(Alternative alternative, int j) => (j % 5) switch
        {
            0 => alternative with { AllowedVehicles = odd },
            1 => alternative with { ForbiddenVehicles = odd },
            2 => alternative with { Skills = [7] },
            _ => alternative,
        };
        return problem with
        {
            Jobs = [.. problem.Jobs.Select((job, j) => job with { Alternatives = [.. job.Alternatives.Select(a => Restrict(a, j))] })],
            Vehicles = [.. problem.Vehicles.Select((v, i) => v with { Skills = i % 3 == 0 ? [] : [7] })],
        };
    }

    /// <summary>Neighbouring jobs become one job with two or three places to choose from, some of them disliked.</summary>
    public static Problem WithGroups(Problem problem, int seed)
    {
        var random = new Random(seed);
        var jobs = new List<Job>();
        for (int j = 0; j < problem.Jobs.Count;)
        {
            int count = Math.Min(1 + random.Next(3), problem.Jobs.Count - j);
            jobs.Add(problem.Jobs[j] with { Alternatives = [.. problem.Jobs.Skip(j).Take(count).SelectMany(job => job.Alternatives).Select(a => a with { PreferenceCost = random.Next(2) * random.Next(200) })] });
            j += count;
        }

        return problem with { Jobs = jobs };
    }

    /// <summary>Four visits in seven are at one of a few shared places, where parking is paid once a stop; of every second place the windows hold for the stop's arrival only.</summary>
    public static Problem WithStops(Problem problem, int seed)
    {
        var random = new Random(seed);
        int shared = 2 + (problem.Jobs.Count / 12);
        var setups = Enumerable.Range(0, problem.Places.Count).Select(_ => 20 * random.Next(10)).ToArray();
        Visit Move(Visit visit)
        {
            int place = random.Next(7) < 4 ? random.Next(1 + shared) : visit.Place;
            return visit with { Place = place, SetupSeconds = setups[place], IsWindowOnStopArrival = place % 2 == 0 };
        }

        return problem with { Jobs = [.. problem.Jobs.Select(j => j with { Alternatives = [.. j.Alternatives.Select(a => a with { Visits = [.. a.Visits.Select(Move)] })] })] };
    }

    /// <summary>Every third alternative takes a compartment, some of them two, of which there are few; most jobs must be served at a good level, and those of one group at the best.</summary>
    public static Problem WithShares(Problem problem, int seed)
    {
        var random = new Random(seed);
        int jobs = problem.Jobs.Count;
        IReadOnlyList<ResourceUse> Uses() => random.Next(3) > 0 ? [] : random.Next(4) > 0 ? [new ResourceUse(random.Next(2), random.Next(2))] : [new ResourceUse(0, 1), new ResourceUse(0, 0)];
        Alternative Share(Alternative alternative, int i) => alternative with { Level = i == 0 ? 0 : random.Next(3), Visits = [alternative.Visits[0] with { Uses = Uses() }] };
        return problem with
        {
            Resources = [new SharedResource { Id = "lockers", CapacityByClass = [1 + (jobs / 6), 1 + (jobs / 6)] }, new SharedResource { Id = "shelf", CapacityByClass = [1 + (jobs / 8), 1 + (jobs / 12)] }],
            ServiceLevels = [new ServiceLevel(null, 0, jobs * 7 / 10), new ServiceLevel(null, 1, jobs * 8 / 10), new ServiceLevel(1, 0, Enumerable.Range(0, jobs).Count(j => j % 4 == 0))],
            Jobs = [.. problem.Jobs.Select((job, j) => job with { Group = j % 4 == 0 ? 1 : null, Alternatives = [.. job.Alternatives.Select(Share)] })],
        };
    }

    /// <summary>Few vehicles that reload at their depot; half of the goods come in during the day.</summary>
    public static Problem WithTrips(Problem problem, int seed, int vehicles)
    {
        var random = new Random(seed);
        return problem with
        {
            Depots = [problem.Depots[0] with { LoadingSecondsPerTrip = 60, Open = new TimeWindow(200, 15_000) }],
            Vehicles = [.. problem.Vehicles.Take(vehicles).Select(v => v with { Capacity = [45], FixedCost = 100, MaxTrips = 6, ReloadDepots = [0] })],
            Jobs = [.. problem.Jobs.Select(j => j with { Alternatives = [.. j.Alternatives.Select(a => a with { ReleaseTime = random.Next(2) * random.Next(Math.Max(1, a.Visits[0].Windows[0].Latest - 1_500)) })] })],
        };
    }

    /// <summary>Vehicles of three sizes, prices and hours that make trips from two depots, on one of the visits' places the other.</summary>
    public static Problem WithTripKinds(Problem problem) => WithSites(problem) with
    {
        Depots = [problem.Depots[0], problem.Depots[0] with { Id = "other", Place = 4 % problem.Places.Count }],
        Vehicles =
        [
            .. WithSites(problem).Vehicles.Select((v, i) => v with
            {
                StartDepot = i % 2, EndDepot = i % 2, ReloadDepots = i % 5 == 0 ? [] : [i % 2], Capacity = [35 + (15 * (i % 3))], FixedCost = 100 + (80 * (i % 3)), CostPerMetre = 10 + (3 * (i % 3)),
                Shift = new TimeWindow(100 * (i % 3), 20_000 - (2_000 * (i % 3))),
            }),
        ],
    };

    /// <summary>Every other visit is closed for some of the time in the middle of its window.</summary>
    public static Problem WithClosingTimes(Problem problem)
    {
        return problem with { Jobs = [.. problem.Jobs.Select((j, i) => i % 2 == 0 ? j : j with { Alternatives = [.. j.Alternatives.Select(a => a with { Visits = [.. a.Visits.Select(Close)] })] })] };

        static Visit Close(Visit visit)
        {
            var (from, to) = (visit.Windows[0].Earliest, visit.Windows[0].Latest);
            int part = (to - from) / 3;
            return visit with { Windows = [new TimeWindow(from, from + part), new TimeWindow(to - part, to)] };
        }
    }

    /// <summary>Legs of two classes that take longer at some times of the day.</summary>
    public static Problem WithBands(Problem problem, int seed)
    {
        var random = new Random(seed);
        int places = problem.Places.Count;
        var travel = (MatrixTravel)problem.Profiles[0];
        var classes = new byte[places * places];
        for (int i = 0; i < classes.Length; i++) classes[i] = (byte)random.Next(2);
        return problem with { Profiles = [new MatrixTravel(places, travel.Distances, travel.Durations) { Bands = new TimeBands([2_500, 4_000, 6_000], [[900, 1_500, 1_000, 1_700], [1_000, 1_200, 800, 1_100]], classes) }] };
    }

    /// <summary>Routes last 3,000 seconds or a little more.</summary>
    public static Problem WithDurations(Problem problem) => problem with { Vehicles = [.. problem.Vehicles.Select((v, i) => v with { MaxDurationSeconds = 3_000 + (500 * (i % 2)) })] };

    private static Problem Make(int seed, int jobs, bool hasWindows, bool hasPairs, bool isOneMatrix)
    {
        var random = new Random(seed);
        int places = 1 + (hasPairs ? 2 * jobs : jobs);
        var x = Enumerable.Range(0, places).Select(_ => (double)random.Next(1000)).ToArray();
        var y = Enumerable.Range(0, places).Select(_ => (double)random.Next(1000)).ToArray();
        Visit Visit(int place, int from, int length) => new()
        {
            Place = place,
            Windows = hasWindows ? [new TimeWindow(from, from + length)] : [],
            HandlingSeconds = hasWindows ? 50 : 0,
        };
        Job Job(int j)
        {
            long amount = 1 + random.Next(20);
            int from = 1500 + random.Next(4000), length = 500 + random.Next(3000);
            return new Job
            {
                Id = $"job {j}",
                Alternatives =
                [
                    new Alternative
                    {
                        Visits = hasPairs
                            ? [Visit(1 + (2 * j), from, length) with { Pickup = [amount] }, Visit(2 + (2 * j), from + 1500, length)]
                            : [Visit(1 + j, from, length) with { Delivery = [amount] }],
                    },
                ],
            };
        }

        return new Problem
        {
            Name = $"classic {seed}",
            Dimensions = 1,
            Places = [.. Enumerable.Range(0, places).Select(p => new Place($"place {p}") { X = x[p], Y = y[p] })],
            Profiles = [isOneMatrix ? new EuclideanTravel(x, y, 1, PlaneRounding.Nearest) : MakeRough(random, places)],
            Depots = [new Depot { Id = "depot", Place = 0 }],
            Vehicles = [.. Enumerable.Range(0, jobs).Select(v => new Vehicle { Id = $"vehicle {v}", StartDepot = 0, EndDepot = 0, Capacity = [100], CostPerMetre = 1, Shift = new TimeWindow(0, 20_000) })],
            Jobs = [.. Enumerable.Range(0, jobs).Select(Job)],
        };
    }

    private static MatrixTravel MakeRough(Random random, int places)
    {
        var distances = new int[places * places];
        var durations = new int[places * places];
        for (int i = 0; i < distances.Length; i++)
            if (i / places != i % places) (distances[i], durations[i]) = (random.Next(1, 1000), random.Next(1, 1000));
        return new MatrixTravel(places, distances, durations);
    }
}
