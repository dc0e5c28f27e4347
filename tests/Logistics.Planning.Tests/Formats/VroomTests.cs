using System.Text.Json;
using Logistics.Planning.Formats.Vroom;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Planning.Tests.Formats;

/// <summary>VROOM's semantics, each on a request small enough to work out by hand: a matrix 0 – 1 – 2 with 10 s a step.</summary>
public sealed class VroomTests
{
    private const string Matrices = "\"matrices\": {\"car\": {\"durations\": [[0, 10, 20], [10, 0, 10], [20, 10, 0]], \"distances\": [[0, 100, 200], [100, 0, 100], [200, 100, 0]]}}";

    private static VroomProblem Read(string vehicles, string jobs, string shipments = "", string more = "")
    {
        var read = VroomRequest.Read($$"""{"vehicles": [{{vehicles}}], "jobs": [{{jobs}}], "shipments": [{{shipments}}], {{(more.Length > 0 ? more + "," : "")}} {{Matrices}}}""");
        Assert.Empty(read.Errors);
        Assert.Empty(ProblemValidator.Validate(read.Value!.Problem));
        return read.Value;
    }

    private static JsonElement Answer(VroomProblem vroom, params BareRoute[] routes)
    {
        var plan = PlanScheduler.Schedule(vroom.Problem, routes);
        Assert.Empty(PlanChecker.Check(vroom.Problem, plan).Violations);
        return JsonDocument.Parse(VroomResponse.Write(vroom, plan, 0.5)).RootElement;
    }

    private static BareRoute Route(params BareStep[] steps) => new(0, steps);

    private static BareStep Do(int job, int visit = 0) => BareStep.VisitOf(job, 0, visit);

    [Fact]
    public void Cost_is_driving_time_by_default_and_service_does_not_count()
    {
        var vroom = Read("""{"id": 3, "start_index": 0, "end_index": 0}""", """{"id": 8, "location_index": 2, "service": 7, "setup": 5, "description": "far"}""");
        var answer = Answer(vroom, Route(Do(0)));

        var route = answer.GetProperty("routes")[0];
        Assert.Equal((3, 40, 40), (route.GetProperty("vehicle").GetInt32(), route.GetProperty("cost").GetInt32(), route.GetProperty("duration").GetInt32()));
        Assert.Equal((7, 5, 400), (route.GetProperty("service").GetInt32(), route.GetProperty("setup").GetInt32(), route.GetProperty("distance").GetInt32()));
        var step = route.GetProperty("steps")[1];
        Assert.Equal(("job", 8, "far", 20, 20), (step.GetProperty("type").GetString(), step.GetProperty("id").GetInt32(), step.GetProperty("description").GetString(), step.GetProperty("arrival").GetInt32(), step.GetProperty("duration").GetInt32()));
        Assert.Equal(20 + 12 + 20, route.GetProperty("steps")[2].GetProperty("arrival").GetInt32());
    }

    [Fact]
    public void Custom_costs_are_fixed_plus_hours_plus_kilometres()
    {
        // 500 + 40 s × 1800 ÷ 3600 + 400 m × 5000 ÷ 1000 = 500 + 20 + 2000.
        var vroom = Read("""{"id": 1, "start_index": 0, "end_index": 0, "costs": {"fixed": 500, "per_hour": 1800, "per_km": 5000}}""", """{"id": 8, "location_index": 2}""");

        Assert.Equal(2520, Answer(vroom, Route(Do(0))).GetProperty("summary").GetProperty("cost").GetInt32());
    }

    [Fact]
    public void Times_by_vehicle_type_replace_those_of_the_task()
    {
        var vroom = Read(
            """{"id": 1, "type": "van", "start_index": 0, "end_index": 0}, {"id": 2, "start_index": 0, "end_index": 0, "steps": [{"type": "job", "id": 8}]}""",
            """{"id": 8, "location_index": 2, "setup": 5, "service": 7, "setup_per_type": {"van": 1}, "service_per_type": {"van": 30, "bike": 90}}""");

        Assert.Equal([(1, 30, 0), (5, 7, 1)], vroom.Problem.Jobs[0].Alternatives.Select(a => (a.Visits[0].SetupSeconds, a.Visits[0].HandlingSeconds, Assert.Single(a.AllowedVehicles!))));
        Assert.Equal((1, 1), (vroom.Start!.Routes[0].Vehicle, vroom.Start.Routes[0].Steps[1].Alternative));
        var step = Answer(vroom, new BareRoute(0, [Do(0)])).GetProperty("routes")[0].GetProperty("steps")[1];
        Assert.Equal((1, 30), (step.GetProperty("setup").GetInt32(), step.GetProperty("service").GetInt32()));
    }

