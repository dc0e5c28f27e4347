using Logistics.Domain;
using Logistics.Planning.Exact.Rosters.Weeks;

namespace Logistics.Web.Rosters;

/// <summary>A roster's duties as the shifts that planning reads.</summary>
internal static class RosterShifts
{
    private const int MaxOvertimeSeconds = 3600;

    /// <summary>Shifts of the days from <paramref name="from"/> on.</summary>
    public static IReadOnlyList<Shift> Of(RosterWeekInput input, DateOnly from, IdFactory ids)
    {
        var (area, first) = (input.Network.Area, input.Week.FirstDay);
        var templates = input.Setup.Shifts.ToDictionary(s => s.Id, StringComparer.Ordinal);
        return [.. RosterWeekProblem.Duties(input).Where(d => first.AddDays(d.Day) >= from && d.VehicleId is not null).Select(duty =>
        {
            var (day, template) = (first.AddDays(duty.Day), templates[duty.ShiftId]);
            return new Shift(ids.New(IdPrefix.Shift), area.Id, day, duty.CourierId, duty.VehicleId!, area.InstantOf(day, template.StartMinute), area.InstantOf(day, template.EndMinute))
            {
                Breaks = Breaks(area, day, template),
                MaxOvertimeSeconds = MaxOvertimeSeconds,
                // Home hub and size decide how often a vehicle reloads; tricycles of a forward store carry little.
                MaxTrips = input.Network.FindVehicle(duty.VehicleId)?.Class == VehicleClass.Tricycle ? 4 : 2,
            };
        })];
    }

    /// <summary>The meal break in the middle third of the shift.</summary>
    private static IReadOnlyList<ShiftBreak> Breaks(ServiceArea area, DateOnly day, ShiftTemplate template)
    {
        if (template.BreakMinutes == 0) return [];
        var third = (template.EndMinute - template.StartMinute) / 3;
        var latest = Math.Max(template.StartMinute, Math.Min(template.StartMinute + (2 * third), template.EndMinute - template.BreakMinutes));
        return [new ShiftBreak(area.InstantOf(day, Math.Min(template.StartMinute + third, latest)), area.InstantOf(day, latest), template.BreakMinutes * 60)];
    }
}
