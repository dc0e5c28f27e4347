using System.Text.Json;
using Logistics.Planning.Formats.Vroom;
using Logistics.Routing.Model;

namespace Logistics.Planning.Tests.Formats;

/// <summary>VROOM's plan mode and options, each on a request small enough to work out by hand: places 0 – 1 – 2 in a row, 10 s and 100 m a step.</summary>
public sealed class VroomPlanModeTests
{
    private const string Matrices = "\"matrices\": {\"car\": {\"durations\": [[0, 10, 20], [10, 0, 10], [20, 10, 0]], \"distances\": [[0, 100, 200], [100, 0, 100], [200, 100, 0]]}}";

    private static string Request(string vehicle, string jobs, string shipments = "", string options = "\"c\": true") =>
        $$"""{"vehicles": [{"id": 1, "start_index": 0, "end_index": 0, {{vehicle}}}], "jobs": [{{jobs}}], "shipments": [{{shipments}}], "options": { {{options}} }, {{Matrices}}}""";

    private static JsonElement Answer(string request)
    {
        var read = VroomRequest.Read(request);
        Assert.Empty(read.Errors);
        return JsonDocument.Parse(VroomResponse.WriteGiven(read.Value!)).RootElement;
    }

    private static IEnumerable<string> Causes(JsonElement owner) => owner.GetProperty("violations").EnumerateArray().Select(v => v.GetProperty("cause").GetString()!);

    private static long Seconds(JsonElement owner, string cause) => owner.GetProperty("violations").EnumerateArray().Single(v => v.GetProperty("cause").GetString() == cause).GetProperty("duration").GetInt64();

