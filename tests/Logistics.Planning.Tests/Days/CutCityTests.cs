using Logistics.Planning.Days;
using Logistics.Planning.Days.Parts;
using Logistics.Planning.Formats.Json;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Planning.Tests.Days;

/// <summary>A city with more places than one set of matrices should have is cut by hub: travel, search and files.</summary>
public sealed class CutCityTests
{
    private static DayInput Input(int maxPlaces) => SmallDays.Input(3, 400, terminals: 30, vehicles: 12) with { Rules = new PlanningRules { MaxPlaces = maxPlaces } };

    private static Task<DayModel> BuildAsync(DayInput input) => SmallDays.Planner.BuildAsync(input, TestContext.Current.CancellationToken);

    [Fact]
    public async Task Legs_of_a_cut_city_are_those_of_the_whole_wherever_a_vehicle_may_go()
    {
        var (whole, cut) = (await BuildAsync(Input(2_000)), await BuildAsync(Input(150)));

        Assert.All(whole.Problem.Profiles, p => Assert.IsType<MatrixTravel>(p));
        Assert.All(cut.Problem.Profiles, p => Assert.IsType<PartTravel>(p));
        Assert.Equal(whole.Places, cut.Places);
        Assert.Empty(ProblemValidator.Validate(cut.Problem));
        foreach (var (index, vehicle) in cut.Problem.Vehicles.Index())
        {
            var (all, own) = (whole.Problem.Profiles[whole.Problem.Vehicles[index].Profile], (PartTravel)cut.Problem.Profiles[vehicle.Profile]);
            foreach (var (from, to) in own.Places.Take(40).SelectMany(a => own.Places.TakeLast(40).Select(b => (a, b))))
                Assert.Equal((all.Distance(from, to), all.Duration(from, to), SetOf(all, from, to)), (own.Distance(from, to), own.Duration(from, to), SetOf(own, from, to)));
            Assert.Contains(own.Places, p => p == cut.Problem.Depots[vehicle.StartDepot!.Value].Place);
        }

        Assert.All(cut.Problem.Jobs, job => Assert.All(job.Alternatives, a => Assert.All(a.AllowedVehicles!, v => Assert.True(((PartTravel)cut.Problem.Profiles[cut.Problem.Vehicles[v].Profile]).Knows(a.Visits[0].Place)))));

        static string SetOf(TravelProfile travel, int from, int to) =>
            travel.Closures is { } closures && travel.LegIndex(from, to) is var leg && closures.SetOfLeg[leg] is var set && set > 0 ? string.Join(' ', closures.Sets[set - 1]) : "";
    }

    [Fact]
    public async Task Doors_of_a_cut_city_keep_their_short_walk()
    {
        var cut = await BuildAsync(Input(150));

        Assert.True(cut.Places.Count > 150);
        Assert.Equal(70, cut.ParkRadiusMetres);
        // As one piece it would have to gather doors from far apart.
        var single = Input(150) with { Network = OneHub(Input(150).Network) };
        Assert.True((await BuildAsync(single)).ParkRadiusMetres > 70);
    }

    [Fact]
    public async Task Problem_of_a_cut_city_survives_its_file()
    {
        var cut = await BuildAsync(Input(150));

        var text = JsonWriting.Write(cut.Problem);
        var read = ProblemJson.Read(text);

        Assert.Empty(read.Errors);
        Assert.Equal(text, JsonWriting.Write(read.Value!));
        Assert.Equal(((PartTravel)cut.Problem.Profiles[0]).Places, ((PartTravel)read.Value!.Profiles[0]).Places);
    }

    [Theory]
    [InlineData(150)]
    [InlineData(2_000)]
    public async Task Plan_made_part_by_part_is_legal_for_the_whole(int maxPlaces)
    {
        var model = await BuildAsync(Input(maxPlaces));
        var parts = ProblemParts.Find(model.Problem)!;
        Assert.Equal(3, parts.Count);
        Assert.Equal(model.Problem.Jobs.Count, parts.Sum(p => p.Problem.Jobs.Count));
        Assert.All(parts, p => Assert.Empty(ProblemValidator.Validate(p.Problem)));

        var options = new SearchOptions { MaxIterations = 20 };
        var routes = new List<Route>();
        foreach (var part in parts)
        {
            var plan = RouteSearch.Solve(part.Problem, options with { WarmStart = FirstPlan.Build(part.Problem) }, TestContext.Current.CancellationToken).Plan;
            routes.AddRange(part.RoutesOf(plan));
            // A plan of the whole finds its way back into the part.
            Assert.Equal(plan.Routes.Sum(r => r.Steps.Count), part.Restrict(new Plan { Routes = [.. part.RoutesOf(plan)], Unserved = [], Cost = plan.Cost }).Routes.Sum(r => r.Steps.Count));
        }

        var whole = PlanScheduler.Price(model.Problem, [.. routes.OrderBy(r => r.Vehicle)]);
        Assert.Empty(PlanChecker.Check(model.Problem, whole).Violations.Select(v => v.ToString()));
        Assert.True(whole.Unserved.Count < model.Problem.Jobs.Count / 4);
    }

