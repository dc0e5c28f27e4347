using Logistics.Routing.Model;

namespace Logistics.Routing.Replanning;

/// <summary>Vehicles that may do less than before: not before a second, or nothing more at all.</summary>
internal static class OutOfService
{
    /// <summary>The vehicle, which does nothing more: what it has done stays its route.</summary>
    public static Vehicle Retire(Vehicle vehicle) => vehicle with { MaxTasks = vehicle.Committed?.Frozen.Count ?? 0, Breaks = [] };

    /// <summary>The vehicle, free to begin anything no earlier than <paramref name="from"/>; retired when its route could no longer begin.</summary>
    public static Vehicle Hold(Vehicle vehicle, int from)
    {
        if (vehicle.Committed is { StartedAt: not null } underWay) return vehicle with { Committed = underWay with { ReadyAt = Math.Max(underWay.ReadyAt, from) } };
        int latest = Math.Min(vehicle.LatestStart ?? vehicle.Shift.Latest, vehicle.Shift.Latest);
        if (from > latest) return Retire(vehicle);
        var held = vehicle with { Shift = vehicle.Shift with { Earliest = Math.Max(vehicle.Shift.Earliest, from) } };
        return held.Committed is { } waiting ? held with { Committed = waiting with { ReadyAt = Math.Max(waiting.ReadyAt, from) } } : held;
    }
}
