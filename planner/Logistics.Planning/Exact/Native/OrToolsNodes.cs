using Logistics.Routing.Model;

namespace Logistics.Planning.Exact.Native;

/// <summary>One visit of one alternative as a node of OR-Tools' model.</summary>
internal sealed record OrToolsNode(int Job, int Alternative, int Visit, Alternative Way, Visit Task);

/// <summary>Numbers the nodes: visits first, then each vehicle's start and end.</summary>
internal sealed class OrToolsNodes
{
    private readonly Problem _problem;
    private readonly int[] _places;
    private readonly bool[] _isAlone;

    public OrToolsNodes(Problem problem)
    {
        _problem = problem;
        for (var j = 0; j < problem.Jobs.Count; j++)
            for (var a = 0; a < problem.Jobs[j].Alternatives.Count; a++)
                for (var v = 0; v < problem.Jobs[j].Alternatives[a].Visits.Count; v++)
                    Visits.Add(new(j, a, v, problem.Jobs[j].Alternatives[a], problem.Jobs[j].Alternatives[a].Visits[v]));
        // An open end has no place: -1 is free to reach.
        var ends = problem.Vehicles.SelectMany(v => new[] { PlaceOf(v.StartDepot), PlaceOf(v.EndDepot) });
        _places = [.. Visits.Select(n => n.Task.Place), .. ends];
        var crowd = Visits.GroupBy(n => n.Task.Place).ToDictionary(g => g.Key, g => g.Count());
        _isAlone = [.. Visits.Select(n => crowd[n.Task.Place] == 1)];
    }

    public List<OrToolsNode> Visits { get; } = [];

    public int Count => _places.Length;

    public int StartOf(int vehicle) => Visits.Count + (2 * vehicle);

    public int EndOf(int vehicle) => Visits.Count + (2 * vehicle) + 1;

    /// <summary>The visit at <paramref name="node"/>; null at a start or end.</summary>
    public OrToolsNode? FindVisit(int node) => node < Visits.Count ? Visits[node] : null;

    public int Distance(Vehicle vehicle, int from, int to) => Leg(vehicle, from, to, (p, a, b) => p.Distance(a, b));

    public int Travel(Vehicle vehicle, int from, int to) => Leg(vehicle, from, to, (p, a, b) => p.Duration(a, b));

    public bool IsReachable(Vehicle vehicle, int from, int to) => Travel(vehicle, from, to) != TravelProfile.Unreachable && Distance(vehicle, from, to) != TravelProfile.Unreachable;

    public bool IsSamePlace(int from, int to) => _places[from] == _places[to];

    /// <summary>Straight from start to end: the vehicle is not used.</summary>
    public bool IsHome(int from, int to) => FindVisit(from) is null && FindVisit(to) is null;

    /// <summary>Seconds from the start of handling at one node to the start of handling at the next.</summary>
    /// <remarks>
    /// Setup falls due only where the place changes, which an arc knows and a node does not; so it is part of the way in, and a node's time is
    /// the start of its handling. From start to end is the route of a vehicle that stays at home: it must fit every shift.
    /// </remarks>
    public long Elapsed(Vehicle vehicle, int from, int to)
    {
        if (IsHome(from, to)) return 0;
        var loading = FindVisit(from) is null && vehicle.StartDepot is { } depot ? _problem.Depots[depot].LoadingSecondsPerTrip : 0;
        var setup = IsSamePlace(from, to) ? 0 : FindVisit(to)?.Task.SetupSeconds ?? 0;
        return loading + (FindVisit(from)?.Task.HandlingSeconds ?? 0L) + Travel(vehicle, from, to) + setup;
    }

    /// <summary>Windows for the start of handling; exact for a place with one visit, a little too strict where visits share one.</summary>
    public IEnumerable<TimeWindow> HandlingWindows(int node)
    {
        var task = Visits[node].Task;
        var lastShift = _isAlone[node] ? task.SetupSeconds : 0;
        return (task.Windows.Count == 0 ? [TimeWindow.Always] : task.Windows)
            .Select(w => new TimeWindow(w.Earliest + task.SetupSeconds, w.Latest >= TimeWindow.Horizon ? TimeWindow.Horizon : w.Latest + lastShift))
            .Where(w => w.Earliest <= w.Latest);
    }

    private int PlaceOf(int? depot) => depot is { } d ? _problem.Depots[d].Place : -1;

    private int Leg(Vehicle vehicle, int from, int to, Func<TravelProfile, int, int, int> read) =>
        _places[from] < 0 || _places[to] < 0 || _places[from] == _places[to] ? 0 : read(_problem.Profiles[vehicle.Profile], _places[from], _places[to]);
}
