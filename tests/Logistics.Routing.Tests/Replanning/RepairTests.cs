using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Replanning;
using Logistics.Routing.Search;
using Logistics.Routing.Tests.Checking;

namespace Logistics.Routing.Tests.Replanning;

/// <summary>Two vehicles, one each way: jobs 0, 1, 2 at 10, 20, 30 on vehicle 0; jobs 3, 4, 5 at −10, −20, −30 on vehicle 1. At second 5 both drive to their first job.</summary>
public sealed class RepairTests
{
    private static readonly Problem Both = WithPrices(Line.Of(0, 10, 20, 30, -10, -20, -30).WithVehicles(2));

    private static Problem WithPrices(Problem problem) => Enumerable.Range(0, problem.Jobs.Count).Aggregate(problem, (p, j) => p.WithJob(j, job => job with { UnservedCost = 1000 }));

    private static RunningPlan Run(Problem problem, int now = 5) => RunningPlan.At(problem, Line.AssertLegal(problem, Line.Visits(0, 0, 1, 2), Line.Visits(1, 3, 4, 5)), now);

    private static Repair Repair(RunningPlan running, Incident incident, int? maxDisturbed = null)
    {
        var options = new RepairOptions { MaxDisturbed = maxDisturbed, Search = new SearchOptions { MaxIterations = 300 } };
        var result = Replanner.Repair(running, [incident], options, TestContext.Current.CancellationToken);
        Assert.Empty(result.Faults);
        Assert.Empty(result.Repair!.Violations);
        return result.Repair;
    }

    private static IEnumerable<int> Served(Repair repair, int vehicle) =>
        repair.Plan.Routes.Where(r => r.Vehicle == vehicle).SelectMany(r => r.Steps).Where(s => s.Kind == StepKind.Visit && s.Visit == 0).Select(s => s.Job);

    [Fact]
    public void Added_job_goes_where_it_costs_least()
    {
        // At place 3 (30 m) already: nothing to drive.
        var repair = Repair(Run(Both), new JobAdded(Line.Single("new", new Visit { Place = 3 }) with { UnservedCost = 500 }));

        Assert.Equal((repair.CostBefore, 120L), (repair.CostAfter, repair.CostAfter));
        Assert.Equal([new TouchedJob(6, TouchReason.Added, null, new PreviousAssignment(0, 0))], repair.Touched);
    }

    [Fact]
    public void Cancelled_job_is_left_out_and_the_way_gets_shorter()
    {
        var repair = Repair(Run(Both), new JobCancelled(2));

        Assert.Equal(100, repair.CostAfter);
        Assert.Equal([new TouchedJob(2, TouchReason.Cancelled, new PreviousAssignment(0, 0), null)], repair.Touched);
        Assert.Empty(repair.ListLost());
    }

    [Fact]
    public void Executed_job_cannot_be_cancelled()
    {
        var result = Replanner.Repair(Run(Both), [new JobCancelled(0), new JobCancelled(9)], new RepairOptions(), TestContext.Current.CancellationToken);

        Assert.Null(result.Repair);
        Assert.Equal(["Job 0 (j0) is done or under way already.", "Job 9 is not in [0, 6)."], result.Faults.Select(f => f.Message));
        Assert.Equal([(IncidentRule.History, 0), (IncidentRule.Unknown, 9)], result.Faults.Select(f => (f.Rule, f.Index)));
    }

    [Fact]
    public void Moved_option_is_served_at_its_new_place()
    {
        // Job 2 now wants place 6 (−30), where vehicle 1 goes anyway; vehicle 0 turns at 20.
        var repair = Repair(Run(Both), new OptionMoved(2, new Alternative { Visits = [new Visit { Place = 6 }] }));

        Assert.Equal(100, repair.CostAfter);
        Assert.Equal([new TouchedJob(2, TouchReason.Struck, new PreviousAssignment(0, 0), new PreviousAssignment(1, 1))], repair.Touched);
    }

    [Fact]
    public void Late_vehicle_loses_what_it_can_no_longer_do_in_time()
    {
        // Job 2 must begin by 35; free at place 1 at 50, vehicle 0 is there at 70. Vehicle 1 (at −10 at 10) would be there at 50.
        var problem = Both.WithVisit(2, v => v with { Windows = [new(0, 35)] });
        var repair = Repair(Run(problem), new VehicleLate(0, 50));

        Assert.Equal([2], repair.ListLost());
        Assert.Equal([new TouchedJob(2, TouchReason.Struck, new PreviousAssignment(0, 0), null)], repair.Touched);
        Assert.Contains(ViolationKind.Window, repair.Explain(2).Exclusions[0].Rules);
    }

