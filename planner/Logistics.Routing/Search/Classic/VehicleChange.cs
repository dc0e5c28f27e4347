using Logistics.Routing.Search.Moves;

namespace Logistics.Routing.Search.Classic;

/// <summary>Gives all the trips of a vehicle to an idle one of another kind: which vehicles go decides what their shifts and loads allow, and strings of visits never change it.</summary>
/// <remarks>Trips keep their order and that of their visits; a trip too large for its new vehicle becomes two. What the other is too late for, or may not serve, is left to the repair.</remarks>
internal sealed class VehicleChange<TLegs>(ClassicProblem problem, ClassicRoutes<TLegs> routes, ClassicRuin<TLegs> ruin, Rng rng)
    where TLegs : struct, IClassicLegs
{
    private readonly TripChains _chains = routes.Trips!;

    // Visits of the trips, and behind each trip a −1.
    private readonly int[] _day = new int[problem.VisitCount + problem.RouteCount];
    private readonly int[] _left = new int[problem.Source.Jobs.Count];
    private int _leftCount;

    /// <summary>Jobs that found no place on the other vehicle.</summary>
    public ReadOnlySpan<int> Left => _left.AsSpan(0, _leftCount);

    /// <summary>Moves a vehicle's trips, both drawn at random; false when there is no other that could go.</summary>
    public bool TryRun()
    {
        var used = routes.Used.List;
        if (used.Length == 0) return false;
        int vehicle = problem.VehicleOf[used[rng.Below(used.Length)]], other = DrawIdle(problem.KindOf[vehicle]);
        if (other < 0) return false;
        int count = List(vehicle);
        ruin.RunWhole(vehicle);
        _leftCount = 0;
        int tail = -1;
        foreach (int node in _day.AsSpan(0, count))
        {
            if (node < 0) tail = -1;
            else if (!TryAppend(node, other, ref tail)) _left[_leftCount++] = problem.JobOf[node];
        }

        return true;
    }

    private int List(int vehicle)
    {
        int count = 0;
        for (int trip = _chains.FirstOf(vehicle); trip >= 0; trip = _chains.After(trip))
        {
            for (int n = routes.Gaps[problem.StartOf[trip]].Next; n < problem.VisitCount; n = routes.Gaps[n].Next) _day[count++] = n;
            _day[count++] = -1;
        }

        return count;
    }

    /// <summary>An idle vehicle of another kind, or −1.</summary>
    private int DrawIdle(int kind)
    {
        int turn = rng.Below(problem.KindCount);
        for (int i = 0; i < problem.KindCount; i++)
        {
            int other = (turn + i) % problem.KindCount;
            if (other != kind && routes.Idle.Of(other) is [.., var idle]) return idle;
        }

        return -1;
    }

    /// <param name="tail">What the visit goes behind; −1 for a new trip.</param>
    private bool TryAppend(int node, int vehicle, ref int tail)
    {
        if (problem.Demand[node] > problem.Capacity[vehicle] || !problem.MayServe(node, vehicle)) return false;
        if (tail >= 0 && problem.Demand[node] > routes.Sums[routes.Gaps[tail].Route].Room) tail = -1;
        int after = tail;
        if (after < 0)
        {
            int trip = _chains.Plan(vehicle, after: -1);
            if (trip < 0) return false;
            after = problem.StartOf[trip];
        }

        if (!routes.TryLink(node, after)) return false;
        tail = node;
        return true;
    }
}
