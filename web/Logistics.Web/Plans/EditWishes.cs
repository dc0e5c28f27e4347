using System.Globalization;
using Logistics.Domain;
using Logistics.Web.Hosting;

namespace Logistics.Web.Plans;

/// <summary>Reads the page's edits, which speak of routes and stops by number, into the domain's, which speak of vehicles; and back.</summary>
/// <remarks>
/// What an edit binds lives on with the version: locks, bans, added and removed vehicles are carried to the next version; a move becomes a lock of its parcels
/// to the vehicle they were moved to. Unlocking takes carried wishes away.
/// </remarks>
public sealed class EditWishes
{
    private readonly DayPlan _plan;
    private readonly NetworkSnapshot _network;
    private readonly IReadOnlyDictionary<string, Parcel> _parcels;
    private readonly List<PlanEdit> _edits;
    private readonly List<FieldProblem> _problems = [];

    private EditWishes(DayPlan plan, NetworkSnapshot network, IReadOnlyDictionary<string, Parcel> parcels) =>
        (_plan, _network, _parcels, _edits) = (plan, network, parcels, [.. Carried(plan)]);

    /// <summary>The wishes a new version would be made around: the plan's own that bind, then the new ones.</summary>
    public static (IReadOnlyList<PlanEdit> Edits, IReadOnlyList<FieldProblem> Problems) Read(
        IReadOnlyList<PlanEditView> views, DayPlan plan, NetworkSnapshot network, IReadOnlyDictionary<string, Parcel> parcels)
    {
        var wishes = new EditWishes(plan, network, parcels);
        for (var i = 0; i < views.Count; i++) wishes.Add(views[i], $"[{i.ToString(CultureInfo.InvariantCulture)}]");
        return (wishes._edits, wishes._problems);
    }

