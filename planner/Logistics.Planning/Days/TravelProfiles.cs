using Logistics.Domain;
using Logistics.Planning.Access;
using Logistics.Planning.Travel;
using Logistics.Routing.Model;
using Vehicle = Logistics.Domain.Vehicle;

namespace Logistics.Planning.Days;

/// <summary>One travel profile for each set of rules and speed in use; in a city that is cut by hub, for each hub apart.</summary>
internal sealed class TravelProfiles(DayInput input, PlaceList places)
{
    /// <summary>Stands for all places where the city is not cut.</summary>
    private const string Whole = "";

    private readonly Dictionary<string, (IReadOnlyList<int>? Places, TravelTable Table, LegClosureBuilder Closures)> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Part, string Regime, double Speed), int> _index = [];

    public List<TravelProfile> All { get; } = [];

    /// <exception cref="TravelUnavailableException">The travel source does not answer.</exception>
    public async Task LoadAsync(FleetBuilder fleet, Func<IReadOnlyList<GeoPoint>, Task<TravelTable>> tableOf, CancellationToken cancellation)
    {
        foreach (var part in places.IsCut ? fleet.Hubs.Select(h => h.Id).Where(id => fleet.VehiclesOf(id).Count > 0) : [Whole])
        {
            var own = places.IsCut ? places.PlacesOf(part) : null;
            IReadOnlyList<GeoPoint> points = own is null ? places.Points : [.. own.Select(p => places.All[p].Location)];
            var table = await tableOf(points);
            _tables[part] = (own, table, new LegClosureBuilder(points, table));
            cancellation.ThrowIfCancellationRequested();
        }
    }

    public int IndexOf(Vehicle vehicle)
    {
        var part = places.IsCut ? vehicle.HomeHubId : Whole;
        var regime = AccessRegime.Of(vehicle, input.Network, input.Day);
        var speed = double.IsFinite(vehicle.SpeedFactor) && vehicle.SpeedFactor > 0 ? vehicle.SpeedFactor : 1;
        if (_index.TryGetValue((part, regime.Key, speed), out var index)) return index;
        var (own, table, closures) = _tables[part];
        var travel = table.ToProfile(closures.Build(regime, speed), speed);
        All.Add(own is null ? travel : new PartTravel(travel, own, places.All.Count));
        return _index[(part, regime.Key, speed)] = All.Count - 1;
    }
}
