using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;
using Logistics.Routing.Search.Stops;

namespace Logistics.Routing.Tests.Search;

/// <summary>A relaxation says the same plan in simpler terms, and keeps breaks by a rule that is simple to recompute.</summary>
public sealed class StopRelaxationTests
{
    private const int Late = 1_000_000;

    [Fact]
    public void A_plan_comes_back_from_the_relaxation_as_it_went_in()
    {
        int seen = 0;
        foreach (var (compiled, solution, relaxation) in RelaxRandomPlans())
        {
            seen++;
            Assert.Equal(relaxation.Vehicles.SelectMany(v => ListVisits(compiled, solution, v)), relaxation.Restore(relaxation.FindStart()).SelectMany(r => r.Steps.Where(s => s.Kind == StepKind.Visit).Select(s => (r.Vehicle, s.Job, s.Alternative))));
            Assert.Equal(relaxation.Count, relaxation.Problem.Jobs.Count);
            Assert.Empty(ProblemValidator.Validate(relaxation.Problem));
        }

        Assert.True(seen > 10, $"only {seen} relaxations");
    }

    [Fact]
    public void What_goes_on_at_a_place_after_a_break_parks_once()
    {
        int going = 0;
        foreach (var (compiled, solution, relaxation) in RelaxRandomPlans())
        {
            int job = 0;
            foreach (int v in relaxation.Vehicles)
            {
                int parked = -1;
                for (int n = solution.Nodes[compiled.Vehicles[v].Start].Next; n != compiled.Vehicles[v].End; n = solution.Nodes[n].Next)
                {
                    var visit = compiled.Nodes[n].Kind == NodeKind.Visit ? compiled.Source.Jobs[compiled.Jobs.JobOf[compiled.Nodes[n].Alternative]].Alternatives[compiled.Jobs.IndexInJob[compiled.Nodes[n].Alternative]].Visits[0] : null;
                    if (visit is not null) Assert.Equal(visit.HandlingSeconds + (visit.Place == parked ? 0 : visit.SetupSeconds), relaxation.Problem.Jobs[job++].Alternatives[0].Visits[0].HandlingSeconds);
                    if (visit is not null && visit.Place == parked && visit.SetupSeconds > 0) going++;
                    parked = visit?.Place ?? -1;
                }
            }
        }

        Assert.True(going > 5, $"only {going} visits that go on where the vehicle is parked");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Plans_with_breaks_closing_times_and_slower_vehicles_are_in_time_when_they_are_driven_again(bool hasBands)
    {
        int rested = 0;
        for (int seed = 0; seed < 12; seed++)
        {
            var problem = ClassicProblems.WithClosingTimes(ClassicProblems.WithTripKinds(ClassicProblems.WithTrips(ClassicProblems.Rough(seed, 40), seed, vehicles: 14)));
            if (hasBands) problem = ClassicProblems.WithBands(problem, seed);
            problem = problem with { Profiles = [problem.Profiles[0], SlowDown((MatrixTravel)problem.Profiles[0])] };
            FixedRest[] rests = [.. problem.Vehicles.Select((_, i) => i % 4 == 3 ? FixedRest.None : new FixedRest(3_000 + (300 * (i % 3)), 400))];
            var terms = rests.Select((r, v) => new TripTerms(r, v % 3 == 0 ? 1 : -1, CostPerWaitSecond: 5)).ToList();
            var result = RouteSearch.Solve(problem, new SearchOptions { Seed = (ulong)seed, MaxIterations = 4_000, Terms = terms }, TestContext.Current.CancellationToken);
            // Where the first plan, which knows no breaks, was never beaten by one that does, it is what comes back.
            var late = result.Plan.Routes.Where(r => !IsInTime(problem, r, rests[r.Vehicle], problem.Profiles[Math.Max(0, terms[r.Vehicle].Profile)], ref rested)).ToList();
            Assert.True(late.Count == 0, $"seed {seed}: vehicles {string.Join(' ', late.Select(r => r.Vehicle))} are late");
        }

        Assert.True(rested > 30, $"only {rested} breaks");
    }

    [Fact]
    public void Visits_dropped_from_a_plan_that_ignores_its_breaks_are_not_kept_in_the_next()
    {
        int dropped = 0;
        for (int seed = 0; seed < 12; seed++)
        {
            var problem = ClassicProblems.WithTripKinds(ClassicProblems.WithTrips(ClassicProblems.Rough(seed, 40), seed, vehicles: 14));
            var compiled = new CompiledProblem(problem);
            var general = new GeneralSearch(compiled, new NeighbourLists(compiled, 60, 40), new InsertionOrder(compiled), [], new Rng((ulong)seed));
            general.Construct(isGenerous: false);
            var plan = new Snapshot(compiled);
            general.KeepIn(plan);
            var classic = ClassicProblem.Find(compiled, [.. problem.Vehicles.Select(_ => new TripTerms(new FixedRest(2_000, 900)))])!;
            var search = ClassicSearch.Create(classic, new ClassicNeighbours(classic, new NeighbourLists(compiled, 60, 40)), new InsertionOrder(compiled), new Rng((ulong)seed));
            search.Load(plan, int.MaxValue);
            search.KeepIn(plan);
            dropped += plan.Absent;
            var visits = Enumerable.Range(0, problem.Vehicles.Count).SelectMany(v => plan.RouteOf(v).ToArray()).Where(n => n < compiled.VisitCount).ToList();
            Assert.Equal(visits.Distinct().Count(), visits.Count);
            Assert.Equal(problem.Jobs.Count - plan.Absent, visits.Count);
        }

        Assert.True(dropped > 20, $"only {dropped} visits dropped");
    }

    [Fact]
    public void Vehicles_are_not_saved_by_trips_on_those_that_may_not_make_them()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            var problem = ClassicProblems.WithTripKinds(ClassicProblems.WithTrips(ClassicProblems.Rough(seed, 40), seed, vehicles: 8));
            var terms = problem.Vehicles.Select(_ => TripTerms.None).ToList();
            var result = RouteSearch.Solve(problem, new SearchOptions { Seed = (ulong)seed, MaxIterations = 3_000, Terms = terms, SavesVehicles = true }, TestContext.Current.CancellationToken);
            Assert.Empty(PlanChecker.Check(problem, result.Plan).Violations);
        }
    }

    private static IEnumerable<(CompiledProblem Compiled, Solution Solution, StopRelaxation Relaxation)> RelaxRandomPlans()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var compiled = new CompiledProblem(RandomProblems.Make(seed, jobs: 24));
            var general = new GeneralSearch(compiled, new NeighbourLists(compiled, 120, 40), new InsertionOrder(compiled), [], new Rng((ulong)seed));
            general.Construct(isGenerous: false);
            foreach (var relaxation in StopRelaxation.FindAll(compiled, general.Solution)) yield return (compiled, general.Solution, relaxation);
        }
    }

    private static MatrixTravel SlowDown(MatrixTravel travel) =>
        new((int)Math.Sqrt(travel.Durations.Length), travel.Distances, [.. travel.Durations.Select(d => d + (d / 5))]) { Bands = travel.Bands };

    private static IEnumerable<(int Vehicle, int Job, int Alternative)> ListVisits(CompiledProblem compiled, Solution solution, int vehicle)
    {
        for (int n = solution.Nodes[compiled.Vehicles[vehicle].Start].Next; n != compiled.Vehicles[vehicle].End; n = solution.Nodes[n].Next)
        {
            if (compiled.Nodes[n].Kind != NodeKind.Visit) continue;
            yield return (vehicle, compiled.Jobs.JobOf[compiled.Nodes[n].Alternative], compiled.Jobs.IndexInJob[compiled.Nodes[n].Alternative]);
        }
    }

    /// <summary>Drives a route as early as it can with its break before the first leg or loading that would end, service included, after the break is due.</summary>
    private static bool IsInTime(Problem problem, Route route, FixedRest rest, TravelProfile travel, ref int rested)
    {
        var vehicle = problem.Vehicles[route.Vehicle];
        var depot = problem.Depots[vehicle.StartDepot!.Value];
        int now = vehicle.Shift.Earliest, place = depot.Place;
        bool hasRested = false;
        var steps = route.Steps.Where(s => s.Kind != StepKind.Break).ToList();
        for (int i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            var visit = step.Kind == StepKind.Visit ? problem.Jobs[step.Job].Alternatives[step.Alternative].Visits[0] : null;
            bool isLoading = step.Kind is StepKind.Start or StepKind.Reload;
            if (step.Kind == StepKind.Reload && !TryGo(depot.Place, 0, [TimeWindow.Always], ref hasRested)) return false;
            if (isLoading)
            {
                int release = steps.Skip(i + 1).TakeWhile(s => s.Kind == StepKind.Visit).Max(s => (int?)problem.Jobs[s.Job].Alternatives[s.Alternative].ReleaseTime) ?? 0;
                int loading = Math.Max(now, Math.Max(depot.Open.Earliest, release));
                if (!hasRested && now <= rest.At && loading + depot.LoadingSecondsPerTrip > rest.At) (loading, hasRested) = (Math.Max(loading, now + rest.Seconds), true);
                if (loading > depot.Open.Latest) return false;
                now = loading + depot.LoadingSecondsPerTrip;
            }
            else if (visit is not null)
            {
                if (!TryGo(visit.Place, visit.HandlingSeconds, visit.Windows, ref hasRested)) return false;
            }
            else if (!TryGo(depot.Place, 0, [vehicle.Shift], ref hasRested))
            {
                return false;
            }
        }

        if (hasRested) rested++;
        return true;

        bool TryGo(int to, int service, IReadOnlyList<TimeWindow> windows, ref bool hasRested)
        {
            int start = Begin(Drive(to, now), windows);
            if (!hasRested && now <= rest.At && start + service > rest.At) (start, hasRested) = (Begin(Drive(to, now + rest.Seconds), windows), true);
            (now, place) = (start + service, to);
            return start < Late;
        }

        static int Begin(int arrival, IReadOnlyList<TimeWindow> windows) => windows.Where(w => arrival <= w.Latest).Select(w => Math.Max(arrival, w.Earliest)).FirstOrDefault(Late);

        int Drive(int to, int leave)
        {
            if (to == place) return leave;
            return (int)Logistics.Routing.Search.State.DrivenLeg.Arrive(travel, travel.LegIndex(place, to), leave, travel.Duration(place, to));
        }
    }
}
