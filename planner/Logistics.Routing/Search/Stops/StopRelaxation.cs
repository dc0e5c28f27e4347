using Logistics.Routing.Model;
using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Stops;

/// <summary>The stops of one group of vehicles as a problem that the classic search holds: a relaxation, searched several times as fast as the exact one.</summary>
/// <remarks>
/// Everybody drives the ways of most, none faster, at a multiple of the price; a leg costs what it costs on average over the shift. Breaks are due at the last second of their window, of the loads the scarcest
/// of each stop counts, and closures, docks and goods that may not meet cost nothing. What is planned here is timed anew by the exact rules before it counts.
/// </remarks>
internal sealed class StopRelaxation
{
    // Times of a day at which legs are driven for their average.
    private const int Samples = 5;

    // Costs of legs are in hundredths of a vehicle's price, so that whole multiples tell prices apart.
    private const int Unit = 100;

    // Stands for the cost and the seconds of a leg that cannot be driven.
    private const int Forbidden = 1 << 26;

    // Parts of a full vehicle in which loads are counted.
    private const long LoadParts = 100_000;
    private const double MostRoom = 1_000;

    // More make a matrix that takes longer than it saves.
    private const int MostPlaces = 3_000;

    // How many times as dear as usual a metre beyond a vehicle's longest distance is.
    private const int BeyondFactor = 20;

    private readonly CompiledProblem _exact;
    private readonly Solution _solution;
    private readonly int[] _jobs;
    private readonly int[] _alternatives;
    private readonly int _leader;
    private readonly List<int> _places = [];
    private Problem? _problem;

    // Found with the problem: metres of each leg, what one costs beyond what a vehicle may drive, and the exact profiles of those who are slower than most, in the order of the relaxation's.
    private int[] _metres = [];
    private long _costPerMetreBeyond;
    private List<int> _slower = [];

    private StopRelaxation(CompiledProblem exact, Solution solution, List<int> vehicles)
    {
        (_exact, _solution, Vehicles) = (exact, solution, vehicles);
        // What fits the speed of most fits most of the plan as it is.
        _leader = vehicles.GroupBy(v => exact.Source.Vehicles[v].Profile).MaxBy(g => g.Sum(v => solution.Routes[v].Tasks))!.MaxBy(v => solution.Routes[v].Tasks);
        var served = vehicles.SelectMany(ListVisits).ToList();
        _jobs = [.. served.Select(n => exact.Jobs.JobOf[exact.Nodes[n].Alternative])];
        _alternatives = [.. served.Select(n => exact.Nodes[n].Alternative)];
        _places.AddRange(exact.Source.Depots.Select(d => d.Place).Concat(served.Select(n => exact.Nodes[n].Place)).Distinct());
    }

    /// <summary>Made when first asked for.</summary>
    public Problem Problem => _problem ??= Relax();

    /// <summary>The vehicles of the exact problem that its own stand for.</summary>
    public List<int> Vehicles { get; }

    /// <summary>What its vehicles keep to besides.</summary>
    public IReadOnlyList<TripTerms> Terms => [.. Vehicles.Select(v => FindTerms(_exact.Source.Vehicles[v]))];

    /// <summary>The routes as they are now.</summary>
    public Plan FindStart() => Translate(
        Vehicles.Select(v => new Route { Vehicle = v, Steps = [.. ListSteps(v)], Cost = new CostBreakdown() }), v => Vehicles.IndexOf(v), s => s with { Job = Array.IndexOf(_jobs, s.Job), Alternative = 0 });

    /// <summary>One for each group of vehicles that share jobs; none where more is asked for than legs, times and loads.</summary>
    public static IEnumerable<StopRelaxation> FindAll(CompiledProblem exact, Solution solution)
    {
        if (exact.Jobs.HasPairs || exact.Jobs.HasRideLimits || exact.Legs.Any(l => l.Source is PartTravel)) yield break;
        var groups = new FleetGroups(exact.Source);
        foreach (var group in Enumerable.Range(0, exact.Vehicles.Length).GroupBy(groups.Of))
        {
            var vehicles = group.Where(v => HasHome(exact.Source.Vehicles[v])).ToList();
            if (!vehicles.Exists(v => solution.Routes[v].IsUsed)) continue;
            var relaxation = new StopRelaxation(exact, solution, vehicles);
            if (relaxation._places.Count <= MostPlaces && ClassicProblem.Find(new CompiledProblem(relaxation.Problem)) is not null) yield return relaxation;
        }
    }

    /// <summary>Number of stops.</summary>
    public int Count => _jobs.Length;

    /// <summary>Writes a plan of the relaxation in the terms of the exact problem; its times are still those of the relaxation.</summary>
    public IEnumerable<Route> Restore(Plan plan) =>
        Translate(plan.Routes, v => Vehicles[v], s => s with { Job = _jobs[s.Job], Alternative = _exact.Jobs.IndexInJob[_alternatives[s.Job]] }).Routes;

    private static bool HasHome(Vehicle vehicle) => vehicle.StartDepot is { } depot && vehicle.EndDepot == depot && vehicle.Committed is null;

