using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>Chooses when a route starts.</summary>
/// <remarks>
/// With every activity as early as possible, the end is a non-decreasing function of the start, flat while waiting absorbs the shift and jumping where a window is missed. So its
/// duration is least where a flat part ends: the candidates are the shifts at which some wait is used up or some window or due time is reached.
/// </remarks>
internal static class StartChoice
{
    private const int MaxCandidates = 400;

    // Break positions are searched only where the plain rule fails, and only while they are few.
    private const int MaxBreakPlacements = 1000;

    // On routes longer than this every placement is timed for two starts only, and the best few for all: somebody waits for the price of a drag.
    private const int MaxStepsSearchedThoroughly = 24;
    private const int ThoroughPlacements = 3;

    public static IReadOnlyList<RouteStep> Time(Problem problem, BareRoute route)
    {
        var vehicle = problem.Vehicles[route.Vehicle];
        var (best, bestScore) = Time(problem, route, null);
        if (bestScore.Violated == 0 || vehicle.Breaks.Count == 0) return best;
        foreach (var positions in ListPromising(problem, route, best[0].Arrival))
        {
            var (steps, score) = Time(problem, route, positions);
            if (score.CompareTo(bestScore) < 0) (best, bestScore) = (steps, score);
        }

        return best;
    }

    private static IEnumerable<int[]> ListPromising(Problem problem, BareRoute route, int plainStart)
    {
        var vehicle = problem.Vehicles[route.Vehicle];
        var all = ListBreakPlacements(route.Steps.Count, vehicle.Breaks.Count).Take(MaxBreakPlacements);
        if (route.Steps.Count <= MaxStepsSearchedThoroughly) return all;
        return all.Select(positions =>
        {
            var timer = new RouteTimer(problem, route, positions);
            var early = Score(problem, vehicle, timer.Run(timer.EarliestStart));
            var plain = Score(problem, vehicle, timer.Run(plainStart));
            return (Positions: positions, Score: early.CompareTo(plain) < 0 ? early : plain);
        }).OrderBy(p => p.Score).Take(ThoroughPlacements).Select(p => p.Positions);
    }

    /// <summary>Non-decreasing positions for each break; one past the end means not taken.</summary>
    private static IEnumerable<int[]> ListBreakPlacements(int steps, int breaks)
    {
        int[] positions = new int[breaks];
        while (true)
        {
            yield return [.. positions];
            int last = breaks - 1;
            while (last >= 0 && positions[last] == steps + 1) last--;
            if (last < 0) yield break;
            Array.Fill(positions, positions[last] + 1, last, breaks - last);
        }
    }

    private static (IReadOnlyList<RouteStep> Steps, (long Violated, long Cost, long Duration) Score) Time(Problem problem, BareRoute route, IReadOnlyList<int>? breakPositions)
    {
        var vehicle = problem.Vehicles[route.Vehicle];
        var timer = new RouteTimer(problem, route, breakPositions);
        int earliest = timer.EarliestStart, latest = Math.Min(vehicle.LatestStart ?? vehicle.Shift.Latest, vehicle.Shift.Latest);
        var best = timer.Run(earliest);
        var bestScore = Score(problem, vehicle, best);
        if (vehicle.Committed?.StartedAt is not null) return (best, bestScore);

        long start = earliest;
        var current = best;
        for (int i = 0; i < MaxCandidates; i++)
        {
            long shift = NextEvent(problem, vehicle, current);
            if (shift == long.MaxValue || start >= latest) break;
            // Past the last legal start there is no event, but up to it there is waiting to save.
            start = Math.Min(start + shift, latest);
            current = timer.Run((int)start);
            var score = Score(problem, vehicle, current);
            if (score.CompareTo(bestScore) < 0) (best, bestScore) = (current, score);
        }

        return (best, bestScore);
    }

    /// <summary>The least positive shift of the start at which an activity's reaction changes; MaxValue when none does.</summary>
    private static long NextEvent(Problem problem, Vehicle vehicle, IReadOnlyList<RouteStep> steps)
    {
        long next = long.MaxValue, absorbed = 0;
        var travel = problem.Profiles[vehicle.Profile];
        // Where waiting absorbs the shift, the route gets shorter until overtime or the duration limit is no longer touched.
        long duration = (long)steps[^1].Departure - steps[0].Arrival;
        if (vehicle.RegularSeconds is { } regular) Offer(duration - regular);
        if (vehicle.MaxDurationSeconds is { } longest) Offer(duration - longest);
        for (int i = 1; i < steps.Count; i++)
        {
            var step = steps[i];
            if (travel.IsTimeDependent) OfferLeg(steps[i - 1], step);
            absorbed += step.Start - step.Arrival;
            Offer(absorbed);
            foreach (int border in ListBorders(problem, vehicle, step)) OfferBorder(border, step);
        }

        return next;

        // Waiting out a closure absorbs a later start like any wait; a band's border changes how long the leg takes.
        void OfferLeg(RouteStep from, RouteStep to)
        {
            if (LegRule.Drive(travel, from.Place, to.Place, from.Departure) is not { } leg) return;
            absorbed += leg.Leaves - from.Departure;
            Offer(absorbed);
            foreach (long shift in LegBorders.List(travel, from.Place, to.Place, leg)) Offer(absorbed + shift);
        }

        void OfferBorder(int border, RouteStep step)
        {
            Offer(absorbed + border - step.Start);
            Offer(absorbed + border - step.Start + 1);
        }

        void Offer(long shift)
        {
            if (shift > 0 && shift < next) next = shift;
        }
    }

