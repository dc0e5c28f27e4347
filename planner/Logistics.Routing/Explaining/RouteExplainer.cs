using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Routing.Explaining;

/// <summary>Explains one route of a draft: its stops one by one, and each other vehicle in its place.</summary>
internal sealed class RouteExplainer(PlanDraft draft, int vehicle)
{
    public RouteExplanation Explain() => new(vehicle, [.. ListStops().Select(Explain)], [.. Enumerable.Range(0, draft.Problem.Vehicles.Count).Where(v => v != vehicle).Select(TryOn)]);

    /// <summary>Uninterrupted stays: a further place or a reload ends one.</summary>
    private List<(int Place, List<int> Jobs)> ListStops()
    {
        var stops = new List<(int Place, List<int> Jobs)>();
        bool isStaying = false;
        foreach (var step in draft.ListSteps(vehicle))
        {
            if (step.IsReload)
            {
                isStaying = false;
                continue;
            }

            int place = draft.Problem.Jobs[step.Job].Alternatives[step.Alternative].Visits[step.Visit].Place;
            if (!isStaying || stops[^1].Place != place) stops.Add((place, []));
            if (!stops[^1].Jobs.Contains(step.Job)) stops[^1].Jobs.Add(step.Job);
            isStaying = true;
        }

        return stops;
    }

    private StopExplanation Explain((int Place, List<int> Jobs) stop)
    {
        var without = draft.Replace(draft.Problem, vehicle, [.. draft.ListSteps(vehicle).Where(s => !stop.Jobs.Contains(s.Job))]);
        return new StopExplanation(stop.Place, stop.Jobs, draft.Cost - (without.Cost.Total - stop.Jobs.Sum(j => draft.Problem.Jobs[j].UnservedCost ?? 0)));
    }

    private VehicleAlternative TryOn(int other)
    {
        bool isExchange = draft.FindRoute(other) is not null;
        foreach (int v in (ReadOnlySpan<int>)[vehicle, other])
        {
            if (draft.Problem.Vehicles[v].Committed is { StartedAt: not null })
                return new VehicleAlternative(other, isExchange, [ViolationKind.Frozen], null, $"Vehicle {v} ({draft.Problem.Vehicles[v].Id}) is under way and keeps its route.");
        }

        var plan = draft.Exchange(vehicle, other);
        var check = PlanChecker.Check(draft.Problem, plan);
        var broken = draft.ListNew(check, plan).ToList();
        if (broken.Count > 0)
            return new VehicleAlternative(other, isExchange, [.. broken.Select(v => v.Kind).Distinct()], null, string.Join(' ', broken.Select(v => v.Message).Distinct(StringComparer.Ordinal)));
        long extra = check.Cost.Total - draft.Cost;
        string how = isExchange ? "exchanging the routes" : "an idle vehicle";
        return new VehicleAlternative(other, isExchange, [], extra, extra < 0 ? $"Would be cheaper by {-extra} ({how}). Search longer." : $"Would cost {extra} more ({how}).");
    }
}
