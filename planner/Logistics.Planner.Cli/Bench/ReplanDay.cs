using Logistics.Routing.Model;

namespace Logistics.Planner.Cli.Bench;

/// <summary>A made-up day for measuring repairs: one depot, vehicles with two trips and a lunch break, doors and terminals with compartments, windows, releases. The same seed gives the same day.</summary>
internal sealed class ReplanDay
{
    private const int CityMetres = 16_000, DayStart = 8 * 3600, DayEnd = 18 * 3600;
    private const double SecondsPerMetre = 0.12;
    private readonly Random _random;
    private readonly int _stops, _terminals, _vehicles;

    private ReplanDay(int stops, int seed)
    {
        _random = new Random(seed);
        _stops = stops;
        (_terminals, _vehicles) = (Math.Max(2, stops / 10), Math.Max(2, stops / 22));
    }

    /// <param name="stops">Jobs; about one place each.</param>
    public static Problem Make(int stops, int seed) => new ReplanDay(stops, seed).Build(seed);

    private Problem Build(int seed)
    {
        // Place 0 is the depot, then the terminals, then one door a job.
        int places = 1 + _terminals + _stops;
        var (x, y) = (new int[places], new int[places]);
        for (int p = 1; p < places; p++) (x[p], y[p]) = (_random.Next(CityMetres) - (CityMetres / 2), _random.Next(CityMetres) - (CityMetres / 2));
        return new Problem
        {
            Name = $"replan {_stops} seed {seed}",
            Places = [.. Enumerable.Range(0, places).Select(p => new Place($"p{p}", x[p], y[p]))],
            Profiles = [Travel(x, y)],
            Depots = [new Depot { Id = "hub", Place = 0, LoadingSecondsPerTrip = 900 }],
            Vehicles = [.. Enumerable.Range(0, _vehicles).Select(v => new Vehicle
            {
                Id = $"v{v}",
                Capacity = [16],
                Shift = new TimeWindow(DayStart, DayEnd),
                FixedCost = 200_000,
                CostPerMetre = 15,
                CostPerSecond = 8,
                MaxTrips = 2,
                ReloadDepots = [0],
                Breaks = [new Break { Id = "lunch", Windows = [new TimeWindow(11 * 3600, 13 * 3600)], DurationSeconds = 1800, IsWaivedIfRouteEndsBefore = true }],
            })],
            Jobs = [.. Enumerable.Range(0, _stops).Select(j => MakeJob(j, x, y))],
            Resources = [.. Enumerable.Range(0, _terminals).Select(t => new SharedResource { Id = $"t{t}", CapacityByClass = [6, 3] })],
        };
    }

    private Job MakeJob(int job, int[] x, int[] y)
    {
        int door = 1 + _terminals + job, release = _random.Next(3) == 0 ? 12 * 3600 : 0, opens = DayStart + _random.Next(8 * 3600);
        var visit = new Visit
        {
            Place = door,
            Delivery = [1],
            SetupSeconds = 120,
            HandlingSeconds = 150,
            Windows = release == 0 && _random.Next(10) < 3 ? [new TimeWindow(opens, Math.Min(DayEnd, opens + 7200))] : [],
        };
        var atDoor = new Alternative { Id = "door", ReleaseTime = release, Visits = [visit] };
        int near = Enumerable.Range(1, _terminals).MinBy(t => Math.Abs(x[t] - x[door]) + Math.Abs(y[t] - y[door]));
        var atTerminal = new Alternative
        {
            Id = "terminal",
            Level = 1,
            PreferenceCost = 8_000,
            ReleaseTime = release,
            Visits = [visit with { Place = near, HandlingSeconds = 30, Windows = [], Uses = [new ResourceUse(near - 1, _random.Next(2))] }],
        };
        return new Job { Id = $"j{job}", UnservedCost = 1_500_000, Alternatives = _random.Next(2) == 0 ? [atDoor, atTerminal] : [atDoor] };
    }

    private MatrixTravel Travel(int[] x, int[] y)
    {
        int n = x.Length;
        var (metres, seconds) = (new int[n * n], new int[n * n]);
        for (int leg = 0; leg < n * n; leg++)
        {
            int i = leg / n, j = leg % n;
            if (i == j) continue;
            double straight = Math.Sqrt(Math.Pow(x[i] - x[j], 2) + Math.Pow(y[i] - y[j], 2));
            metres[leg] = (int)(straight * (1.2 + (0.2 * _random.NextDouble())));
            seconds[leg] = (int)(metres[leg] * SecondsPerMetre);
        }

        return new MatrixTravel(n, metres, seconds);
    }
}
