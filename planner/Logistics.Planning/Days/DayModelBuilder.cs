using Logistics.Domain;
using Logistics.Planning.Travel;
using Logistics.Routing.Model;

namespace Logistics.Planning.Days;

/// <summary>Builds a day's model: places, travel under today's rules, fleet, jobs, shared resources.</summary>
/// <remarks>Asks nothing but the travel source; O(parcels + places² × access regimes), the places of a large city hub by hub.</remarks>
public sealed class DayModelBuilder(ITravelTimes travel, TravelCache? cache = null)
{
    /// <exception cref="TravelUnavailableException">The travel source does not answer.</exception>
    public async Task<DayModel> BuildAsync(DayInput input, CancellationToken cancellation)
    {
        var clock = new DayClock(input.Network.Area, input.Day);
        var edits = new EditReading(input.Edits, input.Base);
        var fleet = new FleetBuilder(input, clock, edits);
        var places = new PlaceList(input, fleet.Hubs);
        var ledger = new ResourceLedger(input);
        var jobs = new JobBuilder(input, clock, fleet, ledger, edits);
        foreach (var (i, parcel) in input.Parcels.Concat(input.LateParcels).Index()) jobs.Add(parcel, places.PlaceOfTerminal, places.DoorOf(i));
        var depots = fleet.BuildDepots(ledger, places.PlaceOfHub);

        var profiles = new TravelProfiles(input, places);
        await profiles.LoadAsync(fleet, points => cache is null ? travel.BuildTableAsync(points, cancellation) : cache.GetTableAsync(travel, points, cancellation), cancellation);
        var vehicles = fleet.BuildVehicles(profiles.IndexOf);
        var locked = fleet.Vehicles.Index()
            .Where(v => edits.LockedRoutes.Contains(v.Item.Vehicle.Id) && input.Base?.Routes.Any(r => r.VehicleId == v.Item.Vehicle.Id) == true)
            .Select(v => v.Index).ToHashSet();
        return new DayModel
        {
            Input = input,
            Clock = clock,
            Problem = new Problem
            {
                Name = FormattableString.Invariant($"{input.Network.Area.Code} {input.Day:yyyy-MM-dd}"),
                Dimensions = 3,
                Places = [.. places.All.Select((p, i) => new Place(p.Id ?? FormattableString.Invariant($"park_{i}"), p.Location.Lon, p.Location.Lat))],
                Profiles = profiles.All,
                Depots = depots,
                Vehicles = vehicles,
                Jobs = jobs.Jobs,
                Resources = ledger.Resources,
            },
            Parcels = jobs.Parcels,
            OptionOfAlternative = jobs.OptionOfAlternative,
            Places = places.All,
            Vehicles = fleet.Vehicles,
            RuledOut = jobs.RuledOut,
            LockedVehicles = locked,
            ParkRadiusMetres = places.ParkRadiusMetres,
            Notes = [.. fleet.Notes, .. places.Notes],
        };
    }
}
