using Logistics.Routing.Model;

namespace Logistics.Routing.Tests.Oracle;

/// <summary>Tiny random problems in which any features may meet, small enough for <see cref="BruteForce"/>. The same seed gives the same problem.</summary>
internal sealed class OracleProblems
{
    /// <summary>No shift ends later.</summary>
    public const int Horizon = 160;

    private readonly Random _random;
    private readonly int _jobs, _places, _vehicles, _dimensions;
    private readonly List<SharedResource> _resources;

    private OracleProblems(int seed)
    {
        _random = new Random(seed);
        // Mostly three to five jobs with everything; sometimes up to eight, with fewer ways to do them.
        _jobs = _random.Next(10) switch { < 2 => 2, < 5 => 3, < 8 => 4, < 9 => 5, _ => 6 + _random.Next(3) };
        (_places, _vehicles, _dimensions) = (2 + _random.Next(_jobs + 1), _jobs > 5 ? 1 + _random.Next(2) : 1 + _random.Next(3), 1 + _random.Next(2));
        _resources = Chance(0.4) ? [new SharedResource { Id = "r", CapacityByClass = [_random.Next(2), 1 + _random.Next(2)] }] : [];
    }

    public static Problem Make(int seed) => new OracleProblems(seed).Build(seed);

    private bool Chance(double p) => _random.NextDouble() < p;

    private bool IsLarge => _jobs > 5;

    private Problem Build(int seed)
    {
        bool hasRelease = Chance(0.25), hasGoods = Chance(0.25), hasPairs = Chance(0.35), isFlexible = !IsLarge && Chance(0.5), hasWindows = IsLarge || Chance(0.6), isOnArrival = Chance(0.15), hasDue = Chance(0.25);
        bool hasZones = Chance(0.15), isOptional = Chance(0.7);
        var depots = Enumerable.Range(0, 1 + _random.Next(2)).Select(d => new Depot
        {
            Id = $"d{d}",
            Place = _random.Next(_places),
            LoadingSecondsPerTrip = Chance(0.3) ? _random.Next(8) : 0,
            Open = Chance(0.2) ? new TimeWindow(_random.Next(10), 100 + _random.Next(60)) : TimeWindow.Always,
            Dock = _resources.Count > 0 && Chance(0.15) ? new ResourceUse(0, 0) : null,
        }).ToList();
        var jobs = Enumerable.Range(0, _jobs).Select(j =>
        {
            bool isPair = hasPairs && Chance(0.5) && _jobs <= 5;
            return new Job
            {
                Id = $"j{j}",
                Group = Chance(0.5) ? 1 : null,
                UnservedCost = isOptional && Chance(0.8) ? _random.Next(400) : null,
                Alternatives = [.. Enumerable.Range(0, isFlexible ? 1 + _random.Next(2) : 1).Select(a => new Alternative
                {
                    Level = a,
                    PreferenceCost = a * _random.Next(30),
                    Visits = isPair ? [Task(hasWindows, isOnArrival, hasDue, hasZones) with { Pickup = Amounts() }, Task(hasWindows, isOnArrival, hasDue, hasZones)]
                        : [Task(hasWindows, isOnArrival, hasDue, hasZones) with { Delivery = Chance(0.8) ? Amounts() : [], Pickup = Chance(0.3) ? Amounts() : [] }],
                    Skills = Chance(0.15) ? [1] : [],
                    AllowedVehicles = Chance(0.1) ? [_random.Next(_vehicles)] : null,
                    ForbiddenVehicles = Chance(0.1) ? [_random.Next(_vehicles)] : [],
                    GoodsClass = hasGoods ? _random.Next(3) : 0,
                    ReleaseTime = hasRelease && !isPair && Chance(0.5) ? _random.Next(40) : 0,
                    // Only where a ride cannot be shortened by waiting at the pickup: nothing opens later than it may be reached.
                    MaxRideSeconds = isPair && !hasWindows && Chance(0.4) ? 10 + _random.Next(40) : null,
                })],
            };
        }).ToList();
        var profiles = Enumerable.Range(0, 1 + _random.Next(2)).Select(_ => Travel()).ToList();
        bool hasReload = _jobs <= 4 && Chance(0.35), hasBreaks = _jobs <= 5 && Chance(0.3), hasDuration = !IsLarge && Chance(0.4);
        var problem = new Problem
        {
            Name = $"oracle {seed}",
            Dimensions = _dimensions,
            Places = [.. Enumerable.Range(0, _places).Select(p => new Place($"p{p}"))],
            Profiles = profiles,
            Depots = depots,
            Jobs = jobs,
            Resources = _resources,
            Vehicles = [.. Enumerable.Range(0, _vehicles).Select(v => MakeVehicle(v, profiles.Count, depots.Count, hasReload, hasBreaks, hasDuration, hasZones))],
            GoodsConflicts = hasGoods ? [new GoodsConflict(1, 2)] : [],
            ServiceLevels = isFlexible && Chance(0.3) ? [new ServiceLevel(Chance(0.5) ? 1 : null, 0, jobs.Exists(j => j.Group == 1) ? 1 : 0)] : [],
            Balance = Chance(0.15) ? new BalanceRule(hasDuration ? BalanceMeasure.DurationSeconds : Chance(0.5) ? BalanceMeasure.Tasks : BalanceMeasure.DistanceMetres, 1 + _random.Next(3)) : null,
        };
        return Commit(Disturb(problem));
    }