    /// <summary>The binding wishes of a plan, as the page shows them.</summary>
    public static IReadOnlyList<PlanEditView> View(DayPlan plan)
    {
        var carried = Carried(plan).ToList();
        var number = plan.Routes.Index().ToDictionary(r => r.Item.VehicleId, r => r.Index + 1, StringComparer.Ordinal);
        var views = new List<PlanEditView>();
        views.AddRange(carried.OfType<LockRoute>().Where(e => number.ContainsKey(e.VehicleId)).Select(e => new LockRouteEdit(number[e.VehicleId])));
        views.AddRange(carried.OfType<LockParcel>().GroupBy(e => e.VehicleId, StringComparer.Ordinal).Select(g => new LockParcelsEdit([.. g.Select(e => e.ParcelId)], g.Key)));
        views.AddRange(carried.OfType<ForbidParcelVehicle>().GroupBy(e => e.VehicleId, StringComparer.Ordinal).Select(g => new ForbidEdit([.. g.Select(e => e.ParcelId)], g.Key)));
        if (carried.OfType<LeaveOut>().SelectMany(e => e.ParcelIds).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } left) views.Add(new UnassignEdit(left));
        views.AddRange(carried.OfType<AddVehicle>().Select(e => new AddVehicleEdit(e.VehicleId)));
        views.AddRange(carried.OfType<RemoveVehicle>().Select(e => new RemoveVehicleEdit(e.VehicleId)));
        return views;
    }

    private static IEnumerable<PlanEdit> Carried(DayPlan plan)
    {
        var vehicleOf = plan.Routes.SelectMany(r => r.Trips.SelectMany(t => t.Stops).SelectMany(s => s.Tasks).Select(t => (t.ParcelId, r.VehicleId)))
            .ToDictionary(t => t.ParcelId, t => t.VehicleId, StringComparer.Ordinal);
        foreach (var edit in plan.Edits)
        {
            switch (edit)
            {
                case MoveParcels move:
                    foreach (var id in move.ParcelIds.Where(p => vehicleOf.GetValueOrDefault(p) == move.VehicleId)) yield return new LockParcel(id, move.VehicleId);
                    break;
                case MoveStop or ReverseTrip:
                    break;
                default:
                    yield return edit;
                    break;
            }
        }
    }

    private void Add(PlanEditView view, string field)
    {
        switch (view)
        {
            case LockRouteEdit e when Route(e.RouteNo, field) is { } route:
                _edits.Add(new LockRoute(route.VehicleId));
                break;
            case UnlockRouteEdit e when Route(e.RouteNo, field) is { } route:
                _edits.RemoveAll(x => x is LockRoute l && l.VehicleId == route.VehicleId);
                break;
            case LockParcelsEdit e when Vehicle(e.VehicleId, field) is { } vehicle:
                foreach (var id in Parcels(e.ParcelIds, field)) _edits.Add(new LockParcel(id, vehicle));
                break;
            case UnlockParcelsEdit e:
                var unlocked = Parcels(e.ParcelIds, field).ToHashSet(StringComparer.Ordinal);
                _edits.RemoveAll(x => (x is LockParcel l && unlocked.Contains(l.ParcelId)) || (x is ForbidParcelVehicle f && unlocked.Contains(f.ParcelId)));
                _edits.RemoveAll(x => x is LeaveOut l && l.ParcelIds.All(unlocked.Contains));
                break;
            case ForbidEdit e when Vehicle(e.VehicleId, field) is { } vehicle:
                foreach (var id in Parcels(e.ParcelIds, field)) _edits.Add(new ForbidParcelVehicle(id, vehicle));
                break;
            case MoveStopEdit e when Route(e.FromRoute, field) is { } from && Route(e.ToRoute, field) is { } to:
                AddStopMove(e, from, to, field);
                break;
            case MoveParcelsEdit e when Route(e.ToRoute, field) is { } to:
                AddParcelMove(Parcels(e.ParcelIds, field), to, e.Position);
                break;
            case UnassignEdit e when Parcels(e.ParcelIds, field) is { Count: > 0 } ids:
                _edits.RemoveAll(x => x is LockParcel l && ids.Contains(l.ParcelId));
                _edits.Add(new LeaveOut(ids));
                break;
            case ReverseEdit e when Route(e.RouteNo, field) is { } route:
                _edits.AddRange(route.Trips.Select(t => new ReverseTrip(route.VehicleId, t.Number)));
                break;
            case AddVehicleEdit e when Vehicle(e.VehicleId, field) is { } vehicle:
                _edits.RemoveAll(x => x is RemoveVehicle r && r.VehicleId == vehicle);
                _edits.Add(new AddVehicle(vehicle));
                break;
            case RemoveVehicleEdit e when Vehicle(e.VehicleId, field) is { } vehicle:
                _edits.RemoveAll(x => x is AddVehicle a && a.VehicleId == vehicle);
                _edits.Add(new RemoveVehicle(vehicle));
                break;
            default: // the look-up has said what was wrong
                break;
        }
    }

    private void AddStopMove(MoveStopEdit edit, PlannedRoute from, PlannedRoute to, string field)
    {
        var list = RouteStops.List(from);
        if (edit.StopNo < 0 || edit.StopNo >= list.Count || list[edit.StopNo].Stop is not { } stop)
        {
            _problems.Add(new FieldProblem($"{field}.stopNo", edit.StopNo.ToString(CultureInfo.InvariantCulture), "stop.unknown", $"Route {edit.FromRoute} has no stop {edit.StopNo} that can be moved."));
            return;
        }
        var rest = RouteStops.List(to).Where(s => s.Stop != stop).ToList();
        var (trip, position) = RouteStops.Place(rest, edit.Position);
        _edits.Add(new MoveStop(from.VehicleId, list[edit.StopNo].Trip, stop.Sequence, to.VehicleId, trip, position));
        if (to.VehicleId != from.VehicleId) Bind(stop.Tasks.Select(t => t.ParcelId), to.VehicleId);
    }

    private void AddParcelMove(List<string> ids, PlannedRoute to, int position)
    {
        if (ids.Count == 0) return;
        var list = RouteStops.List(to);
        foreach (var group in position >= 0 ? [ids] : ids.Select(id => new List<string> { id }))
        {
            var (trip, at) = position >= 0 ? RouteStops.Place(list, position) : RouteStops.Nearest(to, Destination(group[0]));
            _edits.Add(new MoveParcels(group, to.VehicleId, trip, at));
        }
        Bind(ids, to.VehicleId);
    }

    private void Bind(IEnumerable<string> ids, string vehicle)
    {
        var moved = ids.ToHashSet(StringComparer.Ordinal);
        _edits.RemoveAll(x => (x is LockParcel l && moved.Contains(l.ParcelId)) || (x is ForbidParcelVehicle f && moved.Contains(f.ParcelId) && f.VehicleId == vehicle));
        _edits.RemoveAll(x => x is LeaveOut l && l.ParcelIds.All(moved.Contains));
        _edits.AddRange(moved.Select(id => new LockParcel(id, vehicle)));
    }

    /// <summary>Where the parcel goes by its present option, or by its first.</summary>
    private GeoPoint Destination(string parcelId)
    {
        var parcel = _parcels[parcelId];
        foreach (var stop in _plan.Routes.SelectMany(r => r.Trips).SelectMany(t => t.Stops))
        {
            if (stop.Tasks.Any(t => t.ParcelId == parcelId)) return stop.Location;
        }
        return parcel.Options.Count > 0 && _network.FindTerminal(parcel.Options[0].TerminalId) is { } terminal ? terminal.Location : parcel.Recipient.Location;
    }

    private PlannedRoute? Route(int number, string field)
    {
        if (number >= 1 && number <= _plan.Routes.Count) return _plan.Routes[number - 1];
        _problems.Add(new FieldProblem($"{field}.routeNo", number.ToString(CultureInfo.InvariantCulture), "route.unknown", $"The plan has no route {number}; it has {_plan.Routes.Count}."));
        return null;
    }

    private string? Vehicle(string? id, string field)
    {
        if (_network.FindVehicle(id) is { } vehicle) return vehicle.Id;
        _problems.Add(new FieldProblem($"{field}.vehicleId", id, "vehicle.unknown", $"Vehicle \"{id}\" is not in the network."));
        return null;
    }

    private List<string> Parcels(IReadOnlyList<string>? ids, string field)
    {
        if (ids is not { Count: > 0 }) _problems.Add(new FieldProblem($"{field}.parcelIds", null, "required", $"{field}.parcelIds needs at least one parcel."));
        foreach (var id in (ids ?? []).Where(id => !_parcels.ContainsKey(id))) _problems.Add(new FieldProblem($"{field}.parcelIds", id, "parcel.unknown", $"Parcel \"{id}\" is not one this day can plan."));
        return [.. (ids ?? []).Where(_parcels.ContainsKey).Distinct(StringComparer.Ordinal)];
    }
}
