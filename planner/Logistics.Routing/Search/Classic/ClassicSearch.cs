using Logistics.Routing.Search.Classic.Pool;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Classic;

/// <summary>Ruin and recreate for problems that need windows, one load, prizes and pairs only: the same search as the general one, several times faster.</summary>
/// <remarks>Owned by one thread.</remarks>
internal abstract class ClassicSearch : LocalSearch
{
    /// <summary>How dear another vehicle is while hot, as part of the most.</summary>
    public double Pressure { get; set; } = 1;

    /// <summary>Most vehicles that insertions may use.</summary>
    public abstract int MaxUsed { set; }

    /// <summary>True where vehicles make several trips.</summary>
    public abstract bool HasTrips { get; }

    /// <summary>Whether the routes to drop are single trips; of those as many may be made again as are wanted when it is no longer.</summary>
    public abstract bool DropsTrips { set; }

    /// <summary>Says that one cycle of annealing is all there is.</summary>
    public abstract void NoteOneCycle();

    public static ClassicSearch Create(ClassicProblem problem, ClassicNeighbours neighbours, InsertionOrder order, Rng rng) =>
        new ClassicSearchChooser(problem, neighbours, order, rng).Choose();

    /// <summary>Serves what is left out, each job where it costs least, in the order in which visits are numbered.</summary>
    public abstract void Construct();

    /// <summary>Adds the routes changed since the last call to a pool.</summary>
    public abstract void Record(RoutePool pool);
}

