using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;
using Logistics.Routing.Tests.Oracle;

namespace Logistics.Routing.Tests.Search;

/// <summary>On tiny problems the classic search alone, without enumeration, nearly always finds what brute force finds, and never less.</summary>
public class ClassicOracleTests
{
    private const int Seeds = 25;

    // Its pressure on vehicles hides some plans with one more; the whole search enumerates problems this small.
    private const int MostMissed = 2;

    // A tiny plan freezes in one of a few valleys.
    private const int Runs = 6;
    private const int Steps = 3_000;

    [Theory]
    [InlineData("depots")]
    [InlineData("fleet")]
    [InlineData("sites")]
    [InlineData("durations")]
    [InlineData("groups")]
    [InlineData("all")]
    [InlineData("trips")]
    [InlineData("closing trips")]
    [InlineData("stops")]
    [InlineData("shares")]
    [InlineData("options")]
    public void Classic_search_nearly_always_finds_the_brute_force_optimum(string features)
    {
        int solvable = 0;
        var faults = new List<string>();
        for (int seed = 0; seed < Seeds; seed++)
        {
            var problem = Make(features, seed);
            var optimum = BruteForce.Solve(problem, horizon: 500);
            var best = Search(problem, (ulong)seed);
            if (optimum is { } known) solvable++;
            else known = (-1, "no plan");
            long found = best.AbsentMandatory == 0 ? best.Cost : -1;
            Assert.True(found >= known.Cost, $"seed {seed}: brute force stays at {known.Cost} ({known.Text}), found {found}");
            if (found != known.Cost) faults.Add($"seed {seed}: optimum {known.Cost} ({known.Text}), found {found}");
        }

        Assert.True(faults.Count <= MostMissed, string.Join('\n', faults));
        Assert.True(solvable >= Seeds / 2, $"only {solvable} problems of {features} have a plan");
    }

    private static Problem Make(string features, int seed)
    {
        var problem = features is "groups" or "all" or "options" ? ClassicProblems.WithGroups(ClassicProblems.Windowed(seed, 9), seed) : ClassicProblems.Windowed(seed, 5);
        problem = problem with { Vehicles = [.. problem.Vehicles.Take(4).Select(v => v with { Capacity = [30] })] };
        if (features is "depots" or "all") problem = ClassicProblems.WithDepots(problem);
        if (features is "fleet" or "all") problem = ClassicProblems.WithFleet(problem);
        if (features is "sites" or "all") problem = ClassicProblems.WithSites(problem);
        if (features is "durations" or "all") problem = ClassicProblems.WithDurations(problem);
        if (features is "trips" or "closing trips") problem = ClassicProblems.WithTrips(problem, seed, vehicles: 2);
        if (features is "closing trips") problem = ClassicProblems.WithClosingTimes(problem);
        if (features is "stops" or "options") problem = ClassicProblems.WithStops(problem, seed);
        if (features is "shares" or "options") problem = ClassicProblems.WithShares(problem, seed);
        return Shrink(problem);
    }

    /// <summary>The same on a smaller plane and clock: brute force tries every second of a start.</summary>
    private static Problem Shrink(Problem problem)
    {
        const int Factor = 40;
        TimeWindow Window(TimeWindow window) => new(window.Earliest / Factor, window.Latest / Factor);
        Visit Visit(Visit visit) => visit with { Windows = [.. visit.Windows.Select(Window)], SetupSeconds = visit.SetupSeconds / Factor, HandlingSeconds = visit.HandlingSeconds / Factor };
        return problem with
        {
            Profiles = [new EuclideanTravel([.. problem.Places.Select(p => p.X / Factor)], [.. problem.Places.Select(p => p.Y / Factor)], 1, PlaneRounding.Nearest)],
            Depots = [.. problem.Depots.Select(d => d with { LoadingSecondsPerTrip = d.LoadingSecondsPerTrip / 10, Open = Window(d.Open) })],
            Vehicles = [.. problem.Vehicles.Select(v => v with { Shift = Window(v.Shift), MaxDurationSeconds = v.MaxDurationSeconds / Factor })],
            Jobs = [.. problem.Jobs.Select(j => j with { Alternatives = [.. j.Alternatives.Select(a => a with { ReleaseTime = a.ReleaseTime / Factor, Visits = [.. a.Visits.Select(Visit)] })] })],
        };
    }

    private static Snapshot Search(Problem problem, ulong seed)
    {
        var compiled = new CompiledProblem(problem);
        var tables = ClassicTables.Find(compiled, new NeighbourLists(compiled, 60, 40));
        Assert.NotNull(tables);
        var best = new Snapshot(compiled);
        for (int run = 0; run < Runs; run++)
        {
            var rng = new Rng(seed + ((ulong)run << 32));
            var search = ClassicSearch.Create(tables.Problem, tables.Neighbours, new InsertionOrder(compiled), rng);
            var reached = new Snapshot(compiled);
            search.Load(reached, int.MaxValue);
            var annealing = new Annealing(600, 2, rng);
            for (int step = 0; step < Steps; step++)
            {
                annealing.Cool((double)step / Steps);
                if (search.TryStep(annealing) && search.Cost < reached.Cost) search.KeepIn(reached);
            }

            if (reached.Cost < best.Cost) best = reached;
        }

        return best;
    }
}
