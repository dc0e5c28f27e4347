using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planning.Days.Explaining;

/// <summary>Something that could be granted in an amount: how, the most that makes sense, and how large a unit is felt to be.</summary>
/// <param name="Apply">The slice with the amount granted; more is never stricter.</param>
/// <param name="UnitSize">A minute, a kilometre and a box weigh alike; a lifted rule an hour, a further vehicle a day.</param>
internal sealed record Relaxation(Func<Problem, int, Problem> Apply, int Most, double UnitSize)
{
    private const double PerSecond = 1.0 / 60, LiftedRule = 60, FurtherVehicle = 1440;
    private const int MostSeconds = 6 * 3600, MostBoxes = 20, MostStops = 50;

    /// <summary>What would mend the broken rules, for the one vehicle of a slice and the asked jobs.</summary>
    public static IReadOnlyList<Relaxation> For(IEnumerable<ViolationKind> broken, Problem slice, IReadOnlyCollection<int> asked) => [.. broken.Distinct().SelectMany(kind => kind switch
    {
        ViolationKind.Shift or ViolationKind.DepotOpening => [new Relaxation((p, x) => Later(p, x), MostSeconds, PerSecond)],
        ViolationKind.Window => [OnVisits(asked, (v, x) => v with { Windows = [.. v.Windows.SkipLast(1), .. v.Windows.TakeLast(1).Select(w => w with { Latest = w.Latest + x })] }, MostSeconds, PerSecond), new Relaxation((p, x) => Later(p, x), MostSeconds, PerSecond)],
        ViolationKind.Capacity => Enumerable.Range(0, slice.Dimensions).Select(d => OnVehicle(
            (v, x) => v with { Capacity = [.. v.Capacity.Select((c, i) => i == d ? c + (x * Step(slice, d)) : c)] }, 100, 1)),
        ViolationKind.MaxStops => [OnVehicle((v, x) => v with { MaxStops = v.MaxStops + x }, MostStops, 1)],
        ViolationKind.MaxDistance => [OnVehicle((v, x) => v with { MaxDistance = v.MaxDistance + (x * 1000L) }, 200, 1)],
        ViolationKind.MaxTrips => [OnVehicle((v, x) => v with { MaxTrips = v.MaxTrips + x }, 3, LiftedRule)],
        ViolationKind.Break => [OnVehicle((v, _) => v with { Breaks = [] }, 1, LiftedRule), new Relaxation((p, x) => Later(p, x), MostSeconds, PerSecond)],
        ViolationKind.Skill => [OnVehicle((v, _) => v with { Skills = [.. v.Skills, .. asked.SelectMany(j => slice.Jobs[j].Alternatives).SelectMany(a => a.Skills).Distinct()] }, 1, LiftedRule)],
        ViolationKind.Release => [new Relaxation((p, x) => p with { Jobs = [.. p.Jobs.Select((j, i) => !asked.Contains(i) ? j : j with { Alternatives = [.. j.Alternatives.Select(a => a with { ReleaseTime = Math.Max(0, a.ReleaseTime - x) })] })] }, MostSeconds, PerSecond)],
        ViolationKind.Resource => asked.SelectMany(j => slice.Jobs[j].Alternatives).SelectMany(a => a.Visits).SelectMany(v => v.Uses).Distinct().Select(use => new Relaxation(
            (p, x) => p with { Resources = [.. p.Resources.Select((r, i) => i != use.Resource ? r : r with { CapacityByClass = [.. r.CapacityByClass.Select((c, k) => k == use.SizeClass ? c + x : c)] })] }, MostBoxes, 1)),
        ViolationKind.Loaded => (IEnumerable<Relaxation>)[OnVehicle((v, _) => v.Committed is { } committed ? v with { Committed = committed with { KeepsLoadedOrder = false } } : v, 1, LiftedRule)],
        _ => [],
    })];

    /// <summary>A further vehicle of the same kind, fresh at the depot.</summary>
    public static Relaxation FurtherOne { get; } = new((p, x) => x == 0 ? p : p with
    {
        Vehicles = [.. p.Vehicles, p.Vehicles[0] with { Id = p.Vehicles[0].Id + "+", Committed = null }],
        Jobs = [.. p.Jobs.Select(j => j with { Alternatives = [.. j.Alternatives.Select(a => a with { AllowedVehicles = a.AllowedVehicles is { Count: > 0 } allowed ? [.. allowed, 1] : a.AllowedVehicles })] })],
    }, 1, FurtherVehicle);

    // Both ends: the shift, and the hub it has to be back at.
    private static Problem Later(Problem p, int seconds) => p with
    {
        Vehicles = [.. p.Vehicles.Select((v, i) => i == 0 ? v with { Shift = v.Shift with { Latest = v.Shift.Latest + seconds } } : v)],
        Depots = [.. p.Depots.Select(d => d with { Open = d.Open with { Latest = Math.Max(d.Open.Latest, Math.Min(TimeWindow.Horizon, p.Vehicles[0].Shift.Latest + seconds)) } })],
    };

    // A hundredth of the vehicle.
    private static long Step(Problem slice, int dimension) => Math.Max(1, slice.Vehicles[0].Capacity[dimension] / 100);

    private static Relaxation OnVehicle(Func<Vehicle, int, Vehicle> change, int most, double unit) =>
        new((p, x) => p with { Vehicles = [.. p.Vehicles.Select((v, i) => i == 0 ? change(v, x) : v)] }, most, unit);

    private static Relaxation OnVisits(IReadOnlyCollection<int> asked, Func<Visit, int, Visit> change, int most, double unit) =>
        new((p, x) => p with { Jobs = [.. p.Jobs.Select((j, i) => !asked.Contains(i) ? j : j with { Alternatives = [.. j.Alternatives.Select(a => a with { Visits = [.. a.Visits.Select(v => change(v, x))] })] })] }, most, unit);
}
