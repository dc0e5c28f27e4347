using Logistics.Domain;

namespace Logistics.Planning.Exact.Rosters.Weeks;

/// <summary>A week of the domain as a roster problem, and duties back as cells.</summary>
/// <remarks>A courier drives vehicles of the home hub only, so a class of the problem is a hub with a vehicle class.</remarks>
public static class RosterWeekProblem
{
    /// <summary>The problem of <paramref name="input"/>; cells and wishes that name what no longer exists are left out.</summary>
    public static RosterProblem Build(RosterWeekInput input)
    {
        var (network, setup, week) = (input.Network, input.Setup, input.Week);
        var couriers = network.Couriers.Where(c => c.IsActive).ToList();
        var vehicles = network.Vehicles.Where(v => v.IsActive).ToList();
        var classes = vehicles.Select(ClassOf).Distinct(StringComparer.Ordinal).ToList();
        var known = couriers.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var shifts = setup.Shifts.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        return new RosterProblem
        {
            FirstDay = week.FirstDay,
            Days = RosterWeek.Days,
            Shifts = [.. setup.Shifts.Select(s => new RosterShift(s.Id, s.StartMinute, s.EndMinute, s.PaidMinutes(), classes, s.IsUnpopular))],
            Couriers = [.. couriers.Select(c => Courier(c, input))],
            Vehicles = [.. vehicles.Select(v => new RosterVehicle(v.Id, v.Plate, ClassOf(v), RosterFleet.BarredDays(v, network, setup, week.FirstDay)))],
            Demand = Demand(input, couriers),
            Wishes = [.. week.Wishes.Where(w => w.Kind != CourierWishKind.Absent && known.Contains(w.CourierId) && (w.ShiftId is null || shifts.Contains(w.ShiftId))).Select(Wish)],
            Locks = [.. Cells(input).Where(c => c.IsLocked).Select(c => new RosterLock(c.CourierId, c.Day, c.ShiftId, c.VehicleId))],
            Rules = new RosterRules
            {
                MaxDayMinutes = setup.Rules.MaxDayMinutes,
                MaxWeekMinutes = setup.Rules.MaxWeekMinutes,
                MaxConsecutiveDays = setup.Rules.MaxDaysInARow,
                MinDaysOff = setup.Rules.MinDaysOff,
                MinRestMinutes = setup.Rules.MinRestMinutes,
            },
        };
    }

    /// <summary>The week's cells whose courier, shift and vehicle still exist; a lost vehicle only empties its place.</summary>
    public static IReadOnlyList<RosterCell> Cells(RosterWeekInput input)
    {
        var shifts = input.Setup.Shifts.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        return [.. input.Week.Cells
            .Where(c => input.Network.FindCourier(c.CourierId) is { IsActive: true } && (c.ShiftId is null || shifts.Contains(c.ShiftId)))
            .Select(c => input.Network.FindVehicle(c.VehicleId) is { IsActive: true } ? c : c with { VehicleId = null })];
    }

    /// <summary>The duties of the week's cells.</summary>
    public static IReadOnlyList<RosterDuty> Duties(RosterWeekInput input) =>
        [.. Cells(input).Where(c => c.ShiftId is not null).Select(c => new RosterDuty(c.CourierId, c.Day, c.ShiftId!, c.VehicleId))];

    /// <summary>A solved roster as cells; what was locked stays locked.</summary>
    public static IReadOnlyList<RosterCell> ToCells(RosterWeekInput input, IReadOnlyList<RosterDuty> duties)
    {
        var locked = Cells(input).Where(c => c.IsLocked).ToDictionary(c => (c.CourierId, c.Day));
        var cells = duties.Select(d => new RosterCell(d.CourierId, d.Day, d.ShiftId, d.VehicleId, locked.ContainsKey((d.CourierId, d.Day)))).ToList();
        var worked = duties.Select(d => (d.CourierId, d.Day)).ToHashSet();
        cells.AddRange(locked.Values.Where(c => !worked.Contains((c.CourierId, c.Day))).Select(c => c with { ShiftId = null, VehicleId = null }));
        return [.. cells.OrderBy(c => c.Day).ThenBy(c => c.CourierId, StringComparer.Ordinal)];
    }

    /// <summary>Class of a vehicle in the problem.</summary>
    public static string ClassOf(Vehicle vehicle) => $"{vehicle.HomeHubId}/{vehicle.Class}";