    private static Plan Translate(IEnumerable<Route> routes, Func<int, int> vehicle, Func<RouteStep, RouteStep> visit) => new()
    {
        Routes = [.. routes.Select(r => r with { Vehicle = vehicle(r.Vehicle), Steps = [.. r.Steps.Select(s => s.Kind == StepKind.Visit ? visit(s) : s)] })],
        Unserved = [],
        Cost = new CostBreakdown(),
    };

    private IEnumerable<int> ListNodes(int vehicle)
    {
        for (int n = _solution.Nodes[_exact.Vehicles[vehicle].Start].Next; n != _exact.Vehicles[vehicle].End; n = _solution.Nodes[n].Next) yield return n;
    }

    private IEnumerable<int> ListVisits(int vehicle) => ListNodes(vehicle).Where(n => _exact.Nodes[n].Kind == NodeKind.Visit);

    private IEnumerable<RouteStep> ListSteps(int vehicle)
    {
        yield return StopProblem.Step(StepKind.Start, 0);
        foreach (int n in ListNodes(vehicle))
        {
            ref readonly var node = ref _exact.Nodes[n];
            yield return node.Kind == NodeKind.Visit
                ? StopProblem.Step(StepKind.Visit, 0) with { Job = _exact.Jobs.JobOf[node.Alternative], Alternative = 0, Visit = 0 }
                : StopProblem.Step(StepKind.Reload, 0) with { Depot = node.Depot };
        }
    }

