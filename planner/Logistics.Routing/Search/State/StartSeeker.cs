using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>Chooses the second at which a walked route begins, and on tiny problems the way its breaks are placed.</summary>
/// <remarks>
/// Where the cost is convex in the start, <see cref="StartModel"/> names the cheapest after one walk. On long routes <see cref="LatestStart"/> names the latest that still ends as early as possible.
/// Elsewhere the start is moved later from one event to the next (a wait used up, a window, due time or border reached, overtime or the longest duration left) and the cheapest kept.
/// Owned by one <see cref="Walk"/>.
/// </remarks>
internal sealed class StartSeeker(CompiledProblem problem, Walk walk, StartShifts shifts, BreakPlacer breakPlacer, SlotTaker slotTaker)
{
    private const int MaxStarts = 40;
    private const int MaxJumps = 3;

    // More breaks could be placed in too many ways.
    private const int MaxBreaksTried = 2;

    private readonly LatestStart _latest = new(problem);
    private readonly BreakWays _ways = new();
    private readonly int[] _bestWay = new int[MaxBreaksTried];
    private bool _isPriceEnough;

    /// <summary>Cost of the walk's route when it begins at a second that a price has named for it; the times of single activities only where the cost depends on them.</summary>
    public long TimeFrom(int begin, int end)
    {
        _isPriceEnough = true;
        ref readonly var v = ref problem.Vehicles[walk.Vehicle];
        return BeginsLate(v, seeksLateStart: false) ? TimeLate(v, FindEarliest(v), end) : walk.WalkFrom(begin);
    }

    /// <summary>Cost of the walk's route with the best start found, or <see cref="Walk.Infeasible"/>.</summary>
    /// <param name="isPriceEnough">Only the cost is asked for: the times of the best start need not be found again.</param>
    public long Seek(bool seeksLateStart, int hint, int end, bool isPriceEnough)
    {
        _isPriceEnough = isPriceEnough;
        ref readonly var v = ref problem.Vehicles[walk.Vehicle];
        if (BeginsLate(v, seeksLateStart)) return TimeLate(v, FindEarliest(v), end);
        long best = TimeWithBreaks(v, seeksLateStart, hint);
        bool isEarliestBest = !walk.HasLate && !walk.IsTimeDependent && !problem.Resources.HasSlots && !problem.Jobs.HasRideLimits;
        return isEarliestBest || !problem.IsTiny || walk.Breaks.Length is 0 or > MaxBreaksTried || walk.IsLong ? best : SeekBreaks(v, best, seeksLateStart, hint);
    }

    /// <summary>Tries every way to place the breaks: where lateness, rides, detours or slots count, the earliest end need not be the cheapest.</summary>
    private long SeekBreaks(in VehicleData v, long best, bool seeksLateStart, int hint)
    {
        bool isFound = false;
        _ways.Begin(walk.Nodes.Length, walk.Breaks);
        while (_ways.TryNext())
        {
            breakPlacer.Placement = _ways.Positions;
            long cost = TimeWithBreaks(v, seeksLateStart, hint);
            if (cost >= best) continue;
            best = cost;
            isFound = true;
            _ways.Positions.CopyTo(_bestWay, 0);
        }

        breakPlacer.Placement = isFound ? _bestWay : null;
        best = TimeWithBreaks(v, seeksLateStart, hint);
        breakPlacer.Placement = null;
        return best;
    }

    private long TimeWithBreaks(in VehicleData v, bool seeksLateStart, int hint)
    {
        int start = FindEarliest(v);
        long cost = Walk.Infeasible;
        if (!walk.IsPlain && !walk.IsStepped && hint > start && hint <= v.LatestStart && (cost = walk.WalkFrom(hint)) != Walk.Infeasible) start = hint;
        else cost = walk.WalkFrom(start);
        if (v.IsUnderWay || !(v.IsStartChosen || seeksLateStart)) return cost;
        if (cost == Walk.Infeasible && !IsMeasured(v)) return Walk.Infeasible;
        return walk.IsPlain || !walk.IsStepped ? SeekByModel(v, start, cost) : SeekByEvents(v, start, cost);
    }

    /// <summary>Limits count from the start, so that beginning later may mend what is too long; what is merely too late only gets later.</summary>
    private bool IsMeasured(in VehicleData v) => v.MaxDuration != int.MaxValue || v.MaxTravel != int.MaxValue || v.MaxDistance != CompiledProblem.Unlimited || problem.Jobs.HasRideLimits;

