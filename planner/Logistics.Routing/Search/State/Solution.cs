using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>The routes an island works on: linked nodes with cached prices, who serves which job, and what it all costs.</summary>
/// <remarks>
/// Owned by one thread. Changes are made between <see cref="Begin"/> and <see cref="Commit"/> or <see cref="Rollback"/>; the journal copies only routes that are touched.
/// After links of a route change, <see cref="Refresh"/> it before its caches are read.
/// </remarks>
internal sealed class Solution
{
    private readonly CompiledProblem _problem;
    private readonly RouteRefresher _refresher;
    private readonly Journal _journal;

    public Solution(CompiledProblem problem)
    {
        _problem = problem;
        Nodes = new NodeState[problem.Nodes.Length];
        Routes = new RouteState[problem.Vehicles.Length];
        Sites = new SiteLists(problem);
        Jobs = new Assignment(problem);
        Slots = new SlotBook(problem);
        Walk = new Walk(problem, Slots);
        Loads = new ExtraLoads(problem);
        Bounds = new TimeBounds(problem, this);
        Balance = new BalanceCost(problem);
        TripRelease = new int[problem.Nodes.Length];
        TripGoods = new ulong[problem.Nodes.Length];
        Timed = TimedRoute.ForAll(problem);
        Idle = new IdleVehicles(problem);
        Changed = new ChangedRoutes(problem.Vehicles.Length);
        _refresher = new RouteRefresher(problem, this);
        _journal = new Journal(problem, this);
        for (int n = 0; n < Nodes.Length; n++)
        {
            Nodes[n].Route = -1;
            Nodes[n].Place = problem.Nodes[n].Place;
        }

        for (int v = 0; v < Routes.Length; v++) OpenRoute(v);
        Recount();
    }

    public NodeState[] Nodes { get; }
    public RouteState[] Routes { get; }
    public SiteLists Sites { get; }
    public Assignment Jobs { get; }
    public SlotBook Slots { get; }
    public Walk Walk { get; }
    public ExtraLoads Loads { get; }
    public TimeBounds Bounds { get; }
    public IdleVehicles Idle { get; }
    public BalanceCost Balance { get; }

    /// <summary>Latest release among a trip's deliveries, by the trip's head node.</summary>
    public int[] TripRelease { get; }

    /// <summary>Goods classes on a trip, by its head node.</summary>
    public ulong[] TripGoods { get; }

    /// <summary>Times of each route where slots are shared, not known for idle vehicles; empty where there are none.</summary>
    public TimedRoute[] Timed { get; }

    /// <summary>Sum of the routes' costs.</summary>
    public long RouteCost { get; private set; }

    /// <summary>Everything: routes, jobs, balance, and the price of limits that jobs together break.</summary>
    public long Cost => RouteCost + Jobs.Cost + Jobs.FindPenalty() + Balance.Of(Routes);

    /// <summary>Routes changed since the best was last copied.</summary>
    public ChangedRoutes Changed { get; }

    /// <summary>Routes touched since <see cref="Begin"/>; may grow while it is read.</summary>
    public ReadOnlySpan<int> TouchedRoutes => _journal.Touched;

    public void Begin() => _journal.Begin();

    public void Commit() => _journal.Commit();

    public void Rollback() => _journal.Rollback();

    /// <summary>Puts the visits of an alternative behind the given nodes; links only.</summary>
    public void Link(int alternative, int afterFirst, int afterSecond)
    {
        int first = _problem.Jobs.FirstNode[alternative], second = _problem.Jobs.SecondNode[alternative];
        int route = Nodes[afterFirst].Route;
        _journal.Touch(route);
        _journal.NoteJob(_problem.Jobs.JobOf[alternative], Jobs.AlternativeOf[_problem.Jobs.JobOf[alternative]]);
        InsertAfter(afterFirst, first);
        Sites.Add(first);
        if (second >= 0)
        {
            InsertAfter(afterSecond, second);
            Sites.Add(second);
        }

        Jobs.Serve(alternative, route);
    }

