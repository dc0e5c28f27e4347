using Logistics.Routing.Model;

namespace Logistics.Planning.Days.Explaining;

/// <summary>Travel between some of a profile's places, with the same congestion and closures, as small matrices.</summary>
internal static class PlaceSubset
{
    /// <param name="places">The places kept; their order becomes the new numbering.</param>
    public static TravelProfile Of(TravelProfile whole, IReadOnlyList<int> places)
    {
        var n = places.Count;
        return new MatrixTravel(n, Pick(whole.Distance), Pick(whole.Duration))
        {
            Bands = whole.Bands is { } bands ? bands with { LegClass = bands.LegClass is { } classes ? Pick((from, to) => At(classes, from, to, (byte)0)) : null } : null,
            Closures = whole.Closures is { } closures
                ? closures with
                {
                    SetOfLeg = Pick((from, to) => At(closures.SetOfLeg, from, to, (ushort)0)),
                    DetourDistance = closures.DetourDistance is { } metres ? Pick((from, to) => At(metres, from, to, TravelProfile.Unreachable)) : null,
                    DetourDuration = closures.DetourDuration is { } seconds ? Pick((from, to) => At(seconds, from, to, TravelProfile.Unreachable)) : null,
                }
                : null,
        };

        T At<T>(T[] legs, int from, int to, T unknown) => whole.LegIndex(from, to) is >= 0 and var leg ? legs[leg] : unknown;

        T[] Pick<T>(Func<int, int, T> at)
        {
            var picked = new T[n * n];
            for (var from = 0; from < n; from++)
                for (var to = 0; to < n; to++) picked[(from * n) + to] = at(places[from], places[to]);
            return picked;
        }
    }
}
