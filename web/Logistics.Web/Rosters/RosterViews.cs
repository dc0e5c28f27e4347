using Logistics.Domain;
using Logistics.Planning.Exact.Rosters;
using Logistics.Planning.Exact.Rosters.Weeks;

namespace Logistics.Web.Rosters;

/// <summary>A week as the page shows it; what is broken is counted from the draft itself, however it came about.</summary>
public static class RosterViews
{
    public static RosterView View(RosterWeekInput input, RosterJobView? job, string? engineProblem)
    {
        var (network, week) = (input.Network, input.Week);
        var problem = RosterWeekProblem.Build(input);
        var duties = RosterWeekProblem.Duties(input);
        var couriers = problem.Couriers.ToDictionary(c => c.Id, StringComparer.Ordinal);
        var vehicles = problem.Vehicles.ToDictionary(v => v.Id, StringComparer.Ordinal);
        return new RosterView(
            week.FirstDay, week.Revision, week.PublishedAt, week.PublishedBy, week.IsChangedSincePublished,
            [.. input.Setup.Shifts.Select(s => new RosterShiftView(s.Id, s.Name, s.StartMinute, s.EndMinute, s.PaidMinutes(), s.IsUnpopular))],
            [.. network.Couriers.Where(c => c.IsActive).Select(c => new RosterCourierView(
                c.Id, c.Code, c.Name, network.FindHub(c.HomeHubId)?.Name ?? c.HomeHubId, c.Skills, c.LicensedFor, c.HomeHubId, couriers[c.Id].ContractMinutes,
                Math.Min(couriers[c.Id].MaxMinutes, problem.Rules.MaxWeekMinutes)))],
            [.. network.Vehicles.Where(v => v.IsActive).Select(v => new RosterVehicleView(v.Id, v.Plate, v.Class, v.HomeHubId, [.. vehicles[v.Id].BarredDays.Order()]))],
            RosterWeekProblem.Cells(input), week.Wishes,
            [.. BrokenWishes.ListCoverage(problem, duties).Select(c => new RosterDemandView(c.Demand.Day, c.Demand.StartMinute, c.Demand.EndMinute, c.Demand.Couriers, c.Scheduled, c.Demand.Skill, c.Demand.Hub))],
            [.. input.Volumes.Select(Volume)],
            [.. BrokenWishes.List(problem, duties).Select(View)], RosterFaults.List(problem, duties), week.Solve, job, engineProblem);
    }

    private static RosterVolumeView Volume(RosterDayVolume volume) => new(
        volume.Day, Math.Round(RosterDemandCurve.Parcels(volume), 1),
        volume switch { { Came: not null } => VolumeSource.Came, { ForecastP90: not null } => VolumeSource.Forecast, { History.Count: > 0 } => VolumeSource.History, _ => VolumeSource.None });

    private static BrokenWishView View(BrokenWish b) => new(
        b.Kind, b.Day, b.CourierId, b.Amount, b.Demand?.StartMinute, b.Demand?.EndMinute, b.Demand?.Couriers, b.Demand?.Skill, b.Demand?.Hub,
        b.Wish?.Kind switch { RosterWishKind.DayOff => CourierWishKind.DayOff, RosterWishKind.Avoid => CourierWishKind.Avoid, RosterWishKind.Want => CourierWishKind.Want, _ => null },
        b.Wish?.ShiftId, b.Text);
}
