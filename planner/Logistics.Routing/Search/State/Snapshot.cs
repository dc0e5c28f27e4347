using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>A copy of the best routes found, kept current by copying only routes that have changed since.</summary>
internal sealed class Snapshot
{
    private readonly CompiledProblem _problem;
    private readonly int[][] _routes;
    private readonly int[] _lengths;
    private readonly TimedRoute[] _timed;
    private readonly RouteState[] _states;

    public Snapshot(CompiledProblem problem)
    {
        _problem = problem;
        _routes = new int[problem.Vehicles.Length][];
        _lengths = new int[problem.Vehicles.Length];
        _timed = TimedRoute.ForAll(problem);
        _states = new RouteState[problem.Vehicles.Length];
        Array.Fill(_routes, []);
    }

    public long Cost { get; private set; } = long.MaxValue;
    public int AbsentMandatory { get; private set; }
    public int Absent { get; private set; }
    public int VehiclesUsed { get; private set; }

    /// <summary>False when service levels or the disturbance limit are missed, a job that must be served is not, or history has taken more of a resource than there is.</summary>
    public bool IsFeasible { get; private set; }

    /// <summary>Nodes between a route's start and end.</summary>
    public ReadOnlySpan<int> RouteOf(int vehicle) => _routes[vehicle].AsSpan(0, _lengths[vehicle]);

    /// <summary>Copies the routes marked as changed and clears the marks.</summary>
    public void Take(Solution solution, long cost, ChangedRoutes changed)
    {
        foreach (int v in changed.List) Copy(solution, v);
        changed.Clear();
        Cost = cost;
        AbsentMandatory = solution.Jobs.AbsentMandatory;
        Absent = solution.Jobs.AbsentCount;
        IsFeasible = AbsentMandatory == 0 && solution.Jobs.FindPenalty() == 0 && !_problem.Resources.IsOverdrawn;
        VehiclesUsed = 0;
        foreach (ref readonly var route in solution.Routes.AsSpan())
            if (route.IsUsed) VehiclesUsed++;
    }

    /// <summary>Takes over one route; <see cref="Describe"/> must follow.</summary>
    public void TakeRoute(int vehicle, ReadOnlySpan<int> nodes)
    {
        if (_routes[vehicle].Length < nodes.Length) _routes[vehicle] = new int[Math.Max(16, 2 * nodes.Length)];
        nodes.CopyTo(_routes[vehicle]);
        _lengths[vehicle] = nodes.Length;
    }

    /// <summary>Says what routes taken over one by one cost together.</summary>
    /// <param name="penalty">What of it is for service levels that are missed.</param>
    public void Describe(long cost, int absentMandatory, int absent, int vehiclesUsed, long penalty = 0)
    {
        (Cost, AbsentMandatory, Absent, VehiclesUsed) = (cost, absentMandatory, absent, vehiclesUsed);
        IsFeasible = absentMandatory == 0 && penalty == 0 && !_problem.Resources.IsOverdrawn;
    }

    /// <summary>Takes over another snapshot as a whole.</summary>
    public void CopyFrom(Snapshot other)
    {
        for (int v = 0; v < _routes.Length; v++)
        {
            if (_routes[v].Length < other._lengths[v]) _routes[v] = new int[other._routes[v].Length];
            other.RouteOf(v).CopyTo(_routes[v]);
            _lengths[v] = other._lengths[v];
            if (_timed.Length > 0) _timed[v].CopyFrom(other._timed[v]);
            _states[v] = other._states[v];
        }

        (Cost, AbsentMandatory, Absent, VehiclesUsed, IsFeasible) = (other.Cost, other.AbsentMandatory, other.Absent, other.VehiclesUsed, other.IsFeasible);
    }

    /// <summary>Makes an empty solution equal to this one.</summary>
    public void Restore(Solution solution)
    {
        solution.Begin();
        solution.Clear();
        for (int v = 0; v < _routes.Length; v++)
        {
            solution.LinkAll(v, RouteOf(v));
            // A long route is walked from the start it had; from another it may not be feasible.
            solution.Routes[v].Begin = _states[v].Begin;
            if (!_problem.Resources.HasSlots)
            {
                solution.Refresh(v);
                continue;
            }

            // Walked again, a route could find other slots taken than it did: its own times stand.
            solution.RestoreTimes(v, _timed[v]);
            solution.RefreshCaches(v);
            solution.RestoreRoute(v, _states[v]);
        }

        solution.Commit();
    }

    private void Copy(Solution solution, int v)
    {
        int count = 0;
        for (int n = solution.Nodes[_problem.Vehicles[v].Start].Next; n != _problem.Vehicles[v].End; n = solution.Nodes[n].Next)
        {
            if (count == _routes[v].Length) Array.Resize(ref _routes[v], Math.Max(16, 2 * count));
            _routes[v][count++] = n;
        }

        _lengths[v] = count;
        if (_timed.Length > 0) _timed[v].CopyFrom(solution.Timed[v]);
        _states[v] = solution.Routes[v];
    }
}
