using System.Runtime.CompilerServices;

namespace Logistics.Routing.Search.Classic;

/// <summary>How long a visit takes, and whether its window is judged, by the node before it: a stop parks once, and its arrival may stand for all of its visits.</summary>
internal readonly struct StayRules(ClassicProblem problem)
{
    /// <summary>Later than any second of a problem.</summary>
    public const int Never = int.MaxValue;

    private readonly int[] _place = problem.Place;
    private readonly int[] _earliest = problem.Earliest;
    private readonly int[] _latest = problem.Latest;
    private readonly int[] _service = problem.Service;
    private readonly int[] _setup = problem.Setup;
    private readonly bool[] _isOnArrival = problem.IsOnArrival;
    private readonly int _visits = problem.VisitCount;

    /// <summary>Earliest departure from a node reached from another, or <see cref="Never"/> when that is too late.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Depart(int before, int node, int arrival)
    {
        if (_place[before] != _place[node]) return arrival > _latest[node] ? Never : Math.Max(arrival, _earliest[node]) + _service[node] + _setup[node];
        // A depot is no stop: a visit at its place pays no parking, but its window holds.
        if (before < _visits && _isOnArrival[node]) return arrival + _service[node];
        return arrival > _latest[node] ? Never : Math.Max(arrival, _earliest[node]) + _service[node];
    }

    /// <summary>Latest arrival at a node reached from another with which it is left no later than a second; the node's own opening is not looked at.</summary>
    public int FindLatest(int before, int node, int latestDeparture)
    {
        if (_place[before] != _place[node]) return Math.Min(_latest[node], latestDeparture - _service[node] - _setup[node]);
        int latest = latestDeparture - _service[node];
        return before < _visits && _isOnArrival[node] ? latest : Math.Min(_latest[node], latest);
    }
}
