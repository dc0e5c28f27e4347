using System.Runtime.InteropServices;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>The times a walk gave a route.</summary>
/// <remarks>
/// Where slots are shared between routes, a route walked again later may find other slots taken; so the times are kept with the route instead of being found anew. Each owner has one a route
/// and copies into it: its arrays grow once and are reused.
/// </remarks>
internal sealed class TimedRoute
{
    private int[] _nodes = [];
    private int[] _arrivals = [];
    private int[] _starts = [];
    private int[] _departures = [];
    private long[] _distances = [];
    private (int Position, int Arrival, int Start)[] _rests = [];
    private (CompiledUse Use, int Slot)[] _uses = [];
    private int _count;
    private int _restCount;
    private int _useCount;

    /// <summary>Whether a walk has timed the route as it is.</summary>
    public bool IsKnown => _count > 0;
    public ReadOnlySpan<int> Nodes => _nodes.AsSpan(0, _count);
    public ReadOnlySpan<int> Arrivals => _arrivals.AsSpan(0, _count);
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, _count);
    public ReadOnlySpan<int> Departures => _departures.AsSpan(0, _count);
    public ReadOnlySpan<long> DistancesSoFar => _distances.AsSpan(0, _count);

    /// <summary>Breaks: position they follow, arrival, start.</summary>
    public ReadOnlySpan<(int Position, int Arrival, int Start)> Rests => _rests.AsSpan(0, _restCount);

    /// <summary>Slotted units taken.</summary>
    public ReadOnlySpan<(CompiledUse Use, int Slot)> Uses => _uses.AsSpan(0, _useCount);
    public long Distance { get; private set; }
    public long Travel { get; private set; }
    public long Lateness { get; private set; }
    public int Duration { get; private set; }

    /// <summary>One for each vehicle where slots are shared between routes, none elsewhere.</summary>
    public static TimedRoute[] ForAll(CompiledProblem problem)
    {
        var all = new TimedRoute[problem.Resources.HasSlots ? problem.Vehicles.Length : 0];
        for (int v = 0; v < all.Length; v++) all[v] = new TimedRoute();
        return all;
    }

    public void Forget() => _count = _restCount = _useCount = 0;

    /// <summary>Takes over the times of the last walk.</summary>
    public void Take(Walk walk)
    {
        SetNodes(walk.Nodes, walk.Arrivals, walk.Starts, walk.Departures, walk.DistancesSoFar);
        Copy(CollectionsMarshal.AsSpan(walk.Rests), ref _rests, ref _restCount);
        Copy(CollectionsMarshal.AsSpan(walk.Uses), ref _uses, ref _useCount);
        (Distance, Travel, Lateness, Duration) = (walk.Distance, walk.Travel, walk.Lateness, walk.Duration);
    }

    public void CopyFrom(TimedRoute other)
    {
        SetNodes(other.Nodes, other._arrivals, other._starts, other._departures, other._distances);
        Copy(other.Rests, ref _rests, ref _restCount);
        Copy(other.Uses, ref _uses, ref _useCount);
        (Distance, Travel, Lateness, Duration) = (other.Distance, other.Travel, other.Lateness, other.Duration);
    }

    /// <summary>Waits longer before loading begins.</summary>
    public void BeginEarlier(int seconds)
    {
        _arrivals[0] -= seconds;
        Duration += seconds;
    }

    private static void Copy<T>(ReadOnlySpan<T> from, ref T[] to, ref int count)
    {
        if (to.Length < from.Length) to = new T[2 * from.Length];
        from.CopyTo(to);
        count = from.Length;
    }

    private void SetNodes(ReadOnlySpan<int> nodes, int[] arrivals, int[] starts, int[] departures, long[] distances)
    {
        Copy(nodes, ref _nodes, ref _count);
        Copy(arrivals.AsSpan(0, _count), ref _arrivals, ref _count);
        Copy(starts.AsSpan(0, _count), ref _starts, ref _count);
        Copy(departures.AsSpan(0, _count), ref _departures, ref _count);
        Copy(distances.AsSpan(0, _count), ref _distances, ref _count);
    }
}
