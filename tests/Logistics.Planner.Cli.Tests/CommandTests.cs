using System.Text.Json;

namespace Logistics.Planner.Cli.Tests;

/// <summary>The commands others script: arguments, exit codes, files and messages.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Solve_writes_a_plan_that_check_accepts()
    {
        string problem = _shell.Write("tiny.vrp", Shell.Vrp), plan = _shell.PathOf("plan.sol");

        var solved = await Shell.RunAsync("solve", problem, "--iterations", "300", "--seed", "7", "--threads", "1", "--seconds", "60", "--out", plan);
        var check = await Shell.RunAsync("check", problem, plan);

        Assert.Equal(0, solved.Code);
        Assert.EndsWith("Cost 60\n", _shell.Read("plan.sol"), StringComparison.Ordinal);
        Assert.Equal(0, check.Code);
        Assert.Contains("legal, cost 60", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_refuses_a_plan_that_breaks_a_rule_and_says_which()
    {
        string problem = _shell.Write("tiny.vrp", Shell.Vrp), plan = _shell.Write("all.sol", "Route #1: 1 2 3\nCost 60\n");

        var check = await Shell.RunAsync("check", problem, plan, "--json");

        Assert.Equal(1, check.Code);
        var kinds = JsonDocument.Parse(check.Output).RootElement.GetProperty("violations").EnumerateArray().Select(v => v.GetProperty("kind").GetString());
        Assert.Contains("capacity", kinds);
    }

    [Fact]
    public async Task Check_refuses_a_cost_that_is_not_the_plans()
    {
        string problem = _shell.Write("tiny.vrp", Shell.Vrp), plan = _shell.Write("wrong.sol", "Route #1: 1 2\nRoute #2: 3\nCost 59\n");

        var check = await Shell.RunAsync("check", problem, plan);

        Assert.Equal(1, check.Code);
        Assert.Contains("states a cost of 59, recomputed is 60", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_of_a_file_comes_in_one_message()
    {
        string problem = _shell.Write("bad.vrp", Shell.Vrp.Replace("2 10 0", "2 ten 0", StringComparison.Ordinal).Replace("TYPE : EUC_2D", "TYPE : MOON", StringComparison.Ordinal));

        var solved = await Shell.RunAsync("solve", problem);

        Assert.Equal(2, solved.Code);
        Assert.Contains("'ten' is not a finite number", solved.Error, StringComparison.Ordinal);
        Assert.Contains("'MOON' is not one of", solved.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("solve", "nowhere.vrp")]
    [InlineData("bench", "nowhere")]
    [InlineData("check", "nowhere.vrp", "nowhere.sol")]
    [InlineData("solve")]
    [InlineData("solve", "x", "--threads", "0")]
    [InlineData("solve", "x", "--seconds", "-1")]
    [InlineData("bench", ".", "--seeds", "one")]
    [InlineData("dance")]
    public async Task Bad_arguments_end_with_code_2_and_a_message(params string[] args)
    {
        var (code, _, error) = await Shell.RunAsync(args);

        Assert.Equal(2, code);
        Assert.NotEmpty(error);
    }

    [Fact]
    public async Task Bench_writes_a_line_per_run_with_recomputed_cost_and_gap_and_a_solution_each()
    {
        _shell.Write("tiny.vrp", Shell.Vrp);
        _shell.Write("bks.json", """{"tiny": {"bks_cost": 50, "bks_vehicles": 2}}""");
        string results = _shell.PathOf("results.jsonl"), solutions = _shell.PathOf("solutions");

        var bench = await Shell.RunAsync("bench", _shell.PathOf("."), "--iterations", "300", "--seconds", "60", "--cpu", "--threads", "1", "--seeds", "1,2", "--out", results, "--solutions", solutions);

        Assert.Equal(0, bench.Code);
        var runs = File.ReadAllLines(results).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([1, 2], runs.Select(r => r.GetProperty("seed").GetInt32()));
        Assert.All(runs, run =>
        {
            Assert.Equal("tiny", run.GetProperty("instance").GetString());
            Assert.Equal((60, 50, 20), (run.GetProperty("cost").GetDouble(), run.GetProperty("bks").GetDouble(), run.GetProperty("gap").GetDouble()));
            Assert.Equal(2, run.GetProperty("vehicles").GetInt32());
            Assert.True(run.GetProperty("feasible").GetBoolean());
            Assert.True(run.GetProperty("seconds").GetDouble() > 0 && run.GetProperty("cpuSeconds").GetDouble() > 0);
        });
        Assert.Contains("Mean gap %", bench.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Shell.RunAsync("check", _shell.PathOf("tiny.vrp"), Path.Combine(solutions, "tiny.seed2.sol"))).Code);
    }

    [Fact]
    public async Task Same_seed_and_iterations_give_the_same_plan()
    {
        string problem = _shell.Write("tiny.vrp", Shell.Vrp);

        var first = await Shell.RunAsync("solve", problem, "--iterations", "500", "--seed", "5", "--threads", "2", "--format", "json");
        var second = await Shell.RunAsync("solve", problem, "--iterations", "500", "--seed", "5", "--threads", "2", "--format", "json");

        Assert.Equal(first.Output, second.Output);
    }

    [Fact]
    public async Task Compare_tells_which_results_are_better()
    {
        const string line = """{"instance":"a","seed":1,"seconds":1,"cpuSeconds":1,"cost":COST,"vehicles":1,"bks":1,"gap":1,"feasible":true,"group":"g","size":3,"threads":1,"iterations":1,"unserved":0}""";
        string a = _shell.Write("a.jsonl", line.Replace("COST", "100", StringComparison.Ordinal)), b = _shell.Write("b.jsonl", line.Replace("COST", "90", StringComparison.Ordinal));

        var compared = await Shell.RunAsync("compare", a, b);

        Assert.Equal(0, compared.Code);
        Assert.Contains("B is better on 1, worse on 0, equal on 0; mean change -10.000 %", compared.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await Shell.RunAsync("compare", a, _shell.Write("c.jsonl", "nonsense"))).Code);
    }

    [Fact]
    public async Task Vroom_request_is_answered_and_a_bad_one_gets_code_2_in_the_response()
    {
        string request = _shell.Write("request.json", """{"vehicles":[{"id":7,"start_index":0,"end_index":0}],"jobs":[{"id":5,"location_index":1}],"matrices":{"car":{"durations":[[0,4],[6,0]]}}}""");
        var answered = await Shell.RunAsync("solve", request, "--format", "vroom", "--iterations", "50", "--seconds", "60");
        var answer = JsonDocument.Parse(answered.Output).RootElement;
        Assert.Equal((0, 10), (answer.GetProperty("code").GetInt32(), answer.GetProperty("summary").GetProperty("cost").GetInt32()));

        var refused = await Shell.RunAsync("solve", _shell.Write("bad.json", """{"vehicles":[{"id":7}],"jobs":[{"id":5}]}"""));
        Assert.Equal(2, refused.Code);
        Assert.Equal(2, JsonDocument.Parse(refused.Output).RootElement.GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Vroom_steps_are_where_the_search_starts_and_in_plan_mode_the_answer()
    {
        // Places 0, 1, 2 in a row, 10 s a step. There and back is dearer than one after the other: 30 instead of 20.
        const string request = """
            {"vehicles":[{"id":1,"start_index":0,"steps":[{"type":"job","id":2},{"type":"job","id":1}]}],"jobs":[{"id":1,"location_index":1},{"id":2,"location_index":2,"skills":[4]}],
             "matrices":{"car":{"durations":[[0,10,20],[10,0,10],[20,10,0]]}},"options":{OPTIONS}}
            """;
        string able = request.Replace("\"id\":1,\"start_index\"", "\"id\":1,\"skills\":[4],\"start_index\"", StringComparison.Ordinal);

        var begun = await Shell.RunAsync("solve", _shell.Write("start.json", able.Replace("OPTIONS", "", StringComparison.Ordinal)), "--iterations", "0");
        var improved = await Shell.RunAsync("solve", _shell.PathOf("start.json"), "--iterations", "300");
        var given = await Shell.RunAsync("solve", _shell.Write("given.json", request.Replace("OPTIONS", "\"c\":true", StringComparison.Ordinal)));
        var refused = await Shell.RunAsync("solve", _shell.Write("refused.json", request.Replace("OPTIONS", "", StringComparison.Ordinal)));

        Assert.Equal((30, 20), (Cost(begun.Output), Cost(improved.Output)));
        Assert.Equal((0, 30), (given.Code, Cost(given.Output)));
        Assert.Equal("skills", JsonDocument.Parse(given.Output).RootElement.GetProperty("summary").GetProperty("violations")[0].GetProperty("cause").GetString());
        Assert.Equal(2, refused.Code);
        Assert.Contains("the given route is not possible", refused.Output, StringComparison.Ordinal);

        static int Cost(string answer) => JsonDocument.Parse(answer).RootElement.GetProperty("summary").GetProperty("cost").GetInt32();
    }

    [Fact]
    public async Task Solve_tells_when_the_first_feasible_plan_was_there()
    {
        var solved = await Shell.RunAsync("solve", _shell.Write("tiny.vrp", Shell.Vrp), "--iterations", "300", "--out", _shell.PathOf("plan.sol"), "--json");

        var run = JsonDocument.Parse(solved.Output).RootElement.GetProperty("run");
        Assert.InRange(run.GetProperty("firstSeconds").GetDouble(), 0, run.GetProperty("seconds").GetDouble());
        Assert.Contains("First feasible plan after", solved.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_says_why_and_what_would_serve()
    {
        // One vehicle of capacity 2 for three required unit demands.
        string problem = _shell.Write("short.vrp", Shell.Vrp.Replace("VEHICLES : 2", "VEHICLES : 1", StringComparison.Ordinal)), plan = _shell.Write("short.sol", "Route #1: 1 2\n");

        var explained = await Shell.RunAsync("explain", problem, plan);

        Assert.Equal(0, explained.Code);
        Assert.Contains("load 3 in dimension 0 exceeds 2", explained.Output, StringComparison.Ordinal);
        Assert.Contains("it would be with: give vehicle 0 (1) 1 more capacity in dimension 0", explained.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_says_what_each_stop_costs_and_why_this_vehicle()
    {
        string problem = _shell.Write("two.vrp", Shell.Vrp), plan = _shell.Write("two.sol", "Route #1: 1 2\nRoute #2: 3\n");

        var explained = await Shell.RunAsync("explain", problem, plan, "--vehicle", "0", "--json");

        Assert.Equal(0, explained.Code);
        var answer = JsonDocument.Parse(explained.Output).RootElement;
        Assert.Equal(2, answer.GetProperty("stops").GetArrayLength());
        // The other vehicle is alike, so exchanging the routes changes nothing.
        Assert.Equal(0, answer.GetProperty("vehicles")[0].GetProperty("extraCost").GetInt64());
        Assert.Equal(2, (await Shell.RunAsync("explain", problem, plan, "--vehicle", "9")).Code);
    }
}
