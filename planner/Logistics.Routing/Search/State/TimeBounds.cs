using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>The earliest and the latest departure at each node of a route that must be walked, under the real travel times, before and after its break.</summary>
/// <remarks>
/// Most positions of a full route are hopeless. With least travel times and no break they look possible, and each is found out by a walk of the whole route; these bounds
/// tell in a few legs. They are bounds, not prices: docks, rides and limits are left to the walk, so nothing feasible is refused. A vehicle with several breaks is bounded as
/// if it had none. O(length) a refreshed route, O(1) a position. Owned by one island.
/// </remarks>
internal sealed class TimeBounds
{
    private const int Never = Timing.Never;
    private const int Hopeless = -1;

    private readonly CompiledProblem _problem;
    private readonly Solution _solution;

    // The break of each vehicle that has just one.
    private readonly CompiledBreak?[] _rests;

    public TimeBounds(CompiledProblem problem, Solution solution)
    {
        (_problem, _solution) = (problem, solution);
        _rests = Array.ConvertAll(problem.Vehicles, v => v.Breaks.Length == 1 ? v.Breaks[0] : null);
        int count = Array.Exists(problem.Vehicles, v => v.NeedsWalk) ? problem.Nodes.Length : 0;
        At = new NodeBounds[count];
    }

    /// <summary>Bounds by node; empty where no vehicle is walked.</summary>
    public NodeBounds[] At { get; }

    /// <summary>Recomputes the bounds of a walked route from its links and tightens its cached departures.</summary>
    public void Refresh(int route)
    {
        ref readonly var v = ref _problem.Vehicles[route];
        PassForward(v, _rests[route]);
        PassBackward(v, _rests[route]);
    }

    /// <summary>False when a visit between a node and its next would certainly come too late or make the rest late.</summary>
    public bool Admits(in VehicleData v, int vehicle, int after, int visit)
    {
        var rest = v.NeedsWalk ? _rests[vehicle] : null;
        var (ready, rested) = ReadyAt(v, after);
        Advance(v, rest, after, visit, 0, ref ready, ref rested);
        return Reaches(v, visit, _solution.Nodes[after].Next, ready, rested);
    }

    /// <summary>False when a reload and a visit, in this order or the other, would certainly come too late between a node and its next.</summary>
    /// <param name="release">The reload begins no earlier.</param>
    public bool AdmitsReload(in VehicleData v, int vehicle, int after, int reload, int visit, bool isReloadFirst, int release)
    {
        var rest = v.NeedsWalk ? _rests[vehicle] : null;
        var (ready, rested) = ReadyAt(v, after);
        int first = isReloadFirst ? reload : visit, second = isReloadFirst ? visit : reload;
        Advance(v, rest, after, first, release, ref ready, ref rested);
        Advance(v, rest, first, second, release, ref ready, ref rested);
        return Reaches(v, second, _solution.Nodes[after].Next, ready, rested);
    }

    /// <summary>False when a trip that leaves its head at a given second certainly makes the rest late.</summary>
    public bool AdmitsDeparture(in VehicleData v, int head, int departure)
    {
        var (last, lastRested) = LastAt(v, head);
        return departure <= Math.Max(last, lastRested);
    }

    /// <summary>The earliest second a refreshed route can end; −1 where the bounds do not know: with slots, several breaks, or one that asks for room.</summary>
    public int FindEnd(int vehicle)
    {
        int end = _problem.Vehicles[vehicle].End;
        return IsExact(vehicle) && EndOf(_rests[vehicle], At[end].Ready, At[end].ReadyRested) is var second && second != Never ? second : -1;
    }

    /// <summary>The earliest second a route can end with one visit more, whose goods are there when its trip leaves; −1 where the bounds do not know, <see cref="Timing.Never"/> where it cannot.</summary>
    public int FindEnd(int vehicle, int after, int visit)
    {
        if (!IsExact(vehicle)) return -1;
        ref readonly var v = ref _problem.Vehicles[vehicle];
        var rest = _rests[vehicle];
        var (ready, rested) = (At[after].Ready, At[after].ReadyRested);
        Advance(v, rest, after, visit, 0, ref ready, ref rested);
        for (int p = visit, n = _solution.Nodes[after].Next; n >= 0; p = n, n = _solution.Nodes[n].Next)
        {
            Advance(v, rest, p, n, 0, ref ready, ref rested);
            // From here on all is as it was.
            if (ready == At[n].Ready && rested == At[n].ReadyRested) return EndOf(rest, At[v.End].Ready, At[v.End].ReadyRested);
            if (ready == Never && rested == Never) return Never;
        }

        return EndOf(rest, ready, rested);
    }

    private bool IsExact(int vehicle) => !_problem.Resources.HasSlots && (_rests[vehicle] is { } rest ? rest.MaxLoad.Length == 0 : _problem.Vehicles[vehicle].Breaks.Length == 0);

    /// <summary>When a route ends that may leave out a break it is too early for.</summary>
    private static int EndOf(CompiledBreak? rest, int ready, int rested) =>
        rest is { IsWaivedIfRouteEndsBefore: true } && ready <= rest.Windows[0].Earliest ? Math.Min(ready, rested) : rested;

    private (int Ready, int Rested) ReadyAt(in VehicleData v, int node) => v.NeedsWalk ? (At[node].Ready, At[node].ReadyRested) : (Never, _solution.Nodes[node].Departure);

    private (int Last, int Rested) LastAt(in VehicleData v, int node) => v.NeedsWalk ? (At[node].Last, At[node].LastRested) : (Hopeless, _solution.Nodes[node].LatestDeparture);

