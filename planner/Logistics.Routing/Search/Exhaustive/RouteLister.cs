using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Exhaustive;

/// <summary>Lists every route of a vehicle that may matter: the cheapest order for each choice of jobs, alternatives and trips.</summary>
/// <remarks>
/// Depth first over the orders of visits and reloads; <see cref="Walk"/> chooses start and breaks. A beginning that is too late, too full or too dear is not gone on with: legs are first
/// in, first out and nothing has a negative price, so what follows cannot mend it. Of two beginnings with the same choices and last visit one is dropped when <see cref="Beginnings"/>
/// finds it in nothing better (Held and Karp 1962, with several criteria).
/// </remarks>
internal sealed class RouteLister(CompiledProblem problem, Solution solution, int[] freeJobs)
{
    private readonly TripChecker _trips = new(problem, solution);
    private readonly Beginnings _beginnings = new(problem, freeJobs);
    private readonly Dictionary<(ulong Choice, long Measure, int Reloads), ListedRoute> _best = [];
    private readonly List<int> _nodes = [];
    private readonly List<int> _pending = [];
    private readonly int[] _choice = new int[freeJobs.Length];
    private readonly bool _hasTimes = problem.Legs.Any(l => l.Source.IsTimeDependent);
    private Func<bool> _isOver = () => false;
    private int _vehicle;
    private int _reloads;

    /// <summary>True when the listing was stopped before all was seen.</summary>
    public bool IsCut { get; private set; }

    /// <param name="limit">Beginnings that cost as much already are of no use.</param>
    /// <param name="isOver">Asked at every beginning; true stops the listing.</param>
    public IReadOnlyList<ListedRoute> List(int vehicle, long limit, Func<bool> isOver)
    {
        ref readonly var v = ref problem.Vehicles[vehicle];
        (_vehicle, _isOver, IsCut, _reloads) = (vehicle, isOver, false, 0);
        _best.Clear();
        _nodes.Clear();
        _pending.Clear();
        Array.Fill(_choice, -1);
        _nodes.Add(v.Start);
        int loading = v.IsUnderWay ? v.EarliestStart : Math.Max(v.EarliestStart, v.LoadFrom);
        _beginnings.Open(vehicle);
        Extend(new Beginning(0, loading + problem.Nodes[v.Start].Handling, problem.Nodes[v.Start].Handling, v.LatestStart, v.DistanceBefore, 0, v.StopsBefore, v.TasksBefore), limit);
        return [.. _best.Values];
    }

    private void Extend(in Beginning beginning, long limit)
    {
        if (IsCut || _isOver())
        {
            IsCut = true;
            return;
        }

        ref readonly var v = ref problem.Vehicles[_vehicle];
        int last = _nodes[^1];
        if (_pending.Count == 0 && (problem.Nodes[last].Kind == NodeKind.Visit || (last == v.Start && v.IsUnderWay))) Keep();
        for (int i = 0; i < _pending.Count; i++)
        {
            int node = _pending[i];
            _pending.RemoveAt(i);
            Append(node, beginning, limit);
            _pending.Insert(i, node);
        }

        for (int f = 0; f < freeJobs.Length; f++)
        {
            if (_choice[f] >= 0) continue;
            for (int a = problem.Jobs.First[freeJobs[f]]; a < problem.Jobs.First[freeJobs[f] + 1]; a++)
            {
                if (!problem.Jobs.IsPossible[a] || !problem.Fit.IsAllowed(a, _vehicle, v.Class)) continue;
                _choice[f] = a;
                int mate = problem.Jobs.SecondNode[a];
                if (mate >= 0) _pending.Add(mate);
                Append(problem.Jobs.FirstNode[a], beginning, limit - problem.Jobs.Preference[a]);
                if (mate >= 0) _pending.Remove(mate);
                _choice[f] = -1;
            }
        }

        if (_pending.Count > 0 || _reloads >= v.MaxReloads || !(problem.Nodes[last].Kind == NodeKind.Visit || (last == v.Start && v.IsUnderWay))) return;
        for (int d = 0; d < v.ReloadDepotCount; d++)
        {
            int reload = v.FirstReload + (d * v.MaxReloads) + _reloads++;
            Append(reload, beginning, limit);
            _reloads--;
        }
    }

