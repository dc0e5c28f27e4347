using Logistics.Domain;
using Logistics.Planning.Days.Repairs;
using Logistics.Storage;
using Logistics.Web.Board;
using Logistics.Web.Hosting;
using Logistics.Web.Orders;

namespace Logistics.Web.Plans;

/// <summary>A stored plan as the page shows it.</summary>
public sealed class PlanViews(DayPlan plan, NetworkSnapshot network, IReadOnlyDictionary<string, Shift> shifts, IReadOnlyDictionary<string, Parcel> parcels)
{
    public PlanView View(PlanSummary summary, IReadOnlyList<TerminalFill> fill) => new(
        summary, Routes(), Unassigned(), Cost(plan.Cost), Terminals(fill), EditWishes.View(plan), plan.Violations, IsRepair(plan));

    /// <summary>Whether a version repairs a running plan.</summary>
    public static bool IsRepair(DayPlan plan) => plan.Solve?.Engine == RepairWish.Engine;

    public IReadOnlyList<RouteView> Routes() => [.. plan.Routes.Select((r, i) => Route(r, i + 1))];

    public RouteView Route(PlannedRoute route, int number)
    {
        var vehicle = network.FindVehicle(route.VehicleId);
        var courier = network.FindCourier(route.CourierId);
        var shift = shifts.GetValueOrDefault(route.ShiftId);
        return new RouteView(
            number, route.VehicleId, vehicle?.Plate ?? route.VehicleId, courier?.Id, courier?.Name, shift?.Start ?? route.Start, shift?.End ?? route.End, route.Start, route.End,
            route.DistanceMetres, route.TravelSeconds, route.WaitingSeconds, route.ServiceSeconds, route.Cost.TotalFen(), route.Trips.Sum(t => t.Stops.Sum(s => s.Tasks.Count)),
            Stops(route), route.Trips.Count, Peak(route, vehicle));
    }

    /// <summary>One compact entry for each assigned parcel.</summary>
    public IReadOnlyList<PlanParcel> Parcels()
    {
        var locked = plan.Edits.OfType<LockParcel>().Select(e => e.ParcelId).ToHashSet(StringComparer.Ordinal);
        var list = new List<PlanParcel>(parcels.Count);
        for (var r = 0; r < plan.Routes.Count; r++)
        {
            var route = plan.Routes[r];
            var entries = RouteStops.List(route);
            for (var s = 0; s < entries.Count; s++)
            {
                if (entries[s].Stop is not { } stop) continue;
                foreach (var task in stop.Tasks)
                {
                    if (!parcels.TryGetValue(task.ParcelId, out var parcel)) continue;
                    var option = task.OptionIndex >= 0 && task.OptionIndex < parcel.Options.Count ? parcel.Options[task.OptionIndex] : null;
                    list.Add(new PlanParcel(
                        parcel.Id, parcel.Waybill, parcel.PartnerId, r + 1, s, stop.TerminalId is null ? OptionKindView.Door : OptionKindView.Terminal, stop.TerminalId, parcel.Size,
                        task.CompartmentSize, route.IsLocked || locked.Contains(parcel.Id), stop.Arrive, option?.Window.End ?? parcel.Promise.End, option?.PreferenceFen ?? 0));
                }
            }
        }
        return list;
    }

    public static IReadOnlyList<CostView> Cost(PlanCost c) =>
    [
        new(CostPart.Unserved, c.UnservedFen), new(CostPart.Fixed, c.FixedFen), new(CostPart.Distance, c.DistanceFen), new(CostPart.Duration, c.DurationFen), new(CostPart.Overtime, c.OvertimeFen),
        new(CostPart.Lateness, c.LatenessFen), new(CostPart.Preference, c.PreferenceFen), new(CostPart.Balance, c.BalanceFen), new(CostPart.Disturbance, c.DisturbanceFen),
    ];

