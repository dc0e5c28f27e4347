using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Moves;

/// <summary>Gives routes the vehicles that suit them: a cheaper idle one that still holds the load, a larger one for one job more, or an exchange between two routes.</summary>
/// <remarks>
/// With a mixed fleet the price of a job includes the larger vehicle it may call for; priced without it, routes would stay as small as the vehicle they began with
/// (fleet size and mix: Golden, Assad, Levy and Gheysens 1984). Only between kin (<see cref="KinTable"/>), where times stay as they are.
/// </remarks>
internal sealed class FleetFitter(CompiledProblem problem, Solution solution)
{
    private readonly KinTable _kin = problem.Kin;
    private int[] _nodes = new int[64];
    private int[] _others = new int[64];

    public bool IsUseful => _kin.HasKin;

    /// <summary>The idle vehicle that could take a route over with one visit more for the least extra cost; −1 when there is none.</summary>
    /// <param name="alternative">What is to be inserted.</param>
    /// <param name="metres">Metres of the route with it, and seconds of driving.</param>
    public int FindLarger(int route, int after, int alternative, long metres, long travel, out long extra)
    {
        extra = long.MaxValue;
        int best = -1;
        ref readonly var v = ref problem.Vehicles[route];
        foreach (int other in _kin.Of(v.Class))
        {
            var idle = solution.Idle.Of(other);
            if (idle.Length == 0) continue;
            int vehicle = idle[^1];
            ref readonly var w = ref problem.Vehicles[vehicle];
            long price = ExtraOf(v, w, metres, travel);
            if (price >= extra || !Holds(vehicle, route, after, problem.Jobs.FirstNode[alternative]) || !problem.Fit.IsAllowed(alternative, vehicle, w.Class) || !solution.MayDrive(vehicle, route)) continue;
            (extra, best) = (price, vehicle);
        }

        return best;
    }

    /// <summary>Looks for better vehicles for the routes the iteration has touched.</summary>
    public void Fit()
    {
        if (!_kin.HasKin) return;
        int count = solution.TouchedRoutes.Length;
        for (int i = 0; i < count; i++)
        {
            int route = solution.TouchedRoutes[i];
            if (!solution.Routes[route].IsUsed || _kin.Of(problem.Vehicles[route].Class).Length == 0) continue;
            if (FindCheaper(route) is var idle && idle >= 0) Move(route, idle);
            else if (FindPartner(route) is var partner && partner >= 0) Exchange(route, partner);
        }
    }

    /// <summary>Puts a whole route on another, idle vehicle.</summary>
    public void Move(int from, int to)
    {
        int count = TakeOff(from, ref _nodes);
        solution.LinkAll(to, _nodes.AsSpan(0, count));
        solution.Refresh(from);
        solution.Refresh(to);
    }

    private int FindCheaper(int route)
    {
        ref readonly var v = ref problem.Vehicles[route];
        ref readonly var state = ref solution.Routes[route];
        int best = -1;
        long least = 0;
        foreach (int other in _kin.Of(v.Class))
        {
            var idle = solution.Idle.Of(other);
            if (idle.Length == 0) continue;
            int vehicle = idle[^1];
            long price = ExtraOf(v, problem.Vehicles[vehicle], state.Distance, state.Travel);
            if (price < least && Holds(vehicle, route) && solution.MayDrive(vehicle, route)) (least, best) = (price, vehicle);
        }

        return best;
    }

    private int FindPartner(int route)
    {
        ref readonly var v = ref problem.Vehicles[route];
        ref readonly var state = ref solution.Routes[route];
        int best = -1;
        long least = 0;
        for (int q = 0; q < problem.Vehicles.Length; q++)
        {
            ref readonly var w = ref problem.Vehicles[q];
            if (!solution.Routes[q].IsUsed || w.Class == v.Class || !_kin.Of(v.Class).Contains(w.Class)) continue;
            long price = ExtraOf(v, w, state.Distance, state.Travel) + ExtraOf(w, v, solution.Routes[q].Distance, solution.Routes[q].Travel);
            if (price < least && Holds(q, route) && Holds(route, q) && solution.MayDrive(q, route) && solution.MayDrive(route, q)) (least, best) = (price, q);
        }

        return best;
    }

    private void Exchange(int a, int b)
    {
        int countA = TakeOff(a, ref _nodes), countB = TakeOff(b, ref _others);
        solution.LinkAll(b, _nodes.AsSpan(0, countA));
        solution.LinkAll(a, _others.AsSpan(0, countB));
        solution.Refresh(a);
        solution.Refresh(b);
    }

    private int TakeOff(int route, ref int[] nodes)
    {
        ref readonly var v = ref problem.Vehicles[route];
        int count = 0;
        for (int n = solution.Nodes[v.Start].Next; n != v.End; n = solution.Nodes[n].Next)
        {
            if (count == nodes.Length) Array.Resize(ref nodes, count * 2);
            nodes[count++] = n;
        }

        for (int i = 0; i < count; i++)
            if (solution.Nodes[nodes[i]].Route >= 0) solution.Unlink(problem.Jobs.JobOf[problem.Nodes[nodes[i]].Alternative]);
        return count;
    }

    /// <summary>What the same drive costs more with the second vehicle.</summary>
    private static long ExtraOf(in VehicleData v, in VehicleData w, long metres, long travel) =>
        w.FixedCost - v.FixedCost + (metres * (w.CostPerMetre - v.CostPerMetre)) + (travel * (w.CostPerTravelSecond - v.CostPerTravelSecond));

    /// <summary>True when the vehicle holds the route's highest loads.</summary>
    private bool Holds(int vehicle, int route)
    {
        int start = problem.Vehicles[route].Start, width = problem.Dimensions;
        if (width == 0) return true;
        if (solution.Nodes[start].HighestAfter > problem.Capacity[vehicle * width]) return false;
        for (int k = 1; k < width; k++)
            if (solution.Loads.HighestAfter[(start * (width - 1)) + k - 1] > problem.Capacity[(vehicle * width) + k]) return false;
        return true;
    }

    /// <summary>True when the vehicle holds the route's loads with one visit more.</summary>
    private bool Holds(int vehicle, int route, int after, int visit)
    {
        if (!Holds(vehicle, route)) return false;
        int width = problem.Dimensions;
        if (width == 0) return true;
        ref readonly var at = ref solution.Nodes[after];
        if (Math.Max(at.HighestBefore + problem.Delivery[visit * width], at.HighestAfter + problem.Pickup[visit * width]) > problem.Capacity[vehicle * width]) return false;
        for (int k = 1; k < width; k++)
        {
            int cell = (after * (width - 1)) + k - 1;
            long highest = Math.Max(solution.Loads.HighestBefore[cell] + problem.Delivery[(visit * width) + k], solution.Loads.HighestAfter[cell] + problem.Pickup[(visit * width) + k]);
            if (highest > problem.Capacity[(vehicle * width) + k]) return false;
        }

        return true;
    }
}
