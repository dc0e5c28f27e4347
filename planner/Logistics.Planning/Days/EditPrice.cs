using Logistics.Domain;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planning.Days;

/// <summary>A constraint an edit would newly break.</summary>
/// <param name="Broken">The same for a page that says it in its own language.</param>
/// <param name="VehicleId">Null when it concerns the whole plan.</param>
/// <param name="ParcelId">Null when it concerns a route.</param>
public sealed record EditViolation(BrokenRule Broken, string Message, string? VehicleId, string? ParcelId)
{
    /// <summary>The checker's name of the rule, such as Window or Capacity.</summary>
    public string Rule => Broken.Rule;
}

/// <summary>What edits would change: the price shown before they are made. Negative numbers are savings.</summary>
public sealed record EditPrice
{
    public required PlanCost Difference { get; init; }
    public required long DistanceMetres { get; init; }
    public required long DurationSeconds { get; init; }

    /// <summary>Parcels served after less before.</summary>
    public required int Parcels { get; init; }

    public required IReadOnlyList<EditViolation> Violations { get; init; }

    /// <summary>Different parcels whose window would be broken.</summary>
    public required int BrokenWindows { get; init; }

    /// <summary>Vehicles whose route changes.</summary>
    public required IReadOnlyList<string> ChangedVehicles { get; init; }

    /// <summary>Parts of the request that name something the plan does not have.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>The plan as it would be, in the model's problem.</summary>
    public required Plan After { get; init; }

    public bool IsLegal => Violations.Count == 0 && Problems.Count == 0;

    internal static EditPrice Between(DayModel model, Plan before, Plan after, IReadOnlyList<Violation> broken, IReadOnlyList<int> changed, IReadOnlyList<string> problems) => new()
    {
        After = after,
        Difference = PlanTranslator.ToFen(Subtract(after.Cost, before.Cost)),
        DistanceMetres = after.Routes.Sum(r => r.Steps[^1].DistanceSoFar) - before.Routes.Sum(r => r.Steps[^1].DistanceSoFar),
        DurationSeconds = after.Routes.Sum(Seconds) - before.Routes.Sum(Seconds),
        Parcels = before.Unserved.Count - after.Unserved.Count,
        Violations = [.. broken.Select(v => new EditViolation(
            BrokenRule.Of(model, v), ViolationText.Write(model, v), v.Vehicle < 0 ? null : model.Vehicles[v.Vehicle].Vehicle.Id, ViolationText.ParcelOf(model, v)?.Id))],
        BrokenWindows = broken.Where(v => v.Kind == ViolationKind.Window).Select(v => v.Job).Distinct().Count(),
        ChangedVehicles = [.. changed.Select(v => model.Vehicles[v].Vehicle.Id)],
        Problems = problems,
    };

    private static long Seconds(Route route) => (long)route.Steps[^1].Departure - route.Steps[0].Arrival;

    private static CostBreakdown Subtract(CostBreakdown a, CostBreakdown b) => new()
    {
        Unserved = a.Unserved - b.Unserved,
        Fixed = a.Fixed - b.Fixed,
        Distance = a.Distance - b.Distance,
        Duration = a.Duration - b.Duration,
        Overtime = a.Overtime - b.Overtime,
        Lateness = a.Lateness - b.Lateness,
        Preference = a.Preference - b.Preference,
        Balance = a.Balance - b.Balance,
        Disturbance = a.Disturbance - b.Disturbance,
    };
}