    /// <summary>Takes a served job out; links only.</summary>
    public void Unlink(int job)
    {
        int alternative = Jobs.AlternativeOf[job];
        int first = _problem.Jobs.FirstNode[alternative], second = _problem.Jobs.SecondNode[alternative];
        int route = Nodes[first].Route;
        _journal.Touch(route);
        _journal.NoteJob(job, alternative);
        Detach(first);
        if (second >= 0) Detach(second);
        Jobs.Drop(job, route);
    }

    /// <summary>Puts a reload node behind a node; links only.</summary>
    public void LinkReload(int after, int reload)
    {
        _journal.Touch(Nodes[after].Route);
        InsertAfter(after, reload);
    }

    /// <summary>Takes a reload node out; links only.</summary>
    public void UnlinkReload(int reload)
    {
        _journal.Touch(Nodes[reload].Route);
        Release(reload);
    }

    /// <summary>An unused reload node of a vehicle at its d-th reload depot, or −1 when all trips are used.</summary>
    public int FindReload(int vehicle, int d)
    {
        ref readonly var v = ref _problem.Vehicles[vehicle];
        if (Routes[vehicle].Reloads >= v.MaxReloads) return -1;
        for (int i = v.FirstReload + (d * v.MaxReloads); i < v.FirstReload + ((d + 1) * v.MaxReloads); i++)
            if (Nodes[i].Route < 0) return i;
        return -1;
    }

    /// <summary>Recomputes a route's caches and cost; false when the route is not feasible.</summary>
    public bool Refresh(int route) => Refresh(route, WalkedRoute.None);

    /// <param name="walked">What a walk has just found for the route as it is.</param>
    public bool Refresh(int route, in WalkedRoute walked)
    {
        DropEmptyTrips(route);
        long before = Routes[route].Cost;
        bool isFeasible = _refresher.Refresh(route, walked);
        RouteCost += Routes[route].Cost - before;
        Idle.Set(route, IsEmpty(route));
        return isFeasible;
    }

    /// <summary>Recomputes a route's caches without touching its measures, where they are restored from a copy.</summary>
    public void RefreshCaches(int route) => _refresher.RefreshCaches(route);

    /// <summary>Lists a route's nodes for an exact walk.</summary>
    public void ListTo(Walk walk, int route)
    {
        walk.Open(route);
        for (int n = _problem.Vehicles[route].Start; n >= 0; n = Nodes[n].Next) walk.Add(n);
    }

    /// <summary>Puts a job's nodes back into the site lists or takes them out, for the journal.</summary>
    public void RestoreJob(int job, int alternative, int route)
    {
        int now = Jobs.AlternativeOf[job];
        if (now >= 0)
        {
            foreach (int node in (ReadOnlySpan<int>)[_problem.Jobs.FirstNode[now], _problem.Jobs.SecondNode[now]])
            {
                if (node < 0) continue;
                Sites.Remove(node);
                Nodes[node].Route = -1;
            }

            Jobs.Drop(job, Jobs.VehicleOf[job]);
        }

        if (alternative < 0) return;
        Sites.Add(_problem.Jobs.FirstNode[alternative]);
        if (_problem.Jobs.SecondNode[alternative] >= 0) Sites.Add(_problem.Jobs.SecondNode[alternative]);
        Jobs.Serve(alternative, route);
    }

    public void RestoreRoute(int route, in RouteState state)
    {
        RouteCost += state.Cost - Routes[route].Cost;
        Routes[route] = state;
        Idle.Set(route, IsEmpty(route));
    }

    /// <summary>Takes every free visit out.</summary>
    public void Clear()
    {
        for (int j = 0; j < _problem.Jobs.Count; j++)
            if (Jobs.AlternativeOf[j] >= 0) Unlink(j);
        for (int v = 0; v < Routes.Length; v++)
        {
            _journal.Touch(v);
            for (int n = Nodes[_problem.Vehicles[v].Start].Next; n != _problem.Vehicles[v].End; n = Nodes[_problem.Vehicles[v].Start].Next) Release(n);
        }
    }

