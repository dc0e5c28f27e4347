using System.Globalization;
using Logistics.Routing.Model;

namespace Logistics.Planning.Days;

/// <summary>Carries a plan of single jobs over to joined ones.</summary>
internal static class WarmStart
{
    /// <summary>A text by job that differs where the plan serves jobs differently: vehicle, trip and alternative. Jobs are joined only within one text.</summary>
    public static string[] TextByJob(Plan plan, int jobs)
    {
        var text = new string[jobs];
        Array.Fill(text, "");
        foreach (var route in plan.Routes)
        {
            var trip = 0;
            foreach (var step in route.Steps)
            {
                if (step.Kind == StepKind.Reload) trip++;
                if (step.Kind == StepKind.Visit) text[step.Job] = string.Create(CultureInfo.InvariantCulture, $"@{route.Vehicle}.{trip}.{step.Alternative}");
            }
        }

        return text;
    }

    /// <summary>The plan in joined jobs: a joined visit stands where its first member stood. Times are left as they are; the search times a warm start anew.</summary>
    public static Plan Join(JobGrouping grouping, Plan plan)
    {
        var joined = new int[grouping.Members.Sum(m => m.Length)];
        foreach (var (index, members) in grouping.Members.Index())
            foreach (var member in members) joined[member] = index;
        return new Plan
        {
            Routes = [.. plan.Routes.Select(r => r with { Steps = [.. Steps(r, joined, [])] })],
            Unserved = [.. plan.Unserved.Select(j => joined[j]).Distinct().Order()],
            Cost = plan.Cost,
        };
    }

    private static IEnumerable<RouteStep> Steps(Route route, int[] joined, HashSet<int> seen)
    {
        foreach (var step in route.Steps)
        {
            if (step.Kind != StepKind.Visit) yield return step;
            else if (seen.Add(joined[step.Job])) yield return step with { Job = joined[step.Job] };
        }
    }
}