    private void Append(int node, in Beginning before, long limit)
    {
        ref readonly var v = ref problem.Vehicles[_vehicle];
        if (!TryGoOn(v, _nodes[^1], node, before, out var beginning) || beginning.Cost + v.FixedCost >= limit) return;
        _nodes.Add(node);
        _nodes.Add(v.End);
        var nodes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_nodes);
        bool isPossible = _trips.HoldsTrips(nodes, _vehicle) && _beginnings.IsNew(nodes[..^1], _choice, _pending, _reloads, beginning);
        _nodes.RemoveAt(_nodes.Count - 1);
        if (isPossible) Extend(beginning, limit);
        _nodes.RemoveAt(_nodes.Count - 1);
    }

    /// <summary>The beginning with one node more, as early as it can be; false when it is too late or breaks a limit.</summary>
    private bool TryGoOn(in VehicleData v, int from, int to, in Beginning before, out Beginning after)
    {
        after = default;
        ref readonly var a = ref problem.Nodes[from];
        ref readonly var b = ref problem.Nodes[to];
        if (!DrivenLeg.TryDrive(v.Legs, a.Place, b.Place, before.Departure, out var leg)) return false;
        bool isSamePlace = a.Place == b.Place, isStay = isSamePlace && (a.Kind == NodeKind.Visit || (from == v.Start && v.StartsInStay));
        int departure = Timing.Depart(problem.Windows, b, leg.Arrival, isSamePlace, isStay);
        if (departure == Timing.Never) return false;
        bool isVisit = b.Kind == NodeKind.Visit;
        int service = (isSamePlace ? 0 : b.Setup) + b.Handling, start = departure - service;
        // Where legs depend on the time, another start may find shorter ones: nothing is known of metres and seconds then.
        int metres = _hasTimes ? 0 : leg.Distance, driven = _hasTimes ? 0 : leg.Arrival - leg.Leave;
        long late = b.DueTime < start ? (start - (long)b.DueTime) * b.CostPerLateSecond : 0;
        int latest = isStay && b.IsOnArrival ? before.LatestStart : (int)Math.Min(before.LatestStart, (long)b.Latest - before.Work - driven);
        after = new Beginning(
            before.Cost + (metres * v.CostPerMetre) + (driven * v.CostPerTravelSecond) + late, departure, before.Work + driven + service, latest, before.Metres + metres, before.Driven + driven,
            before.Stops + (isVisit && !isStay ? 1 : 0), before.Tasks + (isVisit ? 1 : 0));
        return after.Metres <= v.MaxDistance && after.Driven <= v.MaxTravel && after.Stops <= v.MaxStops && after.Tasks <= v.MaxTasks;
    }

    /// <summary>Prices the present order and remembers it where it is the cheapest of its kind.</summary>
    private void Keep()
    {
        ref readonly var v = ref problem.Vehicles[_vehicle];
        var walk = solution.Walk;
        walk.Open(_vehicle);
        foreach (int node in _nodes) walk.Add(node);
        walk.Add(v.End);
        long cost = walk.Time();
        if (cost == Walk.Infeasible) return;
        long measure = problem.Source.Balance?.Measure switch { null => 0, BalanceMeasure.Tasks => walk.Tasks, BalanceMeasure.DurationSeconds => walk.Duration, _ => walk.Distance };
        var key = (ChoiceKey.Of(problem, freeJobs, _choice), measure, problem.Resources.HasSlots ? SumOfReloads() : 0);
        if (_best.TryGetValue(key, out var known) && known.Cost <= cost) return;
        int mask = 0;
        for (int f = 0; f < _choice.Length; f++) mask |= _choice[f] >= 0 ? 1 << f : 0;
        _best[key] = new ListedRoute(mask, [.. _choice.Where(a => a >= 0)], [.. _nodes.Skip(1)], cost, measure, walk.Begin, [.. walk.Uses]);
    }

    /// <summary>How often it reloads where, as one number: docks are taken by it.</summary>
    private int SumOfReloads()
    {
        int sum = 0;
        ref readonly var v = ref problem.Vehicles[_vehicle];
        foreach (int node in _nodes)
            if (problem.Nodes[node].Kind == NodeKind.Reload) sum += 1 << (4 * ((node - v.FirstReload) / v.MaxReloads));
        return sum;
    }
}