    [Fact]
    public void Task_hours_cost_what_their_vehicle_asks()
    {
        // Vehicle 1: 40 s of driving + (20 + 70) s × 7200 ÷ 3600 = 220; vehicle 2: 40.
        var vroom = Read(
            """{"id": 1, "start_index": 0, "end_index": 0, "costs": {"per_task_hour": 7200}}, {"id": 2, "start_index": 0, "end_index": 0}""",
            """{"id": 8, "location_index": 2, "setup": 20, "service": 70}""");

        var cost = (int vehicle) => Answer(vroom, new BareRoute(vehicle, [BareStep.VisitOf(0, vehicle, 0)])).GetProperty("summary").GetProperty("cost").GetInt32();
        Assert.Equal((220, 40), (cost(0), cost(1)));
        var found = RouteSearch.Solve(vroom.Problem, new SearchOptions { MaxIterations = 100 }, TestContext.Current.CancellationToken);
        Assert.Equal(1, Assert.Single(found.Plan.Routes).Vehicle);
        // The same in our units: task cost is (220 − 40) VROOM costs.
        Assert.Equal(180 * 3_600_000L / UnitOf(vroom), vroom.Problem.Jobs[0].Alternatives[0].PreferenceCost);

        static long UnitOf(VroomProblem vroom) => 3_600_000L / vroom.Problem.Vehicles[1].CostPerTravelSecond;
    }

    [Fact]
    public void Cost_matrix_replaces_driving_time()
    {
        var read = VroomRequest.Read("""{"vehicles": [{"id": 1, "start_index": 0, "end_index": 0}], "jobs": [{"id": 2, "location_index": 1}], "matrices": {"car": {"durations": [[0, 10], [10, 0]], "costs": [[0, 3], [4, 0]]}}}""").Value!;

        Assert.Equal(7, Answer(read, Route(Do(0))).GetProperty("summary").GetProperty("cost").GetInt32());
    }

    [Fact]
    public void Setup_is_skipped_when_the_previous_task_was_at_the_same_place()
    {
        var vroom = Read("""{"id": 1, "start_index": 0}""", """{"id": 1, "location_index": 1, "setup": 5, "service": 1}, {"id": 2, "location_index": 1, "setup": 5, "service": 1}""");

        Assert.Equal(5, Answer(vroom, Route(Do(0), Do(1))).GetProperty("summary").GetProperty("setup").GetInt32());
    }

