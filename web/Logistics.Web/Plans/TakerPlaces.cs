using Logistics.Domain;

namespace Logistics.Web.Plans;

/// <summary>Where another vehicle of the hub could make a stop, most promising first: few straight metres more, at a time that suits the stop's window. A guess that orders what is priced exactly afterwards.</summary>
public static class TakerPlaces
{
    private const int MostPerRoute = 4;

    // Guesses only order candidates: metres a vehicle makes in a second of town, and what a second too late or of waiting weighs in metres.
    private const double MetresPerSecond = 7, LateWeight = 10, WaitWeight = 3;

    /// <returns>Number of the route and index in its list, as <see cref="MoveStopEdit"/> takes them.</returns>
    public static IEnumerable<(int RouteNo, int Position)> Rank(IReadOnlyList<PlannedRoute> routes, PlannedRoute from, PlannedStop stop, GeoPoint hub) =>
        routes.Index().Where(r => r.Item != from && r.Item.HubId == from.HubId)
            .SelectMany(r => Places(r.Item, stop, hub).OrderBy(p => p.Score).Take(MostPerRoute).Select(p => (p.Score, RouteNo: r.Index + 1, p.Position)))
            .OrderBy(p => p.Score).ThenBy(p => p.RouteNo).Select(p => (p.RouteNo, p.Position));

    private static IEnumerable<(double Score, int Position)> Places(PlannedRoute route, PlannedStop stop, GeoPoint hub)
    {
        var list = RouteStops.List(route);
        var (before, left) = (hub, route.Trips.Count > 0 ? route.Trips[0].Depart : default);
        for (var i = 1; i < list.Count; i++)
        {
            // A break is where the stop before it was.
            if (list[i - 1] is { Stop: { } last }) (before, left) = (last.Location, last.Depart);
            else if (list[i - 1].Kind == StopKindView.Reload) (before, left) = (hub, route.Trips.First(t => t.Number == list[i - 1].Trip).Depart);
            var after = list[i].Stop?.Location ?? (list[i].Kind == StopKindView.Break ? before : hub);
            var there = before.MetresTo(stop.Location);
            var arrive = left.AddSeconds(there / MetresPerSecond);
            var late = stop.Window is { } window ? Math.Max(0, (arrive - window.End).TotalSeconds) : 0;
            var wait = stop.Window is { } open ? Math.Max(0, (open.Start - arrive).TotalSeconds) : 0;
            yield return (there + stop.Location.MetresTo(after) - before.MetresTo(after) + late * LateWeight + wait * WaitWeight, i);
        }
    }
}
