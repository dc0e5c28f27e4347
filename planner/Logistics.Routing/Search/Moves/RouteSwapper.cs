using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Moves;

/// <summary>Lets whole routes change vehicles, with an idle one or with each other, wherever the plan is cheaper for it.</summary>
/// <remarks>
/// Unlike <see cref="FleetFitter"/> it also goes between vehicles with other shifts, breaks, speeds and trips: each exchange is timed anew, so it is tried for all pairs, and seldom.
/// Not for vehicles under way. Owned by one thread.
/// </remarks>
internal sealed class RouteSwapper(CompiledProblem problem, Solution solution)
{
    private const int MostRounds = 3;

    private readonly TripChecker _trips = new(problem, solution);
    private readonly List<int> _first = [];
    private readonly List<int> _second = [];

    public void Run()
    {
        bool isBetter = true;
        for (int round = 0; isBetter && round < MostRounds; round++)
        {
            isBetter = false;
            for (int a = 0; a < problem.Vehicles.Length; a++)
                for (int b = 0; b < problem.Vehicles.Length && solution.Routes[a].IsUsed; b++)
                    isBetter |= IsWorthTrying(a, b) && TrySwap(a, b);
        }
    }

    private bool IsWorthTrying(int a, int b)
    {
        ref readonly var v = ref problem.Vehicles[a];
        ref readonly var w = ref problem.Vehicles[b];
        if (v.Class == w.Class || v.IsUnderWay || w.IsUnderWay || !HasSameEnds(v, w)) return false;
        // Each pair once, and of idle vehicles that are alike one.
        bool isNew = solution.Routes[b].IsUsed ? b > a : solution.Idle.Of(w.Class)[^1] == b;
        return isNew && solution.MayDrive(b, a) && solution.MayDrive(a, b);
    }

    private bool TrySwap(int a, int b)
    {
        long before = solution.Cost;
        int beginA = solution.Routes[a].Begin, beginB = solution.Routes[b].Begin;
        List(a, _first);
        List(b, _second);
        solution.Begin();
        solution.Empty(a);
        solution.Empty(b);
        if (TryLink(b, _first, beginA) && TryLink(a, _second, beginB) && solution.Cost < before)
        {
            solution.Commit();
            return true;
        }

        solution.Rollback();
        return false;
    }

    private bool HasSameEnds(in VehicleData v, in VehicleData w) =>
        problem.Nodes[v.Start].Place == problem.Nodes[w.Start].Place && problem.Nodes[v.End].Place == problem.Nodes[w.End].Place;

    private void List(int route, List<int> nodes)
    {
        nodes.Clear();
        ref readonly var v = ref problem.Vehicles[route];
        for (int n = solution.Nodes[v.Start].Next; n != v.End; n = solution.Nodes[n].Next) nodes.Add(n);
    }

    /// <summary>Gives an empty vehicle the nodes of another; false when it cannot drive them.</summary>
    private bool TryLink(int vehicle, List<int> nodes, int begin)
    {
        if (nodes.Count == 0) return true;
        int reloads = 0;
        for (int i = 0; i < nodes.Count; i++)
        {
            if (problem.Nodes[nodes[i]].Kind != NodeKind.Reload) continue;
            int own = FindReload(vehicle, problem.Nodes[nodes[i]].Depot, reloads++);
            if (own < 0) return false;
            nodes[i] = own;
        }

        solution.LinkAll(vehicle, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(nodes));
        solution.Routes[vehicle].Begin = begin;
        if (!solution.Refresh(vehicle)) return false;
        solution.ListTo(solution.Walk, vehicle);
        return _trips.HoldsTrips(solution.Walk.Nodes, vehicle);
    }

    /// <summary>The vehicle's node for its n-th reload, at that depot; −1 when it may not reload so often or there.</summary>
    private int FindReload(int vehicle, int depot, int n)
    {
        ref readonly var v = ref problem.Vehicles[vehicle];
        if (n >= v.MaxReloads) return -1;
        for (int i = v.FirstReload + n; i < v.FirstReload + (v.MaxReloads * v.ReloadDepotCount); i += v.MaxReloads)
            if (problem.Nodes[i].Depot == depot) return i;
        return -1;
    }
}
