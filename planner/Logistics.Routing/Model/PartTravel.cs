namespace Logistics.Routing.Model;

/// <summary>Travel among some of a problem's places. To and from all others there is no way.</summary>
/// <remarks>
/// A large city is served from many hubs, and a hub's vehicles drive only among its own places: a few matrices of a thousand places each instead of one of ten thousand. Bands and closures are
/// the part's own and speak of its legs (<see cref="LegIndex"/>). Immutable.
/// </remarks>
public sealed class PartTravel : TravelProfile
{
    private readonly int[] _indexOf;

    /// <param name="part">Travel among the part's places, in their order.</param>
    /// <param name="places">The part's places by their number in the problem; distinct.</param>
    /// <param name="placeCount">Places of the problem.</param>
    public PartTravel(TravelProfile part, IReadOnlyList<int> places, int placeCount)
    {
        if (places.Count != part.PlaceCount) throw new ArgumentException($"{places.Count} places and a profile of {part.PlaceCount} do not go together.", nameof(places));
        (Part, Places, PlaceCount) = (part, places, placeCount);
        (Bands, Closures) = (part.Bands, part.Closures);
        _indexOf = new int[placeCount];
        Array.Fill(_indexOf, -1);
        for (int i = 0; i < places.Count; i++) _indexOf[places[i]] = i;
    }

    public TravelProfile Part { get; }
    public IReadOnlyList<int> Places { get; }
    public override int PlaceCount { get; }

    public bool Knows(int place) => _indexOf[place] >= 0;

    public override int Distance(int from, int to) => from == to ? 0 : IsKnown(from, to) ? Part.Distance(_indexOf[from], _indexOf[to]) : Unreachable;

    public override int Duration(int from, int to) => from == to ? 0 : IsKnown(from, to) ? Part.Duration(_indexOf[from], _indexOf[to]) : Unreachable;

    public override int LegIndex(int from, int to) => IsKnown(from, to) ? Part.LegIndex(_indexOf[from], _indexOf[to]) : -1;

    private bool IsKnown(int from, int to) => _indexOf[from] >= 0 && _indexOf[to] >= 0;
}
