using System.Diagnostics;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Moves;

/// <summary>Puts missing jobs back one by one, each where it costs least, in an order drawn anew every time.</summary>
/// <remarks>Greedy insertion with blinks (Christiaens and Vanden Berghe 2020, §4.2).</remarks>
internal sealed class Recreate
{
    // Of many jobs that have long been left out only some are tried again each time: the nearest of a sample.
    private const int MaxRetried = 8;
    private const int Sampled = 48;

    // The first job on a new vehicle or trip pays for all that follow it. So the first plan, and every few repairs, may pay more for a job than leaving it out
    // would cost; whether that was right is for the acceptance to judge.
    private const int GenerousFactor = 8;
    private const int RepairsPerGenerous = 4;

    private readonly CompiledProblem _problem;
    private readonly Solution _solution;
    private readonly Inserter _inserter;
    private readonly InsertionOrder _order;
    private readonly Rng _rng;
    private readonly int[] _jobs;
    private int _count;

    public Recreate(CompiledProblem problem, Solution solution, Inserter inserter, InsertionOrder order, Rng rng)
    {
        (_problem, _solution, _inserter, _order, _rng) = (problem, solution, inserter, order, rng);
        _jobs = new int[problem.Jobs.Count];
    }

    /// <summary>Inserts what the ruin took out and some of what was left out before.</summary>
    public void Run(ReadOnlySpan<int> removed)
    {
        _count = 0;
        foreach (int job in removed) _jobs[_count++] = job;
        int older = _solution.Jobs.AbsentCount - removed.Length;
        if (older > 0) AddOlder(older);
        _order.Sort(_jobs.AsSpan(0, _count), _rng);
        int factor = _rng.Below(RepairsPerGenerous) == 0 ? GenerousFactor : 1;
        for (int i = 0; i < _count; i++) Insert(_jobs[i], factor);
    }

    /// <summary>Inserts everything that is missing.</summary>
    public void RunAll()
    {
        _solution.Jobs.Absent.CopyTo(_jobs);
        _count = _solution.Jobs.AbsentCount;
        if (_problem.Jobs.HasReleases) _order.SortForConstruction(_jobs.AsSpan(0, _count));
        else _order.Sort(_jobs.AsSpan(0, _count), _rng);
        for (int i = 0; i < _count; i++) Insert(_jobs[i], GenerousFactor);
    }

    private void AddOlder(int older)
    {
        // Jobs just removed stand last in the absent list, unless a swap moved one forward; a job met twice is skipped when it is served already.
        var absent = _solution.Jobs.Absent;
        if (older <= MaxRetried)
        {
            for (int i = 0; i < older; i++) AddOnce(absent[i]);
            return;
        }

        int centre = _count > 0 ? PlaceOf(_jobs[0]) : PlaceOf(absent[_rng.Below(older)]);
        for (int i = 0; i < MaxRetried; i++)
        {
            int nearest = absent[_rng.Below(older)];
            for (int k = 1; k < Sampled / MaxRetried; k++)
            {
                int other = absent[_rng.Below(older)];
                if (_problem.Legs[0].Distance(centre, PlaceOf(other)) < _problem.Legs[0].Distance(centre, PlaceOf(nearest))) nearest = other;
            }

            AddOnce(nearest);
        }
    }

    private int PlaceOf(int job)
    {
        int first = _problem.Jobs.First[job], node = _problem.Jobs.FirstNode[first + _rng.Below(_problem.Jobs.First[job + 1] - first)];
        return node < 0 ? _problem.Nodes[0].Place : _problem.Nodes[node].Place;
    }

    private void AddOnce(int job)
    {
        if (_count < _jobs.Length && !_jobs.AsSpan(0, _count).Contains(job)) _jobs[_count++] = job;
    }

    private void Insert(int job, int factor)
    {
        if (_solution.Jobs.AlternativeOf[job] >= 0) return;
        long limit = _solution.Jobs.PriceOfAbsence(job);
        if (_problem.Jobs.UnservedCost[job] >= 0) limit = limit > CompiledProblem.Unlimited / factor ? CompiledProblem.Unlimited : limit * factor;
        if (_inserter.TryFind(job, limit, out var candidate)) Apply(candidate);
    }

    private void Apply(in Candidate candidate)
    {
        int vehicle = _solution.Nodes[candidate.AfterFirst].Route;
        long before = _solution.RouteCost;
        int afterFirst = candidate.AfterFirst;
        if (candidate.Reload >= 0)
        {
            _solution.LinkReload(afterFirst, candidate.Reload);
            if (candidate.IsReloadFirst) afterFirst = candidate.Reload;
        }

        _solution.Link(candidate.Alternative, afterFirst, candidate.AfterSecond);
        bool isFeasible = _solution.Refresh(vehicle);
        Debug.Assert(isFeasible, "an insertion was applied that breaks its route");
        Debug.Assert(_solution.RouteCost - before + _solution.Jobs.PriceOf(candidate.Alternative, vehicle) == candidate.Price, "costAfter == costBefore + delta");
        if (isFeasible) return;
        _solution.Unlink(_problem.Jobs.JobOf[candidate.Alternative]);
        _solution.Refresh(vehicle);
    }
}
