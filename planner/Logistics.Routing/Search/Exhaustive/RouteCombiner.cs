using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Exhaustive;

/// <summary>Chooses one listed route, or none, for every vehicle so that all together cost least.</summary>
/// <remarks>
/// Dynamic programming over (vehicle, jobs still free) ignores what couples routes – resources, service levels, disturbance limits, balance. That is a lower bound, which guides an exact
/// branch and bound with them; without couplings the first descent is the optimum. O(vehicles · 3^jobs) and the branching.
/// </remarks>
internal sealed class RouteCombiner
{
    private const long Impossible = CompiledProblem.Unlimited;

    private readonly CompiledProblem _problem;
    private readonly int[] _freeJobs;
    private readonly int _all;

    // Of each vehicle, routes by the jobs they serve, cheapest first with what their alternatives cost on it.
    private readonly List<(ListedRoute Route, long Cost)>?[][] _byMask;
    private readonly long[][] _rest;
    private readonly Assignment _jobs;
    private readonly SlotBook _slots;
    private readonly ListedRoute?[] _picked;
    private readonly DurationLevel _level = new();
    private long _branches;
    private long _best;

    public RouteCombiner(CompiledProblem problem, int[] freeJobs, IReadOnlyList<ListedRoute>[] routesOfVehicle)
    {
        (_problem, _freeJobs, _all) = (problem, freeJobs, (1 << freeJobs.Length) - 1);
        _jobs = new Assignment(problem);
        _slots = new SlotBook(problem);
        _picked = new ListedRoute?[problem.Vehicles.Length];
        Found = new ListedRoute?[problem.Vehicles.Length];
        _byMask = [.. routesOfVehicle.Select(GroupByMask)];
        _rest = FindRests();
    }

    /// <summary>Route of each vehicle in the cheapest combination found; null = it stays.</summary>
    public ListedRoute?[] Found { get; }

    /// <summary>Most choices looked at.</summary>
    public required long MaxBranches { get; init; }

    /// <summary>True when the branching was stopped before all was seen.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Looks for a combination that costs less than <paramref name="limit"/>; false when there is none.</summary>
    public bool TryFind(long limit)
    {
        _best = limit;
        Branch(0, _all, 0);
        return _best < limit;
    }

    private List<(ListedRoute, long)>?[] GroupByMask(IReadOnlyList<ListedRoute> routes, int vehicle)
    {
        var byMask = new List<(ListedRoute Route, long Cost)>?[_all + 1];
        foreach (var route in routes)
        {
            long cost = route.Cost;
            foreach (int a in route.Alternatives) cost += _jobs.PriceOf(a, vehicle);
            (byMask[route.Mask] ??= []).Add((route, cost));
        }

        foreach (var list in byMask) list?.Sort((a, b) => a.Cost.CompareTo(b.Cost));
        return byMask;
    }

    /// <summary>Least cost of vehicles v and later for each set of jobs still free.</summary>
    private long[][] FindRests()
    {
        int vehicles = _problem.Vehicles.Length;
        var rest = new long[vehicles + 1][];
        rest[vehicles] = new long[_all + 1];
        for (int free = 0; free <= _all; free++)
            for (int f = 0; f < _freeJobs.Length; f++)
                if ((free & (1 << f)) != 0) rest[vehicles][free] += _jobs.PriceOfAbsence(_freeJobs[f]);
        for (int v = vehicles - 1; v >= 0; v--)
        {
            rest[v] = new long[_all + 1];
            for (int free = 0; free <= _all; free++)
            {
                long least = MayStay(v) ? rest[v + 1][free] : Impossible;
                for (int mask = free; ; mask = (mask - 1) & free)
                {
                    if (_byMask[v][mask] is { } routes) least = Math.Min(least, routes[0].Cost + rest[v + 1][free & ~mask]);
                    if (mask == 0) break;
                }

                rest[v][free] = Math.Min(least, Impossible);
            }
        }

        return rest;
    }

    private bool MayStay(int vehicle) => !_problem.Vehicles[vehicle].IsUnderWay;

    private void Branch(int vehicle, int free, long cost)
    {
        if (IsCut || cost + _rest[vehicle][free] >= _best) return;
        if (++_branches > MaxBranches)
        {
            IsCut = true;
            return;
        }

        if (vehicle == _picked.Length)
        {
            Judge(cost + _rest[vehicle][free]);
            return;
        }

        // The part that promises most goes first; staying is one of them.
        var masks = new List<(long Promise, int Mask)>();
        for (int mask = free; ; mask = (mask - 1) & free)
        {
            if (_byMask[vehicle][mask] is { } routes) masks.Add((routes[0].Cost + _rest[vehicle + 1][free & ~mask], mask));
            if (mask == 0) break;
        }

        if (MayStay(vehicle)) masks.Add((_rest[vehicle + 1][free], -1));
        masks.Sort();
        foreach (var (promise, mask) in masks)
        {
            if (cost + promise >= _best) break;
            if (mask < 0) Branch(vehicle + 1, free, cost);
            else
                foreach (var (route, price) in _byMask[vehicle][mask]!) Take(vehicle, free, cost, route, price);
        }
    }

    private void Take(int vehicle, int free, long cost, ListedRoute route, long price)
    {
        if (IsCut) return;
        if (cost + price + _rest[vehicle + 1][free & ~route.Mask] >= _best) return;
        foreach (int a in route.Alternatives) _jobs.Serve(a, vehicle);
        _picked[vehicle] = route;
        int taken = 0;
        bool fits = _jobs.FitsResources();
        for (; fits && taken < route.Uses.Length; taken++)
        {
            var (use, slot) = route.Uses[taken];
            fits = _slots.Fits(use, slot);
            if (!fits) break;
            _slots.Count(use, slot, 1);
        }

        if (fits) Branch(vehicle + 1, free & ~route.Mask, cost + price);
        for (int u = 0; u < taken; u++) _slots.Count(route.Uses[u].Use, route.Uses[u].Slot, -1);
        _picked[vehicle] = null;
        foreach (int a in route.Alternatives) _jobs.Drop(_problem.Jobs.JobOf[a], vehicle);
    }

    private void Judge(long cost)
    {
        cost += _jobs.FindPenalty() + FindBalance();
        if (cost >= _best) return;
        _best = cost;
        _picked.CopyTo(Found, 0);
    }

    private long FindBalance()
    {
        if (_problem.Source.Balance is not { } rule) return 0;
        if (rule.Measure == BalanceMeasure.DurationSeconds)
        {
            _level.Clear();
            for (int v = 0; v < _picked.Length; v++)
                if (_picked[v] is { } route) BalanceCost.AddTo(_level, _problem.Vehicles[v], route.Measure, route.Begin);
            return _level.Settle(rule.CostPerUnit);
        }

        long largest = long.MinValue, smallest = long.MaxValue;
        foreach (var route in _picked)
        {
            if (route is null) continue;
            largest = Math.Max(largest, route.Measure);
            smallest = Math.Min(smallest, route.Measure);
        }

        return largest == long.MinValue ? 0 : (largest - smallest) * rule.CostPerUnit;
    }
}
