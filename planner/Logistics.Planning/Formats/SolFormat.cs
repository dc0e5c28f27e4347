using System.Globalization;
using System.Text;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planning.Formats;

/// <summary>A CVRPLIB-style solution: <c>Route #1: 3 7 2</c>, …, <c>Cost 931.5</c>.</summary>
/// <param name="Routes">Numbers of each route in file order, empty routes kept: where vehicles differ, the k-th route is the k-th vehicle's.</param>
public sealed record SolFile(IReadOnlyList<IReadOnlyList<int>> Routes, double? Cost);

/// <summary>Reads and writes <c>.sol</c> files. A depot number inside a route is a reload.</summary>
public static class SolFormat
{
    public static bool Recognises(string text) => text.TrimStart().StartsWith("Route", StringComparison.OrdinalIgnoreCase);

    public static ReadResult<SolFile> Read(string text)
    {
        var lines = new NumberLines(text);
        var routes = new List<IReadOnlyList<int>>();
        double? cost = null;
        foreach (var line in lines.Lines)
        {
            if (line.Text.StartsWith("Route", StringComparison.OrdinalIgnoreCase) && line.Text.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0)
            {
                var numbers = new List<int>();
                foreach (string field in line.Text[(colon + 1)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                {
                    if (int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)) numbers.Add(number);
                    else lines.Errors.Add($"Line {line.Number}: '{field}' is not a whole number.");
                }

                routes.Add(numbers);
            }
            else if (line.Text.StartsWith("Cost", StringComparison.OrdinalIgnoreCase))
            {
                if (NumberLines.TryNumber(line.Fields[^1], out double value)) cost = value;
                else lines.Errors.Add($"Line {line.Number}: '{line.Fields[^1]}' is not a finite number (cost).");
            }
        }

        if (routes.Count == 0) lines.Errors.Add("There is no line 'Route #k: …'.");
        return lines.Errors.Count > 0 ? ReadResult.Failed<SolFile>(lines.Errors) : ReadResult.Of(new SolFile(routes, cost));
    }

    /// <summary>The routes as a timed plan of the instance; every number that it does not know is an error.</summary>
    public static ReadResult<Plan> ToPlan(SolFile sol, Instance instance)
    {
        var errors = new List<string>();
        var routes = new List<BareRoute>();
        int next = 0;
        for (int r = 0; r < sol.Routes.Count; r++)
        {
            if (sol.Routes[r].Count == 0) continue;
            int vehicle = instance.HasDistinctVehicles ? r : next++;
            if (vehicle >= instance.Problem.Vehicles.Count)
            {
                errors.Add($"Route #{r + 1}: there are only {instance.Problem.Vehicles.Count} vehicles.");
                continue;
            }

            routes.Add(new BareRoute(vehicle, ReadRoute(sol.Routes[r], r, instance, errors)));
        }

        return errors.Count > 0 ? ReadResult.Failed<Plan>(errors) : ReadResult.Of(PlanScheduler.Schedule(instance.Problem, routes));
    }

    private static List<BareStep> ReadRoute(IReadOnlyList<int> numbers, int route, Instance instance, List<string> errors)
    {
        var steps = new List<BareStep>(numbers.Count);
        foreach (int number in numbers)
        {
            if (instance.Numbers.Visits.TryGetValue(number, out var visit)) steps.Add(BareStep.VisitOf(visit.Job, visit.Alternative, visit.Visit));
            else if (instance.Numbers.Depots.TryGetValue(number, out int depot)) steps.Add(BareStep.ReloadAt(depot));
            else errors.Add($"Route #{route + 1}: the instance has no visit {number}.");
        }

        return steps;
    }

    public static string Write(Instance instance, Plan plan)
    {
        var text = new StringBuilder();
        int number = 0;
        foreach (var route in plan.Routes.OrderBy(r => r.Vehicle))
        {
            // The k-th line is the k-th vehicle's where vehicles differ, so the unused ones get an empty line.
            while (instance.HasDistinctVehicles && number < route.Vehicle) AppendLine([]);
            AppendLine(route.Steps.Where(s => s.Kind is StepKind.Visit or StepKind.Reload)
                .Select(s => s.Kind == StepKind.Visit ? instance.Numbers.OfVisit(s.Job, s.Alternative, s.Visit) : instance.Numbers.OfDepot(s.Depot)));
        }

        string cost = instance.PublishedCost(plan.Cost).ToString("F" + instance.CostDecimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text.Append("Cost ").Append(cost).Append('\n').ToString();

        void AppendLine(IEnumerable<int> numbers)
        {
            text.Append("Route #").Append((++number).ToString(CultureInfo.InvariantCulture)).Append(':');
            foreach (int n in numbers) text.Append(' ').Append(n.ToString(CultureInfo.InvariantCulture));
            text.Append('\n');
        }
    }
}
