using Logistics.Domain;

namespace Logistics.Web.Plans;

/// <summary>One entry of a route's list on the page: start, stops, breaks, reloads, end.</summary>
/// <param name="Stop">Null unless parcels are handled there.</param>
public sealed record RouteEntry(StopKindView Kind, int Trip, PlannedStop? Stop, PlannedBreak? Break);

/// <summary>The list form of a route, and positions in it. Index in the list = the page's stop number.</summary>
public static class RouteStops
{
    public static List<RouteEntry> List(PlannedRoute route)
    {
        var list = new List<RouteEntry>();
        foreach (var trip in route.Trips)
        {
            list.Add(new RouteEntry(list.Count == 0 ? StopKindView.Start : StopKindView.Reload, trip.Number, null, null));
            AddBreaks(route, trip.Number, 0, list);
            for (var i = 0; i < trip.Stops.Count; i++)
            {
                list.Add(new RouteEntry(KindOf(trip.Stops[i]), trip.Number, trip.Stops[i], null));
                AddBreaks(route, trip.Number, i + 1, list);
            }
        }
        if (list.Count > 0) list.Add(new RouteEntry(StopKindView.End, route.Trips[^1].Number, null, null));
        return list;
    }

    /// <summary>The trip and the 0-based place among its stops that an entry at <paramref name="index"/> would have.</summary>
    public static (int Trip, int Position) Place(List<RouteEntry> list, int index)
    {
        var before = list.Take(Math.Clamp(index, 1, Math.Max(1, list.Count - 1))).ToList();
        var trip = before.LastOrDefault()?.Trip ?? 1;
        return (trip, before.Count(e => e.Trip == trip && e.Stop is not null));
    }

    /// <summary>Where a visit to the point adds the fewest straight metres; at a stop it already has, beside it.</summary>
    public static (int Trip, int Position) Nearest(PlannedRoute route, GeoPoint at)
    {
        var best = (Metres: double.MaxValue, Trip: 1, Position: 0);
        foreach (var trip in route.Trips)
        {
            for (var i = 0; i <= trip.Stops.Count; i++)
            {
                GeoPoint? before = i > 0 ? trip.Stops[i - 1].Location : null, after = i < trip.Stops.Count ? trip.Stops[i].Location : null;
                var added = (before?.MetresTo(at) ?? 0) + (after?.MetresTo(at) ?? 0) - (before is { } b && after is { } a ? b.MetresTo(a) : 0);
                // Ends of a trip lead to the hub; twice the one known leg is a fair stand-in.
                if (before is null ^ after is null) added *= 2;
                if (added < best.Metres) best = (added, trip.Number, i);
            }
        }
        return (best.Trip, best.Position);
    }

    private static StopKindView KindOf(PlannedStop stop) =>
        stop.Tasks.Count == 0 && stop.TakenOver.Count > 0 ? StopKindView.Handover : stop.TerminalId is null ? StopKindView.Door : StopKindView.Terminal;

    private static void AddBreaks(PlannedRoute route, int trip, int afterStop, List<RouteEntry> list) =>
        list.AddRange(route.Breaks.Where(b => b.TripNumber == trip && b.AfterStop == afterStop).Select(b => new RouteEntry(StopKindView.Break, trip, null, b)));
}
