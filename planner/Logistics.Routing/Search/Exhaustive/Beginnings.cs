using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.Exhaustive;

/// <summary>What the first part of a route has come to, begun as early as it can be.</summary>
/// <param name="Cost">Metres, driving and lateness.</param>
/// <param name="Work">Seconds without any waiting.</param>
/// <param name="LatestStart">Latest start of the route that misses nothing so far.</param>
internal readonly record struct Beginning(long Cost, int Departure, int Work, int LatestStart, long Metres, int Driven, int Stops, int Tasks);

/// <summary>Remembers beginnings of routes and recognises those that cannot lead to anything better.</summary>
/// <remarks>
/// With the same choices, pending deliveries, present trip and last visit, whatever may follow one may follow the other. Its departure is max(start + work, departure) for every start up
/// to the latest, so being no worse in every figure means being no worse for every start. Not so with breaks, releases, rides, slots, several windows, times of the day or, where the
/// start is chosen, lateness: then nothing is dropped.
/// </remarks>
internal sealed class Beginnings
{
    private readonly CompiledProblem _problem;
    private readonly int[] _freeJobs;
    private readonly int[] _bitOf;
    private readonly bool _isPossible;
    private readonly bool _hasDue;
    private readonly Dictionary<(ulong Choice, ulong Trip), List<(Beginning Beginning, long[] Peak)>> _known = [];
    private bool _isUseful;

    public Beginnings(CompiledProblem problem, int[] freeJobs)
    {
        (_problem, _freeJobs) = (problem, freeJobs);
        _bitOf = new int[problem.Jobs.Count];
        for (int f = 0; f < freeJobs.Length; f++) _bitOf[freeJobs[f]] = f;
        _hasDue = Array.Exists(problem.Nodes, n => n.DueTime != int.MaxValue && n.CostPerLateSecond > 0);
        _isPossible = !problem.Jobs.HasReleases && !problem.Jobs.HasRideLimits && !problem.Resources.HasSlots && problem.Source.Balance?.Measure is null or BalanceMeasure.Tasks
            && !Array.Exists(problem.Nodes, n => n.WindowCount > 0) && Array.TrueForAll(problem.Legs, l => !l.Source.IsTimeDependent);
    }

    public void Open(int vehicle)
    {
        _known.Clear();
        ref readonly var v = ref _problem.Vehicles[vehicle];
        _isUseful = _isPossible && _problem.Source.Vehicles[vehicle].Breaks.Count == 0 && !(v.IsStartChosen && _hasDue);
    }

    /// <summary>Remembers a beginning; false when a known one is no worse in anything.</summary>
    public bool IsNew(ReadOnlySpan<int> nodes, int[] choice, List<int> pending, int reloads, in Beginning beginning)
    {
        if (!_isUseful) return true;
        ulong trip = ((ulong)nodes[^1] << 24) | ((ulong)reloads << 16);
        foreach (int node in pending) trip |= 1UL << _bitOf[_problem.Jobs.JobOf[_problem.Nodes[node].Alternative]];
        int head = nodes.Length - 1;
        for (; _problem.Nodes[nodes[head]].Kind == NodeKind.Visit; head--) trip |= 1UL << (8 + _bitOf[_problem.Jobs.JobOf[_problem.Nodes[nodes[head]].Alternative]]);
        var key = (ChoiceKey.Of(_problem, _freeJobs, choice), trip);
        if (!_known.TryGetValue(key, out var labels)) _known[key] = labels = [];
        long[] peak = FindPeak(nodes[head..]);
        foreach (var (known, knownPeak) in labels)
            if (IsNoWorse(known, beginning) && IsNoHigher(knownPeak, peak)) return false;
        labels.Add((beginning, peak));
        return true;
    }

    private static bool IsNoWorse(in Beginning a, in Beginning b) =>
        a.Cost <= b.Cost && a.Departure <= b.Departure && a.Work <= b.Work && a.LatestStart >= b.LatestStart && a.Metres <= b.Metres && a.Driven <= b.Driven && a.Stops <= b.Stops;

    private static bool IsNoHigher(long[] a, long[] b)
    {
        for (int k = 0; k < a.Length; k++)
            if (a[k] > b[k]) return false;
        return true;
    }

    /// <summary>Highest load of the present trip so far, without what it begins with: that is the same for both.</summary>
    private long[] FindPeak(ReadOnlySpan<int> trip)
    {
        int width = _problem.Dimensions;
        var peak = new long[width];
        for (int k = 0; k < width; k++)
        {
            long load = 0;
            foreach (int n in trip[1..])
            {
                load += _problem.Pickup[(n * width) + k] - _problem.Delivery[(n * width) + k];
                peak[k] = Math.Max(peak[k], load);
            }
        }

        return peak;
    }
}
