using Logistics.Routing.Model;

namespace Logistics.Planning.Days;

/// <summary>Jobs that will be served together at one place, each by the alternative chosen for it.</summary>
internal sealed class FirstStop
{
    public required int Place { get; init; }
    public required int Release { get; init; }
    public required IReadOnlyList<TimeWindow> Windows { get; init; }
    public required int SetupSeconds { get; init; }
    public required Alternative Like { get; init; }
    public List<(int Job, int Alternative)> Jobs { get; } = [];
    public int HandlingSeconds { get; set; }
    public long Prize { get; set; }
    public required long[] Load { get; init; }

    /// <summary>Latest end of its windows.</summary>
    public int Latest => Windows.Count == 0 ? TimeWindow.Horizon : Windows[^1].Latest;

    /// <summary>Earliest moment at or after <paramref name="at"/> at which all its jobs can be handled in a row inside one window; −1 when there is none.</summary>
    public int Begin(int at)
    {
        if (Windows.Count == 0) return at;
        foreach (var window in Windows)
        {
            var start = Math.Max(at, window.Earliest);
            // The last job starts after the setup and the handling of all before it.
            if (start + SetupSeconds + HandlingSeconds <= window.Latest) return start;
        }

        return -1;
    }
}

/// <summary>Chooses one alternative for each job and gathers jobs that go to one place at one time.</summary>
/// <remarks>An alternative is worth its preference cost and its share of a stop; a place many jobs can use makes a cheap stop. Room in shared resources is booked on the way.</remarks>
internal static class FirstStops
{
    /// <summary>What a stop costs, in cost units: some eight minutes and three kilometres.</summary>
    private const double StopCost = 450.0 * PlanningRules.UnitsPerFen;

    public static List<FirstStop> Gather(Problem problem, long[] largestLoad)
    {
        var visitors = new int[problem.Places.Count];
        foreach (var alternative in problem.Jobs.SelectMany(j => j.Alternatives)) visitors[alternative.Visits[0].Place]++;
        var used = problem.Resources.Select(r => new long[r.CapacityByClass.Count]).ToArray();
        var stops = new List<FirstStop>();
        var open = new Dictionary<(int, int, int, string), FirstStop>();
        for (var job = 0; job < problem.Jobs.Count; job++)
        {
            var alternatives = problem.Jobs[job].Alternatives;
            foreach (var a in Enumerable.Range(0, alternatives.Count).OrderBy(a => alternatives[a].PreferenceCost + (StopCost / Math.Min(6, visitors[alternatives[a].Visits[0].Place]))))
            {
                if (!TryBook(problem, used, alternatives[a].Visits[0])) continue;
                Add(problem, job, a, stops, open, largestLoad);
                break;
            }
        }

        return stops;
    }

    private static void Add(Problem problem, int job, int index, List<FirstStop> stops, Dictionary<(int, int, int, string), FirstStop> open, long[] largestLoad)
    {
        var alternative = problem.Jobs[job].Alternatives[index];
        var visit = alternative.Visits[0];
        var key = (visit.Place, alternative.ReleaseTime, alternative.AllowedVehicles?.Count ?? -1, KeyOf(alternative));
        if (!open.TryGetValue(key, out var stop) || !HasRoom(stop, visit, largestLoad))
        {
            open[key] = stop = new FirstStop
            {
                Place = visit.Place,
                Release = alternative.ReleaseTime,
                Windows = visit.Windows,
                SetupSeconds = visit.SetupSeconds,
                Like = alternative,
                Load = new long[problem.Dimensions],
            };
            stops.Add(stop);
        }

        stop.Jobs.Add((job, index));
        stop.HandlingSeconds += visit.HandlingSeconds;
        stop.Prize += (problem.Jobs[job].UnservedCost ?? StopLimit) - alternative.PreferenceCost;
        for (var d = 0; d < problem.Dimensions; d++) stop.Load[d] += Amount(visit.Delivery, d) + Amount(visit.Pickup, d);
    }

    // A job that must be served is worth any trip.
    private const long StopLimit = 1L << 40;

    private static bool HasRoom(FirstStop stop, Visit visit, long[] largestLoad)
    {
        for (var d = 0; d < largestLoad.Length; d++)
            if (stop.Load[d] + Amount(visit.Delivery, d) + Amount(visit.Pickup, d) > largestLoad[d]) return false;
        return stop.Windows.All(w => stop.SetupSeconds + stop.HandlingSeconds + visit.HandlingSeconds <= (w.Latest - w.Earliest) / 2);
    }

    private static string KeyOf(Alternative alternative) =>
        $"{string.Join(',', alternative.Visits[0].Windows)}|{string.Join(',', alternative.Skills)}|{string.Join(',', alternative.ForbiddenVehicles)}|{(alternative.AllowedVehicles is { Count: > 0 } allowed ? allowed[0] : -1)}";

    private static long Amount(IReadOnlyList<long> load, int d) => load.Count > 0 ? load[d] : 0;

    private static bool TryBook(Problem problem, long[][] used, Visit visit)
    {
        for (var booked = 0; booked < visit.Uses.Count; booked++)
        {
            var use = visit.Uses[booked];
            used[use.Resource][use.SizeClass] += use.Units;
            if (Fits(problem.Resources[use.Resource].CapacityByClass, used[use.Resource])) continue;
            for (; booked >= 0; booked--) used[visit.Uses[booked].Resource][visit.Uses[booked].SizeClass] -= visit.Uses[booked].Units;
            return false;
        }

        return true;
    }

    /// <summary>Nested classes: for every class, all uses of it and larger ones fit into the units of it and larger ones.</summary>
    private static bool Fits(IReadOnlyList<int> capacity, long[] used)
    {
        long asked = 0, room = 0;
        for (var c = used.Length - 1; c >= 0; c--)
        {
            asked += used[c];
            room += capacity[c];
            if (asked > room) return false;
        }

        return true;
    }
}