    private static RosterCourier Courier(Courier c, RosterWeekInput input)
    {
        var (setup, area, first) = (input.Setup, input.Network.Area, input.Week.FirstDay);
        var absent = input.Week.Wishes.Where(w => w.Kind == CourierWishKind.Absent && w.CourierId == c.Id && w.Day is not null).Select(w => w.Day!.Value).ToHashSet();
        var before = input.ShiftsBefore.Where(s => s.CourierId == c.Id).ToList();
        var days = before.Select(s => s.Day).ToHashSet();
        var run = 0;
        while (run < 13 && days.Contains(first.AddDays(-run - 1))) run++;
        var midnight = area.InstantOf(first, 0);
        return new RosterCourier
        {
            Id = c.Id,
            Name = c.Name,
            Hub = c.HomeHubId,
            Skills = c.Skills.ToHashSet(StringComparer.Ordinal),
            VehicleClasses = c.LicensedFor.Select(k => $"{c.HomeHubId}/{k}").ToHashSet(StringComparer.Ordinal),
            // A day of leave counts as a day of a five-day week.
            ContractMinutes = setup.ContractMinutes - (Math.Min(5, absent.Count) * setup.ContractMinutes / 5),
            MaxMinutes = c.Limits.MaxSecondsPerWeek / 60,
            MaxDayMinutes = c.Limits.MaxSecondsPerDay / 60,
            MaxDays = Math.Clamp(c.Limits.MaxDaysPerWeek, 0, 7),
            MinRestMinutes = c.Limits.MinRestSeconds / 60,
            AbsentDays = absent,
            DaysWorkedBefore = run,
            RestedMinutesBefore = before.Count == 0 ? 1440 : Math.Max(0, (int)(midnight - before.Max(s => s.End)).TotalMinutes),
            UnpopularBefore = before.Count(s => IsUnpopular(s, setup, area)),
        };
    }

    // A published shift does not remember its template; its start does.
    private static bool IsUnpopular(Shift shift, RosterSetup setup, ServiceArea area) =>
        setup.Shifts.Any(t => t.IsUnpopular && area.InstantOf(shift.Day, t.StartMinute) == shift.Start);

    private static RosterWish Wish(CourierWish w) => new(w.CourierId, w.Day, w.Kind switch
    {
        CourierWishKind.DayOff => RosterWishKind.DayOff,
        CourierWishKind.Avoid => RosterWishKind.Avoid,
        _ => RosterWishKind.Want,
    }, w.ShiftId, w.Weight);

    private static List<RosterDemand> Demand(RosterWeekInput input, List<Courier> couriers)
    {
        var (setup, demand) = (input.Setup, new List<RosterDemand>());
        var cuts = setup.Shifts.SelectMany(s => new[] { s.StartMinute, s.EndMinute }).Distinct().Order().ToList();
        var periods = cuts.Zip(cuts.Skip(1)).Where(p => setup.Shifts.Any(s => s.StartMinute <= p.First && s.EndMinute >= p.Second)).ToList();
        var profile = periods.Select(p => new RosterPeriodShare(p.First, p.Second, Share(setup.HourShares, p.First, p.Second))).ToList();
        if (profile.Sum(p => p.Share) > 0)
        {
            foreach (var (hub, share) in HubShares(input))
                demand.AddRange(RosterDemandCurve.From(input.Volumes.Select(v => Part(v, share)), profile, setup.ParcelsPerCourierHour).Select(d => d with { Hub = hub }));
        }

        foreach (var need in setup.SkillNeeds)
        {
            // Nobody can have a skill that nobody has; asking for it would only add noise.
            if (!couriers.Exists(c => c.Skills.Contains(need.Skill, StringComparer.Ordinal))) continue;
            foreach (var (start, end) in periods.Select(p => (Math.Max(p.First, need.StartMinute), Math.Min(p.Second, need.EndMinute))).Where(p => p.Item1 < p.Item2))
                demand.AddRange(Enumerable.Range(0, RosterWeek.Days).Select(day => new RosterDemand(day, start, end, need.Couriers, need.Skill)));
        }

        return demand;
    }

    /// <summary>Each hub's part of the volume; the whole for nobody in particular where there is one hub, or where no parcel says which.</summary>
    private static IEnumerable<(string? Hub, double Share)> HubShares(RosterWeekInput input)
    {
        double all = input.ParcelsByHub.Values.Sum();
        return all == 0 || input.Network.Hubs.Count == 1
            ? [(null, 1)]
            : input.ParcelsByHub.Where(h => h.Value > 0).OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => ((string?)h.Key, h.Value / all));
    }

    private static RosterDayVolume Part(RosterDayVolume volume, double share) =>
        volume with { ForecastP90 = volume.ForecastP90 * share, History = [.. volume.History.Select(parcels => parcels * share)], Came = volume.Came * share };

    /// <summary>Share of a day's work in a period, from the shares of its hours.</summary>
    private static double Share(IReadOnlyList<double> hours, int start, int end)
    {
        var share = 0.0;
        for (var hour = start / 60; hour < hours.Count && hour * 60 < end; hour++)
            share += hours[hour] * (Math.Min(end, (hour + 1) * 60) - Math.Max(start, hour * 60)) / 60.0;
        return share;
    }
}
