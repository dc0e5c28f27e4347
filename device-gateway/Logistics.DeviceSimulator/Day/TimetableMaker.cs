using System.Globalization;

namespace Logistics.DeviceSimulator.Day;

/// <summary>Makes a timetable where there is no plan: every vehicle drives a round of random lockers. Deterministic by seed.</summary>
internal static class TimetableMaker
{
    private const double CentreLon = 116.40;
    private const double CentreLat = 39.90;
    private const int ParcelsPerStop = 6;
    private static readonly TimeSpan Leg = TimeSpan.FromMinutes(7);
    private static readonly TimeSpan Service = TimeSpan.FromMinutes(5);

    public static Timetable Make(int lockers, int vehicles, int handhelds, int stopsPerRoute, int seed)
    {
        var random = new Random(seed);
        var places = Enumerable.Range(0, lockers).Select(_ => (Lon: CentreLon + ((random.NextDouble() - 0.5) * 0.3), Lat: CentreLat + ((random.NextDouble() - 0.5) * 0.2))).ToArray();
        var start = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
        var routes = new List<TimetableRoute>();
        for (var vehicle = 0; vehicle < Math.Max(vehicles, handhelds); vehicle++)
        {
            var stops = new List<TimetableStop>();
            var at = start + TimeSpan.FromMinutes(random.Next(0, 30));
            for (var stop = 0; stop < stopsPerRoute && lockers > 0; stop++)
            {
                var locker = random.Next(lockers);
                var first = (vehicle * stopsPerRoute) + stop;
                var parcels = Enumerable.Range(0, 1 + random.Next(ParcelsPerStop)).Select(i => string.Create(CultureInfo.InvariantCulture, $"par_sim_{first:00000}_{i}"));
                stops.Add(new TimetableStop(LockerName(locker), places[locker].Lon, places[locker].Lat, at, at + Service, [.. parcels]));
                at += Service + Leg;
            }

            routes.Add(new TimetableRoute(Name("veh_sim_", vehicle), vehicle < handhelds ? Name("cou_sim_", vehicle) : null, stops));
        }

        return new Timetable(routes);
    }

    public static string LockerName(int index) => Name("ter_sim_", index);

    private static string Name(string prefix, int index) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{index:0000}");
}
