using Logistics.Routing.Model;

namespace Logistics.Planning.Days;

/// <summary>Splits a joined visit back into its members, one after the other at the same stop.</summary>
internal static class GroupExpansion
{
    public static IReadOnlyList<RouteStep> Expand(Problem exact, Problem joined, IReadOnlyList<int[]> members, Route route)
    {
        var steps = new List<RouteStep>(route.Steps.Count * 2);
        foreach (var step in route.Steps)
        {
            if (step.Kind == StepKind.Visit) AddMembers(steps, step, exact, joined, members[step.Job]);
            else steps.Add(step);
        }

        return steps;
    }

    private static void AddMembers(List<RouteStep> steps, RouteStep step, Problem exact, Problem joined, int[] members)
    {
        if (members.Length == 1)
        {
            steps.Add(step with { Job = members[0] });
            return;
        }

        var whole = joined.Jobs[step.Job].Alternatives[step.Alternative].Visits[0];
        // The joined stay is setup, if it was charged, and the handling of all.
        var charged = step.Departure - step.Start - whole.HandlingSeconds;
        // Before this step the load was that after it plus what it delivered less what it picked up.
        var load = step.Load.Count == 0 ? null : step.Load.Select((amount, d) => amount + At(whole.Delivery, d) - At(whole.Pickup, d)).ToArray();
        int at = step.Start, given = 0;
        for (var i = 0; i < members.Length; i++)
        {
            var visit = exact.Jobs[members[i]].Alternatives[step.Alternative].Visits[0];
            var departure = at + visit.HandlingSeconds + (i == 0 ? charged : 0);
            if (load is not null)
                for (var d = 0; d < load.Length; d++) load[d] += At(visit.Pickup, d) - At(visit.Delivery, d);
            steps.Add(step with
            {
                Job = members[i],
                Arrival = i == 0 ? step.Arrival : at,
                Start = at,
                Departure = departure,
                Load = load is null ? [] : [.. load],
                GivenClasses = step.GivenClasses.Count == 0 ? [] : [.. step.GivenClasses.Skip(given).Take(visit.Uses.Count)],
            });
            given += visit.Uses.Count;
            at = departure;
        }
    }

    private static long At(IReadOnlyList<long> load, int d) => load.Count > 0 ? load[d] : 0;
}
