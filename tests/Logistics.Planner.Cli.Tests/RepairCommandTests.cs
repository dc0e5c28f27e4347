using System.Text.Json;

namespace Logistics.Planner.Cli.Tests;

/// <summary><c>repair</c> on 0 – 10 – 20: one vehicle, two jobs, at second 5 on its way to the first.</summary>
public sealed class RepairCommandTests : IDisposable
{
    private const string Problem = """
        {"format": "logistics-problem/1", "places": [{"id": "hub"}, {"id": "a"}, {"id": "b"}],
         "profiles": [{"kind": "matrix", "distances": [[0, 10, 20], [10, 0, 10], [20, 10, 0]]}], "depots": [{"id": "hub", "place": 0}],
         "vehicles": [{"id": "v", "costPerMetre": 1, "latestStart": 0}],
         "jobs": [{"id": "a", "unservedCost": 500, "alternatives": [{"visits": [{"place": 1}]}]}, {"id": "b", "unservedCost": 500, "alternatives": [{"visits": [{"place": 2}]}]}]}
        """;

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    private async Task<(int Code, string Output, string Error)> RepairAsync(string incident, params string[] more)
    {
        string problem = _shell.Write("problem.json", Problem), plan = _shell.PathOf("plan.json");
        await Shell.RunAsync("solve", problem, "--iterations", "100", "--seconds", "60", "--out", plan);
        string incidents = _shell.Write("incidents.json", $$"""{"format": "logistics-incidents/1", "incidents": [{{incident}}]}""");
        var (code, output, error) = await Shell.RunAsync(["repair", problem, plan, incidents, "--now", "5", "--iterations", "100", "--seconds", "60", .. more]);
        return (code, output, error);
    }

    [Fact]
    public async Task Repair_states_costs_and_touched_jobs_and_its_plan_passes_check()
    {
        string plan = _shell.PathOf("repaired.json"), problem = _shell.PathOf("now.json");
        var (code, output, _) = await RepairAsync("""{"kind": "jobCancelled", "job": 1}""", "--json", "--out", plan, "--problem-out", problem);

        Assert.Equal(0, code);
        var repair = JsonDocument.Parse(output).RootElement;
        Assert.Equal((40, 20), (repair.GetProperty("costBefore").GetInt32(), repair.GetProperty("costAfter").GetInt32()));
        Assert.Equal("cancelled", repair.GetProperty("touched")[0].GetProperty("reason").GetString());
        Assert.Equal(0, (await Shell.RunAsync("check", problem, plan)).Code);
    }

    [Fact]
    public async Task Incident_that_speaks_of_history_is_refused_with_exit_code_2()
    {
        var (code, _, error) = await RepairAsync("""{"kind": "jobCancelled", "job": 0}""");

        Assert.Equal(2, code);
        Assert.Contains("Job 0 (a) is done or under way already.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_incident_names_its_path_and_what_there_is()
    {
        var (code, _, error) = await RepairAsync("""{"kind": "rain"}""");

        Assert.Equal(2, code);
        Assert.Contains("incidents[0].kind: 'rain' is not one of jobAdded, jobCancelled", error, StringComparison.Ordinal);
    }
}
