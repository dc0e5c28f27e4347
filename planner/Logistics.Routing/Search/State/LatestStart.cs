using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>Finds the latest start with which a route still ends by a given second, whatever placement of its breaks that takes.</summary>
/// <remarks>
/// The mirror of <see cref="BreakPlacer"/>: labels over (position, breaks taken) from the end backwards, each the latest second that is not too late. With the earliest end there is, this start makes the
/// route as short as it can be while nothing but single windows depends on the second; under bands, closures and breaks a later end may be shorter still. O(length · breaks). Owned by one walk.
/// </remarks>
internal sealed class LatestStart(CompiledProblem problem)
{
    private const int Hopeless = -1;

    // Latest second by which the activity looked at must be done, by breaks taken until then.
    private int[] _late = [];
    private bool[] _isTakenHere = [];

    /// <summary>Position after which each break is taken then, −1 = not at all.</summary>
    public int[] Placement { get; private set; } = [];

    /// <param name="placer">What placed the breaks of this route last.</param>
    /// <param name="loadFrom">Earliest beginning of each reload, by position.</param>
    /// <param name="end">Second the route must have ended.</param>
    /// <returns>Second at which the activity at the start begins, or −1.</returns>
    public int Find(BreakPlacer placer, ReadOnlySpan<int> nodes, ReadOnlySpan<int> loadFrom, in VehicleData v, CompiledBreak[] rests, int end)
    {
        int count = rests.Length;
        if (_late.Length <= count) (_late, Placement) = (new int[count + 1], new int[count]);
        if (_isTakenHere.Length < nodes.Length * count) _isTakenHere = new bool[2 * nodes.Length * count];
        _late[count] = end;
        for (int k = count - 1; k >= 0; k--)
            _late[k] = _late[k + 1] != Hopeless && rests[k].IsWaivedIfRouteEndsBefore ? Math.Min(_late[k + 1], rests[k].Windows[0].Earliest) : Hopeless;
        for (int i = nodes.Length - 2; i >= 0; i--)
        {
            for (int k = count; k >= 0; k--)
            {
                int rested = k < count && !placer.IsTooFull(rests[k], i) ? LatestBefore(rests[k], _late[k + 1]) : Hopeless;
                // Whoever has to be there by then leaves no later.
                int leave = _late[k] > rested ? LastLeave(nodes, loadFrom, v, i, _late[k]) : Hopeless;
                _late[k] = Math.Max(leave, rested);
                if (k < count) _isTakenHere[(i * count) + k] = rested > leave;
                // So early no break is over.
                if (k > 0 && _late[k] < rests[k - 1].Windows[0].Earliest + rests[k - 1].DurationSeconds) _late[k] = Hopeless;
            }
        }

        Trace(nodes.Length, count);
        return _late[0] - problem.Nodes[nodes[0]].Handling;
    }

    private void Trace(int nodeCount, int count)
    {
        Array.Fill(Placement, -1);
        for (int i = 0, k = 0; i < nodeCount - 1; i++)
        {
            for (; k < count && _isTakenHere[(i * count) + k]; k++) Placement[k] = i;
        }
    }

    /// <summary>Latest second at which a break can be begun or waited for and be over by <paramref name="until"/>, or −1.</summary>
    public static int LatestBefore(CompiledBreak rest, int until)
    {
        for (int w = rest.Windows.Length - 1; w >= 0; w--)
            if (until - rest.DurationSeconds >= rest.Windows[w].Earliest) return Math.Min(rest.Windows[w].Latest, until - rest.DurationSeconds);
        return Hopeless;
    }

    /// <summary>Latest second to leave position i so that the next activity is done by <paramref name="until"/>, or −1.</summary>
    private int LastLeave(ReadOnlySpan<int> nodes, ReadOnlySpan<int> loadFrom, in VehicleData v, int i, int until)
    {
        ref readonly var from = ref problem.Nodes[nodes[i]];
        ref readonly var node = ref problem.Nodes[nodes[i + 1]];
        bool isSamePlace = from.Place == node.Place;
        int start = until - node.Handling - (isSamePlace ? 0 : node.Setup);
        bool isFree = isSamePlace && node.IsOnArrival && (from.Kind == NodeKind.Visit || (i == 0 && v.StartsInStay));
        if (!isFree)
        {
            start = Math.Min(start, node.Latest);
            if (node.WindowCount > 0) start = Timing.LastStart(problem.Windows, node, start);
            if (start < (node.Kind == NodeKind.Reload ? loadFrom[i + 1] : node.Earliest)) return Hopeless;
        }

        return start < 0 ? Hopeless : Math.Max(Hopeless, DrivenLeg.LastLeave(v.Legs, from.Place, node.Place, start));
    }
}