    [Fact]
    public void Vehicle_too_late_to_be_home_in_time_is_relieved_just_so_far()
    {
        var problem = Both.WithVehicle(v => v with { Shift = new(0, 62) });
        var repair = Repair(Run(problem), new VehicleLate(0, 100));

        // From place 1 at 100 home at 110.
        Assert.Equal(110, repair.Problem.Vehicles[0].Shift.Latest);
        Assert.Single(repair.Relieved);
        Assert.Equal([0], Served(repair, 0));
    }

    [Fact]
    public void Broken_vehicle_stays_and_the_other_takes_over()
    {
        // Vehicle 0 stands at 10. Vehicle 1 from −10: either end first, 2·10 + 3·20 …: −10 → −30 → 30 → 0 = 10 + 20 + 60 + 30.
        var repair = Repair(Run(Both), new VehicleBroken(0, null));

        Assert.Equal([0], Served(repair, 0));
        Assert.Equal([1, 2, 3, 4, 5], Served(repair, 1).Order());
        Assert.Equal(10 + 120, repair.CostAfter);
        Assert.All(repair.Touched, t => Assert.Equal(TouchReason.Struck, t.Reason));
    }

    [Fact]
    public void Goods_of_a_broken_vehicle_are_lost_or_fetched()
    {
        var problem = Both.WithVisit(1, v => v with { Delivery = [2] }).WithVisit(2, v => v with { Delivery = [2] });

        var lost = Repair(Run(problem), new VehicleBroken(0, null));
        Assert.Equal([1, 2], lost.ListLost());

        // Fetched at 10, brought to 20 and 30.
        var fetched = Repair(Run(problem), new VehicleBroken(0, 4));
        Assert.Empty(fetched.ListLost());
        Assert.Equal([(1, 1), (1, 2), (2, 1), (2, 3)], fetched.Plan.Routes.Single(r => r.Vehicle == 1).Steps.Where(s => s.Kind == StepKind.Visit && s.Job is 1 or 2).Select(s => (s.Job, s.Place)).Order());
        Assert.Equal(10 + 120, fetched.Plan.Cost.Distance);
    }

    [Fact]
    public void Delivery_of_a_pair_on_board_of_a_broken_vehicle_goes_on_as_a_further_job()
    {
        var problem = Both with { Jobs = [Line.Pair("pair", new Visit { Place = 1, Pickup = [1] }, new Visit { Place = 3 }) with { UnservedCost = 1000 }, .. Both.Jobs.Skip(1)] };
        var plan = Line.AssertLegal(problem, Line.Route(0, Line.Visit(0), Line.Visit(1), Line.Visit(2), Line.Visit(0, visit: 1)), Line.Visits(1, 3, 4, 5));
        var repair = Repair(RunningPlan.At(problem, plan, 5), new VehicleBroken(0, 4));

        Assert.Equal("pair (rest)", repair.Problem.Jobs[6].Id);
        Assert.Contains(6, Served(repair, 1));
    }

    [Fact]
    public void Job_at_a_closed_place_takes_its_other_option()
    {
        // Job 1 could also be done at place 3, where vehicle 0 goes next.
        var problem = Both.WithJob(1, j => j with { Alternatives = [.. j.Alternatives, new Alternative { PreferenceCost = 7, Visits = [new Visit { Place = 3 }] }] });
        var repair = Repair(Run(problem), new PlaceClosed(2, new ClosedInterval(0, int.MaxValue)));

        Assert.Equal([new TouchedJob(1, TouchReason.Struck, new PreviousAssignment(0, 0), new PreviousAssignment(0, 1))], repair.Touched);
        Assert.Equal((7, 127), (repair.Plan.Cost.Preference, repair.CostAfter));
    }

    [Fact]
    public void Place_that_opens_again_is_waited_for()
    {
        var repair = Repair(Run(Both), new PlaceClosed(3, new ClosedInterval(0, 60)));

        Assert.Empty(repair.Touched);
        Assert.Equal(60, repair.Plan.Routes[0].Steps.Single(s => s.Job == 2).Start);
    }

