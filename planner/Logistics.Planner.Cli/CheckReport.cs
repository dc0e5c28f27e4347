using System.Text.Json;
using System.Text.Json.Nodes;
using Logistics.Planner.Cli.Files;
using Logistics.Planner.Cli.Running;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Spectre.Console;

namespace Logistics.Planner.Cli;

/// <summary>Shows what a check found, as tables or JSON.</summary>
internal static class CheckReport
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string ToJson(ProblemFile problem, Plan plan, CheckResult check) => Describe(problem, plan, check).ToJsonString(Options);

    /// <summary>The same, and how the search went.</summary>
    public static string ToJson(ProblemFile problem, Plan plan, CheckResult check, SolveOutcome run)
    {
        var report = Describe(problem, plan, check);
        report["run"] = JsonSerializer.SerializeToNode(new { run.Result.Iterations, run.Seconds, run.CpuSeconds, firstSeconds = run.First?.Seconds, firstCpuSeconds = run.First?.CpuSeconds }, Options);
        return report.ToJsonString(Options);
    }

    private static JsonObject Describe(ProblemFile problem, Plan plan, CheckResult check) => JsonSerializer.SerializeToNode(
        new
        {
            instance = problem.Instance.Name,
            legal = check.IsLegal,
            cost = problem.Instance.PublishedCost(check.Cost),
            vehicles = plan.Routes.Count,
            unserved = plan.Unserved.Count,
            breakdown = check.Cost,
            violations = check.Violations,
        },
        Options)!.AsObject();

    public static void PrintViolations(IAnsiConsole console, IReadOnlyList<Violation> violations)
    {
        if (violations.Count == 0) return;
        var table = new Table().Border(TableBorder.Simple).AddColumn("Rule").AddColumn("Violation");
        foreach (var violation in violations) table.AddRow(violation.Kind.ToString(), Screen.Escape(violation.Message));
        console.Write(table);
    }

    public static void PrintCost(IAnsiConsole console, CostBreakdown cost)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("Cost").AddColumn(new TableColumn("").RightAligned());
        foreach (var (name, value) in Parts(cost))
            if (value != 0 || name == "Total") table.AddRow(name, value.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
        console.Write(table);
    }

    public static IEnumerable<(string Name, long Value)> Parts(CostBreakdown cost) =>
    [
        ("Unserved", cost.Unserved), ("Fixed", cost.Fixed), ("Distance", cost.Distance), ("Duration", cost.Duration), ("Overtime", cost.Overtime),
        ("Lateness", cost.Lateness), ("Preference", cost.Preference), ("Balance", cost.Balance), ("Disturbance", cost.Disturbance), ("Total", cost.Total),
    ];
}