/// <inheritdoc/>
internal sealed class ClassicSearch<TLegs> : ClassicSearch
    where TLegs : struct, IClassicLegs
{
    // Hot plans have more routes than cold ones, and tight ones keep them while they cool: one more is accepted as if it cost this many temperatures on top.
    // Long routes are soon too few instead; and so are, mostly, routes of pairs, which hold both visits of each.
    private const double MostPressure = 12;

    // Routes of different depots or access take each other's visits less easily: as much pressure would leave too few.
    private const double MostPressureOfKinds = 6;
    private const int VisitsWithoutPressure = 36;

    // Each takes as long as ten ruins.
    private const int StepsPerChange = 128;

    private readonly ClassicProblem _problem;
    private readonly ClassicRoutes<TLegs> _routes;
    private readonly ClassicRuin<TLegs> _ruin;
    private readonly ClassicRecreate<TLegs> _recreate;
    private readonly TailExchange<TLegs>? _tails;
    private readonly VehicleChange<TLegs>? _change;
    private readonly Rng _rng;
    private readonly int[] _vehicles;
    private readonly int[] _route;
    private bool _isTailTurn;
    private bool _dropsTrips;

    public ClassicSearch(ClassicProblem problem, ClassicNeighbours neighbours, TLegs legs, InsertionOrder order, Rng rng)
    {
        (_problem, _rng) = (problem, rng);
        _vehicles = [.. Enumerable.Range(0, problem.Source.Vehicles.Length)];
        _routes = new ClassicRoutes<TLegs>(problem, legs);
        _ruin = new ClassicRuin<TLegs>(problem, neighbours, _routes, rng);
        _recreate = new ClassicRecreate<TLegs>(problem, neighbours, _routes, legs, order, rng);
        if (problem.HasPairs) Pressure = 0;
        if (!problem.HasPairs && !problem.HasTrips) _tails = new TailExchange<TLegs>(problem, neighbours, _routes, legs, rng);
        if (TLegs.HasTrips && TLegs.HasKinds) _change = new VehicleChange<TLegs>(problem, _routes, _ruin, rng);
        _route = new int[problem.VisitCount + problem.RouteCount];
    }

    public override void Load(Snapshot best, int maxUsed)
    {
        _routes.Clear();
        var differing = new List<int>();
        for (int v = 0; v < _problem.Source.Vehicles.Length; v++)
        {
            int route = v, tail = _problem.StartOf[v];
            foreach (int node in best.RouteOf(v))
            {
                if (node >= _problem.VisitCount)
                {
                    // Reloading begins another trip.
                    _routes.Settle(_problem.StartOf[route], _problem.EndOf[route]);
                    route = _routes.Trips!.FindFree(v);
                    tail = _problem.StartOf[route];
                    continue;
                }

                if (!_problem.HasOwnTimes)
                {
                    _routes.Link(node, tail);
                }
                else if (!_routes.TryLink(node, tail))
                {
                    // The plan was made without its breaks, or as if it were faster.
                    differing.Add(v);
                    continue;
                }

                tail = node;
            }

            if (tail != _problem.StartOf[route]) _routes.Settle(_problem.StartOf[route], _problem.EndOf[route]);
        }

        if (TLegs.HasTrips) _routes.Excess?.Update();
        _routes.Commit();
        _routes.Changed.Clear();
        // What was dropped is still in the plan that was loaded: it goes out when the next one is kept, or it would be there twice.
        foreach (int v in differing) _routes.Changed.Add(v);
        _recreate.Reset();
        _recreate.MaxUsed = maxUsed;
        Cost = _routes.Cost + _routes.Penalty + _recreate.Absent.Cost;
    }

    // Several depots or sites whose routes are full by the clock: few routes have room for a long string. Where there are many fresh cycles that matters less.
    public override void NoteOneCycle() => _ruin.HasShortStrings = TLegs.HasKinds && _problem.IsSettledHot;

    public override int MaxUsed { set => _recreate.MaxUsed = value; }

    public override bool HasTrips => TLegs.HasTrips;

    public override bool DropsTrips
    {
        set
        {
            _dropsTrips = value;
            if (!value) _routes.Trips!.MaxTrips = int.MaxValue;
        }
    }

    public override void Construct()
    {
        _recreate.RunAll();
        Accept(RepairedCost);
    }

    public override bool TryStep(Annealing annealing)
    {
        // Cheap beside a ruin; but after one that was accepted a ruin follows, or a hot search would do nothing else.
        _isTailTurn = !_isTailTurn && _tails is not null && _tails.TryRun(annealing, Cost);
        if (_isTailTurn)
        {
            _routes.Commit();
            Cost = _routes.Cost + _routes.Penalty + _recreate.Absent.Cost;
            return true;
        }

        if (_change is not null && _rng.Below(StepsPerChange) == 0 && _change.TryRun()) return TryRepair(_change.Left, new RepairLimit(annealing.DrawLimit(Cost), 0, 0));
        int used = Math.Max(1, _routes.Idle.UsedCount);
        _ruin.Run(_recreate.Absent.Count);
        // Where a route must earn its prizes nothing else limits how many there are; where sizes differ, fewer but larger vehicles are no aim.
        bool isFree = _problem.HasSizes || _problem.HasTrips || (_problem.HasPrizes && _recreate.Absent.Count > 0);
        double pressure = isFree ? 0 : Pressure * (TLegs.HasKinds ? MostPressureOfKinds : MostPressure) * Math.Max(0, 1 - ((double)_problem.ServedCount / used / VisitsWithoutPressure));
        return TryRepair(_ruin.Removed, new RepairLimit(annealing.DrawLimit(Cost), (long)(pressure * annealing.Temperature), used));
    }

    public override int UsedCount => _dropsTrips ? _routes.Used.List.Length : _routes.Idle.UsedCount;

    public override bool IsComplete => _recreate.Absent.Count == 0 && _routes.Penalty == 0;

    public override void DropRoute(AbsenceCounts absences)
    {
        int easiest = _dropsTrips ? FindEasiest(_routes.Used.List, absences) : FindEasiest(_vehicles, absences);
        if (_dropsTrips) _routes.Trips!.MaxTrips = UsedCount - 1;
        else _recreate.MaxUsed = UsedCount - 1;
        if (easiest < 0) return;
        if (_dropsTrips) _ruin.RunTrip(easiest);
        else _ruin.RunWhole(easiest);
        _recreate.TryRun(_ruin.Removed, _ruin.Seed, RepairLimit.None, triesAll: true);
        Accept(RepairedCost);
    }

    public override void TryPlace(AbsenceCounts absences, Annealing annealing)
    {
        _ruin.Run(_recreate.Absent.Count);
        _recreate.TryRun(_ruin.Removed, _ruin.Seed, RepairLimit.None, triesAll: true);
        long cost = RepairedCost;
        ReadOnlySpan<int> absent = _recreate.Absent.List, missing = _recreate.Missing;
        bool isEasier = missing.Length == 0 || absences.Sum(missing) < absences.Sum(absent);
        absences.Count(missing);
        if (isEasier || (missing.Length == absent.Length && annealing.Accepts(cost, Cost))) Accept(cost);
        else _routes.Rollback();
    }

    public override void KeepIn(Snapshot best)
    {
        foreach (int v in _routes.Changed.List) best.TakeRoute(v, ListTrips(v));

        _routes.Changed.Clear();
        best.Describe(Cost, _recreate.Absent.MandatoryCount, _recreate.Absent.Count, _routes.Idle.UsedCount, _routes.Penalty);
    }

    public override void Record(RoutePool pool)
    {
        foreach (int v in _routes.Unrecorded.List)
        {
            var nodes = ListRoute(v, out long cost);
            if (nodes.Length > 0) pool.Add(nodes, cost, _problem.Source.Vehicles[v].Class);
        }

        _routes.Unrecorded.Clear();
    }

    /// <summary>Cost of the routes as they are with what the last repair left out.</summary>
    private long RepairedCost => _routes.Cost + _routes.Penalty + _recreate.MissingCost;

    private bool TryRepair(ReadOnlySpan<int> removed, in RepairLimit limit)
    {
        if (!_recreate.TryRun(removed, _ruin.Seed, limit))
        {
            _routes.Rollback();
            return false;
        }

        Accept(RepairedCost);
        return true;
    }

    /// <summary>The trip, or the vehicle in use, whose jobs are easiest to place; −1 when there is none.</summary>
    private int FindEasiest(ReadOnlySpan<int> routes, AbsenceCounts absences)
    {
        bool hasMore = TLegs.HasTrips && !_dropsTrips;
        int easiest = -1;
        long least = long.MaxValue;
        foreach (int route in routes)
        {
            long weight = 0;
            for (int trip = hasMore ? _routes.Trips!.FirstOf(route) : route; trip >= 0; trip = hasMore ? _routes.Trips!.After(trip) : -1)
            {
                for (int n = _routes.Gaps[_problem.StartOf[trip]].Next; n < _problem.VisitCount; n = _routes.Gaps[n].Next) weight += absences.WeightOf(_problem.JobOf[n]);
            }

            if (weight > 0 && weight < least) (least, easiest) = (weight, route);
        }

        return easiest;
    }

    private void Accept(long cost)
    {
        _routes.Commit();
        _recreate.Commit();
        Cost = cost;
    }

    /// <summary>A vehicle's visits with a reload between two trips.</summary>
    private ReadOnlySpan<int> ListTrips(int vehicle)
    {
        if (!TLegs.HasTrips) return ListRoute(vehicle, out _);
        int count = 0, reload = _problem.Source.Vehicles[vehicle].FirstReload;
        for (int trip = _routes.Trips!.FirstOf(vehicle); trip >= 0; trip = _routes.Trips.After(trip))
        {
            if (count > 0) _route[count++] = reload++;
            for (int n = _routes.Gaps[_problem.StartOf[trip]].Next; n < _problem.VisitCount; n = _routes.Gaps[n].Next) _route[count++] = n;
        }

        return _route.AsSpan(0, count);
    }

    private ReadOnlySpan<int> ListRoute(int vehicle, out long cost)
    {
        int count = 0, start = _problem.Source.Vehicles[vehicle].Start, end = _problem.Source.Vehicles[vehicle].End;
        long driven = _routes.Gaps[start].LegCost, preference = 0;
        for (int n = _routes.Gaps[start].Next; n != end; n = _routes.Gaps[n].Next)
        {
            _route[count++] = n;
            driven += _routes.Gaps[n].LegCost;
            preference += _problem.Preference[n];
        }

        cost = preference + _problem.FixedCost[vehicle] + (_problem.Rate[vehicle] * driven);
        return _route.AsSpan(0, count);
    }
}