    private Visit Task(bool hasWindows, bool isOnArrival, bool hasDue, bool hasZones)
    {
        int at = _random.Next(90);
        return new Visit
        {
            Place = _random.Next(_places),
            Windows = !hasWindows || Chance(0.3) ? [] : Chance(0.25) ? [new(at, at + 8), new(at + 20, at + 50)] : [new(at, at + 15 + _random.Next(50))],
            IsWindowOnStopArrival = isOnArrival,
            SetupSeconds = Chance(0.5) ? _random.Next(8) : 0,
            HandlingSeconds = _random.Next(6),
            DueTime = hasDue && Chance(0.5) ? at : null,
            CostPerLateSecond = hasDue ? _random.Next(4) : 0,
            Uses = _resources.Count > 0 && Chance(0.6) ? [new ResourceUse(0, _random.Next(2))] : [],
            Zone = hasZones && Chance(0.5) ? _random.Next(2) : null,
        };
    }

    private long[] Amounts() => [.. Enumerable.Range(0, _dimensions).Select(_ => (long)_random.Next(5))];

    private Vehicle MakeVehicle(int index, int profiles, int depots, bool hasReload, bool hasBreaks, bool hasDuration, bool hasZones) => new()
    {
        Id = $"v{index}",
        Profile = _random.Next(profiles),
        StartDepot = Chance(0.9) ? _random.Next(depots) : null,
        EndDepot = Chance(0.85) ? _random.Next(depots) : null,
        Capacity = Chance(0.7) ? [.. Enumerable.Range(0, _dimensions).Select(_ => (long)(3 + _random.Next(8)))] : [],
        Shift = new TimeWindow(Chance(0.3) ? _random.Next(20) : 0, 110 + _random.Next(Horizon - 110)),
        LatestStart = Chance(0.1) ? 30 : null,
        MaxDistance = Chance(0.15) ? 60 + _random.Next(80) : null,
        MaxDurationSeconds = hasDuration && Chance(0.2) ? 60 + _random.Next(60) : null,
        MaxTravelSeconds = Chance(0.1) ? 50 + _random.Next(50) : null,
        MaxStops = Chance(0.15) ? 1 + _random.Next(3) : null,
        MaxTasks = Chance(0.15) ? 1 + _random.Next(4) : null,
        FixedCost = _random.Next(60),
        CostPerMetre = 1 + _random.Next(3),
        CostPerSecond = hasDuration ? _random.Next(3) : 0,
        CostPerTravelSecond = Chance(0.2) ? 1 : 0,
        RegularSeconds = hasDuration && Chance(0.3) ? 40 : null,
        CostPerOvertimeSecond = _random.Next(4),
        Skills = Chance(0.6) ? [1] : [],
        Zones = hasZones && Chance(0.5) ? [0] : null,
        MaxTrips = hasReload ? 2 : 1,
        ReloadDepots = hasReload ? [_random.Next(depots)] : [],
        Breaks = hasBreaks && Chance(0.7) ? [new Break { Id = "b", Windows = [new(20 + _random.Next(30), 60 + _random.Next(30))], DurationSeconds = 3 + _random.Next(10), IsWaivedIfRouteEndsBefore = Chance(0.5) }] : [],
    };

