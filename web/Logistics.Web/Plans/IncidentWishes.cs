using System.Globalization;
using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Logistics.Web.Orders;

namespace Logistics.Web.Plans;

/// <summary>Reads what a dispatcher reports into the day's incidents; every problem is found at once.</summary>
public sealed class IncidentWishes(NetworkSnapshot network, DateTimeOffset at)
{
    private const int MostParcels = 200, MostMinutes = 24 * 60, MostCorners = 200;

    private readonly List<FieldProblem> _problems = [];
    private readonly List<Parcel> _added = [];

    public IReadOnlyList<FieldProblem> Problems => _problems;

    /// <summary>The parcels of the incidents that add some.</summary>
    public IReadOnlyList<Parcel> Added => _added;

    public async Task<IReadOnlyList<DayIncident>> ReadAsync(Db db, LogisticsStorage storage, DayPlan plan, IReadOnlyList<IncidentWish> wishes)
    {
        var incidents = new List<DayIncident>();
        for (var i = 0; i < wishes.Count; i++)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"incidents[{i}]");
            switch (wishes[i])
            {
                case VehicleBrokenWish wish when Vehicle(wish.VehicleId, field) is { } vehicle:
                    incidents.Add(new VehicleBreaksDown(vehicle, wish.IsCargoReachable ?? true));
                    break;
                case VehicleLateWish wish when Vehicle(wish.VehicleId, field) is { } vehicle && IsMinutes(wish.Minutes, field):
                    incidents.Add(new VehicleDelayed(vehicle, at.AddMinutes(wish.Minutes)));
                    break;
                case ParcelsAddedWish wish:
                    var added = await ParcelsAsync(db, storage, plan, wish.Parcels, field);
                    _added.AddRange(added);
                    incidents.Add(new ParcelsAdded([.. added.Select(p => p.Id)]));
                    break;
                case ParcelsCancelledWish wish:
                    incidents.Add(new ParcelsCancelled([.. (await ParcelsAsync(db, storage, plan, wish.Parcels, field)).Select(p => p.Id)]));
                    break;
                case TerminalClosedWish wish when Terminal(wish.TerminalId, field) is { } terminal && (wish.Minutes is null || IsMinutes(wish.Minutes.Value, field)):
                    incidents.Add(new TerminalClosed(terminal, at, wish.Minutes is { } minutes ? at.AddMinutes(minutes) : null));
                    break;
                case TerminalFullWish wish when Terminal(wish.TerminalId, field) is { } terminal:
                    incidents.Add(new TerminalFull(terminal));
                    break;
                case AreaClosedWish wish when Area(wish.Polygon, field) is { } area && IsMinutes(wish.Minutes, field):
                    incidents.Add(new AreaClosed(area, at, at.AddMinutes(wish.Minutes)));
                    break;
                default: // the look-up has said what was wrong
                    break;
            }
        }
        return incidents;
    }

    private string? Vehicle(string? id, string field)
    {
        if (network.FindVehicle(id) is { } vehicle) return vehicle.Id;
        _problems.Add(new FieldProblem($"{field}.vehicleId", id, "vehicle.unknown", $"Vehicle \"{id}\" is not in the network."));
        return null;
    }

    private string? Terminal(string? id, string field)
    {
        if (network.FindTerminal(id) is { } terminal) return terminal.Id;
        _problems.Add(new FieldProblem($"{field}.terminalId", id, "terminal.unknown", $"Terminal \"{id}\" is not in the network."));
        return null;
    }

    private bool IsMinutes(int minutes, string field)
    {
        if (minutes is >= 1 and <= MostMinutes) return true;
        _problems.Add(new FieldProblem($"{field}.minutes", minutes.ToString(CultureInfo.InvariantCulture), "range", $"minutes {minutes} must be 1 to {MostMinutes}."));
        return false;
    }

    private GeoPolygon? Area(IReadOnlyList<LonLat>? corners, string field)
    {
        var area = GeoPolygon.FromRing([.. (corners ?? []).Select(c => new GeoPoint(c.Lon, c.Lat))]);
        var faults = corners?.Count > MostCorners ? [$"A polygon may have {MostCorners} corners, not {corners.Count}."] : area.Check();
        foreach (var fault in faults) _problems.Add(new FieldProblem($"{field}.polygon", null, "polygon", fault));
        return faults.Count == 0 ? area : null;
    }

    private async Task<List<Parcel>> ParcelsAsync(Db db, LogisticsStorage storage, DayPlan plan, IReadOnlyList<string>? names, string field)
    {
        var wanted = (names ?? []).Select(n => n.Trim()).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Count is 0 or > MostParcels)
        {
            _problems.Add(new FieldProblem($"{field}.parcels", null, "range", $"parcels must name 1 to {MostParcels} parcels by id or waybill, not {wanted.Count}."));
            return [];
        }
        var today = (await storage.Orders.ListPlannableAsync(db, network.Area.Id, plan.Day)).SelectMany(p => new[] { (Key: p.Id, Parcel: p), (Key: p.Waybill, Parcel: p) })
            .GroupBy(p => p.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First().Parcel, StringComparer.OrdinalIgnoreCase);
        foreach (var name in wanted.Where(n => !today.ContainsKey(n))) _problems.Add(new FieldProblem($"{field}.parcels", name, "parcel.unknown", $"\"{name}\" is no parcel of {plan.Day:yyyy-MM-dd} that can be planned."));
        return [.. wanted.Where(today.ContainsKey).Select(n => today[n]).DistinctBy(p => p.Id)];
    }
}
