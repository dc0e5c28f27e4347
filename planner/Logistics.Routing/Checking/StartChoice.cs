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

    public static IReadOnlyList<RouteStep> Time(Problem problem, BareRoute route)
    {
        var vehicle = problem.Vehicles[route.Vehicle];
        var timer = new RouteTimer(problem, route);
        int earliest = timer.EarliestStart, latest = Math.Min(vehicle.LatestStart ?? vehicle.Shift.Latest, vehicle.Shift.Latest);
        var best = timer.Run(earliest);
        var bestScore = Score(problem, vehicle, best);
        if (vehicle.Committed?.StartedAt is not null) return best;

        long start = earliest;
        var current = best;
        for (int i = 0; i < MaxCandidates; i++)
        {
            long shift = NextEvent(problem, vehicle, current);
            if (shift == long.MaxValue || start + shift > latest) break;
            start += shift;
            current = timer.Run((int)start);
            var score = Score(problem, vehicle, current);
            if (score.CompareTo(bestScore) < 0) (best, bestScore) = (current, score);
        }

        return best;
    }

    /// <summary>The least positive shift of the start at which an activity's reaction changes; MaxValue when none does.</summary>
    private static long NextEvent(Problem problem, Vehicle vehicle, IReadOnlyList<RouteStep> steps)
    {
        long next = long.MaxValue, absorbed = 0;
        var travel = problem.Profiles[vehicle.Profile];
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
            foreach (int border in travel.Bands?.FromSeconds ?? []) Offer(absorbed + border - leg.Leaves);
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

    /// <summary>Seconds by which limits are missed, then what the times cost, then the duration.</summary>
    private static (long Violated, long Cost, long Duration) Score(Problem problem, Vehicle vehicle, IReadOnlyList<RouteStep> steps)
    {
        long duration = (long)steps[^1].Departure - steps[0].Arrival;
        long violated = Math.Max(0, (long)steps[^1].Departure - vehicle.Shift.Latest);
        if (duration > vehicle.MaxDurationSeconds) violated += duration - vehicle.MaxDurationSeconds.Value;
        long cost = duration * vehicle.CostPerSecond;
        if (duration > vehicle.RegularSeconds) cost += (duration - vehicle.RegularSeconds.Value) * vehicle.CostPerOvertimeSecond;
        foreach (var step in steps)
        {
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
}
