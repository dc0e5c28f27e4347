using Logistics.Planning.Formats.Json;

namespace Logistics.Planning.Formats.Vroom;

/// <summary>Numbers the places of a request: by matrix index when matrices are given, else by equal coordinates.</summary>
internal sealed class VroomPlaces(JsonReading root)
{
    private readonly Dictionary<(double, double), int> _byLocation = [];
    private readonly Dictionary<int, int> _byIndex = [];
    private readonly bool _hasMatrices = root.Has("matrices") || root.Has("matrix");

    public bool HasMatrices => _hasMatrices;

    /// <summary>Coordinates of each place, where known.</summary>
    public List<double[]?> Locations { get; } = [];

    /// <summary>Matrix row of each place; empty without matrices.</summary>
    public List<int> Rows { get; } = [];

    public VroomPlace? Find(JsonReading owner, string location, string index)
    {
        var numbers = owner.Has(location) ? owner.Numbers(location) : null;
        double[]? at = numbers is { Count: 2 } ? [numbers[0], numbers[1]] : null;
        if (numbers is not null && at is null) owner.Fail(location, "must be [lon, lat].");
        if (at is not null && !_hasMatrices && (Math.Abs(at[0]) > 180 || Math.Abs(at[1]) > 90)) owner.Fail(location, $"[{at[0]}, {at[1]}] must be [lon, lat] in degrees.");
        int? row = owner.FindInt(index);
        if (_hasMatrices)
        {
            if (row is not { } given) return null;
            if (given < 0) owner.Fail(index, $"{given} must be ≥ 0.");
            return new VroomPlace(Number(_byIndex, given, at, given), at, given);
        }

        return at is null ? null : new VroomPlace(Number(_byLocation, (at[0], at[1]), at, -1), at, row);
    }

    /// <summary>Matrix row of a place whose coordinates are not known; null when all are.</summary>
    public int? FindUnlocated() => Locations.FindIndex(l => l is null) is var place && place >= 0 ? Rows[place] : null;

    public VroomPlace Require(JsonReading owner)
    {
        if (Find(owner, "location", "location_index") is { } place) return place;
        string needed = _hasMatrices ? "location_index" : "location";
        if (!owner.Has(needed)) owner.Fail(needed, "is missing.");
        return new VroomPlace(0, null, null);
    }

    private int Number<T>(Dictionary<T, int> known, T key, double[]? at, int row)
        where T : notnull
    {
        if (!known.TryGetValue(key, out int place))
        {
            known[key] = place = Locations.Count;
            Locations.Add(at);
            if (row >= 0) Rows.Add(row);
        }

        Locations[place] ??= at;
        return place;
    }
}
