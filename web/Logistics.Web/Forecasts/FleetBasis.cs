using System.Globalization;
using Logistics.Domain;
using Logistics.Planning.Forecasts;
using Logistics.Storage;

namespace Logistics.Web.Forecasts;

/// <summary>What the parcels per vehicle of a fleet proposal were taken from.</summary>
public enum FleetBasisKind
{
    /// <summary>The newest published plan of the last days.</summary>
    Published,

    /// <summary>The newest plan that is not published: what a vehicle does is known, though nobody has decided on it.</summary>
    Draft,

    /// <summary>No plan: the shifts there are carry just a usual day.</summary>
    Shifts,

    /// <summary>No shift either: the active vehicles carry it in a working day.</summary>
    Vehicles,
}

/// <summary>Shifts that stand for every day ahead, and the plan that says what a vehicle does.</summary>
/// <param name="Name">Day and version of the plan; null without one.</param>
/// <param name="Productivity">By kind of shift; empty only in an area without a vehicle.</param>
internal sealed record FleetBasis(FleetBasisKind Kind, string? Name, IReadOnlyList<ShiftProductivity> Productivity)
{
    private const int DaysBack = 14;

    // A working day, where no shift says when one begins.
    private const int DayStartMinute = 8 * 60;
    private const int DayEndMinute = 18 * 60;

    /// <param name="usualDay">Parcels of a usual day, for a fleet of which no plan tells.</param>
    public static async Task<FleetBasis> ReadAsync(Db db, LogisticsStorage storage, NetworkSnapshot network, DateOnly today, Lazy<double> usualDay)
    {
        var area = network.Area;
        var headers = (await storage.Plans.ListAsync(db, area.Id)).Where(h => h.Day >= today.AddDays(-DaysBack) && h.Routes > 0 && h.Status != PlanStatus.Discarded).ToList();
        if ((headers.Find(h => h.Status == PlanStatus.Published) ?? headers.FirstOrDefault()) is { } header && await storage.Plans.FindAsync(db, header.Id) is { } plan)
        {
            var planned = await storage.Shifts.ListAsync(db, area.Id, plan.Day);
            if (planned.Count > 0)
            {
                var kind = header.Status == PlanStatus.Published ? FleetBasisKind.Published : FleetBasisKind.Draft;
                return new FleetBasis(kind, string.Create(CultureInfo.InvariantCulture, $"{plan.Day:yyyy-MM-dd} v{plan.Version}"), FleetSizing.Measure(area, planned, plan, usualDay.Value / planned.Count));
            }
        }

        for (var back = 0; back <= DaysBack; back++)
        {
            var shifts = await storage.Shifts.ListAsync(db, area.Id, today.AddDays(-back));
            if (shifts.Count > 0) return new FleetBasis(FleetBasisKind.Shifts, null, FleetSizing.Measure(area, shifts, null, usualDay.Value / shifts.Count));
        }

        var vehicles = network.Vehicles.Count(v => v.IsActive);
        ShiftProductivity[] day = vehicles == 0 ? [] : [new("08:00–18:00", DayStartMinute, DayEndMinute, vehicles, Math.Max(1, usualDay.Value / vehicles))];
        return new FleetBasis(FleetBasisKind.Vehicles, null, day);
    }
}
