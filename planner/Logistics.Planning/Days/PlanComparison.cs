using Logistics.Domain;

namespace Logistics.Planning.Days;

/// <summary>A number of two plans.</summary>
public readonly record struct BeforeAfter(long A, long B)
{
    public long Difference => B - A;
}

/// <summary>One vehicle in two plans; nought where it is not used.</summary>
public sealed record RouteComparison(string VehicleId, BeforeAfter Stops, BeforeAfter Parcels, BeforeAfter DistanceMetres, BeforeAfter DurationSeconds, BeforeAfter CostFen);

/// <summary>Parcels put into one terminal by two plans.</summary>
public sealed record TerminalComparison(string TerminalId, BeforeAfter Parcels);

/// <summary>Two plans of a day side by side.</summary>
public sealed record PlanComparison
{
    public required PlanCost CostA { get; init; }
    public required PlanCost CostB { get; init; }
    public required BeforeAfter Vehicles { get; init; }
    public required BeforeAfter Stops { get; init; }
    public required BeforeAfter Assigned { get; init; }
    public required BeforeAfter Unassigned { get; init; }
    public required BeforeAfter DistanceMetres { get; init; }
    public required BeforeAfter DurationSeconds { get; init; }

    /// <summary>By vehicle, those of A first.</summary>
    public required IReadOnlyList<RouteComparison> Routes { get; init; }

    /// <summary>Terminals that get a different number of parcels, largest change first.</summary>
    public required IReadOnlyList<TerminalComparison> Terminals { get; init; }

    /// <summary>Parcels in both plans on different vehicles.</summary>
    public required IReadOnlyList<string> MovedParcels { get; init; }

    /// <summary>Parcels in both plans with different options.</summary>
    public required IReadOnlyList<string> ChangedOptions { get; init; }

    public required IReadOnlyList<string> OnlyInA { get; init; }
    public required IReadOnlyList<string> OnlyInB { get; init; }

    public static PlanComparison Of(DayPlan a, DayPlan b)
    {
        Dictionary<string, (string Vehicle, PlannedTask Task)> inA = Tasks(a), inB = Tasks(b);
        var both = inA.Keys.Where(inB.ContainsKey).ToList();
        return new PlanComparison
        {
            CostA = a.Cost,
            CostB = b.Cost,
            Vehicles = new(a.Routes.Count, b.Routes.Count),
            Stops = new(a.Routes.Sum(StopsOf), b.Routes.Sum(StopsOf)),
            Assigned = new(inA.Count, inB.Count),
            Unassigned = new(a.Unassigned.Count, b.Unassigned.Count),
            DistanceMetres = new(a.Routes.Sum(r => (long)r.DistanceMetres), b.Routes.Sum(r => (long)r.DistanceMetres)),
            DurationSeconds = new(a.Routes.Sum(SecondsOf), b.Routes.Sum(SecondsOf)),
            Routes = CompareRoutes(a, b),
            Terminals = CompareTerminals(a, b),
            MovedParcels = [.. both.Where(p => !string.Equals(inA[p].Vehicle, inB[p].Vehicle, StringComparison.Ordinal))],
            ChangedOptions = [.. both.Where(p => inA[p].Task.OptionIndex != inB[p].Task.OptionIndex)],
            OnlyInA = [.. inA.Keys.Where(p => !inB.ContainsKey(p))],
            OnlyInB = [.. inB.Keys.Where(p => !inA.ContainsKey(p))],
        };
    }

    private static IReadOnlyList<RouteComparison> CompareRoutes(DayPlan a, DayPlan b)
    {
        var ofA = a.Routes.ToDictionary(r => r.VehicleId, StringComparer.Ordinal);
        var ofB = b.Routes.ToDictionary(r => r.VehicleId, StringComparer.Ordinal);
        return [.. ofA.Keys.Concat(ofB.Keys.Where(v => !ofA.ContainsKey(v))).Select(vehicle =>
        {
            PlannedRoute? x = ofA.GetValueOrDefault(vehicle), y = ofB.GetValueOrDefault(vehicle);
            return new RouteComparison(
                vehicle, Both(StopsOf), Both(r => r.Trips.Sum(t => t.Stops.Sum(s => s.Tasks.Count))), Both(r => r.DistanceMetres), Both(SecondsOf), Both(r => r.Cost.TotalFen()));

            BeforeAfter Both(Func<PlannedRoute, long> measure) => new(x is null ? 0 : measure(x), y is null ? 0 : measure(y));
        })];
    }

    private static IReadOnlyList<TerminalComparison> CompareTerminals(DayPlan a, DayPlan b)
    {
        Dictionary<string, int> inA = ByTerminal(a), inB = ByTerminal(b);
        return [.. inA.Keys.Union(inB.Keys)
            .Select(t => new TerminalComparison(t, new(inA.GetValueOrDefault(t), inB.GetValueOrDefault(t))))
            .Where(t => t.Parcels.Difference != 0)
            .OrderByDescending(t => Math.Abs(t.Parcels.Difference)).ThenBy(t => t.TerminalId, StringComparer.Ordinal)];
    }

    private static Dictionary<string, (string Vehicle, PlannedTask Task)> Tasks(DayPlan plan) => plan.Routes
        .SelectMany(r => r.Trips.SelectMany(t => t.Stops).SelectMany(s => s.Tasks).Select(t => (r.VehicleId, Task: t)))
        .ToDictionary(t => t.Task.ParcelId, t => (t.VehicleId, t.Task), StringComparer.Ordinal);

    private static Dictionary<string, int> ByTerminal(DayPlan plan) => plan.Routes.SelectMany(r => r.Trips).SelectMany(t => t.Stops)
        .Where(s => s.TerminalId is not null).GroupBy(s => s.TerminalId!, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Sum(s => s.Tasks.Count(t => t.Flow == ParcelFlow.Delivery)), StringComparer.Ordinal);

    private static long StopsOf(PlannedRoute route) => route.Trips.Sum(t => t.Stops.Count);

    private static long SecondsOf(PlannedRoute route) => (long)(route.End - route.Start).TotalSeconds;
}
