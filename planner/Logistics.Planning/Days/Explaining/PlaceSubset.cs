using Logistics.Routing.Model;

namespace Logistics.Planning.Days.Explaining;

/// <summary>Travel between some of a profile's places, with the same congestion and closures, as small matrices.</summary>
internal static class PlaceSubset
{
    /// <param name="places">The places kept; their order becomes the new numbering.</param>
    public static TravelProfile Of(TravelProfile whole, IReadOnlyList<int> places)
    {
        int n = places.Count, all = whole.PlaceCount;
        return new MatrixTravel(n, Pick(whole.Distance), Pick(whole.Duration))
        {
            Bands = whole.Bands is { } bands ? bands with { LegClass = bands.LegClass is { } classes ? Pick((from, to) => classes[(from * all) + to]) : null } : null,
            Closures = whole.Closures is { } closures
                ? closures with
                {
                    SetOfLeg = Pick((from, to) => closures.SetOfLeg[(from * all) + to]),
                    DetourDistance = closures.DetourDistance is { } metres ? Pick((from, to) => metres[(from * all) + to]) : null,
                    DetourDuration = closures.DetourDuration is { } seconds ? Pick((from, to) => seconds[(from * all) + to]) : null,
                }
                : null,
        };

        T[] Pick<T>(Func<int, int, T> at)
        {
            var picked = new T[n * n];
            for (var from = 0; from < n; from++)
                for (var to = 0; to < n; to++) picked[(from * n) + to] = at(places[from], places[to]);
            return picked;
        }
    }
}
