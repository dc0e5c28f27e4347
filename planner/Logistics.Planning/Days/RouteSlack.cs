using Logistics.Routing.Model;

namespace Logistics.Planning.Days;

/// <summary>How much later each activity of a route could start with all later ones still inside their windows and the shift.</summary>
/// <remarks>
/// One pass from the end: an activity's slack is the least of its own window's, and the next one's plus the waiting before it. Legs are taken to last as planned; a later start
/// into rush hour or a closed road may eat more, so the figure is a guide for people, not a constraint.
/// </remarks>
internal static class RouteSlack
{
    /// <returns>Seconds by step, at least 0.</returns>
    public static int[] Of(Problem problem, Route route)
    {
        var steps = route.Steps;
        var slack = new int[steps.Count];
        var after = Math.Max(0, problem.Vehicles[route.Vehicle].Shift.Latest - steps[^1].Departure);
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            var step = steps[i];
            slack[i] = Math.Max(0, Math.Min(after, WindowsOf(problem, route.Vehicle, step) is { Count: > 0 } windows ? ToEnd(windows, step.Start) : int.MaxValue));
            after = (int)Math.Min(int.MaxValue, (long)slack[i] + step.Start - step.Arrival);
        }

        return slack;
    }

    private static IReadOnlyList<TimeWindow> WindowsOf(Problem problem, int vehicle, RouteStep step) => step.Kind switch
    {
        StepKind.Visit => problem.Jobs[step.Job].Alternatives[step.Alternative].Visits[step.Visit].Windows,
        StepKind.Break => problem.Vehicles[vehicle].Breaks[step.Break].Windows,
        _ => [],
    };

    private static int ToEnd(IReadOnlyList<TimeWindow> windows, int start)
    {
        foreach (var window in windows)
            if (start >= window.Earliest && start <= window.Latest) return window.Latest - start;
        return 0;
    }
}
