using System.Diagnostics;
using Logistics.Routing.Search.Moves;

namespace Logistics.Routing.Search.Classic;

/// <summary>Puts missing jobs back one by one, each where it costs least, in an order drawn anew every time.</summary>
/// <remarks>Greedy insertion with blinks (Christiaens and Vanden Berghe 2020, §4.2).</remarks>
internal sealed class ClassicRecreate<TLegs>
    where TLegs : struct, IClassicLegs
{
    private const double BlinkRate = 0.01;

    // Of many jobs that have long been left out only some are tried again each time.
    private const int MaxRetried = 8;

    // A single job seldom pays for a route of its own: now and then the first gets one, for others to join.
    private const int RepairsPerOpening = 32;

    private readonly ClassicProblem _problem;
    private readonly ClassicRoutes<TLegs> _routes;
    private readonly SinglePlacer<TLegs> _single;
    private readonly PairPlacer<TLegs> _pair;
    private readonly InsertionOrder _order;
    private readonly Rng _rng;
    private readonly int[] _jobs;
    private readonly int[] _absent;
    private readonly int[] _missing;
    private int _missingCount;

    public ClassicRecreate(ClassicProblem problem, ClassicNeighbours neighbours, ClassicRoutes<TLegs> routes, TLegs legs, InsertionOrder order, Rng rng)
    {
        (_problem, _routes, _order, _rng) = (problem, routes, order, rng);
        _single = new SinglePlacer<TLegs>(problem, neighbours, routes, legs, BlinkRate, rng);
        _pair = new PairPlacer<TLegs>(problem, neighbours, routes, legs, BlinkRate, rng);
        _jobs = new int[problem.Source.Jobs.Count + MaxRetried];
        _absent = new int[problem.Source.Jobs.Count];
        _missing = new int[problem.Source.Jobs.Count];
    }

    /// <summary>Most vehicles that may be in use.</summary>
    public int MaxUsed { get; set; } = int.MaxValue;

    /// <summary>Jobs left out by the solution as last accepted, and by the repair just made.</summary>
    public int AbsentCount { get; private set; }
    public int MissingCount => _missingCount;

    /// <summary>Lists the jobs that are in no route.</summary>
    public void Reset()
    {
        AbsentCount = 0;
        for (int j = 0; j < _problem.Source.Jobs.Count; j++)
            if (_routes.Gaps[_problem.FirstNode[j]].Route < 0) _absent[AbsentCount++] = j;
    }

    /// <summary>Inserts what the ruin took out and some of what was left out before.</summary>
    public void Run(ReadOnlySpan<int> removed)
    {
        removed.CopyTo(_jobs);
        int count = removed.Length;
        for (int i = 0; i < Math.Min(MaxRetried, AbsentCount); i++)
        {
            // Moved to the front, so that none is drawn twice.
            int drawn = i + _rng.Below(AbsentCount - i);
            (_absent[i], _absent[drawn]) = (_absent[drawn], _absent[i]);
            _jobs[count++] = _absent[i];
        }

        _order.Sort(_jobs.AsSpan(0, count), _rng);
        _missingCount = Math.Max(0, AbsentCount - MaxRetried);
        _absent.AsSpan(AbsentCount - _missingCount, _missingCount).CopyTo(_missing);
        bool isOpening = _rng.Below(RepairsPerOpening) == 0;
        foreach (int job in _jobs.AsSpan(0, count))
        {
            if (!TryInsert(job, isOpening)) _missing[_missingCount++] = job;
            isOpening = false;
        }
    }

    /// <summary>Makes what is missing now the state to go on from.</summary>
    public void Commit()
    {
        _missing.AsSpan(0, _missingCount).CopyTo(_absent);
        AbsentCount = _missingCount;
    }

    private bool TryInsert(int job, bool isOpening)
    {
        int first = _problem.FirstNode[job], second = _problem.SecondNode[job], from, to;
        if (second < 0)
        {
            from = isOpening ? _single.FindIdle(first, MaxUsed) : _single.Find(first, MaxUsed);
            if (from < 0 && isOpening) from = _single.Find(first, MaxUsed);
            if (from < 0) return false;
            _routes.Link(first, from);
            to = _routes.Gaps[first].Next;
        }
        else
        {
            if (!(isOpening && _pair.FindIdle(first, second, MaxUsed)) && !_pair.Find(first, second, MaxUsed)) return false;
            from = _pair.AfterPickup;
            _routes.Link(first, from);
            _routes.Link(second, _pair.AfterDelivery);
            to = _routes.Gaps[second].Next;
        }

        bool isInTime = _routes.Settle(from, to);
        Debug.Assert(isInTime, "an insertion was applied that makes its route late");
        return true;
    }
}
