using Logistics.Domain;

namespace Logistics.Planning.Days;

/// <summary>The places of a day: hubs, the terminals some parcel may go to, parking places for the doors – then those that only late parcels bring.</summary>
/// <remarks>
/// A city with more places than one set of matrices should have is cut by hub: vehicles carry the parcels of their own hub only, so each hub needs travel among its own places
/// (<see cref="PlacesOf"/>) and nothing else.
/// </remarks>
internal sealed class PlaceList
{
    private readonly Dictionary<string, int> _placeOfHub = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _placeOfTerminal = new(StringComparer.Ordinal);
    private readonly List<DayPlace> _all = [];
    private readonly int[] _doorOfParcel;
    private readonly ParkingPlaces _parking;
    private readonly int[] _placeOfParking;
    private readonly Dictionary<string, int[]> _placesOfHub = new(StringComparer.Ordinal);

    public PlaceList(DayInput input, IReadOnlyList<Hub> hubs)
    {
        foreach (var hub in hubs)
        {
            _placeOfHub[hub.Id] = _all.Count;
            _all.Add(new DayPlace(DayPlaceKind.Hub, hub.Id, hub.Name, hub.Location));
        }

        AddTerminals(input, input.Parcels);
        List<Parcel> parcels = [.. input.Parcels, .. input.LateParcels];
        var hasDoor = parcels.ConvertAll(p => p.Options.Any(o => o.Kind == DeliveryKind.Door));
        _doorOfParcel = new int[parcels.Count];
        var doors = new List<Recipient>();
        for (var i = 0; i < parcels.Count; i++)
        {
            _doorOfParcel[i] = hasDoor[i] ? doors.Count : -1;
            if (hasDoor[i]) doors.Add(parcels[i].Recipient);
        }

        var planned = hasDoor.Take(input.Parcels.Count).Count(d => d);
        // The radius is that of the planned doors alone: with it a late door joins a place or founds a further one, and moves none.
        List<GeoPoint> plannedDoors = [.. doors.Take(planned).Select(r => r.Location)];
        _parking = ParkingPlaces.Gather(plannedDoors, input.Rules.ParkRadiusMetres);
        IsCut = hubs.Count > 1 && _all.Count + _parking.Places.Count > input.Rules.MaxPlaces;
        // Terminals cannot be merged; when they alone fill the matrix, doors still get a third as many places.
        var room = Math.Max(input.Rules.MaxPlaces - _all.Count, _all.Count / 3);
        if (IsCut)
        {
            var hubPlaces = new HubPlaces(input);
            _parking = ParkingPlaces.Gather(plannedDoors, _parking.RadiusMetres, p => hubPlaces.AreFew(p, _doorOfParcel));
        }
        else if (_parking.Places.Count > room)
        {
            _parking = ParkingPlaces.Gather(plannedDoors, _parking.RadiusMetres, p => p.Places.Count <= room);
        }

        if (planned < doors.Count) _parking = ParkingPlaces.Gather([.. doors.Select(r => r.Location)], _parking.RadiusMetres);
        _placeOfParking = new int[_parking.Places.Count];
        Array.Fill(_placeOfParking, -1);
        for (var d = 0; d < planned; d++) AddDoor(d, doors[d]);
        AddTerminals(input, input.LateParcels);
        for (var d = planned; d < doors.Count; d++) AddDoor(d, doors[d]);
        if (IsCut) ListByHub(parcels);
        if (_parking.RadiusMetres > input.Rules.ParkRadiusMetres)
            Notes.Add(FormattableString.Invariant($"{doors.Count} doors are served from {_parking.Places.Count} parking places; the walk may be up to {_parking.RadiusMetres:0} m."));
    }

    public IReadOnlyList<DayPlace> All => _all;

    /// <summary>True when there are too many places for matrices of all.</summary>
    public bool IsCut { get; }
    public IReadOnlyList<GeoPoint> Points => [.. All.Select(p => p.Location)];
    public double ParkRadiusMetres => _parking.RadiusMetres;
    public List<string> Notes { get; } = [];

    public int PlaceOfHub(Hub hub) => _placeOfHub[hub.Id];

    public int PlaceOfTerminal(string terminalId) => _placeOfTerminal[terminalId];

    /// <summary>Place index and straight metres to walk for the door of a parcel, late ones counted on; (−1, 0) when it has no door option.</summary>
    public (int Place, double WalkMetres) DoorOf(int parcel) =>
        _doorOfParcel[parcel] is >= 0 and var door ? (_placeOfParking[_parking.PlaceOfDoor(door)], _parking.WalkMetres(door)) : (-1, 0);

    /// <summary>The places a hub's vehicles drive among, ascending; only where the city is cut.</summary>
    public IReadOnlyList<int> PlacesOf(string hubId) => _placesOfHub[hubId];

    private void ListByHub(List<Parcel> parcels)
    {
        var places = _placeOfHub.ToDictionary(h => h.Key, h => new SortedSet<int> { h.Value }, StringComparer.Ordinal);
        foreach (var (i, parcel) in parcels.Index())
        {
            if (!places.TryGetValue(parcel.HubId, out var own)) continue;
            foreach (var option in parcel.Options)
            {
                if (option.Kind == DeliveryKind.Door) own.Add(DoorOf(i).Place);
                else if (option.TerminalId is { } terminal && _placeOfTerminal.TryGetValue(terminal, out var place)) own.Add(place);
            }
        }

        foreach (var (hub, own) in places) _placesOfHub[hub] = [.. own];
    }

    private void AddTerminals(DayInput input, IReadOnlyList<Parcel> parcels)
    {
        foreach (var option in parcels.SelectMany(p => p.Options))
        {
            if (option.Kind != DeliveryKind.Door && input.Network.FindTerminal(option.TerminalId) is { } terminal && _placeOfTerminal.TryAdd(terminal.Id, _all.Count))
                _all.Add(new DayPlace(DayPlaceKind.Terminal, terminal.Id, terminal.Name, terminal.Location));
        }
    }

    // The founder's street names the place; doors are found in order of their places.
    private void AddDoor(int door, Recipient founder)
    {
        var parking = _parking.PlaceOfDoor(door);
        if (_placeOfParking[parking] >= 0) return;
        _placeOfParking[parking] = _all.Count;
        _all.Add(new DayPlace(DayPlaceKind.Door, null, Masking.Address(founder.Address), _parking.Places[parking]));
    }
}
