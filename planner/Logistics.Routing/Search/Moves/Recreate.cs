using System.Diagnostics;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Moves;

/// <summary>Puts missing jobs back one by one, each where it costs least, in an order drawn anew every time.</summary>
/// <remarks>Greedy insertion with blinks (Christiaens and Vanden Berghe 2020, §4.2).</remarks>
internal sealed class Recreate
{
    // Of many jobs that have long been left out only some are tried again each time, more when a repair is generous: most near the ruin, some anywhere.
    private const int MaxRetried = 8;
    private const int MaxRetriedGenerously = 24;
    private const int RetriedAnywhere = 2;

    // The first job on a new vehicle or trip pays for all that follow it. So the first plan, and every few repairs, may pay more for a job than leaving it out
    // would cost; what does not pay in the end is pruned again, and whether the rest was right is for the acceptance to judge.
    private const int GenerousFactor = 8;
    private const int RepairsPerGenerous = 4;

    // Every so often a route or trip is opened among jobs left out, whatever its first job costs, and many of them may join it.
    private const int RepairsPerOpening = 16;
    private const int MaxJoining = 64;
    private const int OpeningFactor = 3;

    private readonly CompiledProblem _problem;
    private readonly Solution _solution;
    private readonly Inserter _inserter;
    private readonly InsertionOrder _order;
    private readonly AbsentPicker _absent;
    private readonly Pruner _pruner;
    private readonly FleetFitter _fleet;
    private readonly Rng _rng;
    private readonly int[] _jobs;
    private readonly int[] _around = new int[MaxJoining];
    private int _count;

    public Recreate(CompiledProblem problem, NeighbourLists neighbours, Solution solution, Inserter inserter, FleetFitter fleet, InsertionOrder order, Rng rng)
    {
        (_problem, _solution, _inserter, _fleet, _order, _rng) = (problem, solution, inserter, fleet, order, rng);
        _absent = new AbsentPicker(problem, neighbours, solution, rng);
        _pruner = new Pruner(problem, solution);
        _jobs = new int[problem.Jobs.Count];
    }

    /// <summary>Inserts what the ruin took out and some of what was left out before.</summary>
    /// <param name="limit">Cost above which the repaired solution is of no use.</param>
    /// <returns>False when it was broken off, because it would have cost more.</returns>
    public bool Run(ReadOnlySpan<int> removed, long limit = CompiledProblem.Unlimited)
    {
        _count = 0;
        _fleet.Fit();
        foreach (int job in removed) _jobs[_count++] = job;
        int older = _solution.Jobs.AbsentCount - removed.Length;
        if (older <= _problem.Hopeless.Count) older = 0;
        int factor = older > 0 && _rng.Below(RepairsPerGenerous) == 0 ? GenerousFactor : 1;
        if (older > 0 && _pruner.IsUseful && _rng.Below(RepairsPerOpening) == 0) factor = OpenAmongAbsent();
        else if (older > 0) AddOlder(older, factor == 1 ? MaxRetried : MaxRetriedGenerously);
        _order.Sort(_jobs.AsSpan(0, _count), _rng);
        // A generous repair pays first and prunes later: what it will cost is not known before its end.
        if (limit >= CompiledProblem.Unlimited || factor > 1)
        {
            for (int i = 0; i < _count; i++) Insert(_jobs[i], factor);
        }
        else if (!InsertWithin(limit))
        {
            return false;
        }

        Settle();
        return true;
    }

    /// <summary>Inserts all jobs listed as long as they may cost no more than a limit together; false when they do.</summary>
    /// <remarks>
    /// No insertion makes a route cheaper under the triangle inequality; where one would, at worst a plan is refused. So what is spent already, and the least that the jobs to come cost beside
    /// their routes, bounds the outcome from below (as <see cref="Classic.ClassicRecreate"/> does).
    /// </remarks>
    private bool InsertWithin(long limit)
    {
        long room = limit - _solution.RouteCost - _solution.Jobs.Cost;
        for (int i = 0; i < _count; i++)
            if (_solution.Jobs.AlternativeOf[_jobs[i]] < 0) room += _solution.Jobs.PriceOfAbsence(_jobs[i]) - LeastPrice(_jobs[i]);
        for (int i = 0; i < _count && room >= 0; i++)
        {
            if (_solution.Jobs.AlternativeOf[_jobs[i]] >= 0) continue;
            long absence = _solution.Jobs.PriceOfAbsence(_jobs[i]), least = LeastPrice(_jobs[i]);
            long cost = _solution.RouteCost + _solution.Jobs.Cost;
            if (_inserter.TryFind(_jobs[i], Math.Min(absence, room + least + 1), out var candidate)) Apply(candidate);
            // Its absence is no longer counted, or still is.
            room -= _solution.RouteCost + _solution.Jobs.Cost - cost + absence - least;
        }

        return room >= 0;
    }

