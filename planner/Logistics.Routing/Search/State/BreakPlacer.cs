using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>Decides after which activities a vehicle's breaks are taken, so that the route ends as early as it can.</summary>
/// <remarks>Labels over (position, breaks taken): the earliest time; earlier is never worse (first in, first out). O(length · breaks).</remarks>
internal sealed class BreakPlacer(CompiledProblem problem)
{
    private const int Never = int.MaxValue;
    private int[] _ready = [];
    private bool[] _isTakenHere = [];
    private int[] _takenAt = [];
    private long[] _load = [];

    /// <summary>Position after which each break is taken, −1 = not at all; null = so that the route ends as early as it can.</summary>
    public int[]? Placement { get; set; }

    /// <summary>Second the route ends, as it was placed last.</summary>
    public int End { get; private set; }

    /// <summary>Breaks taken after the activity at a position.</summary>
    public int TakenAt(int position) => _takenAt[position];

    /// <summary>Start of a break that could begin at <paramref name="ready"/>, or Never.</summary>
    public static int FindStart(CompiledBreak rest, int ready)
    {
        for (int w = 0; w < rest.Windows.Length; w++)
            if (ready <= rest.Windows[w].Latest) return Math.Max(ready, rest.Windows[w].Earliest);
        return Never;
    }

    /// <param name="leave">Departure from the start.</param>
    /// <returns>False when the breaks fit nowhere.</returns>
    public bool Place(Walk walk, CompiledBreak[] rests, int vehicle, int leave)
    {
        int count = walk.Nodes.Length, width = rests.Length + 1;
        if (_ready.Length < count * width)
        {
            _ready = new int[count * width * 2];
            _isTakenHere = new bool[count * width * 2];
        }

        if (_takenAt.Length < count) _takenAt = new int[count * 2];

        Array.Clear(_takenAt, 0, count);
        bool limitsLoad = LimitsLoad(rests);
        if (limitsLoad) FindLoads(walk.Nodes, vehicle);
        if (Placement is not null) return PlaceAsTold(Placement, rests, limitsLoad);
        ref readonly var v = ref problem.Vehicles[vehicle];
        for (int i = 0; i < count - 1; i++)
        {
            for (int k = 0; k < width; k++)
            {
                int cell = (i * width) + k, rested = Never;
                if (k > 0 && _ready[cell - 1] != Never && !(limitsLoad && IsTooFull(rests[k - 1], i)) && FindStart(rests[k - 1], _ready[cell - 1]) is var start && start != Never)
                    rested = start + rests[k - 1].DurationSeconds;
                int ready = i == 0 ? (k == 0 ? leave : Never) : _ready[cell - width];
                // No drive ends before it begins, and a break that is over by then need not be compared.
                if (i > 0 && ready != Never && ready < rested) ready = walk.Go(v, i - 1, i, ready, isFinal: false);
                else if (i > 0) ready = Never;
                _isTakenHere[cell] = rested < ready;
                ready = Math.Min(ready, rested);
                // What can neither be taken any more nor be waived will not be.
                _ready[cell] = k < rests.Length && ready > rests[k].Windows[^1].Latest ? Never : ready;
            }
        }

        int taken = ChooseTaken(walk, rests, v, count, width);
        if (taken < 0) return false;
        for (int i = count - 2; i >= 0; i--)
        {
            for (; _isTakenHere[(i * width) + taken]; taken--) _takenAt[i]++;
        }

        return true;
    }

    private bool PlaceAsTold(int[] positions, CompiledBreak[] rests, bool limitsLoad)
    {
        for (int b = 0; b < rests.Length; b++)
        {
            if (positions[b] < 0) continue;
            if (limitsLoad && IsTooFull(rests[b], positions[b])) return false;
            _takenAt[positions[b]]++;
        }

        return true;
    }

    private int ChooseTaken(Walk walk, CompiledBreak[] rests, in VehicleData v, int count, int width)
    {
        int best = -1, bestEnd = Never;
        for (int k = width - 1; k >= 0; k--)
        {
            // Breaks after k may be left out only when the route is over before each of them is due.
            if (k < width - 1 && !rests[k].IsWaivedIfRouteEndsBefore) break;
            int ready = _ready[((count - 2) * width) + k];
            if (ready == Never) continue;
            int end = walk.Go(v, count - 2, count - 1, ready, isFinal: false);
            if (end == Never || end >= bestEnd) continue;
            bool areWaived = true;
            for (int b = k; b < width - 1; b++) areWaived &= end <= rests[b].Windows[0].Earliest;
            if (areWaived) (best, bestEnd) = (k, end);
        }

        End = bestEnd;
        return best;
    }

    private static bool LimitsLoad(CompiledBreak[] rests)
    {
        for (int b = 0; b < rests.Length; b++)
            if (rests[b].MaxLoad.Length > 0) return true;
        return false;
    }

    /// <summary>True when a break may not be taken after the activity at a position, because too much is on board; loads are of the route placed last.</summary>
    public bool IsTooFull(CompiledBreak rest, int position)
    {
        for (int k = 0; k < rest.MaxLoad.Length; k++)
            if (_load[(position * problem.Dimensions) + k] > rest.MaxLoad[k]) return true;
        return false;
    }

    private void FindLoads(ReadOnlySpan<int> nodes, int vehicle)
    {
        int width = problem.Dimensions;
        if (_load.Length < nodes.Length * width) _load = new long[nodes.Length * width * 2];
        for (int k = 0; k < width; k++)
        {
            int head = 0;
            for (int i = 0; i < nodes.Length; i++)
            {
                var kind = problem.Nodes[nodes[i]].Kind;
                if (kind is NodeKind.Start or NodeKind.Reload)
                {
                    head = i;
                    long brought = kind == NodeKind.Start ? problem.LoadBefore[(vehicle * width) + k] : 0;
                    for (int j = head + 1; j < nodes.Length && problem.Nodes[nodes[j]].Kind == NodeKind.Visit; j++) brought += problem.Delivery[(nodes[j] * width) + k];
                    _load[(i * width) + k] = brought;
                }
                else if (kind == NodeKind.Visit)
                {
                    _load[(i * width) + k] = _load[((i - 1) * width) + k] - problem.Delivery[(nodes[i] * width) + k] + problem.Pickup[(nodes[i] * width) + k];
                }
            }
        }
    }
}