    /// <summary>Takes every free visit and every reload out of one route and refreshes it.</summary>
    public void Empty(int route)
    {
        ref readonly var v = ref _problem.Vehicles[route];
        for (int n = Nodes[v.Start].Next; n != v.End; n = Nodes[v.Start].Next)
        {
            if (_problem.Nodes[n].Kind == NodeKind.Visit) Unlink(_problem.Jobs.JobOf[_problem.Nodes[n].Alternative]);
            else UnlinkReload(n);
        }

        Refresh(route);
    }

    /// <summary>Links a whole route of nodes in order behind a vehicle's start; its jobs must be absent.</summary>
    public void LinkAll(int vehicle, ReadOnlySpan<int> nodes)
    {
        _journal.Touch(vehicle);
        int tail = _problem.Vehicles[vehicle].Start;
        foreach (int node in nodes)
        {
            InsertAfter(tail, node);
            tail = node;
            int alternative = _problem.Nodes[node].Alternative;
            if (alternative < 0) continue;
            Sites.Add(node);
            if (_problem.Jobs.FirstNode[alternative] != node) continue;
            int job = _problem.Jobs.JobOf[alternative];
            _journal.NoteJob(job, Jobs.AlternativeOf[job]);
            Jobs.Serve(alternative, vehicle);
        }
    }

    /// <summary>True when the vehicle may serve everything on a route, whatever it holds and when it is.</summary>
    public bool MayDrive(int vehicle, int route)
    {
        if (_problem.Fit.IsOpen) return true;
        ref readonly var v = ref _problem.Vehicles[route];
        for (int n = Nodes[v.Start].Next; n != v.End; n = Nodes[n].Next)
            if (_problem.Nodes[n].Alternative is var alternative && alternative >= 0 && !_problem.Fit.IsAllowed(alternative, vehicle, _problem.Vehicles[vehicle].Class)) return false;
        return true;
    }

    private bool IsEmpty(int vehicle) => Nodes[_problem.Vehicles[vehicle].Start].Next == _problem.Vehicles[vehicle].End;

    /// <summary>Puts back times and slots that belong to a restored route.</summary>
    public void RestoreTimes(int route, TimedRoute timed)
    {
        Timed[route].CopyFrom(timed);
        Slots.Preset(route, timed.Uses);
    }

    private void OpenRoute(int vehicle)
    {
        ref readonly var v = ref _problem.Vehicles[vehicle];
        Nodes[v.Start] = new NodeState { Previous = -1, Next = v.End, Route = vehicle, Head = v.Start, Place = Nodes[v.Start].Place };
        Nodes[v.End] = new NodeState { Previous = v.Start, Next = -1, Route = vehicle, Head = v.Start, Place = Nodes[v.End].Place };
    }

    private void Recount()
    {
        for (int v = 0; v < Routes.Length; v++) Refresh(v);
    }

    private void InsertAfter(int before, int node)
    {
        int next = Nodes[before].Next;
        Nodes[node].Previous = before;
        Nodes[node].Next = next;
        Nodes[node].Route = Nodes[before].Route;
        Nodes[before].Next = node;
        Nodes[next].Previous = node;
    }

    private void Detach(int node)
    {
        Sites.Remove(node);
        Release(node);
    }

    private void Release(int node)
    {
        int previous = Nodes[node].Previous, next = Nodes[node].Next;
        Nodes[previous].Next = next;
        Nodes[next].Previous = previous;
        Nodes[node].Route = -1;
    }

    private void DropEmptyTrips(int vehicle)
    {
        if (_problem.Vehicles[vehicle].MaxReloads == 0) return;
        bool keepsFirst = _problem.Vehicles[vehicle].IsUnderWay;
        for (int n = Nodes[_problem.Vehicles[vehicle].Start].Next; n >= 0;)
        {
            int next = Nodes[n].Next;
            if (_problem.Nodes[n].Kind == NodeKind.Reload)
            {
                var before = _problem.Nodes[Nodes[n].Previous].Kind;
                bool endsNothing = before == NodeKind.Start && !keepsFirst;
                if (endsNothing || _problem.Nodes[next].Kind is NodeKind.Reload or NodeKind.End) Release(n);
            }

            n = next;
        }
    }
}
