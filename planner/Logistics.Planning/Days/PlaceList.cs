using Logistics.Domain;

namespace Logistics.Planning.Days;

/// <summary>The places of a day: hubs, the terminals some parcel may go to, and parking places for the doors.</summary>
internal sealed class PlaceList
{
    private readonly Dictionary<string, int> _placeOfHub = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _placeOfTerminal = new(StringComparer.Ordinal);
    private readonly int[] _doorOfParcel;
    private readonly ParkingPlaces _parking;
    private readonly int _firstDoor;

    public PlaceList(DayInput input, IReadOnlyList<Hub> hubs)
    {
        var all = new List<DayPlace>();
        foreach (var hub in hubs)
        {
            _placeOfHub[hub.Id] = all.Count;
            all.Add(new DayPlace(DayPlaceKind.Hub, hub.Id, hub.Name, hub.Location));
        }

        _doorOfParcel = new int[input.Parcels.Count];
        var doors = new List<GeoPoint>();
        var addresses = new List<string>();
        for (var i = 0; i < input.Parcels.Count; i++)
        {
            var parcel = input.Parcels[i];
            _doorOfParcel[i] = -1;
            foreach (var option in parcel.Options)
            {
                if (option.Kind == DeliveryKind.Door)
                {
                    if (_doorOfParcel[i] >= 0) continue;
                    _doorOfParcel[i] = doors.Count;
                    doors.Add(parcel.Recipient.Location);
                    addresses.Add(parcel.Recipient.Address);
                }
                else if (input.Network.FindTerminal(option.TerminalId) is { } terminal && _placeOfTerminal.TryAdd(terminal.Id, all.Count))
                {
                    all.Add(new DayPlace(DayPlaceKind.Terminal, terminal.Id, terminal.Name, terminal.Location));
                }
            }
        }

        _firstDoor = all.Count;
        // Terminals cannot be merged; when they alone fill the matrix, doors still get a third as many places.
        var room = Math.Max(input.Rules.MaxPlaces - all.Count, all.Count / 3);
        _parking = ParkingPlaces.Gather(doors, input.Rules.ParkRadiusMetres, room);
        var named = new bool[_parking.Places.Count];
        for (var d = 0; d < doors.Count; d++)
        {
            var place = _parking.PlaceOfDoor(d);
            if (named[place]) continue;
            named[place] = true;
            // The founder's street names the place; doors are found in order of their places.
            all.Add(new DayPlace(DayPlaceKind.Door, null, Masking.Address(addresses[d]), _parking.Places[place]));
        }

        All = all;
        if (_parking.RadiusMetres > input.Rules.ParkRadiusMetres)
            Notes.Add(FormattableString.Invariant($"{doors.Count} doors are served from {_parking.Places.Count} parking places; the walk may be up to {_parking.RadiusMetres:0} m."));
    }

    public IReadOnlyList<DayPlace> All { get; }
    public IReadOnlyList<GeoPoint> Points => [.. All.Select(p => p.Location)];
    public double ParkRadiusMetres => _parking.RadiusMetres;
    public List<string> Notes { get; } = [];

    public int PlaceOfHub(Hub hub) => _placeOfHub[hub.Id];

    public int PlaceOfTerminal(string terminalId) => _placeOfTerminal[terminalId];

    /// <summary>Place index and straight metres to walk for the door of a parcel of the input; (−1, 0) when it has no door option.</summary>
    public (int Place, double WalkMetres) DoorOf(int parcel) =>
        _doorOfParcel[parcel] is >= 0 and var door ? (_firstDoor + _parking.PlaceOfDoor(door), _parking.WalkMetres(door)) : (-1, 0);
}
