using Logistics.Domain;

namespace Logistics.Planning.Days;

/// <summary>The places of a day: hubs, the terminals some parcel may go to, parking places for the doors – then those that only late parcels bring.</summary>
internal sealed class PlaceList
{
    private readonly Dictionary<string, int> _placeOfHub = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _placeOfTerminal = new(StringComparer.Ordinal);
    private readonly List<DayPlace> _all = [];
    private readonly int[] _doorOfParcel;
    private readonly ParkingPlaces _parking;
    private readonly int[] _placeOfParking;

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

        // Terminals cannot be merged; when they alone fill the matrix, doors still get a third as many places.
        var room = Math.Max(input.Rules.MaxPlaces - _all.Count, _all.Count / 3);
        var planned = hasDoor.Take(input.Parcels.Count).Count(d => d);
        // The radius is that of the planned doors alone: with it a late door joins a place or founds a further one, and moves none.
        _parking = ParkingPlaces.Gather([.. doors.Take(planned).Select(r => r.Location)], input.Rules.ParkRadiusMetres, room);
        if (planned < doors.Count) _parking = ParkingPlaces.Gather([.. doors.Select(r => r.Location)], _parking.RadiusMetres, int.MaxValue);
        _placeOfParking = new int[_parking.Places.Count];
        Array.Fill(_placeOfParking, -1);
        for (var d = 0; d < planned; d++) AddDoor(d, doors[d]);
        AddTerminals(input, input.LateParcels);
        for (var d = planned; d < doors.Count; d++) AddDoor(d, doors[d]);
        if (_parking.RadiusMetres > input.Rules.ParkRadiusMetres)
            Notes.Add(FormattableString.Invariant($"{doors.Count} doors are served from {_parking.Places.Count} parking places; the walk may be up to {_parking.RadiusMetres:0} m."));
    }

    public IReadOnlyList<DayPlace> All => _all;
    public IReadOnlyList<GeoPoint> Points => [.. All.Select(p => p.Location)];
    public double ParkRadiusMetres => _parking.RadiusMetres;
    public List<string> Notes { get; } = [];

    public int PlaceOfHub(Hub hub) => _placeOfHub[hub.Id];

    public int PlaceOfTerminal(string terminalId) => _placeOfTerminal[terminalId];

    /// <summary>Place index and straight metres to walk for the door of a parcel, late ones counted on; (−1, 0) when it has no door option.</summary>
    public (int Place, double WalkMetres) DoorOf(int parcel) =>
        _doorOfParcel[parcel] is >= 0 and var door ? (_placeOfParking[_parking.PlaceOfDoor(door)], _parking.WalkMetres(door)) : (-1, 0);

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
