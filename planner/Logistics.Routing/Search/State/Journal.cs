using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>Remembers what an iteration is about to change: the nodes of each touched route as they were, and each touched job's assignment.</summary>
/// <remarks>Buffers grow once and are reused, so a settled search allocates nothing.</remarks>
internal sealed class Journal(CompiledProblem problem, Solution solution)
{
    private readonly int[] _routes = new int[problem.Vehicles.Length];
    private readonly int[] _firstNode = new int[problem.Vehicles.Length + 1];
    private readonly RouteState[] _states = new RouteState[problem.Vehicles.Length];
    private readonly TimedRoute[] _timed = TimedRoute.ForAll(problem);
    private readonly long[] _routeStamp = new long[problem.Vehicles.Length];
    private readonly int[] _jobs = new int[problem.Jobs.Count];
    private readonly int[] _alternatives = new int[problem.Jobs.Count];
    private readonly int[] _vehicles = new int[problem.Jobs.Count];
    private readonly long[] _jobStamp = new long[problem.Jobs.Count];

    private readonly SideTables _sides = new(problem, solution);
    private int[] _nodes = [];
    private NodeState[] _saved = [];
    private int _routeCount;
    private int _jobCount;
    private long _stamp;

    /// <summary>Routes touched since <see cref="Begin"/>.</summary>
    public ReadOnlySpan<int> Touched => _routes.AsSpan(0, _routeCount);

    public void Begin()
    {
        _stamp++;
        _routeCount = _jobCount = 0;
    }

    public void Commit() => Begin();

    public void Touch(int route)
    {
        if (_routeStamp[route] == _stamp) return;
        _routeStamp[route] = _stamp;
        solution.Changed.Add(route);
        int at = _routeCount == 0 ? 0 : _firstNode[_routeCount];
        _firstNode[_routeCount] = at;
        for (int n = problem.Vehicles[route].Start; n >= 0; n = solution.Nodes[n].Next)
        {
            if (at == _nodes.Length) Grow();
            _nodes[at] = n;
            _saved[at] = solution.Nodes[n];
            _sides.Save(n, at++);
        }

        _states[_routeCount] = solution.Routes[route];
        if (_timed.Length > 0) _timed[_routeCount].CopyFrom(solution.Timed[route]);
        _routes[_routeCount++] = route;
        _firstNode[_routeCount] = at;
    }

    /// <summary>Remembers a job's assignment before its first change.</summary>
    public void NoteJob(int job, int alternative)
    {
        if (_jobStamp[job] == _stamp) return;
        _jobStamp[job] = _stamp;
        _jobs[_jobCount] = job;
        _alternatives[_jobCount] = alternative;
        _vehicles[_jobCount++] = solution.Jobs.VehicleOf[job];
    }

    public void Rollback()
    {
        for (int i = _jobCount - 1; i >= 0; i--) solution.RestoreJob(_jobs[i], _alternatives[i], _vehicles[i]);
        for (int r = 0; r < _routeCount; r++)
        {
            ref readonly var v = ref problem.Vehicles[_routes[r]];
            for (int i = v.FirstReload; i < v.FirstReload + (v.MaxReloads * v.ReloadDepotCount); i++) solution.Nodes[i].Route = -1;
            for (int i = _firstNode[r]; i < _firstNode[r + 1]; i++)
            {
                solution.Nodes[_nodes[i]] = _saved[i];
                _sides.Restore(_nodes[i], i);
            }

            if (problem.Resources.HasSlots) solution.RestoreTimes(_routes[r], _timed[r]);
            solution.RestoreRoute(_routes[r], _states[r]);
        }

        Begin();
    }

    private void Grow()
    {
        int count = Math.Max(1024, _nodes.Length * 2);
        Array.Resize(ref _nodes, count);
        Array.Resize(ref _saved, count);
        _sides.Grow(count);
    }
}