    [Fact]
    public void Vehicle_without_start_begins_at_its_first_task_and_without_end_stops_at_its_last()
    {
        var vroom = Read("""{"id": 1, "end_index": 0}, {"id": 2, "start_index": 0}""", """{"id": 1, "location_index": 2}, {"id": 2, "location_index": 2}""");
        var answer = Answer(vroom, Route(Do(0)), new BareRoute(1, [Do(1)]));

        Assert.Equal([20, 20], answer.GetProperty("routes").EnumerateArray().Select(r => r.GetProperty("duration").GetInt32()));
        Assert.Equal([["job", "end"], ["start", "job"]], answer.GetProperty("routes").EnumerateArray().Select(r => r.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("type").GetString())));
    }

    [Fact]
    public void Amounts_of_jobs_and_shipments_load_as_in_vroom()
    {
        var vroom = Read(
            """{"id": 1, "start_index": 0, "end_index": 0, "capacity": [5]}""", """{"id": 1, "location_index": 1, "delivery": [3], "pickup": [1]}""",
            """{"amount": [2], "pickup": {"id": 7, "location_index": 1}, "delivery": {"id": 9, "location_index": 2}}""");
        var route = Answer(vroom, Route(Do(0), Do(1), Do(1, 1))).GetProperty("routes")[0];

        Assert.Equal([3, 1, 3, 1, 1], route.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("load")[0].GetInt32()));
        Assert.Equal((5, 3), (route.GetProperty("delivery")[0].GetInt32(), route.GetProperty("pickup")[0].GetInt32()));
    }

    [Fact]
    public void Absolute_times_come_back_as_given()
    {
        var vroom = Read(
            """{"id": 1, "start_index": 0, "time_window": [1700000000, 1700003600], "breaks": [{"id": 4, "service": 60, "time_windows": [[1700000100, 1700000200]]}]}""",
            """{"id": 1, "location_index": 1, "time_windows": [[1700000500, 1700000600]]}""");
        var steps = Answer(vroom, Route(Do(0))).GetProperty("routes")[0].GetProperty("steps");

        Assert.Equal(("break", 4, 60), (steps[1].GetProperty("type").GetString(), steps[1].GetProperty("id").GetInt32(), steps[1].GetProperty("service").GetInt32()));
        Assert.InRange(steps[1].GetProperty("arrival").GetInt64() + steps[1].GetProperty("waiting_time").GetInt64(), 1700000100, 1700000200);
        Assert.Equal(1700000500, steps[2].GetProperty("arrival").GetInt64() + steps[2].GetProperty("waiting_time").GetInt64());
    }

    [Fact]
    public void Priority_outweighs_task_count_and_tasks_outweigh_cost()
    {
        var problem = Read("""{"id": 1, "start_index": 0, "end_index": 0}""", """{"id": 1, "location_index": 2, "priority": 1}, {"id": 2, "location_index": 1}, {"id": 3, "location_index": 1}""").Problem;
        long[] prices = [.. problem.Jobs.Select(j => j.UnservedCost!.Value)];

        // Dearest plan: every leg of 20 s.
        long mostCost = 5 * 20;
        Assert.True(prices[1] > mostCost);
        Assert.True(prices[0] > prices[1] + prices[2] + mostCost);
    }

    [Fact]
    public void Limits_skills_and_unassigned_tasks_are_mapped()
    {
        var vroom = Read(
            """{"id": 1, "start_index": 0, "end_index": 0, "max_tasks": 4, "max_travel_time": 50, "max_distance": 450, "skills": [1, 2], "speed_factor": 2.0}""",
            """{"id": 1, "location_index": 2, "skills": [2]}""", """{"pickup": {"id": 7, "location_index": 1}, "delivery": {"id": 9, "location_index": 2}}""");
        var vehicle = vroom.Problem.Vehicles[0];
        Assert.Equal((4, 50, 450L), (vehicle.MaxTasks, vehicle.MaxTravelSeconds, vehicle.MaxDistance));
        Assert.Equal(10, vroom.Problem.Profiles[0].Duration(vroom.Problem.Depots[0].Place, vroom.Problem.Jobs[0].Alternatives[0].Visits[0].Place));

        var unassigned = Answer(vroom, Route(Do(0))).GetProperty("unassigned").EnumerateArray();
        Assert.Equal([("pickup", 7), ("delivery", 9)], unassigned.Select(u => (u.GetProperty("type").GetString()!, u.GetProperty("id").GetInt32())));
    }

    [Fact]
    public void Steps_of_a_vehicle_are_where_the_search_starts()
    {
        var vroom = Read(
            """{"id": 1, "start_index": 0, "steps": [{"type": "start"}, {"type": "pickup", "id": 7}, {"type": "job", "id": 1}, {"type": "delivery", "id": 9}, {"type": "end"}]}""",
            """{"id": 1, "location_index": 2}""", """{"pickup": {"id": 7, "location_index": 1}, "delivery": {"id": 9, "location_index": 2}}""");

        Assert.Equal([(1, 0), (0, 0), (1, 1)], Assert.Single(vroom.Start!.Routes).Steps.Where(s => s.Kind == StepKind.Visit).Select(s => (s.Job, s.Visit)));
    }

    [Fact]
    public void Coordinates_alone_are_enough()
    {
        var vroom = VroomRequest.Read("""{"vehicles": [{"id": 1, "start": [116.40, 39.90]}], "jobs": [{"id": 1, "location": [116.40, 39.99]}], "options": {"g": true}}""").Value!;
        var route = Answer(vroom, Route(Do(0))).GetProperty("routes")[0];

        // 0.09° of latitude are 10 007 m; times 1.3 at 10 m/s.
        Assert.InRange(route.GetProperty("distance").GetInt32(), 12_990, 13_030);
        Assert.Equal(Math.Round(route.GetProperty("distance").GetInt32() / 10.0), route.GetProperty("duration").GetInt32(), 1.0);
    }

    [Theory]
    [InlineData("""{"vehicles": [], "jobs": [{"id": 1, "location": [1, 2]}]}""", "at least one vehicle")]
    [InlineData("""{"vehicles": [{"id": 1, "start": [1, 2]}], "jobs": []}""", "at least one job")]
    [InlineData("""{"vehicles": [{"id": 1}], "jobs": [{"id": 1, "location": [1, 2]}]}""", "needs a start, an end or both")]
    [InlineData("""{"vehicles": [{"id": 1, "start": [1, 2]}, {"id": 1, "start": [1, 2]}], "jobs": [{"id": 1, "location": [1, 2]}]}""", "duplicate vehicle id 1")]
    [InlineData("""{"vehicles": [{"id": 1, "start": [1, 2], "capacity": [3]}], "jobs": [{"id": 1, "location": [1, 2], "delivery": [1, 1]}]}""", "inconsistent amount length")]
    [InlineData("""{"vehicles": [{"id": 1, "start_index": 0, "profile": "bike"}], "jobs": [{"id": 1, "location_index": 0}], "matrices": {"car": {"durations": [[0]]}}}""", "no matrix for profile 'bike'")]
    [InlineData("""{"vehicles": [{"id": 1, "start_index": 5}], "jobs": [{"id": 1, "location_index": 0}], "matrices": {"car": {"durations": [[0]]}}}""", "has 1 rows, index 5 is used")]
    [InlineData("""{"vehicles": [{"id": 1, "start_index": 0, "max_distance": 5}], "jobs": [{"id": 1, "location_index": 0}], "matrices": {"car": {"durations": [[0]]}}}""", "needs distances")]
    [InlineData("""{"vehicles": [{"id": 1, "start_index": 0, "costs": {"per_task_hour": 60}}], "jobs": [{"id": 1, "location_index": 1, "setup": 3}, {"id": 2, "location_index": 1}], "matrices": {"car": {"durations": [[0, 1], [1, 0]]}}}""", "setup of job 1")]
    [InlineData("""{"vehicles": [{"id": 1, "start_index": 0}], "jobs": [{"id": 1, "location_index": 0, "service_per_type": {"van": -1}}], "matrices": {"car": {"durations": [[0]]}}}""", "jobs[0].service_per_type.van: -1 is not a whole number")]
    [InlineData("""{"vehicles": [{"id": 1, "start_index": 0}], "jobs": [{"id": 1, "location_index": 0, "setup_per_type": 4}], "matrices": {"car": {"durations": [[0]]}}}""", "an object is needed")]
    [InlineData("""{"vehicles": [{"id": 1, "start": [200, 2]}], "jobs": [{"id": 1, "location": [1, 2]}]}""", "[200, 2] must be [lon, lat] in degrees")]
    [InlineData("""{"vehicles": [{"id": 1, "start": [1, 2], "steps": [{"type": "fly"}]}], "jobs": [{"id": 1, "location": [1, 2]}]}""", "type 'fly' is none of start, job")]
    [InlineData("""{"vehicles": [{"id": 1, "start": [1, 2], "steps": [{"type": "job", "id": 9}]}], "jobs": [{"id": 1, "location": [1, 2]}]}""", "there is no job 9")]
    public void Bad_request_is_refused_with_its_reason(string text, string reason)
    {
        var errors = VroomRequest.Read(text).Errors;

        Assert.Contains(errors, e => e.Contains(reason, StringComparison.Ordinal));
        Assert.Equal(2, JsonDocument.Parse(VroomResponse.WriteError(VroomResponse.InputError, errors)).RootElement.GetProperty("code").GetInt32());
    }

    [Fact]
    public void Every_error_is_told_at_once_matrices_and_steps_included()
    {
        const string text = """{"vehicles": [{"id": 1, "start_index": 5, "speed_factor": 9, "steps": [{"type": "job", "id": 7}]}], "jobs": [{"id": 1, "location_index": 0}], "matrices": {"car": {"durations": [[0, 1], [-1]]}}}""";

        Assert.Equal(
            [
                "vehicles[0].speed_factor: 9 must be in (0, 5].",
                "vehicles[0].steps: there is no job 7.",
                "matrices.car.durations[1]: has 1 cells, the matrix has 2 rows.",
                "matrices.car.durations: has 2 rows, index 5 is used.",
            ],
            VroomRequest.Read(text).Errors);
    }
}
