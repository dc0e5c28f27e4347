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

    // Where leaving out is a choice, those near the ruin are weighed against what it took out; more when a new route looks for company.
    private const int MostNear = 12;
    private const int MostJoining = 64;

    // Jobs that pay only together must come in one by one: now and then each may cost more than it is worth, and what does not pay in the end goes out again.
    private const int RepairsPerGenerous = 4;
    private const int GenerousFactor = 8;

    // A single job seldom pays for a route of its own: now and then the first gets one, for others to join.
    private const int RepairsPerOpening = 32;
    private const int RepairsPerOpeningOfAbsent = 3;

    // With a choice of vehicles more often: a larger one pays only once several visits are on it.
    private const int RepairsPerOpeningOfKin = 8;

    private readonly ClassicProblem _problem;
    private readonly ClassicRoutes<TLegs> _routes;
    private readonly SinglePlacer<TLegs> _single;
    private readonly PairPlacer<TLegs> _pair;
    private readonly VisitPruner<TLegs> _pruner;
    private readonly ClassicFleetFitter<TLegs>? _fitter;
    private readonly ClassicNeighbours _neighbours;
    private readonly InsertionOrder _order;
    private readonly Rng _rng;
    private readonly int[] _jobs;
    private readonly int[] _missing;

    // No repair ends with taking visits out again. Pairs gained little time and lost quality.
    private readonly bool _isBrokenOff;
    private int _count;
    private int _missingCount;

    public ClassicRecreate(ClassicProblem problem, ClassicNeighbours neighbours, ClassicRoutes<TLegs> routes, TLegs legs, InsertionOrder order, Rng rng)
    {
        (_problem, _routes, _neighbours, _order, _rng) = (problem, routes, neighbours, order, rng);
        _single = new SinglePlacer<TLegs>(problem, neighbours, routes, legs, BlinkRate, rng);
        _pair = new PairPlacer<TLegs>(problem, neighbours, routes, legs, BlinkRate, rng);
        _pruner = new VisitPruner<TLegs>(problem, routes, legs);
        if (TLegs.HasKinds && !TLegs.HasTrips) _fitter = new ClassicFleetFitter<TLegs>(problem, routes, legs);
        Absent = new AbsentJobs(problem);
        _isBrokenOff = !problem.HasPrizes && !problem.HasPairs;
        _jobs = new int[problem.Prize.Length + MaxRetried + MostJoining];
        _missing = new int[_jobs.Length];
    }

    /// <summary>Most vehicles that may be in use.</summary>
    public int MaxUsed { get; set; } = int.MaxValue;

    /// <summary>Jobs left out by the solution as last accepted.</summary>
    public AbsentJobs Absent { get; }

    /// <summary>What the jobs cost that are left out by the repair just made.</summary>
    public long MissingCost { get; private set; }

    /// <summary>Jobs the repair just made found no place for; those it did not try are not among them.</summary>
    public ReadOnlySpan<int> Missing => _missing.AsSpan(0, _missingCount);

    /// <summary>Lists the jobs that are in no route.</summary>
    public void Reset()
    {
        for (int j = 0; j < _problem.Prize.Length; j++) Absent.Set(j, !_routes.IsServed(j));
    }

    /// <summary>Inserts what the ruin took out and some of what was left out before.</summary>
    /// <param name="seed">Visit around which the ruin was.</param>
    /// <param name="accepted">What the plan may cost afterwards.</param>
    /// <param name="triesAll">Try all that was left out before, however much it is.</param>
    /// <returns>False when it costs more; the repair may then have been broken off.</returns>
    public bool TryRun(ReadOnlySpan<int> removed, int seed, in RepairLimit accepted, bool triesAll = false)
    {
        removed.CopyTo(_jobs);
        (_count, _missingCount) = (removed.Length, 0);
        MissingCost = Absent.Cost;
        bool isOpening = _rng.Below(_problem.HasPrizes && Absent.Count > 0 ? RepairsPerOpeningOfAbsent : TLegs.HasKinds && _problem.HasKin ? RepairsPerOpeningOfKin : RepairsPerOpening) == 0;
        if (_problem.HasPrizes) AddNear(seed, isOpening ? MostJoining : MostNear);
        else AddDrawn(triesAll ? Absent.Count : Math.Min(MaxRetried, Absent.Count));
        var jobs = _jobs.AsSpan(0, _count);
        _order.Sort(jobs, _rng);
        long factor = _problem.HasPrizes && _rng.Below(RepairsPerGenerous) == 0 ? GenerousFactor : 1;
        bool isAnnounced = !TLegs.HasGroups && !_problem.HasPairs;
        if (isAnnounced && jobs.Length > 0) _single.Fetch(_problem.FirstNode[jobs[0]]);
        for (int i = 0; i < jobs.Length; i++)
        {
            int job = jobs[i];
            if (isAnnounced && i + 1 < jobs.Length) _single.Announce(_problem.FirstNode[jobs[i + 1]]);
            long limit = _problem.IsMandatory[job] ? long.MaxValue : factor * Math.Min(long.MaxValue / GenerousFactor, _problem.Prize[job]);
            if (_isBrokenOff)
            {
                // Nothing that follows makes the plan cheaper again, but for a vehicle that suits better.
                long left = accepted.Cost - CostSoFar(accepted);
                if (left < 0 && _fitter is not null)
                {
                    _fitter.Fit();
                    left = accepted.Cost - CostSoFar(accepted);
                }

                if (left < 0) return false;
                // Where a smaller vehicle may do afterwards, more is left than it seems.
                if (!TLegs.HasRates || TLegs.HasTrips) limit = Math.Min(limit, left + 1);
            }

            if (!TryInsert(job, limit, isOpening))
            {
                MissingCost += _problem.Prize[job];
                _missing[_missingCount++] = job;
            }

            isOpening = false;
        }

        if (_problem.HasPrizes) Prune(jobs);
        _fitter?.Fit();
        if (TLegs.HasTrips) _routes.Excess?.Update();
        return CostSoFar(accepted) + _routes.Penalty <= accepted.Cost;
    }

    /// <summary>Inserts all that is left out, one after the other as visits are numbered: neighbours on the map fill a route together.</summary>
    public void RunAll()
    {
        (_count, _missingCount) = (0, 0);
        MissingCost = Absent.Cost;
        for (int n = 0; n < _problem.VisitCount; n++)
        {
            int job = _problem.JobOf[n];
            if (_problem.FirstNode[job] != n || !Absent.Contains(job)) continue;
            Add(job);
            if (TryInsert(job, long.MaxValue, isOpening: false)) continue;
            MissingCost += _problem.Prize[job];
            _missing[_missingCount++] = job;
        }

        if (TLegs.HasTrips) _routes.Excess?.Update();
    }

    // Levels of service may still be reached by what follows.
    private long CostSoFar(in RepairLimit accepted) => _routes.Cost + MissingCost + (accepted.CostPerVehicle * (_routes.Idle.UsedCount - accepted.Used));

    /// <summary>Makes what is missing now the state to go on from.</summary>
    public void Commit()
    {
        foreach (int job in _jobs.AsSpan(0, _count)) Absent.Set(job, !_routes.IsServed(job));
    }

    private void AddDrawn(int most)
    {
        for (int i = 0; i < most; i++) Add(Absent.Draw(i, _rng));
    }

    private void AddNear(int seed, int most)
    {
        int left = Math.Min(most, Absent.Count);
        foreach (int node in _neighbours.Near.AsSpan(seed * _neighbours.NearCount, _neighbours.NearCount))
        {
            if (left == 0 || node < 0) break;
            if (!Absent.Contains(_problem.JobOf[node])) continue;
            Add(_problem.JobOf[node]);
            left--;
        }
    }

    private void Add(int absent)
    {
        _jobs[_count++] = absent;
        MissingCost -= _problem.Prize[absent];
    }

    /// <summary>Where a job costs least: of several visits that do it, the one that does.</summary>
    private SinglePlace FindPlace(int job, long limit, bool isIdle)
    {
        var best = new SinglePlace(-1, -1, -1);
        if (!TLegs.HasGroups)
        {
            int only = _problem.FirstNode[job];
            return TLegs.HasShares && !_routes.Shares!.Admits(only) ? best : FindPlaceOf(only, limit, isIdle);
        }

        foreach (int visit in _problem.MembersOf(job))
        {
            if (TLegs.HasShares && !_routes.Shares!.Admits(visit)) continue;
            var place = FindPlaceOf(visit, limit - _problem.Preference[visit], isIdle);
            if (place.After < 0) continue;
            best = place;
            limit = _single.Price + _problem.Preference[visit];
        }

        return best;
    }

    private SinglePlace FindPlaceOf(int visit, long limit, bool isIdle) =>
        new(visit, isIdle ? _single.FindIdle(visit, limit, MaxUsed) : _single.Find(visit, limit, MaxUsed), _single.Taker);

    /// <summary>Gives a route to another vehicle of its kin.</summary>
    /// <returns>The node a visit goes behind that was to go behind <paramref name="after"/>.</returns>
    private int HandOver(int after, int vehicle)
    {
        int start = _problem.Source.Vehicles[_routes.Gaps[after].Route].Start, other = _problem.Source.Vehicles[vehicle].Start;
        _routes.ExchangeTails(start, other);
        return after == start ? other : after;
    }

    private void Prune(ReadOnlySpan<int> jobs)
    {
        foreach (int job in jobs)
            if (_pruner.TryPrune(job)) MissingCost += _problem.Prize[job];
    }

    private bool TryInsert(int job, long limit, bool isOpening)
    {
        int first = _problem.FirstNode[job], second = _problem.SecondNode[job], from, to;
        if (second < 0)
        {
            var place = isOpening ? FindPlace(job, long.MaxValue, isIdle: true) : FindPlace(job, limit, isIdle: false);
            if (place.After < 0 && isOpening) place = FindPlace(job, limit, isIdle: false);
            if (place.After < 0) return false;
            from = TLegs.HasKinds && place.Taker >= 0 ? HandOver(place.After, place.Taker) : place.After;
            _routes.Link(place.Visit, from);
            to = _routes.Gaps[place.Visit].Next;
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

/// <summary>Where a visit goes: behind which node, once the vehicle has taken over its route (−1: the one it has).</summary>
internal readonly record struct SinglePlace(int Visit, int After, int Taker);

/// <summary>What a plan may cost once it is repaired.</summary>
/// <param name="CostPerVehicle">Counted for each vehicle in use beyond <paramref name="Used"/>, and less for each below.</param>
internal readonly record struct RepairLimit(long Cost, long CostPerVehicle, int Used)
{
    public static RepairLimit None => new(long.MaxValue / 2, 0, 0);
}
