using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Logistics.Web.Network;
using Logistics.Web.Orders;
using Logistics.Web.Plans;

namespace Logistics.Web.Couriers;

/// <summary>One courier's routes of a plan with the places and parcels on them; nothing of the rest of the plan is read.</summary>
public static class MyRouteViews
{
    private const int TailDigits = 4;

    public static async Task<IReadOnlyList<MyRoute>> ReadAsync(Db db, LogisticsStorage storage, NetworkSnapshot network, DayPlan plan, string courierId)
    {
        var own = plan.Routes.Select((route, index) => (Route: route, Number: index + 1)).Where(r => r.Route.CourierId == courierId).OrderBy(r => r.Route.Start).ToList();
        if (own.Count == 0) return [];
        var stops = own.SelectMany(r => r.Route.Trips).SelectMany(t => t.Stops).ToList();
        var parcels = (await storage.Orders.ListByIdAsync(db, PartnerScope.Everyone, stops.SelectMany(s => s.Tasks).Select(t => t.ParcelId).ToHashSet(StringComparer.Ordinal))).ToDictionary(p => p.Id, StringComparer.Ordinal);
        var shifts = (await storage.Shifts.ListAsync(db, network.Area.Id, plan.Day)).ToDictionary(s => s.Id, StringComparer.Ordinal);
        var doors = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var terminal in stops.Select(s => s.TerminalId).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            foreach (var box in await storage.Network.ListCompartmentsAsync(db, terminal)) if (box.ParcelId is { } held) doors[held] = box.Label;
        }
        var views = new PlanViews(plan, network, shifts, parcels);
        return [.. own.Select(r => View(r.Route, views.Route(r.Route, r.Number), plan.Day, network, parcels, doors))];
    }

    private static MyRoute View(PlannedRoute route, RouteView view, DateOnly day, NetworkSnapshot network, Dictionary<string, Parcel> parcels, Dictionary<string, string> doors)
    {
        var entries = RouteStops.List(route);
        return new MyRoute(
            view.RouteNo, view.Plate, view.Start, view.End, view.DistanceMetres, view.Parcels, view.Trips,
            [.. view.Stops.Select(s => Stop(s, entries[s.StopNo].Stop, route, day, network, parcels, doors))], Bans(network, route.VehicleId, day));
    }

    private static MyStop Stop(StopView view, PlannedStop? stop, PlannedRoute route, DateOnly day, NetworkSnapshot network, Dictionary<string, Parcel> parcels, Dictionary<string, string> doors)
    {
        var terminal = view.TerminalId is null ? null : network.FindTerminal(view.TerminalId);
        var handled = (stop?.Tasks ?? []).Where(t => parcels.ContainsKey(t.ParcelId)).Select(t => Of(t, parcels[t.ParcelId], terminal, doors)).ToList();
        var hub = view.Kind is StopKindView.Start or StopKindView.Reload or StopKindView.End ? network.FindHub(route.HubId) : null;
        return new MyStop(
            view.StopNo, view.Trip, view.Kind, view.PlaceName, terminal?.Code, terminal?.Kind, terminal?.Address ?? hub?.Address ?? handled.Find(p => p.Address is not null)?.Address, Opening(terminal, day),
            terminal?.AccessNote, view.At, view.Arrival, view.Departure, view.WindowFrom, view.WindowUntil, view.SlackSeconds, view.LoadParcels, view.TakenOver, view.Leg, handled);
    }

    private static MyParcel Of(PlannedTask task, Parcel parcel, Terminal? terminal, Dictionary<string, string> doors)
    {
        var phone = parcel.Recipient.Phone;
        return new MyParcel(
            parcel.Id, parcel.Waybill, OrderViews.State(parcel.State), task.Flow, parcel.Size, terminal?.Kind == TerminalKind.Locker ? task.CompartmentSize : null, doors.GetValueOrDefault(parcel.Id), parcel.Handling, parcel.WeightGrams,
            Masking.Name(parcel.Recipient.Name), phone.Length >= TailDigits ? phone[^TailDigits..] : phone, terminal is null ? parcel.Recipient.Address : null);
    }

    private static string? Opening(Terminal? terminal, DateOnly day)
    {
        if (terminal is null || terminal.Hours.On(day.DayOfWeek) is [var whole] && whole == ClockSpan.AllDay) return null;
        return string.Join(' ', terminal.Hours.On(day.DayOfWeek).Select(s => $"{Clock.Text(s.StartMinute)}–{Clock.Text(s.EndMinute)}"));
    }

    private static List<MyBan> Bans(NetworkSnapshot network, string vehicleId, DateOnly day) => network.FindVehicle(vehicleId) is not { } vehicle ? [] :
        [.. from rule in network.AccessRules
            from hours in rule.BannedHours(vehicle, day, network.DayOn(day).Kind)
            orderby hours.StartMinute, rule.Name
            select new MyBan(rule.Name, Clock.Text(hours.StartMinute), Clock.Text(hours.EndMinute))];
}
