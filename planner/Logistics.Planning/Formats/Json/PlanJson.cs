using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Json;

/// <summary>Our own plan format: routes with every step's times, loads and given classes, and the cost with its parts. Schema: docs/schema/plan.schema.json.</summary>
public static class PlanJson
{
    public const string Format = "logistics-plan/1";

    public static bool Recognises(string text) => text.Contains("\"" + Format + "\"", StringComparison.Ordinal);

    public static ReadResult<Plan> Read(string text) => JsonReading.Read(text, root =>
    {
        if (root.Text("format") is var format && format != Format) root.Fail("format", $"'{format}' is not '{Format}'.");
        root.Text("problem");
        var plan = new Plan
        {
            Routes = root.RequireList("routes", r => new Route
            {
                Vehicle = r.RequireInt("vehicle"),
                Steps = r.RequireList("steps", ReadStep),
                Cost = r.Find("cost", ReadCost) ?? new CostBreakdown(),
            }),
            Unserved = root.Ints("unserved"),
            Cost = root.Find("cost", ReadCost) ?? new CostBreakdown(),
        };
        root.RefuseUnknown();
        return plan;
    });

    private static RouteStep ReadStep(JsonReading step) => new()
    {
        Kind = step.Choice("kind", StepKind.Visit),
        Place = step.RequireInt("place"),
        Job = step.Int("job", -1),
        Alternative = step.Int("alternative", -1),
        Visit = step.Int("visit", -1),
        Depot = step.Int("depot", -1),
        Break = step.Int("break", -1),
        Arrival = step.RequireInt("arrival"),
        Start = step.RequireInt("start"),
        Departure = step.RequireInt("departure"),
        Load = step.Longs("load"),
        DistanceSoFar = step.Long("distanceSoFar", 0),
        GivenClasses = step.Ints("givenClasses"),
    };

    private static CostBreakdown ReadCost(JsonReading cost)
    {
        var parts = new CostBreakdown
        {
            Unserved = cost.Long("unserved", 0),
            Fixed = cost.Long("fixed", 0),
            Distance = cost.Long("distance", 0),
            Duration = cost.Long("duration", 0),
            Overtime = cost.Long("overtime", 0),
            Lateness = cost.Long("lateness", 0),
            Preference = cost.Long("preference", 0),
            Balance = cost.Long("balance", 0),
            Disturbance = cost.Long("disturbance", 0),
        };
        if (cost.FindLong("total") is { } total && total != parts.Total) cost.Fail("total", $"{total} is not the sum of the parts, {parts.Total}.");
        return parts;
    }
}
