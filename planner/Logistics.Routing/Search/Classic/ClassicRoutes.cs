using System.Runtime.CompilerServices;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Classic;

/// <summary>The routes of a classic problem: linked nodes with cached times and loads, changed between <see cref="Begin"/> and <see cref="Commit"/> or <see cref="Rollback"/>.</summary>
/// <remarks>
/// A change touches only nodes whose caches really change: <see cref="Settle"/> stops where times are again what they were. Each node is kept once an iteration before its
/// first change, and put back by a rollback. Owned by one thread.
/// </remarks>
internal sealed class ClassicRoutes<TLegs>
    where TLegs : struct, IClassicLegs
{
    private readonly ClassicProblem _problem;
    private readonly TLegs _legs;
    private readonly int _visits;
    private readonly bool _hasPairs;
    private readonly int[] _nodeStamp;
    private readonly int[] _routeStamp;
    private readonly int[] _keptRoutes;
    private readonly RouteSum[] _keptSums;
    private readonly long[] _keptVersions;
    private int[] _keptNodes = new int[256];
    private Gap[] _keptGaps = new Gap[256];
    private int[] _keptLoads = new int[256];
    private int _nodeCount;
    private int _routeCount;
    private int _stamp;
    private long _cost;
    private long _keptCost;
    private long _lastVersion;

    public ClassicRoutes(ClassicProblem problem, TLegs legs)
    {
        (_problem, _legs, _visits, _hasPairs) = (problem, legs, problem.VisitCount, problem.HasPairs);
        int routes = problem.RouteCount, vehicles = problem.Source.Vehicles.Length;
        Gaps = new Gap[problem.Place.Length];
        Sums = new RouteSum[routes];
        Loads = new int[_hasPairs ? Gaps.Length : 0];
        Times = new RouteTimes<TLegs>(problem, this, legs);
        if (TLegs.HasShares) Shares = new SharedLimits(problem);
        if (TLegs.HasDurations) Spans = new RouteSpans<TLegs>(problem, legs, Gaps);
        Idle = new IdleVehicles(problem.Source);
        Changed = new ChangedRoutes(vehicles);
        Unrecorded = new ChangedRoutes(vehicles);
        _nodeStamp = new int[Gaps.Length];
        _routeStamp = new int[routes];
        _keptRoutes = new int[routes];
        _keptSums = new RouteSum[routes];
        Versions = new long[routes];
        _keptVersions = new long[routes];
        Used = new UsedRoutes(routes);
        if (TLegs.HasTrips)
        {
            Trips = new TripChains(problem);
            TripTimes = new TripTimer<TLegs>(problem, this, Trips, legs);
            if (problem.HasExcess) Excess = new TripExcess<TLegs>(problem, this, Trips, TripTimes);
        }

        Clear();
    }

    public Gap[] Gaps { get; }
    public RouteSum[] Sums { get; }

    /// <summary>Load on leaving each node; pairs only.</summary>
    public int[] Loads { get; }

    /// <summary>Times of routes that are one trip.</summary>
    public RouteTimes<TLegs> Times { get; }

    /// <summary>What jobs share; null where they share nothing.</summary>
    public SharedLimits? Shares { get; }

    /// <summary>Durations; null where none is limited.</summary>
    public RouteSpans<TLegs>? Spans { get; }
    public IdleVehicles Idle { get; }
    public UsedRoutes Used { get; }

    /// <summary>Trips and their times; null where a vehicle makes one.</summary>
    public TripChains? Trips { get; }
    public TripTimer<TLegs>? TripTimes { get; }

    /// <summary>What counts besides legs; null where nothing does.</summary>
    public TripExcess<TLegs>? Excess { get; }

    /// <summary>A number for the state of each route, never given to another state of the same; a rollback brings it back with the state.</summary>
    public long[] Versions { get; }

    /// <summary>Vehicles whose routes changed since the best was last copied.</summary>
    public ChangedRoutes Changed { get; }

    /// <summary>Vehicles whose routes changed since they were last recorded in a pool.</summary>
    public ChangedRoutes Unrecorded { get; }

    /// <summary>Routes touched since the last commit or rollback; may grow while it is read.</summary>
    public ReadOnlySpan<int> Touched => _keptRoutes.AsSpan(0, _routeCount);

    /// <summary>Legs, fixed costs of the vehicles in use, and their waiting and overtime where that counts.</summary>
    public long Cost => TLegs.HasTrips && Excess is not null ? _cost + Excess.Cost : _cost;

    /// <summary>What the levels of service cost that the routes miss, and what driving too far and missed breaks do.</summary>
    public long Penalty => TLegs.HasShares ? Shares!.FindPenalty() : TLegs.HasTrips && Excess is not null ? Excess.Penalty : 0;

    /// <summary>Empties every route.</summary>
    public void Clear()
    {
        _cost = 0;
        Begin();
        for (int n = 0; n < Gaps.Length; n++) Gaps[n] = new Gap { Route = -1, Place = _problem.Place[n], LegCost = Gap.Absent, LegCostInto = Gap.Absent };
        for (int v = 0; v < Sums.Length; v++)
        {
            int start = _problem.StartOf[v], end = _problem.EndOf[v];
            ref readonly var vehicle = ref _problem.Source.Vehicles[_problem.VehicleOf[v]];
            Sums[v] = new RouteSum { Room = _problem.Capacity[v], Kinds = RouteSum.Unknown };
            Versions[v] = ++_lastVersion;
            int leave = Math.Max(vehicle.EarliestStart, vehicle.LoadFrom) + _problem.Service[start];
            Gaps[start] = new Gap
            {
                Previous = -1,
                Next = end,
                Route = v,
                Place = _problem.Place[start],
                NextPlace = _problem.Place[end],
                LegCost = _legs.Cost(_problem.Place[start], _problem.Place[end]),
                Departure = leave,
                NextLatest = _problem.Latest[end],
            };
            Gaps[end] = new Gap { Previous = start, Next = -1, Route = v, Place = _problem.Place[end], LegCostInto = Gaps[start].LegCost };
            if (TLegs.HasDurations) Spans!.Clear(v);
            Idle.Set(_problem.VehicleOf[v], isIdle: true);
            Used.Set(v, isUsed: false);
        }

        if (TLegs.HasTrips)
        {
            Trips!.Clear();
            Excess?.Clear();
        }

        if (TLegs.HasShares) Shares!.Clear();
    }

    public void Begin()
    {
        _stamp++;
        _nodeCount = _routeCount = 0;
        _keptCost = _cost;
        if (TLegs.HasDurations) Spans!.Begin();
        if (TLegs.HasTrips)
        {
            Trips!.Begin();
            Excess?.Begin();
        }

        if (TLegs.HasShares) Shares!.Begin();
    }

    /// <summary>Makes the changes final and notes whose routes they were.</summary>
    public void Commit()
    {
        for (int i = 0; i < _routeCount; i++)
        {
            int vehicle = TLegs.HasTrips ? _problem.VehicleOf[_keptRoutes[i]] : _keptRoutes[i];
            Changed.Add(vehicle);
            Unrecorded.Add(vehicle);
        }

        Begin();
    }

    public void Rollback()
    {
        for (int i = 0; i < _nodeCount; i++)
        {
            Gaps[_keptNodes[i]] = _keptGaps[i];
            if (_hasPairs) Loads[_keptNodes[i]] = _keptLoads[i];
        }

        if (TLegs.HasTrips)
        {
            Trips!.Rollback();
            Excess?.Rollback();
        }

        if (TLegs.HasShares) Shares!.Rollback();
        for (int i = 0; i < _routeCount; i++)
        {
            int route = _keptRoutes[i];
            Sums[route] = _keptSums[i];
            Versions[route] = _keptVersions[i];
            if (TLegs.HasTrips) Idle.Set(_problem.VehicleOf[route], Trips!.CountOf(_problem.VehicleOf[route]) == 0);
            else Idle.Set(route, Sums[route].Count == 0);
            Used.Set(route, Sums[route].Count > 0);
        }

        _cost = _keptCost;
        if (TLegs.HasDurations) Spans!.Rollback();
        Begin();
    }

    public bool IsServed(int job)
    {
        if (!TLegs.HasGroups) return Gaps[_problem.FirstNode[job]].Route >= 0;
        foreach (int visit in _problem.MembersOf(job))
            if (Gaps[visit].Route >= 0) return true;
        return false;
    }

    /// <summary>Puts a node behind another; links, costs and sums only.</summary>
    public void Link(int node, int after)
    {
        int next = Gaps[after].Next, route = Gaps[after].Route;
        Keep(after);
        Keep(node);
        Keep(next);
        ref var before = ref Gaps[after];
        ref var at = ref Gaps[node];
        int into = _legs.Cost(before.Place, at.Place), onward = _legs.Cost(at.Place, before.NextPlace);
        ref var sum = ref KeepSum(route);
        if (sum.Count++ == 0) Open(route, ref sum);
        Drive(route, ref sum, into + onward - before.LegCost);
        (at.Previous, at.Next, at.Route, at.NextPlace, at.LegCost, at.LegCostInto) = (after, next, route, before.NextPlace, onward, into);
        (before.Next, before.NextPlace, before.LegCost) = (node, at.Place, into);
        (Gaps[next].Previous, Gaps[next].LegCostInto) = (node, onward);
        sum.Room -= _problem.Demand[node];
        if (TLegs.HasKinds) sum.Admit(_problem.KindsOf(node));
        if (TLegs.HasGroups) _cost += _problem.Preference[node];
        if (TLegs.HasShares) Shares!.Serve(node);
    }

    /// <summary>Puts a node behind another and brings times up to date, or leaves it out when the route would be late.</summary>
    public bool TryLink(int node, int after)
    {
        Link(node, after);
        if (Settle(after, Gaps[node].Next)) return true;
        Unlink(node);
        Settle(after, Gaps[after].Next);
        return false;
    }

    /// <summary>Takes a node out of its route; links, costs and sums only.</summary>
    public void Unlink(int node)
    {
        int previous = Gaps[node].Previous, next = Gaps[node].Next, route = Gaps[node].Route;
        Keep(previous);
        Keep(node);
        Keep(next);
        ref var before = ref Gaps[previous];
        ref var at = ref Gaps[node];
        int leg = _legs.Cost(before.Place, at.NextPlace);
        ref var sum = ref KeepSum(route);
        Drive(route, ref sum, leg - before.LegCost - at.LegCost);
        (before.Next, before.NextPlace, before.LegCost) = (next, at.NextPlace, leg);
        (Gaps[next].Previous, Gaps[next].LegCostInto) = (previous, leg);
        (at.Route, at.LegCost, at.LegCostInto) = (-1, Gap.Absent, Gap.Absent);
        if (TLegs.HasGroups) _cost -= _problem.Preference[node];
        if (TLegs.HasShares) Shares!.Drop(node);
        sum.Room += _problem.Demand[node];
        if (TLegs.HasKinds) sum.Kinds = RouteSum.Unknown;
        if (--sum.Count == 0) Close(route, ref sum);
    }

    /// <summary>Exchanges what follows two nodes of different routes and brings times up to date; false when a route has become late.</summary>
    public bool ExchangeTails(int first, int second)
    {
        int a = Gaps[first].Route, b = Gaps[second].Route;
        int endA = _problem.Source.Vehicles[a].End, endB = _problem.Source.Vehicles[b].End;
        int tailA = Gaps[first].Next, tailB = Gaps[second].Next, lastA = Gaps[endA].Previous, lastB = Gaps[endB].Previous;
        Keep(first);
        Keep(second);
        Keep(endA);
        Keep(endB);
        ref var sumA = ref KeepSum(a);
        ref var sumB = ref KeepSum(b);
        if (sumA.Count == 0) Open(a, ref sumA);
        if (sumB.Count == 0) Open(b, ref sumB);
        Hand(tailA, b, ref sumA, ref sumB);
        Hand(tailB, a, ref sumB, ref sumA);
        Join(first, tailB == endB ? endA : tailB, ref sumA);
        Join(second, tailA == endA ? endB : tailA, ref sumB);
        if (tailB != endB) Join(lastB, endA, ref sumA);
        if (tailA != endA) Join(lastA, endB, ref sumB);
        if (sumA.Count == 0) Close(a, ref sumA);
        if (sumB.Count == 0) Close(b, ref sumB);
        // Another end may lie elsewhere and close earlier: then all that is latest in the tail is new.
        bool isAlike = !TLegs.HasKinds || _problem.KindOf[a] == _problem.KindOf[b];
        bool isInTime = Settle(first, isAlike ? Gaps[first].Next : endA);
        return Settle(second, isAlike ? Gaps[second].Next : endB) && isInTime;
    }

    /// <summary>Brings times up to date after changes between two nodes of a route; false when it has become late.</summary>
    /// <param name="from">Last node before the first change; its departure stands.</param>
    /// <param name="to">First node behind the last change.</param>
    public bool Settle(int from, int to)
    {
        if (_hasPairs) PassLoads(from, to);
        if (!TLegs.HasTimes) return true;
        if (TLegs.HasTrips) return TripTimes!.Settle(from, to);
        bool isInTime = Times.Settle(from, to);
        return TLegs.HasDurations ? isInTime && Spans!.Settle(from, to) : isInTime;
    }

    private void PassLoads(int from, int to)
    {
        for (int p = from, n = Gaps[from].Next; p != to && n < _visits; (p, n) = (n, Gaps[n].Next))
        {
            int load = Loads[p] + _problem.Demand[n];
            if (Loads[n] == load) continue;
            Keep(n);
            Loads[n] = load;
        }
    }

    private void Hand(int tail, int route, ref RouteSum from, ref RouteSum to)
    {
        int old = Gaps[tail].Route;
        for (int n = tail; n < _visits; n = Gaps[n].Next)
        {
            Keep(n);
            Gaps[n].Route = route;
            from.Room += _problem.Demand[n];
            to.Room -= _problem.Demand[n];
            from.Count--;
            to.Count++;
            if (!TLegs.HasKinds) continue;
            from.Kinds = RouteSum.Unknown;
            to.Admit(_problem.KindsOf(n));
            // The leg behind the last one is still the old one: joined anew afterwards.
            from.Length -= Gaps[n].LegCost;
            to.Length += Gaps[n].LegCost;
            _cost += (_problem.Rate[route] - _problem.Rate[old]) * Gaps[n].LegCost;
        }
    }

    private void Join(int node, int next, ref RouteSum sum)
    {
        ref var gap = ref Gaps[node];
        int leg = _legs.Cost(gap.Place, Gaps[next].Place);
        Drive(gap.Route, ref sum, leg - gap.LegCost);
        (gap.Next, gap.NextPlace, gap.LegCost) = (next, Gaps[next].Place, leg);
        (Gaps[next].Previous, Gaps[next].LegCostInto) = (node, leg);
    }

    /// <summary>Adds what a vehicle drives more to its route and to the cost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Drive(int route, ref RouteSum sum, int more)
    {
        if (!TLegs.HasKinds)
        {
            _cost += more;
            return;
        }

        sum.Length += more;
        _cost += _problem.Rate[route] * more;
    }

    private void Open(int route, ref RouteSum sum)
    {
        int vehicle = _problem.VehicleOf[route];
        if (TLegs.HasTrips) Trips!.Insert(route);
        if (!TLegs.HasTrips || Trips!.CountOf(vehicle) == 1) _cost += _problem.FixedCost[route];
        // An idle vehicle drives nothing, so the leg from its start to its end was not in the sum.
        Drive(route, ref sum, _legs.Cost(_problem.Place[_problem.StartOf[route]], _problem.Place[_problem.EndOf[route]]));
        Idle.Set(vehicle, isIdle: false);
        Used.Set(route, isUsed: true);
    }

    private void Close(int route, ref RouteSum sum)
    {
        Drive(route, ref sum, -_legs.Cost(_problem.Place[_problem.StartOf[route]], _problem.Place[_problem.EndOf[route]]));
        Used.Set(route, isUsed: false);
        int vehicle = _problem.VehicleOf[route];
        if (TLegs.HasTrips)
        {
            int before = Trips!.Before(route), after = Trips.After(route);
            Trips.Remove(route);
            TripTimes!.Join(before, after);
            if (Trips.CountOf(vehicle) > 0) return;
        }

        _cost -= _problem.FixedCost[route];
        Idle.Set(vehicle, isIdle: true);
    }

    /// <summary>Keeps a node as it is for a rollback; before its first change.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Keep(int node)
    {
        if (_nodeStamp[node] != _stamp) KeepFirst(node);
    }

    private void KeepFirst(int node)
    {
        _nodeStamp[node] = _stamp;
        if (_nodeCount == _keptNodes.Length) Grow();
        _keptNodes[_nodeCount] = node;
        _keptGaps[_nodeCount] = Gaps[node];
        if (_hasPairs) _keptLoads[_nodeCount] = Loads[node];
        _nodeCount++;
    }

    private ref RouteSum KeepSum(int route)
    {
        if (_routeStamp[route] != _stamp)
        {
            _routeStamp[route] = _stamp;
            if (TLegs.HasTrips) Excess?.Touch(_problem.VehicleOf[route]);
            _keptSums[_routeCount] = Sums[route];
            _keptVersions[_routeCount] = Versions[route];
            _keptRoutes[_routeCount++] = route;
        }

        Versions[route] = ++_lastVersion;
        return ref Sums[route];
    }

    private void Grow()
    {
        Array.Resize(ref _keptNodes, 2 * _keptNodes.Length);
        Array.Resize(ref _keptGaps, 2 * _keptGaps.Length);
        Array.Resize(ref _keptLoads, 2 * _keptLoads.Length);
    }
}