    private static IEnumerable<int> ListBorders(Problem problem, Vehicle vehicle, RouteStep step)
    {
        if (step.Kind == StepKind.Break)
        {
            foreach (var window in vehicle.Breaks[step.Break].Windows) yield return window.Latest;
        }
        else if (step.Kind == StepKind.Visit)
        {
            var visit = problem.Jobs[step.Job].Alternatives[step.Alternative].Visits[step.Visit];
            foreach (var window in visit.Windows) yield return window.Latest;
            if (visit.DueTime is { } due) yield return due;
        }
    }

    /// <summary>Seconds and metres by which limits are missed, then what the times cost, then the duration.</summary>
    private static (long Violated, long Cost, long Duration) Score(Problem problem, Vehicle vehicle, IReadOnlyList<RouteStep> steps)
    {
        long duration = (long)steps[^1].Departure - steps[0].Arrival;
        long violated = Math.Max(0, (long)steps[^1].Departure - vehicle.Shift.Latest);
        if (duration > vehicle.MaxDurationSeconds) violated += duration - vehicle.MaxDurationSeconds.Value;
        long cost = duration * vehicle.CostPerSecond;
        if (duration > vehicle.RegularSeconds) cost += (duration - vehicle.RegularSeconds.Value) * vehicle.CostPerOvertimeSecond;
        // Where a leg is closed or slow at times, metres and seconds of driving depend on the start too.
        if (problem.Profiles[vehicle.Profile].IsTimeDependent)
        {
            long metres = steps[^1].DistanceSoFar, driven = DrivenSeconds(problem.Profiles[vehicle.Profile], steps);
            cost += (metres * vehicle.CostPerMetre) + (driven * vehicle.CostPerTravelSecond);
            if (metres > vehicle.MaxDistance) violated += metres - vehicle.MaxDistance.Value;
            if (driven > vehicle.MaxTravelSeconds) violated += driven - vehicle.MaxTravelSeconds.Value;
        }

        violated += BreakViolation(vehicle, steps) + RideViolation(problem, steps);
        foreach (var step in steps)
        {
            if (step is { Kind: StepKind.Start or StepKind.Reload or StepKind.End, Depot: >= 0 }) violated += Math.Max(0, (long)step.Start - problem.Depots[step.Depot].Open.Latest);
            if (step.Kind != StepKind.Visit) continue;
            var visit = problem.Jobs[step.Job].Alternatives[step.Alternative].Visits[step.Visit];
            if (visit.Windows.Count > 0)
            {
                long judged = visit.IsWindowOnStopArrival ? step.Arrival : step.Start;
                violated += Math.Max(0, judged - visit.Windows[^1].Latest);
            }

            if (step.Start > visit.DueTime) cost += (step.Start - visit.DueTime.Value) * visit.CostPerLateSecond;
        }

        return (violated, cost, duration);
    }

    private static long DrivenSeconds(TravelProfile travel, IReadOnlyList<RouteStep> steps)
    {
        long driven = 0;
        for (int i = 1; i < steps.Count; i++)
            if (LegRule.Drive(travel, steps[i - 1].Place, steps[i].Place, steps[i - 1].Departure) is { } leg) driven += leg.Arrives - leg.Leaves;
        return driven;
    }

    private static long BreakViolation(Vehicle vehicle, IReadOnlyList<RouteStep> steps)
    {
        long violated = 0;
        int taken = 0;
        foreach (var step in steps)
        {
            if (step.Kind != StepKind.Break) continue;
            taken++;
            violated += Math.Max(0, (long)step.Start - vehicle.Breaks[step.Break].Windows[^1].Latest);
        }

        for (int b = taken; b < vehicle.Breaks.Count; b++)
            if (!(vehicle.Breaks[b].IsWaivedIfRouteEndsBefore && steps[^1].Departure <= vehicle.Breaks[b].Windows[0].Earliest)) violated += vehicle.Breaks[b].DurationSeconds + 1L;
        return violated;
    }

    private static long RideViolation(Problem problem, IReadOnlyList<RouteStep> steps)
    {
        long violated = 0;
        foreach (var delivery in steps)
        {
            if (delivery is not { Kind: StepKind.Visit, Visit: 1 } || problem.Jobs[delivery.Job].Alternatives[delivery.Alternative].MaxRideSeconds is not { } most) continue;
            foreach (var pickup in steps)
                if (pickup is { Kind: StepKind.Visit, Visit: 0 } && pickup.Job == delivery.Job) violated += Math.Max(0, (long)delivery.Start - pickup.Departure - most);
        }

        return violated;
    }
}
