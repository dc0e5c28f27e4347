using Logistics.Routing.Model;

namespace Logistics.Routing.Search.Stops;

/// <summary>Makes one job of several that are served one after the other at one place.</summary>
/// <remarks>
/// Windows are those in which every member starts in time even after the setup and all handling before it: what is legal for the whole is legal for its members. The other way round they are joined
/// only where the whole may begin when the first does in the plan; where it waits for one of them, that one begins another job.
/// </remarks>
internal sealed class StopJoiner(Problem problem)
{
    private readonly List<(int Job, int Alternative)> _members = [];
    private Visit? _first;
    private Alternative? _like;
    private IReadOnlyList<TimeWindow> _windows = [];
    private int _lag;
    private int _start;

    /// <summary>Jobs taken so far, with the alternative that serves each.</summary>
    public IReadOnlyList<(int Job, int Alternative)> Members => _members;

    /// <summary>Begins with one job.</summary>
    /// <param name="start">When it begins in the plan; the stop may begin then as well.</param>
    public void Begin(int job, int alternative, int start)
    {
        _start = start;
        _members.Clear();
        _members.Add((job, alternative));
        _like = problem.Jobs[job].Alternatives[alternative];
        _first = _like.Visits[0];
        _windows = _first.Windows;
        _lag = _first.SetupSeconds + _first.HandlingSeconds;
    }

    /// <summary>Takes one job more; false, with nothing changed, when it does not go with the others.</summary>
    public bool TryAdd(int job, int alternative)
    {
        var added = problem.Jobs[job].Alternatives[alternative];
        if (!IsPlain(_like!) || !IsPlain(added) || !AreAlike(_like!, added)) return false;
        if (problem.Jobs[job].UnservedCost is null != problem.Jobs[_members[0].Job].UnservedCost is null || problem.Jobs[job].Group != problem.Jobs[_members[0].Job].Group) return false;
        var visit = added.Visits[0];
        if (Meet(_windows, visit.Windows, _lag) is not { } windows || (windows.Count > 0 && !windows.Any(w => w.Earliest <= _start && _start <= w.Latest))) return false;
        _windows = windows;
        _lag += visit.HandlingSeconds;
        _members.Add((job, alternative));
        return true;
    }

    /// <summary>The members as one job with the one alternative they are served by.</summary>
    public Job Join()
    {
        var jobs = _members.ConvertAll(m => problem.Jobs[m.Job]);
        if (jobs.Count == 1) return jobs[0];
        var alternatives = _members.ConvertAll(m => problem.Jobs[m.Job].Alternatives[m.Alternative]);
        return jobs[0] with
        {
            UnservedCost = jobs[0].UnservedCost is null ? null : jobs.Sum(j => j.UnservedCost),
            Alternatives =
            [
                _like! with
                {
                    PreferenceCost = alternatives.Sum(a => a.PreferenceCost),
                    ReleaseTime = alternatives.Max(a => a.ReleaseTime),
                    Skills = [.. alternatives.SelectMany(a => a.Skills).Distinct()],
                    AllowedVehicles = alternatives.Select(a => a.AllowedVehicles).Aggregate(Intersect),
                    ForbiddenVehicles = [.. alternatives.SelectMany(a => a.ForbiddenVehicles).Distinct()],
                    Visits =
                    [
                        _first! with
                        {
                            Windows = _windows,
                            HandlingSeconds = alternatives.Sum(a => a.Visits[0].HandlingSeconds),
                            Delivery = Sum(alternatives.Select(a => a.Visits[0].Delivery)),
                            Pickup = Sum(alternatives.Select(a => a.Visits[0].Pickup)),
                            Uses = [.. alternatives.SelectMany(a => a.Visits[0].Uses).GroupBy(u => (u.Resource, u.SizeClass)).Select(g => g.First() with { Units = g.Sum(u => u.Units) })],
                        },
                    ],
                },
            ],
        };
    }

    private static bool IsPlain(Alternative alternative) =>
        alternative.Visits is [{ IsWindowOnStopArrival: false, DueTime: null }] && alternative.MaxRideSeconds is null;

    private static bool AreAlike(Alternative a, Alternative b) =>
        a.Visits[0].Place == b.Visits[0].Place && a.Visits[0].Zone == b.Visits[0].Zone && a.GoodsClass == b.GoodsClass && a.Level == b.Level
        && (!(Brings(a) || Brings(b)) || !(Takes(a) || Takes(b)));

    // Where some is brought and some taken, the load between two members may be higher than before and behind them all.
    private static bool Brings(Alternative alternative) => alternative.Visits[0].Delivery.Any(d => d > 0);

    private static bool Takes(Alternative alternative) => alternative.Visits[0].Pickup.Any(p => p > 0);

    /// <summary>Windows in which a start suits the first windows, and the second that many seconds later; null when there are none, or more than can be told simply.</summary>
    private static IReadOnlyList<TimeWindow>? Meet(IReadOnlyList<TimeWindow> windows, IReadOnlyList<TimeWindow> added, int lag)
    {
        if (added.Count == 0) return windows;
        if (windows.Count == 0) windows = [TimeWindow.Always];
        // Behind others at its place a stop has no setup: each member must find its window open even when the first begins at once.
        List<TimeWindow> met = [];
        foreach (var window in windows)
        {
            foreach (var other in added)
            {
                int earliest = Math.Max(window.Earliest, other.Earliest), latest = Math.Min(window.Latest, other.Latest - lag);
                if (earliest <= latest) met.Add(new TimeWindow(earliest, latest));
            }
        }

        return met.Count == 0 ? null : met;
    }

    private static IReadOnlyList<int>? Intersect(IReadOnlyList<int>? a, IReadOnlyList<int>? b) =>
        a is null || ReferenceEquals(a, b) ? b : b is null ? a : [.. a.Intersect(b)];

    private static IReadOnlyList<long> Sum(IEnumerable<IReadOnlyList<long>> loads)
    {
        long[]? sum = null;
        foreach (var load in loads)
        {
            if (load.Count == 0) continue;
            sum ??= new long[load.Count];
            for (int d = 0; d < sum.Length; d++) sum[d] += load[d];
        }

        return sum ?? [];
    }
}