    [Fact]
    public void Compartments_that_are_gone_are_not_used_but_occupied_ones_stay_so()
    {
        // One compartment each for jobs 0 (being filled), 1 and 2; only one is left.
        var problem = Both with { Resources = [new SharedResource { Id = "r", CapacityByClass = [3] }] };
        for (int job = 0; job < 3; job++) problem = problem.WithVisit(job, v => v with { Uses = [new ResourceUse(0, 0)] });
        var repair = Repair(Run(problem), new CapacityChanged(0, [0]));

        Assert.Equal([1], repair.Problem.Resources[0].CapacityByClass);
        Assert.Equal([1, 2], repair.ListLost());
    }

    [Fact]
    public void New_access_rule_is_gone_round_or_waited_out()
    {
        // The legs from 10 to 20 and back are shut until 100: waited out at place 1.
        ushort[] sets = new ushort[49];
        (sets[(1 * 7) + 2], sets[(1 * 7) + 3]) = (1, 1);
        var travel = (MatrixTravel)Both.Profiles[0];
        var repair = Repair(Run(Both), new TravelChanged(0, new MatrixTravel(7, travel.Distances, travel.Durations) { Closures = new LegClosures(sets, [[new(0, 100)]], null, null) }));

        Assert.Equal(110, repair.Plan.Routes[0].Steps.Single(s => s.Job == 1).Start);
        Assert.Equal(120, repair.CostAfter);
    }

    [Fact]
    public void No_more_jobs_are_disturbed_than_allowed()
    {
        // Job 4 (−20) wrongly on vehicle 0: moving it to vehicle 1 would save 40 m.
        var running = RunningPlan.At(Both, Line.AssertLegal(Both, Line.Visits(0, 0, 1, 2, 4), Line.Visits(1, 3, 5)), 5);
        var added = new JobAdded(Line.Single("new", new Visit { Place = 4 }) with { UnservedCost = 500 });

        Assert.Equal(0, Repair(running, added, maxDisturbed: 0).Disturbed);
        var free = Repair(running, added, maxDisturbed: 1);
        Assert.Equal((1, 120L), (free.Disturbed, free.CostAfter));
    }

    [Fact]
    public void Loaded_order_is_kept()
    {
        // Loaded for 30 first, then 20: cheaper the other way round, but not possible any more.
        var problem = Both.WithVisit(1, v => v with { Delivery = [1] }).WithVisit(2, v => v with { Delivery = [1] });
        var plan = Line.AssertLegal(problem, Line.Visits(0, 0, 2, 1), Line.Visits(1, 3, 4, 5));
        var repair = Repair(RunningPlan.At(problem, plan, 5), new JobCancelled(5));

        Assert.Equal([0, 2, 1], Served(repair, 0));
    }

    [Fact]
    public void Further_vehicle_helps()
    {
        var problem = Both.WithVisit(2, v => v with { Windows = [new(0, 35)] });
        var options = new RepairOptions { Search = new SearchOptions { MaxIterations = 300 } };
        var result = Replanner.Repair(Run(problem, 4), [new VehicleLate(0, 50), new VehicleAdded(new Vehicle { Id = "spare", CostPerMetre = 1 })], options, TestContext.Current.CancellationToken);

        // From the depot at 4 it is at 30 by 34; job 1 lies on its way.
        Assert.Equal([2, 1], Served(result.Repair!, 2));
    }

    [Fact]
    public void Impossible_incident_is_refused_with_all_errors()
    {
        var result = Replanner.Repair(Run(Both), [new JobAdded(Line.Single("far", new Visit { Place = 99, HandlingSeconds = -1 }))], new RepairOptions(), TestContext.Current.CancellationToken);

        Assert.Null(result.Repair);
        Assert.Equal(2, result.Faults.Count);
    }

    [Fact]
    public void Free_search_costs_no_more_than_a_repair()
    {
        var repair = Repair(Run(Both), new VehicleBroken(0, null), maxDisturbed: 0);
        var free = Replanner.SolveFreely(repair, new SearchOptions { MaxIterations = 500 }, TestContext.Current.CancellationToken);

        Assert.True(free.Cost.Total <= repair.CostAfter);
    }
}
