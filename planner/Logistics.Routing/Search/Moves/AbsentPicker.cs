using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Moves;

/// <summary>Picks, of many jobs long left out, the few worth trying again: those around the place where the ruin has just made room.</summary>
/// <remarks>Bounded work whatever the number of jobs left out: at most the sites of one neighbour list, and a bounded number of jobs of each.</remarks>
internal sealed class AbsentPicker
{
    private const int MostPerSite = 16;

    private readonly CompiledProblem _problem;
    private readonly NeighbourLists _neighbours;
    private readonly Solution _solution;
    private readonly Rng _rng;

    // Jobs with an alternative at each site, all sites in one array.
    private readonly int[] _firstJob;
    private readonly int[] _jobs;

    public AbsentPicker(CompiledProblem problem, NeighbourLists neighbours, Solution solution, Rng rng)
    {
        (_problem, _neighbours, _solution, _rng) = (problem, neighbours, solution, rng);
        int sites = problem.SitePlace.Length;
        _firstJob = new int[sites + 1];
        for (int n = 0; n < problem.VisitCount; n++)
            if (!problem.Nodes[n].IsDropOff) _firstJob[problem.Nodes[n].Site + 1]++;
        for (int s = 0; s < sites; s++) _firstJob[s + 1] += _firstJob[s];
        _jobs = new int[_firstJob[sites]];
        var next = (int[])_firstJob.Clone();
        for (int n = 0; n < problem.VisitCount; n++)
            if (!problem.Nodes[n].IsDropOff) _jobs[next[problem.Nodes[n].Site]++] = problem.Jobs.JobOf[problem.Nodes[n].Alternative];
    }

    /// <summary>Writes absent jobs around a site, nearest sites first; returns how many. A job with two alternatives near may come twice.</summary>
    public int PickAround(int site, Span<int> target)
    {
        int count = 0;
        foreach (int near in _neighbours.Near.AsSpan(site * _neighbours.NearCount, _neighbours.NearCount))
        {
            if (near < 0) break;
            int size = _firstJob[near + 1] - _firstJob[near], offset = size > MostPerSite ? _rng.Below(size) : 0;
            for (int i = 0; i < Math.Min(size, MostPerSite); i++)
            {
                int job = _jobs[_firstJob[near] + ((i + offset) % size)];
                if (_solution.Jobs.AlternativeOf[job] >= 0 || _problem.Jobs.IsDone[job]) continue;
                target[count++] = job;
                if (count == target.Length) return count;
            }
        }

        return count;
    }
}
