using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Moves;

/// <summary>Takes one whole trip out – of a vehicle that makes only one, its route – so that its jobs may go elsewhere or stay out.</summary>
/// <remarks>Strings leave a long route standing; whether it is worth driving at all is only seen without it.</remarks>
internal sealed class RouteRuin(CompiledProblem problem, Solution solution, Rng rng)
{
    // Longer trips would take as long to put back as hundreds of ordinary iterations.
    private const int LongestTrip = 60;

    private readonly int[] _removed = new int[problem.Jobs.Count];
    private int _count;

    /// <summary>Jobs taken out by the last run.</summary>
    public ReadOnlySpan<int> Removed => _removed.AsSpan(0, _count);

    /// <summary>False when no suitable trip was met; nothing is changed then.</summary>
    public bool TryRun()
    {
        _count = 0;
        if (problem.Jobs.Count == 0) return false;
        int job = rng.Below(problem.Jobs.Count), alternative = solution.Jobs.AlternativeOf[job];
        if (alternative < 0) return false;
        int node = problem.Jobs.FirstNode[alternative], route = solution.Nodes[node].Route, first = solution.Nodes[node].Head, length = 0;
        for (int n = solution.Nodes[first].Next; problem.Nodes[n].Kind == NodeKind.Visit; n = solution.Nodes[n].Next) length++;
        if (length > LongestTrip) return false;
        for (int n = solution.Nodes[first].Next; problem.Nodes[n].Kind == NodeKind.Visit; n = solution.Nodes[first].Next)
        {
            int visited = problem.Jobs.JobOf[problem.Nodes[n].Alternative];
            solution.Unlink(visited);
            _removed[_count++] = visited;
        }

        if (!solution.Refresh(route)) TakeRest(route);
        return true;
    }

    /// <summary>Takes everything out.</summary>
    public ReadOnlySpan<int> RunAll()
    {
        _count = 0;
        for (int v = 0; v < problem.Vehicles.Length; v++)
            if (solution.Routes[v].IsUsed) TakeRest(v);
        return Removed;
    }

    // Without the triangle inequality a shorter route may be later than a longer one: then all of it is done anew.
    private void TakeRest(int route)
    {
        ref readonly var v = ref problem.Vehicles[route];
        for (int n = solution.Nodes[v.Start].Next; n != v.End; n = solution.Nodes[v.Start].Next)
        {
            if (problem.Nodes[n].Kind != NodeKind.Visit)
            {
                solution.UnlinkReload(n);
                continue;
            }

            int job = problem.Jobs.JobOf[problem.Nodes[n].Alternative];
            solution.Unlink(job);
            _removed[_count++] = job;
        }

        solution.Refresh(route);
    }
}