    /// <summary>Whether the start is too dear to step and the model of it no more than a guess, while the earliest end is the cheapest.</summary>
    private bool BeginsLate(in VehicleData v, bool seeksLateStart) =>
        !walk.IsPlain && !walk.IsStepped && !walk.HasLate && !problem.Jobs.HasRideLimits && !v.IsUnderWay && (v.IsStartChosen || seeksLateStart);

    private int FindEarliest(in VehicleData v) => Math.Min(Math.Max(Math.Max(v.EarliestStart, v.LoadFrom), v.IsUnderWay ? 0 : walk.LoadFrom[0]), v.LatestStart);

    /// <summary>Ends as early as the route can, and begins as late as that allows.</summary>
    private long TimeLate(in VehicleData v, int start, int end)
    {
        if (end < 0)
        {
            int loading = slotTaker.Find(walk.Nodes[0], Math.Max(start, walk.LoadFrom[0]), v.LoadUntil);
            if (loading > v.LoadUntil || !breakPlacer.Place(walk, walk.Breaks, walk.Vehicle, loading + problem.Nodes[walk.Nodes[0]].Handling)) return Walk.Infeasible;
            end = breakPlacer.End;
        }

        int late = Math.Min(_latest.Find(breakPlacer, walk.Nodes, walk.LoadFrom, v, walk.Breaks, end), Math.Min(v.LoadUntil, v.LatestStart));
        long cost = Walk.Infeasible;
        if (late >= start && _isPriceEnough && walk.TryMeasure(v)) return walk.PriceBetween(v, late, end);
        if (late >= start)
        {
            breakPlacer.Placement = _latest.Placement;
            cost = walk.WalkFrom(late);
            breakPlacer.Placement = null;
        }

        // Slots may be taken, or metres limited, where the late start would have them.
        return cost == Walk.Infeasible ? walk.WalkFrom(start) : cost;
    }

    /// <summary>Moves the start to where the model says it is cheapest; where the model is a guess, a few times.</summary>
    private long SeekByModel(in VehicleData v, int start, long cost)
    {
        long best = cost;
        int bestStart = start, shortest = cost == Walk.Infeasible ? int.MaxValue : walk.Duration, last = start;
        for (int tries = 0; tries < (walk.IsPlain ? 1 : MaxJumps) && shifts.IsTimed; tries++)
        {
            long most = Math.Min(shifts.Slack, (long)v.LatestStart - last), least = Math.Max(0, (long)walk.Duration - v.MaxDuration);
            long shift = least > most ? 0 : shifts.Model.FindBest(least, most, walk.Duration, shifts.Absorbed, v.CostPerSecond, v.RegularSeconds, v.CostPerOvertimeSecond);
            if (shift == 0) break;
            last = (int)(last + shift);
            cost = walk.WalkFrom(last);
            if (cost < best || (cost == best && cost != Walk.Infeasible && walk.Duration < shortest)) (best, bestStart, shortest) = (cost, last, walk.Duration);
        }

        GoBackTo(bestStart, last);
        return best;
    }

    private long SeekByEvents(in VehicleData v, int start, long cost)
    {
        long best = cost;
        int bestStart = start, shortest = cost == Walk.Infeasible ? int.MaxValue : walk.Duration, last = start;
        for (int tries = 0; tries < MaxStarts; tries++)
        {
            if (shifts.IsTimed)
            {
                shifts.OfferStart((long)walk.Duration - v.RegularSeconds);
                shifts.OfferStart((long)walk.Duration - v.MaxDuration);
            }

            if (shifts.Next <= 0 || shifts.Next >= StartShifts.Never || last >= v.LatestStart) break;
            // Past the last legal start there is no event, but up to it there is waiting to save.
            last = (int)(last + Math.Min(shifts.Next, (long)v.LatestStart - last));
            cost = walk.WalkFrom(last);
            if (cost == Walk.Infeasible && !IsMeasured(v)) break;
            if (cost < best || (cost == best && cost != Walk.Infeasible && walk.Duration < shortest)) (best, bestStart, shortest) = (cost, last, walk.Duration);
        }

        GoBackTo(bestStart, last);
        return best;
    }

    /// <summary>Walks from the best start once more where another was tried last.</summary>
    private void GoBackTo(int best, int last)
    {
        if (last == best) return;
        if (_isPriceEnough) walk.BeginAt(best);
        else walk.WalkFrom(best);
    }
}