    private bool Reaches(in VehicleData v, int from, int next, int ready, int rested)
    {
        var (last, lastRested) = LastAt(v, next);
        if (ready != Never && last != Hopeless && Arrive(v, from, next, ready, 0) <= last) return true;
        return rested != Never && lastRested != Hopeless && Arrive(v, from, next, rested, 0) <= lastRested;
    }

    private void Advance(in VehicleData v, CompiledBreak? rest, int from, int to, int release, ref int ready, ref int rested)
    {
        int resting = Never;
        if (ready != Never)
        {
            ready = Arrive(v, from, to, ready, release);
            if (rest is not null && ready != Never && to != v.End) resting = EndOf(rest, ready);
            // What can neither be taken any more nor be waived will not be.
            if (rest is not null && resting == Never && to != v.End) ready = Never;
        }

        // No leg ends before it begins.
        rested = rested < resting ? Math.Min(resting, Arrive(v, from, to, rested, release)) : resting;
    }

    /// <summary>Departure from a node reached from another, or Never.</summary>
    private int Arrive(in VehicleData v, int from, int to, int ready, int release)
    {
        ref readonly var node = ref _problem.Nodes[to];
        int fromPlace = _problem.Nodes[from].Place;
        if (!DrivenLeg.TryDrive(v.Legs, fromPlace, node.Place, ready, out var leg) || leg.Arrival > CompiledProblem.Horizon) return Never;
        bool isSamePlace = fromPlace == node.Place;
        if (node.Kind == NodeKind.Visit) return Timing.Depart(_problem.Windows, node, leg.Arrival, isSamePlace, isSamePlace && IsVisitOrStay(from, v));
        int start = Math.Max(leg.Arrival, node.Earliest);
        if (node.Kind == NodeKind.Reload) start = Math.Max(start, Math.Max(release, _solution.Nodes[to].Route >= 0 ? _solution.TripRelease[to] : 0));
        return start > node.Latest ? Never : start + node.Handling;
    }

    private void PassForward(in VehicleData v, CompiledBreak? rest)
    {
        var nodes = _solution.Nodes;
        int ready = nodes[v.Start].Departure, rested = ready;
        if (rest is null) ready = Never;
        else rested = EndOf(rest, ready);
        (At[v.Start].Ready, At[v.Start].ReadyRested) = (ready, rested);
        for (int p = v.Start; p != v.End;)
        {
            int n = nodes[p].Next;
            Advance(v, rest, p, n, 0, ref ready, ref rested);
            (At[n].Ready, At[n].ReadyRested) = (ready, rested);
            // A late route keeps what least travel times say: it is about to be taken back.
            if (Math.Min(ready, rested) is var earliest && earliest != Never) nodes[n].Departure = earliest;
            p = n;
        }
    }

    private void PassBackward(in VehicleData v, CompiledBreak? rest)
    {
        var nodes = _solution.Nodes;
        ref readonly var end = ref _problem.Nodes[v.End];
        int lateRested = end.Latest, late = Hopeless;
        if (rest is { IsWaivedIfRouteEndsBefore: true } && end.Earliest <= rest.Windows[0].Earliest) late = Math.Min(end.Latest, rest.Windows[0].Earliest);
        (At[v.End].Last, At[v.End].LastRested) = (late, lateRested);
        for (int n = v.End; n != v.Start;)
        {
            int p = nodes[n].Previous, from = nodes[p].Place, to = nodes[n].Place;
            int leaveRested = lateRested == Hopeless ? Hopeless : Math.Max(Hopeless, DrivenLeg.LatestLeave(v.Legs, from, to, lateRested));
            int leave = rest is null || late == Hopeless ? Hopeless : Math.Max(Hopeless, DrivenLeg.LatestLeave(v.Legs, from, to, late));
            if (rest is not null) leave = Math.Max(leave, LatestStart.LatestBefore(rest, leaveRested));
            (At[p].Last, At[p].LastRested) = (leave, leaveRested);
            nodes[p].LatestDeparture = Math.Min(nodes[p].LatestDeparture, Math.Max(leave, leaveRested));
            if (p == v.Start) return;
            (late, lateRested) = (LastStart(v, p, leave), LastStart(v, p, leaveRested));
            n = p;
        }
    }

    /// <summary>Latest arrival at a node with which it is left by a given second.</summary>
    private int LastStart(in VehicleData v, int n, int leave)
    {
        if (leave == Hopeless) return Hopeless;
        ref readonly var node = ref _problem.Nodes[n];
        int previous = _solution.Nodes[n].Previous;
        bool isSamePlace = _solution.Nodes[previous].Place == node.Place;
        int start = leave - node.Handling - (isSamePlace ? 0 : node.Setup);
        if (isSamePlace && node.IsOnArrival && IsVisitOrStay(previous, v)) return Math.Max(Hopeless, start);
        start = Math.Min(start, node.Latest);
        if (node.WindowCount > 0) start = Timing.LastStart(_problem.Windows, node, start);
        int earliest = node.Kind == NodeKind.Reload ? Math.Max(node.Earliest, _solution.TripRelease[n]) : node.Earliest;
        return start < earliest ? Hopeless : start;
    }

    private bool IsVisitOrStay(int node, in VehicleData v) => _problem.Nodes[node].Kind == NodeKind.Visit || (node == v.Start && v.StartsInStay);

    /// <summary>End of a break that could begin at <paramref name="ready"/>, or Never.</summary>
    private static int EndOf(CompiledBreak rest, int ready) => BreakPlacer.FindStart(rest, ready) is var start && start == Never ? Never : start + rest.DurationSeconds;
}
