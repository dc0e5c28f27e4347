using Logistics.Routing.Search;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Tests.Search;

/// <summary>Bounds spare walks and must never cost a position that a walk would have found possible.</summary>
public sealed class TimeBoundsTests
{
    [Fact]
    public void Bounds_refuse_nothing_that_a_walk_finds_possible_and_do_refuse()
    {
        int possible = 0, refused = 0;
        for (int seed = 0; seed < 120; seed++)
        {
            var problem = RandomProblems.Make(seed, 14);
            var plan = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = 60, Seed = 3 }, TestContext.Current.CancellationToken).Plan;
            var compiled = new CompiledProblem(problem);
            var solution = new Solution(compiled);
            solution.Begin();
            new WarmStarter(compiled, solution).Load(plan);
            solution.Commit();
            for (int job = 0; job < compiled.Jobs.Count; job++)
            {
                int alternative = solution.Jobs.AlternativeOf[job];
                if (alternative < 0 || compiled.Jobs.SecondNode[alternative] >= 0) continue;
                solution.Begin();
                int route = solution.Jobs.VehicleOf[job];
                solution.Unlink(job);
                if (solution.Refresh(route)) Compare(compiled, solution, alternative, seed, ref possible, ref refused);
                solution.Rollback();
            }
        }

        Assert.True(possible > 300 && refused > 300, $"{possible} possible and {refused} refused positions say little");
    }

    private static void Compare(CompiledProblem problem, Solution solution, int alternative, int seed, ref int possible, ref int refused)
    {
        var trips = new TripChecker(problem, solution);
        int visit = problem.Jobs.FirstNode[alternative], release = problem.Jobs.Release[alternative];
        for (int vehicle = 0; vehicle < problem.Vehicles.Length; vehicle++)
        {
            ref readonly var v = ref problem.Vehicles[vehicle];
            if (!v.NeedsWalk) continue;
            for (int after = v.Start; after != v.End; after = solution.Nodes[after].Next)
            {
                // A later release moves the whole trip; that has a bound of its own.
                int head = solution.Nodes[after].Head;
                bool isAdmitted = release > solution.TripRelease[head]
                    ? solution.Bounds.AdmitsDeparture(v, head, Math.Max(solution.Nodes[head].Departure, release + problem.Nodes[head].Handling))
                    : solution.Bounds.Admits(v, vehicle, after, visit);
                bool isPossible = trips.Price(visit, after, -1, isReloadFirst: false, vehicle) != Walk.Infeasible;
                Assert.True(isAdmitted || !isPossible, $"problem {seed}: vehicle {vehicle} can make visit {visit} behind {after}");
                if (isPossible) possible++;
                else if (!isAdmitted) refused++;
                if (solution.FindReload(vehicle, 0) is var reload && reload >= 0) CompareTrips(problem, solution, trips, alternative, after, reload, seed);
            }
        }
    }

    private static void CompareTrips(CompiledProblem problem, Solution solution, TripChecker trips, int alternative, int after, int reload, int seed)
    {
        int visit = problem.Jobs.FirstNode[alternative], release = problem.Jobs.Release[alternative], vehicle = solution.Nodes[after].Route;
        ref readonly var v = ref problem.Vehicles[vehicle];
        foreach (bool isReloadFirst in (ReadOnlySpan<bool>)[true, false])
        {
            // Where the trip before the reload may leave earlier than it does, nobody asks.
            bool endsTrip = problem.Nodes[solution.Nodes[after].Next].Kind != NodeKind.Visit;
            if (solution.TripRelease[solution.Nodes[after].Head] > (isReloadFirst ? 0 : release) && !(isReloadFirst && endsTrip)) continue;
            bool isAdmitted = solution.Bounds.AdmitsReload(v, vehicle, after, reload, visit, isReloadFirst, isReloadFirst ? release : 0);
            bool isPossible = trips.Price(visit, after, reload, isReloadFirst, vehicle) != Walk.Infeasible;
            Assert.True(isAdmitted || !isPossible, $"problem {seed}: vehicle {vehicle} can make a trip to {visit} behind {after}");
        }
    }
}