    [Fact]
    public void Given_route_starts_when_nothing_is_missed_and_nobody_waits()
    {
        // Start x, job 1 at x + 10, job 2 at x + 25, end at x + 50. Windows ask for x in [110, 120] and [85, 115], the shift for x ≥ 100: the earliest is 110.
        var answer = Answer(Request(
            "\"time_window\": [100, 200], \"steps\": [{\"type\": \"start\"}, {\"type\": \"job\", \"id\": 1}, {\"type\": \"job\", \"id\": 2}, {\"type\": \"end\"}]",
            """{"id": 1, "location_index": 1, "service": 5, "time_windows": [[120, 130]]}, {"id": 2, "location_index": 2, "service": 5, "time_windows": [[110, 140]]}, {"id": 3, "location_index": 1}"""));

        var route = answer.GetProperty("routes")[0];
        Assert.Equal([110, 120, 135, 160], route.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("arrival").GetInt64()));
        Assert.Empty(Causes(answer.GetProperty("summary")));
        Assert.Equal((40, 400), (route.GetProperty("duration").GetInt64(), route.GetProperty("distance").GetInt64()));
        Assert.Equal(3, Assert.Single(answer.GetProperty("unassigned").EnumerateArray()).GetProperty("id").GetInt32());
    }

    [Fact]
    public void Windows_that_contradict_the_order_are_missed_by_as_little_as_can_be()
    {
        // Job 1 wants x in [140, 150], job 2 behind it x in [75, 95]: 45 seconds are missed in any case, and the earliest shift begins at 100.
        var answer = Answer(Request(
            "\"time_window\": [100, 200], \"steps\": [{\"type\": \"job\", \"id\": 1}, {\"type\": \"job\", \"id\": 2}]",
            """{"id": 1, "location_index": 1, "service": 5, "time_windows": [[150, 160]]}, {"id": 2, "location_index": 2, "service": 5, "time_windows": [[100, 120]]}"""));

        var steps = answer.GetProperty("routes")[0].GetProperty("steps");
        Assert.Equal([100, 110, 125, 150], steps.EnumerateArray().Select(s => s.GetProperty("arrival").GetInt64()));
        Assert.Equal((40, 5), (Seconds(steps[1], "lead_time"), Seconds(steps[2], "delay")));
        Assert.Equal((40, 5), (Seconds(answer.GetProperty("summary"), "lead_time"), Seconds(answer.GetProperty("summary"), "delay")));
    }

    [Fact]
    public void Every_other_rule_a_given_route_breaks_is_told_where_it_is_broken()
    {
        // Driven: 20 to the job, 30 to the delivery, 40 to its pickup, 60 home.
        var answer = Answer(Request(
            "\"capacity\": [1], \"max_tasks\": 2, \"max_travel_time\": 30, \"max_distance\": 350, \"breaks\": [{\"id\": 9, \"time_windows\": [[0, 10]]}], \"steps\": [{\"type\": \"job\", \"id\": 1}, {\"type\": \"delivery\", \"id\": 7}, {\"type\": \"pickup\", \"id\": 7}]",
            """{"id": 1, "location_index": 2, "delivery": [2], "skills": [5]}""",
            """{"amount": [1], "pickup": {"id": 7, "location_index": 2}, "delivery": {"id": 7, "location_index": 1}}"""));

        var route = answer.GetProperty("routes")[0];
        Assert.Equal(
            [["load"], ["skills"], ["precedence"], ["max_distance", "max_tasks", "max_travel_time", "precedence"], ["max_distance", "max_travel_time"]],
            route.GetProperty("steps").EnumerateArray().Select(Causes));
        Assert.Equal(["load", "max_distance", "max_tasks", "max_travel_time", "missing_break", "precedence", "skills"], Causes(route));
        Assert.Equal([2, 0, -1, 0, 0], route.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("load")[0].GetInt64()));
    }

    [Fact]
    public void Break_is_taken_where_the_route_says_and_its_window_and_load_are_judged()
    {
        // The break follows 10 s of driving and 5 s of service; its window has closed before the start that is asked for.
        var answer = Answer(Request(
            "\"capacity\": [3], \"breaks\": [{\"id\": 4, \"service\": 30, \"max_load\": [1], \"time_windows\": [[0, 60]]}], \"steps\": [{\"type\": \"start\", \"service_after\": 100}, {\"type\": \"job\", \"id\": 1}, {\"type\": \"break\", \"id\": 4}, {\"type\": \"job\", \"id\": 2}]",
            """{"id": 1, "location_index": 1, "service": 5, "delivery": [1]}, {"id": 2, "location_index": 2, "delivery": [2]}"""));

        var steps = answer.GetProperty("routes")[0].GetProperty("steps");
        Assert.Equal([100, 110, 115, 155, 175], steps.EnumerateArray().Select(s => s.GetProperty("arrival").GetInt64()));
        Assert.Equal(["delay", "max_load"], Causes(steps[2]));
        Assert.Equal(55, Seconds(steps[2], "delay"));
    }

    [Fact]
    public void Forced_service_times_are_kept()
    {
        var answer = Answer(Request(
            "\"steps\": [{\"type\": \"start\", \"service_after\": 50}, {\"type\": \"job\", \"id\": 1, \"service_at\": 120}, {\"type\": \"job\", \"id\": 2, \"service_before\": 140}]",
            """{"id": 1, "location_index": 1}, {"id": 2, "location_index": 2}"""));

        Assert.Equal([110, 120, 130, 150], answer.GetProperty("routes")[0].GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("arrival").GetInt64()));
    }

    [Theory]
    [InlineData("""{"type": "job", "id": 1, "service_before": 5}""", "infeasible")]
    [InlineData("""{"type": "job", "id": 1, "service_at": 30}, {"type": "job", "id": 2, "service_at": 35}""", "infeasible")]
    [InlineData("""{"type": "job", "id": 1}, {"type": "job", "id": 1}""", "job 1 is done twice")]
    [InlineData("""{"type": "break", "id": 8}""", "there is no break 8")]
    [InlineData("""{"type": "job", "id": 1}, {"type": "start"}""", "only the first may be")]
    [InlineData("""{"type": "end"}, {"type": "job", "id": 1}""", "only the last may be")]
    [InlineData("""{"type": "job", "id": 1, "service_at": -4}""", "-4 is not a whole number")]
    public void Given_route_that_cannot_be_timed_is_refused(string steps, string reason)
    {
        var errors = VroomRequest.Read(Request($"\"steps\": [{steps}]", """{"id": 1, "location_index": 1}, {"id": 2, "location_index": 2}""")).Errors;

        Assert.Contains(errors, e => e.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Start_of_the_search_that_breaks_a_rule_is_an_error_as_in_vroom()
    {
        var errors = VroomRequest.Read(Request("\"capacity\": [1], \"steps\": [{\"type\": \"job\", \"id\": 1}]", """{"id": 1, "location_index": 1, "delivery": [2]}""", options: "\"t\": 2")).Errors;

        Assert.Contains(errors, e => e.StartsWith("vehicles[0].steps: the given route is not possible", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"t\": 0", "options.t")]
    [InlineData("\"x\": 6", "options.x")]
    [InlineData("\"l\": 0", "options.l")]
    [InlineData("\"c\": 1", "options.c")]
    [InlineData("\"g\": true", "options.g: the geometry of a route needs coordinates, and index")]
    public void Option_out_of_range_is_refused(string option, string reason) =>
        Assert.Contains(VroomRequest.Read(Request("\"skills\": []", """{"id": 1, "location_index": 1}""", options: option)).Errors, e => e.StartsWith(reason, StringComparison.Ordinal));

    [Fact]
    public void Options_say_how_long_and_with_how_many_threads_to_search()
    {
        var options = VroomRequest.Read(Request("\"skills\": []", """{"id": 1, "location_index": 1}""", options: "\"t\": 3, \"x\": 2, \"l\": 4.5")).Value!.Options;

        Assert.Equal(3, options.Threads);
        Assert.Equal(3, options.Shorten(6));
        Assert.Equal(4.5, options.Shorten(60));
    }

    [Fact]
    public void Geometry_is_the_encoded_way_from_place_to_place()
    {
        var answer = Answer("""
            {"vehicles": [{"id": 1, "start": [-120.2, 38.5], "steps": [{"type": "job", "id": 1}, {"type": "job", "id": 2}]}],
             "jobs": [{"id": 1, "location": [-120.95, 40.7]}, {"id": 2, "location": [-126.453, 43.252]}], "options": {"c": true, "g": true}}
            """);

        // The three points of Google's description of the encoding.
        Assert.Equal("_p~iF~ps|U_ulLnnqC_mqNvxq`@", answer.GetProperty("routes")[0].GetProperty("geometry").GetString());
        Assert.True(answer.GetProperty("summary").GetProperty("distance").GetInt64() > 0);
    }

    [Fact]
    public void Coordinates_tell_what_matrices_leave_out()
    {
        var read = VroomRequest.Read("""
            {"vehicles": [{"id": 1, "start": [116.40, 39.90], "start_index": 0, "max_distance": 14000}, {"id": 2, "profile": "bike", "start": [116.40, 39.90], "start_index": 0}],
             "jobs": [{"id": 1, "location": [116.40, 39.99], "location_index": 1}], "matrices": {"car": {"durations": [[0, 7], [7, 0]]}}}
            """);

        Assert.Empty(read.Errors);
        // 0.09° of latitude are 10 007 m; times 1.3, at 10 m/s where no matrix says otherwise.
        Assert.InRange(read.Value!.Vehicles[0].Distances![1], 12_990, 13_030);
        Assert.Equal(7, read.Value.Vehicles[0].Durations[1]);
        Assert.InRange(read.Value.Vehicles[1].Durations[1], 1_299, 1_303);
    }

    [Fact]
    public void Times_are_the_best_of_all_that_could_be_chosen()
    {
        for (int seed = 1; seed <= 150; seed++)
        {
            var random = new Random(seed);
            var activities = Enumerable.Range(0, 3).Select(_ => Draw(random)).ToList();

            long[]? found = VroomTimes.Find(activities, VroomTimes.ListBorders(activities));

            Assert.Equal(Best(activities), found is null ? null : PriceOf(activities, found));
        }
    }

    private static VroomTimes.Activity Draw(Random random)
    {
        var windows = Enumerable.Range(0, random.Next(3)).Select(i => new TimeWindow(4 * i + random.Next(3), 4 * i + 3)).ToList();
        long least = random.Next(4) == 0 ? random.Next(6) : 0;
        return new VroomTimes.Activity(windows, least, random.Next(4) == 0 ? least + random.Next(6) : long.MaxValue, random.Next(4));
    }

    // Seconds missed, length of the day, sum of starts counted from the least before each.
    private static (long Missed, long Span, long Sum)? PriceOf(List<VroomTimes.Activity> activities, long[] starts)
    {
        for (int i = 0; i < starts.Length; i++)
            if (starts[i] < activities[i].Least || starts[i] > activities[i].Most || (i > 0 && starts[i] < starts[i - 1] + activities[i - 1].ToNext)) return null;
        return (activities.Zip(starts, (a, start) => VroomTimes.Miss(a.Windows, start)).Sum(m => m.Lead + m.Delay), starts[^1] - starts[0], starts.Sum());
    }

    private static (long Missed, long Span, long Sum)? Best(List<VroomTimes.Activity> activities)
    {
        const int Seconds = 20;
        (long, long, long)? best = null;
        for (int code = 0; code < Seconds * Seconds * Seconds; code++)
        {
            long[] starts = [code % Seconds, code / Seconds % Seconds, code / (Seconds * Seconds)];
            if (PriceOf(activities, starts) is { } price && (best is null || price.CompareTo(best.Value) < 0)) best = price;
        }

        return best;
    }
}
