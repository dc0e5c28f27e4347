using Logistics.Domain;

namespace Logistics.Planning.Days;

/// <summary>Gathers doors into parking places: a stop is where the vehicle stands, the rest is walked.</summary>
/// <remarks>
/// Greedy and deterministic: each door joins the nearest place within the radius, else it founds one. A grid keeps it O(doors). The founder's door is the
/// parking place, so nobody walks further than the radius.
/// </remarks>
internal sealed class ParkingPlaces
{
    private const double MetresPerDegree = 111_195;

    private readonly int[] _placeOfDoor;
    private readonly double[] _walkMetres;
    private readonly List<GeoPoint> _places = [];

    private ParkingPlaces(IReadOnlyList<GeoPoint> doors, double radiusMetres)
    {
        RadiusMetres = radiusMetres;
        _placeOfDoor = new int[doors.Count];
        _walkMetres = new double[doors.Count];
        var lonScale = doors.Count == 0 ? 1 : Math.Cos(double.DegreesToRadians(doors[0].Lat)) * MetresPerDegree;
        var size = Math.Max(radiusMetres, 1);
        var grid = new Dictionary<(int X, int Y), List<int>>();
        for (var i = 0; i < doors.Count; i++)
        {
            int x = (int)Math.Floor(doors[i].Lon * lonScale / size), y = (int)Math.Floor(doors[i].Lat * MetresPerDegree / size);
            var (place, metres) = FindNearest(doors[i], x, y, grid);
            if (place < 0 || metres > radiusMetres)
            {
                (place, metres) = (_places.Count, 0);
                _places.Add(doors[i]);
                if (!grid.TryGetValue((x, y), out var cell)) grid[(x, y)] = cell = [];
                cell.Add(place);
            }

            (_placeOfDoor[i], _walkMetres[i]) = (place, metres);
        }
    }

    /// <summary>The radius really used.</summary>
    public double RadiusMetres { get; }

    public IReadOnlyList<GeoPoint> Places => _places;

    public int PlaceOfDoor(int door) => _placeOfDoor[door];

    /// <summary>Straight metres from the parking place to the door.</summary>
    public double WalkMetres(int door) => _walkMetres[door];

    /// <summary>Places for all doors, each within the radius.</summary>
    public static ParkingPlaces Gather(IReadOnlyList<GeoPoint> doors, double radiusMetres) => new(doors, radiusMetres);

    /// <summary>Places for all doors within the first radius, growing by halves, that gives few enough.</summary>
    /// <param name="areFew">True at the latest for a single place.</param>
    public static ParkingPlaces Gather(IReadOnlyList<GeoPoint> doors, double radiusMetres, Func<ParkingPlaces, bool> areFew)
    {
        for (var radius = radiusMetres; ; radius = Math.Max(10, radius * 1.5))
        {
            var places = new ParkingPlaces(doors, radius);
            if (places.Places.Count <= 1 || areFew(places)) return places;
        }
    }

    private (int Place, double Metres) FindNearest(GeoPoint door, int x, int y, Dictionary<(int X, int Y), List<int>> grid)
    {
        var best = (Place: -1, Metres: double.PositiveInfinity);
        for (var dx = -1; dx <= 1; dx++)
        {
            for (var dy = -1; dy <= 1; dy++)
            {
                if (!grid.TryGetValue((x + dx, y + dy), out var cell)) continue;
                foreach (var place in cell)
                {
                    var metres = _places[place].MetresTo(door);
                    if (metres < best.Metres) best = (place, metres);
                }
            }
        }

        return best;
    }
}