    [Fact]
    public async Task Search_of_parts_is_reproducible_improves_and_reports_plans_of_the_whole()
    {
        var problem = (await BuildAsync(Input(2_000))).Problem;
        var reports = new List<SearchProgress>();
        var reported = new List<Plan>();
        var options = new SearchOptions
        {
            MaxIterations = 200,
            Progress = report =>
            {
                lock (reports)
                {
                    reports.Add(report);
                    if (report.IsImproved) reported.Add(report.FindBestPlan());
                }
            },
        };

        var start = PlanScheduler.Price(problem, Search(0).Plan.Routes);
        var searched = PlanScheduler.Price(problem, Search(200).Plan.Routes);

        Assert.Equal(JsonWriting.Write(searched), JsonWriting.Write(PlanScheduler.Price(problem, Search(200).Plan.Routes)));
        Assert.True(searched.Cost.Total < start.Cost.Total);
        Assert.Empty(PlanChecker.Check(problem, searched).Violations.Select(v => v.ToString()));
        Assert.Equal(searched.Cost.Total, reports.Min(r => r.BestCost));
        Assert.Contains(reported, p => p.Routes.Select(r => problem.Vehicles[r.Vehicle].StartDepot).Distinct().Count() == 3);

        SearchResult Search(long iterations) =>
            PartedSearch.Solve(RouteSearch.Solve, problem, options with { MaxIterations = iterations }, FirstPlan.Build, atOnce: 2, TestContext.Current.CancellationToken, leastJobs: 1);
    }

    [Fact]
    public async Task Shares_of_a_locker_between_two_hubs_add_up_to_the_locker()
    {
        var problem = (await BuildAsync(Input(2_000))).Problem;

        var parts = ProblemParts.Find(problem)!;

        foreach (var (r, resource) in problem.Resources.Index())
        {
            if (resource.SlotSeconds > 0) continue;
            var users = problem.Jobs.SelectMany(j => j.Alternatives).Count(a => a.Visits[0].Uses.Any(u => u.Resource == r));
            if (users > 0) Assert.Equal(resource.CapacityByClass, Enumerable.Range(0, resource.CapacityByClass.Count).Select(c => parts.Sum(p => p.Problem.Resources[r].CapacityByClass[c])));
        }
    }

    [Fact]
    public async Task Stop_moved_to_another_hub_is_told_as_broken_rules()
    {
        var (model, outcome) = await SmallDays.SolveAsync(Input(150));
        var from = outcome.DayPlan.Routes[0];
        var to = outcome.DayPlan.Routes.First(r => HubOf(r.VehicleId) != HubOf(from.VehicleId));

        var price = new EditPricer(model with { Input = model.Input with { Base = outcome.DayPlan, BaseAnswer = outcome.Plan } }).Price([new Domain.MoveStop(from.VehicleId, 1, 1, to.VehicleId, 1, 0)]);

        Assert.False(price.IsLegal);
        Assert.NotEmpty(price.Problems.Concat(price.Violations.Select(v => v.Message)));

        string HubOf(string vehicle) => model.Input.Network.FindVehicle(vehicle)!.HomeHubId;
    }

    [Fact]
    public async Task Repair_of_a_cut_city_is_legal()
    {
        var (model, outcome) = await SmallDays.SolveAsync(Input(150));
        var day = new Planning.Days.Repairs.RunningDay(outcome.DayPlan, model, outcome.Plan);
        var broken = outcome.DayPlan.Routes[0];
        var repairer = new Planning.Days.Repairs.DayRepairer(Planning.Travel.GreatCircleTimes.Beijing, new Planning.Travel.TravelCache(), TimeProvider.System);

        var repair = await repairer.RepairAsync(
            day, new Planning.Days.Repairs.RepairWish { At = broken.Start.AddHours(2), Incidents = [new Domain.VehicleBreaksDown(broken.VehicleId, IsCargoReachable: true)], Seconds = 5 }, SmallDays.Header(2), SmallDays.Ids, TestContext.Current.CancellationToken);

        Assert.Empty(repair.Faults);
        Assert.Empty(repair.After!.DayPlan.Violations);
    }

    private static Domain.NetworkSnapshot OneHub(Domain.NetworkSnapshot n) => new(n.Area, n.Partners, [n.Hubs[0]], n.Terminals, n.Vehicles, n.Couriers, n.AccessRules, n.Calendar);
}