    /// <summary>The least a job costs beside its route, served or not.</summary>
    private long LeastPrice(int job)
    {
        long least = _solution.Jobs.PriceOfAbsence(job);
        for (int a = _problem.Jobs.First[job]; a < _problem.Jobs.First[job + 1]; a++) least = Math.Min(least, _problem.Jobs.Preference[a]);
        return least;
    }

    /// <summary>Inserts everything that is missing.</summary>
    /// <param name="isGenerous">A job may cost more than leaving it out; for a plan made from nothing, not for one that must not get worse.</param>
    public void RunAll(bool isGenerous = true)
    {
        _solution.Jobs.Absent.CopyTo(_jobs);
        _count = _solution.Jobs.AbsentCount;
        if (_problem.Jobs.HasReleases) _order.SortForConstruction(_jobs.AsSpan(0, _count));
        else _order.Sort(_jobs.AsSpan(0, _count), _rng);
        for (int i = 0; i < _count; i++) Insert(_jobs[i], isGenerous ? GenerousFactor : 1);
        Settle();
    }

    /// <summary>Begins a route or trip with a job left out and lists those around it; the factor they are inserted with.</summary>
    private int OpenAmongAbsent()
    {
        int found = _absent.PickAround(SiteOf(_jobs[0]), _around);
        if (found == 0) return 1;
        if (_inserter.TryFindNewTrip(_around[_rng.Below(Math.Min(found, MaxRetried))], out var candidate)) Apply(candidate);
        for (int i = 0; i < found; i++) AddOnce(_around[i]);
        return OpeningFactor;
    }

    private void Settle()
    {
        _pruner.Run();
        _fleet.Fit();
    }

    private void AddOlder(int older, int most)
    {
        // Jobs just removed stand last in the absent list, unless a swap moved one forward; a job met twice is skipped when it is served already.
        var absent = _solution.Jobs.Absent;
        if (older <= most)
        {
            for (int i = 0; i < older; i++) AddOnce(absent[i]);
            return;
        }

        for (int i = 0; i < RetriedAnywhere; i++) AddOnce(absent[_rng.Below(older)]);
        int found = _absent.PickAround(SiteOf(_jobs[0]), _around.AsSpan(0, most));
        for (int i = 0; i < found; i++) AddOnce(_around[i]);
    }

    private int SiteOf(int job)
    {
        int first = _problem.Jobs.First[job], node = _problem.Jobs.FirstNode[first + _rng.Below(_problem.Jobs.First[job + 1] - first)];
        return node < 0 ? 0 : _problem.Nodes[node].Site;
    }

    private void AddOnce(int job)
    {
        if (_count < _jobs.Length && !_problem.Hopeless.Contains(job) && !_jobs.AsSpan(0, _count).Contains(job)) _jobs[_count++] = job;
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
        if (candidate.VehiclePlusOne > 0)
        {
            if (afterFirst == _problem.Vehicles[vehicle].Start) afterFirst = _problem.Vehicles[candidate.VehiclePlusOne - 1].Start;
            _fleet.Move(vehicle, candidate.VehiclePlusOne - 1);
            vehicle = candidate.VehiclePlusOne - 1;
        }

        if (candidate.Reload >= 0)
        {
            _solution.LinkReload(afterFirst, candidate.Reload);
            if (candidate.IsReloadFirst) afterFirst = candidate.Reload;
        }

        _solution.Link(candidate.Alternative, afterFirst, candidate.AfterSecond);
        bool isFeasible = _solution.Refresh(vehicle, candidate.Walked);
        Debug.Assert(isFeasible, "an insertion was applied that breaks its route");
        Debug.Assert(_solution.RouteCost - before + _solution.Jobs.PriceOf(candidate.Alternative, vehicle) == candidate.Price, "costAfter == costBefore + delta");
        if (isFeasible) return;
        _solution.Unlink(_problem.Jobs.JobOf[candidate.Alternative]);
        _solution.Refresh(vehicle);
    }
}
