using System.Diagnostics;

namespace Logistics.Routing.Search.Classic;

/// <summary>Gives changed routes the vehicles that suit them: an idle one of another kind or depot that drives them cheaper, or an exchange with another route.</summary>
/// <remarks>Fleet size and mix: Golden, Assad, Levy and Gheysens 1984. Whole routes only; what a larger vehicle would let in is asked by <see cref="SinglePlacer{TLegs}"/>.</remarks>
internal sealed class ClassicFleetFitter<TLegs>
    where TLegs : struct, IClassicLegs
{
    private readonly ClassicProblem _problem;
    private readonly ClassicRoutes<TLegs> _routes;
    private readonly TLegs _legs;
    private readonly TailJudge<TLegs> _judge;

    // Kinds between which it pays to choose, [kind × kinds + kind].
    private readonly bool[] _differs;

    private readonly VehiclesByKind _vehicles;

    public ClassicFleetFitter(ClassicProblem problem, ClassicRoutes<TLegs> routes, TLegs legs)
    {
        (_problem, _routes, _legs) = (problem, routes, legs);
        _judge = new TailJudge<TLegs>(problem, routes, legs);
        _vehicles = new VehiclesByKind(problem);
        _differs = new bool[problem.KindCount * problem.KindCount];
        foreach (int v in problem.Source.Kin.Representative)
            foreach (int w in problem.Source.Kin.Representative) _differs[(problem.KindOf[v] * problem.KindCount) + problem.KindOf[w]] = Look(v) != Look(w);
    }

    /// <summary>Looks at every route touched since the last commit.</summary>
    public void Fit()
    {
        int count = _routes.Touched.Length;
        for (int i = 0; i < count; i++)
        {
            int route = _routes.Touched[i];
            if (_routes.Sums[route].Count > 0) FitRoute(route);
        }
    }

    private (long, long, int, int) Look(int vehicle)
    {
        ref readonly var data = ref _problem.Source.Vehicles[vehicle];
        return (data.FixedCost, _problem.Rate[vehicle], _problem.Place[data.Start], _problem.Place[data.End]);
    }

    private void FitRoute(int route)
    {
        int best = -1;
        long least = 0;
        long cost = CostWith(route, route);
        for (int kind = 0; kind < _problem.KindCount; kind++)
        {
            if (!_differs[(_problem.KindOf[route] * _problem.KindCount) + kind]) continue;
            // Of an exchange one side gains by itself; it is offered when that one was touched.
            var vehicles = _vehicles.Of(kind);
            long extra = CostWith(vehicles[0], route) - cost;
            if (extra >= 0) continue;
            var idle = _routes.Idle.Of(kind);
            if (idle.Length > 0)
            {
                Offer(route, idle[^1], extra, ref least, ref best);
                continue;
            }

            foreach (int other in vehicles) Offer(route, other, extra + CostWith(route, other) - CostWith(other, other), ref least, ref best);
        }

        if (best < 0) return;
        bool isLegal = _routes.ExchangeTails(_problem.Source.Vehicles[route].Start, _problem.Source.Vehicles[best].Start);
        Debug.Assert(isLegal, "a route was given a vehicle that makes it late or too long");
    }

    private void Offer(int route, int other, long extra, ref long least, ref int best)
    {
        if (extra >= least) return;
        int load = _problem.Capacity[route] - _routes.Sums[route].Room, otherLoad = _problem.Capacity[other] - _routes.Sums[other].Room;
        if (load > _problem.Capacity[other] || otherLoad > _problem.Capacity[route]) return;
        if (!MayTake(other, route) || (_routes.Sums[other].Count > 0 && !MayTake(route, other))) return;
        (least, best) = (extra, other);
    }

    private bool MayTake(int vehicle, int route) => _judge.MayFollow(_problem.Source.Vehicles[vehicle].Start, _routes.Gaps[_problem.Source.Vehicles[route].Start].Next);

    /// <summary>What a vehicle would cost on a route.</summary>
    private long CostWith(int vehicle, int route)
    {
        long driven = _routes.Sums[route].Length;
        if (vehicle != route)
        {
            ref readonly var old = ref _problem.Source.Vehicles[route];
            ref readonly var taker = ref _problem.Source.Vehicles[vehicle];
            ref readonly var start = ref _routes.Gaps[old.Start];
            ref readonly var last = ref _routes.Gaps[_routes.Gaps[old.End].Previous];
            driven += _legs.Cost(_problem.Place[taker.Start], start.NextPlace) - start.LegCost + _legs.CostInto(_problem.Place[taker.End], last.Place) - last.LegCost;
        }

        return _problem.FixedCost[vehicle] + (_problem.Rate[vehicle] * driven);
    }
}