    private Problem Relax()
    {
        var source = _exact.Source;
        var leader = source.Vehicles[_leader];
        int count = _places.Count;
        int[] costs = new int[count * count], seconds = new int[count * count];
        _metres = new int[count * count];
        var travel = source.Profiles[leader.Profile];
        byte[]? classes = travel.Bands?.LegClass is null ? null : new byte[count * count];
        long perSecond = leader.CostPerSecond + leader.CostPerTravelSecond;
        var loading = new int[count];
        foreach (var depot in source.Depots) loading[_places.IndexOf(depot.Place)] = depot.LoadingSecondsPerTrip;
        long metres = 0, driven = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                if (i == j) continue;
                int cell = (i * count) + j;
                if (classes is not null && travel.LegIndex(_places[i], _places[j]) is >= 0 and var leg) classes[cell] = travel.Bands!.LegClass![leg];
                if (!TryDrive(_places[i], _places[j], out int distance, out int average))
                {
                    (costs[cell], seconds[cell], _metres[cell]) = (Forbidden, Forbidden, Forbidden);
                    continue;
                }

                (seconds[cell], _metres[cell]) = (travel.Duration(_places[i], _places[j]), distance);
                (metres, driven) = (metres + distance, driven + average);
                // Every trip is loaded before its first leg.
                long cost = (leader.CostPerMetre * distance) + (perSecond * average) + (leader.CostPerSecond * loading[i]);
                costs[cell] = (int)Math.Min(cost / Unit, Forbidden);
            }
        }

        double price = Price(leader, metres, driven);
        _costPerMetreBeyond = (long)(BeyondFactor * price / Math.Max(1, metres));
        var usual = new MatrixTravel(count, costs, seconds) { Bands = travel.Bands is { } bands ? bands with { LegClass = classes } : null };
        _slower = [.. Vehicles.Select(v => source.Vehicles[v].Profile).Distinct().Where(p => p != leader.Profile)];
        return new Problem
        {
            Dimensions = 1,
            Places = [.. _places.Select(p => source.Places[p])],
            Profiles = [usual, .. _slower.Select(s => new MatrixTravel(count, costs, FindLonger(seconds, source.Profiles[s])) { Bands = usual.Bands })],
            Depots = [.. source.Depots.Select(d => d with { Place = _places.IndexOf(d.Place), Dock = null })],
            Vehicles = [.. Vehicles.Select(v => Relax(v, price <= 0 ? 1 : Price(source.Vehicles[v], metres, driven) / price))],
            Jobs = [.. _jobs.Select((job, i) => Relax(source.Jobs[job], i))],
        };
    }

    /// <summary>Seconds of each leg for those who travel by another profile, where that takes them longer.</summary>
    private int[] FindLonger(int[] seconds, TravelProfile travel) =>
        [.. seconds.Select((s, cell) => Math.Max(s, Math.Min(Forbidden, travel.Duration(_places[cell / _places.Count], _places[cell % _places.Count]))))];

    private static double Price(Vehicle vehicle, long metres, long seconds) => ((double)vehicle.CostPerMetre * metres) + ((double)(vehicle.CostPerSecond + vehicle.CostPerTravelSecond) * seconds);

    private Vehicle Relax(int index, double multiple)
    {
        var vehicle = _exact.Source.Vehicles[index];
        bool reloads = vehicle.MaxTrips > 1 && vehicle.ReloadDepots.Contains(vehicle.StartDepot!.Value);
        return new Vehicle
        {
            Id = vehicle.Id,
            StartDepot = vehicle.StartDepot,
            EndDepot = vehicle.EndDepot,
            Capacity = [FindRoom(index)],
            Shift = vehicle.Shift with { Latest = Math.Max(vehicle.Shift.Earliest, vehicle.Shift.Latest - vehicle.Breaks.SkipLast(1).Sum(b => b.DurationSeconds)) },
            LatestStart = vehicle.LatestStart,
            FixedCost = vehicle.FixedCost,
            CostPerMetre = Math.Max(1, (long)Math.Round(Unit * multiple)),
            MaxTrips = reloads ? vehicle.MaxTrips : 1,
            ReloadDepots = reloads ? [vehicle.StartDepot!.Value] : [],
        };
    }

    private TripTerms FindTerms(Vehicle vehicle)
    {
        int slower = _slower.IndexOf(vehicle.Profile);
        var terms = new TripTerms(FindRest(vehicle), slower < 0 ? -1 : slower + 1, vehicle.CostPerSecond, vehicle.RegularSeconds ?? int.MaxValue, vehicle.CostPerOvertimeSecond);
        return vehicle.MaxDistance is { } most ? terms with { MaxDistance = most, CostPerMetreBeyond = _costPerMetreBeyond, Metres = _metres } : terms;
    }

    /// <summary>A vehicle's last break, at the end of its window: what closes before is then served in time. Any before it shorten the shift.</summary>
    private static FixedRest FindRest(Vehicle vehicle) => vehicle.Breaks is [.., var last] ? new FixedRest(last.Windows[^1].Latest, last.DurationSeconds) : FixedRest.None;

    /// <summary>What a vehicle holds, in parts of what the leader holds: the scarcest load counts.</summary>
    private long FindRoom(int vehicle)
    {
        double least = MostRoom;
        for (int k = 0; k < _exact.Dimensions; k++) least = Math.Min(least, (double)RoomOf(vehicle, k) / Math.Max(1, RoomOf(_leader, k)));
        return (long)(least * LoadParts);
    }

    private long DemandOf(int node)
    {
        double most = 0;
        for (int k = 0; k < _exact.Dimensions; k++)
            most = Math.Max(most, (double)(_exact.Delivery[(node * _exact.Dimensions) + k] + _exact.Pickup[(node * _exact.Dimensions) + k]) / Math.Max(1, RoomOf(_leader, k)));
        return (long)Math.Ceiling(Math.Min(most, MostRoom) * LoadParts);
    }

    private long RoomOf(int vehicle, int k) => _exact.Capacity[(vehicle * _exact.Dimensions) + k];

    /// <summary>True when the plan goes on where the visit before was, with a break between the two: the vehicle is parked already.</summary>
    private bool GoesOnAtPlace(int node)
    {
        ref readonly var before = ref _exact.Nodes[_solution.Nodes[node].Previous];
        return before.Kind == NodeKind.Visit && before.Place == _exact.Nodes[node].Place;
    }

    private Job Relax(Job job, int index)
    {
        int alternative = _alternatives[index], node = _exact.Jobs.FirstNode[alternative];
        var exact = job.Alternatives[_exact.Jobs.IndexInJob[alternative]];
        ref readonly var data = ref _exact.Nodes[node];
        int[] allowed = [.. Enumerable.Range(0, Vehicles.Count).Where(i => _exact.Fit.IsAllowed(alternative, Vehicles[i], _exact.Vehicles[Vehicles[i]].Class))];
        return new Job
        {
            Id = job.Id,
            Alternatives =
            [
                new Alternative
                {
                    AllowedVehicles = allowed.Length == Vehicles.Count ? null : allowed,
                    ReleaseTime = exact.ReleaseTime,
                    Visits =
                    [
                        new Visit
                        {
                            Place = _places.IndexOf(data.Place),
                            Windows = exact.Visits[0].Windows.Count > 1 ? exact.Visits[0].Windows : [new TimeWindow(data.Earliest, data.Latest)],
                            HandlingSeconds = data.Handling + (GoesOnAtPlace(node) ? 0 : data.Setup),
                            Delivery = [DemandOf(node)],
                        },
                    ],
                },
            ],
        };
    }

    /// <summary>Metres and seconds of a leg on average over the shift; false when there is no way at any of the times looked at.</summary>
    private bool TryDrive(int from, int to, out int distance, out int seconds)
    {
        ref readonly var vehicle = ref _exact.Vehicles[_leader];
        int earliest = vehicle.EarliestStart, latest = _exact.Nodes[vehicle.End].Latest, drives = 0;
        (distance, seconds) = (0, 0);
        for (int i = 0; i < Samples; i++)
        {
            int ready = earliest + (int)((latest - earliest) * (2L * i + 1) / (2 * Samples));
            if (!DrivenLeg.TryDrive(vehicle.Legs, from, to, ready, out var leg)) continue;
            (distance, seconds) = (distance + ((leg.Distance - distance) / ++drives), seconds + leg.Arrival - leg.Leave);
        }

        if (drives > 0) seconds /= drives;
        return drives > 0;
    }
}