    private MatrixTravel Travel()
    {
        int n = _places;
        var (x, y) = (Enumerable.Range(0, n).Select(_ => _random.Next(16)).ToArray(), Enumerable.Range(0, n).Select(_ => _random.Next(16)).ToArray());
        var (metres, seconds) = (new int[n * n], new int[n * n]);
        bool hasGaps = Chance(0.1);
        for (int leg = 0; leg < n * n; leg++)
        {
            int i = leg / n, j = leg % n;
            if (i == j) continue;
            metres[leg] = Math.Abs(x[i] - x[j]) + Math.Abs(y[i] - y[j]) + _random.Next(3);
            seconds[leg] = (metres[leg] / 2) + _random.Next(4);
            if (hasGaps && Chance(0.15)) metres[leg] = seconds[leg] = TravelProfile.Unreachable;
        }

        var bands = Chance(0.15) ? new TimeBands([30, 70], [[1000, 1600, 900]], null) : null;
        var sets = Enumerable.Range(0, n * n).Select(_ => (ushort)(Chance(0.3) ? 1 : 0)).ToArray();
        int[] Longer(int[] legs) => [.. legs.Select(l => l == TravelProfile.Unreachable ? l : (l * 3 / 2) + 2)];
        var closures = Chance(0.15) ? new LegClosures(sets, [[new(15, 30), new(60, 70)]], Chance(0.5) ? Longer(metres) : null, null) : null;
        if (closures is { DetourDistance: not null }) closures = closures with { DetourDuration = Longer(seconds) };
        return new MatrixTravel(n, metres, seconds) { Bands = bands, Closures = closures };
    }

    private Problem Disturb(Problem problem) => !Chance(0.15) ? problem : problem with
    {
        Disturbance = new DisturbanceRule
        {
            Previous = [.. problem.Jobs.Select(j => Chance(0.7) ? new PreviousAssignment(_random.Next(_vehicles), _random.Next(j.Alternatives.Count)) : null)],
            CostPerJob = _random.Next(40),
            MaxJobs = Chance(0.3) ? 1 + _random.Next(_jobs) : null,
        },
    };

    /// <summary>Sometimes the first vehicle is under way: something is on board, perhaps something is done.</summary>
    private Problem Commit(Problem problem)
    {
        if (!Chance(0.2) || problem.Vehicles[0].StartDepot is not { } depot) return problem;
        var singles = Enumerable.Range(0, _jobs).Where(j => problem.Jobs[j].Alternatives is [{ Visits.Count: 1 }]).ToList();
        bool hasLeft = Chance(0.7);
        int start = problem.Vehicles[0].Shift.Earliest;
        var frozen = hasLeft && singles.Count > 0 && Chance(0.4) ? [new FrozenVisit(singles[0], 0, 0, start + 10, start + 11, start + 14)] : new List<FrozenVisit>();
        var loaded = singles.Skip(frozen.Count).Where(_ => Chance(0.6)).OrderBy(_ => _random.Next()).ToList();
        var committed = new CommittedRoute
        {
            StartedAt = hasLeft ? start : null,
            Frozen = frozen,
            ReadyAt = start + 15,
            DistanceSoFar = hasLeft ? 12 : 0,
            Position = hasLeft && Chance(0.4) ? _random.Next(_places) : null,
            Loaded = loaded,
            KeepsLoadedOrder = Chance(0.5),
        };
        return problem with { Vehicles = [problem.Vehicles[0] with { Committed = committed }, .. problem.Vehicles.Skip(1)] };
    }
}