    private List<StopView> Stops(PlannedRoute route)
    {
        var hub = network.FindHub(route.HubId);
        var home = hub?.Location ?? default;
        var views = new List<StopView>();
        var (previous, load) = (home, 0);
        foreach (var entry in RouteStops.List(route))
        {
            var number = views.Count;
            var trip = route.Trips[entry.Trip - 1];
            if (entry.Stop is { } stop)
            {
                load += stop.TakenOver.Count - stop.Tasks.Sum(t => t.Flow == ParcelFlow.Delivery ? 1 : -1);
                views.Add(new StopView(
                    number, entry.Trip, entry.Kind, stop.Name ?? network.FindTerminal(stop.TerminalId)?.Name ?? "", stop.TerminalId, LonLat.From(stop.Location), stop.Arrive, stop.ServiceStart, stop.Depart,
                    stop.Window?.Start, stop.Window?.End, stop.SlackSeconds, load, [.. stop.Tasks.Select(t => t.ParcelId)], [LonLat.From(previous), LonLat.From(stop.Location)], stop.TakenOver.Count));
                previous = stop.Location;
                continue;
            }
            if (entry.Break is { } pause)
            {
                views.Add(new StopView(number, entry.Trip, entry.Kind, "", null, LonLat.From(previous), pause.Start, pause.Start, pause.Start.AddSeconds(pause.DurationSeconds), null, null, 0, load, [], []));
                continue;
            }
            var arrival = entry.Kind == StopKindView.End ? trip.Return : entry.Kind == StopKindView.Reload ? route.Trips[entry.Trip - 2].Return : trip.LoadStart;
            if (entry.Kind != StopKindView.End) load = trip.LoadCount;
            views.Add(new StopView(
                number, entry.Trip, entry.Kind, hub?.Name ?? "", null, LonLat.From(home), arrival, entry.Kind == StopKindView.End ? arrival : trip.LoadStart, entry.Kind == StopKindView.End ? arrival : trip.Depart,
                null, null, 0, load, [], entry.Kind == StopKindView.Start ? [] : [LonLat.From(previous), LonLat.From(home)]));
            previous = home;
        }
        return views;
    }

    private static LoadView Peak(PlannedRoute route, Vehicle? vehicle)
    {
        int grams = route.Trips.Max(t => (int?)t.LoadGrams) ?? 0, ml = route.Trips.Max(t => (int?)t.LoadMillilitres) ?? 0, count = route.Trips.Max(t => (int?)t.LoadCount) ?? 0;
        return new LoadView(grams, ml, count, Percent(grams, vehicle?.CapacityGrams), Percent(ml, vehicle?.CapacityMillilitres), Percent(count, vehicle?.CapacityCount));
    }

    private static double Percent(int load, int? capacity) => capacity is > 0 ? Math.Round(100.0 * load / capacity.Value, 1) : 0;

    private List<UnassignedView> Unassigned() => [.. plan.Unassigned.Select(u =>
    {
        var parcel = parcels.GetValueOrDefault(u.ParcelId);
        return new UnassignedView(
            u.ParcelId, parcel?.Waybill ?? "", parcel?.PartnerId ?? "", LonLat.From(parcel?.Recipient.Location ?? default), u.Message, [new UnassignedDetail("", u.Code, u.Message)], u.Remedy);
    })];

    /// <summary>What the plan brings to each terminal against what is there.</summary>
    private List<TerminalLoad> Terminals(IReadOnlyList<TerminalFill> fill)
    {
        var planned = plan.Routes.SelectMany(r => r.Trips).SelectMany(t => t.Stops).Where(s => s.TerminalId is not null)
            .SelectMany(s => s.Tasks.Where(t => t.Flow == ParcelFlow.Delivery).Select(t => (Terminal: s.TerminalId!, Size: t.CompartmentSize ?? SizeClass.S)))
            .GroupBy(t => t).ToDictionary(g => g.Key, g => g.Count());
        var known = fill.ToDictionary(f => (f.TerminalId, f.Size));
        return [.. network.Terminals.Select(t =>
        {
            var sizes = Enum.GetValues<SizeClass>().Select(size => new SizeLoad(
                size, known.TryGetValue((t.Id, size), out var f) ? f.InService : t.Compartments[size], f is null ? 0 : f.Occupied + f.Overdue, planned.GetValueOrDefault((t.Id, size)))).ToList();
            return new TerminalLoad(t.Id, t.Name, t.Kind, LonLat.From(t.Location), t.District ?? "", sizes.Sum(s => s.Planned), t.Compartments.Total(), [.. sizes.Where(s => s.Capacity > 0 || s.Planned > 0)]);
        })];
    }
}
