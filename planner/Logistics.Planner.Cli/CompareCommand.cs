using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Logistics.Planner.Cli.Bench;
using Logistics.Planner.Cli.Files;
using Logistics.Planner.Cli.Running;
using Logistics.Planning.Formats.Json;
using Logistics.Routing.Model;
using Spectre.Console;

namespace Logistics.Planner.Cli;

/// <summary><c>logistics compare A B</c>: two bench results instance by instance, or two plans of one problem job by job.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var (a, b) = (new Argument<string>("A") { Description = "results.jsonl of bench, or a plan in our JSON." }, new Argument<string>("B") { Description = "The same kind of file." });
        var json = CommonOptions.Json();
        var command = new Command("compare", "Compare two bench results or two plans.") { a, b, json };
        command.SetAction(parsed => Run(parsed, parsed.GetValue(a)!, parsed.GetValue(b)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(ParseResult parsed, string pathA, string pathB, bool isJson)
    {
        var output = parsed.InvocationConfiguration.Output;
        string a = ProblemFile.ReadText(pathA), b = ProblemFile.ReadText(pathB);
        if (PlanJson.Recognises(a) && PlanJson.Recognises(b)) ComparePlans(output, ProblemFile.Take(pathA, PlanJson.Read(a)), ProblemFile.Take(pathB, PlanJson.Read(b)), isJson);
        else CompareRuns(output, ReadRuns(pathA, a), ReadRuns(pathB, b), isJson);
        return ExitCode.Good;
    }

    private static List<BenchRun> ReadRuns(string path, string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var runs = lines.Select(BenchRun.FindIn).ToList();
        var faults = Enumerable.Range(0, lines.Length).Where(i => runs[i] is null).Select(i => $"line {i + 1} is not a run of 'logistics bench'.").ToList();
        if (lines.Length == 0) faults.Add("it is empty.");
        return faults.Count == 0 ? [.. runs.OfType<BenchRun>()] : throw new BadInputException(path, faults);
    }

    private static void CompareRuns(TextWriter output, List<BenchRun> a, List<BenchRun> b, bool isJson)
    {
        var meansB = b.GroupBy(r => (r.Group, r.Instance)).ToDictionary(g => g.Key, g => g.Average(r => r.Cost));
        var rows = a.GroupBy(r => (r.Group, r.Instance)).Where(g => meansB.ContainsKey(g.Key))
            .Select(g => (g.Key.Instance, A: g.Average(r => r.Cost), B: meansB[g.Key])).ToList();
        int better = rows.Count(r => r.B < r.A), worse = rows.Count(r => r.B > r.A);
        double change = rows.Count == 0 ? 0 : rows.Average(r => Percent(r.A, r.B));
        if (isJson)
        {
            output.WriteLine(JsonSerializer.Serialize(new { instances = rows.Select(r => new { instance = r.Instance, a = r.A, b = r.B, changePercent = Percent(r.A, r.B) }), better, worse, equal = rows.Count - better - worse, meanChangePercent = change }));
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumn("Instance").AddColumn(new TableColumn("A").RightAligned()).AddColumn(new TableColumn("B").RightAligned()).AddColumn(new TableColumn("B against A %").RightAligned());
        foreach (var row in rows) table.AddRow(Screen.Escape(row.Instance), Show(row.A), Show(row.B), Percent(row.A, row.B).ToString("+0.000;-0.000;0", CultureInfo.InvariantCulture));
        var console = Screen.On(output);
        console.Write(table);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"B is better on {better}, worse on {worse}, equal on {rows.Count - better - worse}; mean change {change:+0.000;-0.000;0} %."));
    }

    private static void ComparePlans(TextWriter output, Plan a, Plan b, bool isJson)
    {
        var (servedA, servedB) = (Assignments(a), Assignments(b));
        var changed = servedA.Keys.Union(servedB.Keys).Order().Where(job => servedA.GetValueOrDefault(job) != servedB.GetValueOrDefault(job)).ToList();
        if (isJson)
        {
            output.WriteLine(JsonSerializer.Serialize(new { costA = a.Cost.Total, costB = b.Cost.Total, vehiclesA = a.Routes.Count, vehiclesB = b.Routes.Count, unservedA = a.Unserved.Count, unservedB = b.Unserved.Count, changedJobs = changed }));
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumn("").AddColumn(new TableColumn("A").RightAligned()).AddColumn(new TableColumn("B").RightAligned()).AddColumn(new TableColumn("B − A").RightAligned());
        foreach (var ((name, valueA), (_, valueB)) in CheckReport.Parts(a.Cost).Zip(CheckReport.Parts(b.Cost)))
            if (valueA != 0 || valueB != 0) Add(name, valueA, valueB);
        Add("Vehicles", a.Routes.Count, b.Routes.Count);
        Add("Unserved jobs", a.Unserved.Count, b.Unserved.Count);
        var console = Screen.On(output);
        console.Write(table);
        console.WriteLine($"{changed.Count} jobs are on another vehicle, done another way, or (un)served: {string.Join(", ", changed.Take(50))}{(changed.Count > 50 ? ", …" : "")}");

        void Add(string name, long valueA, long valueB) => table.AddRow(name, Show(valueA), Show(valueB), (valueB - valueA).ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture));
    }

    private static Dictionary<int, PreviousAssignment> Assignments(Plan plan) => plan.Routes
        .SelectMany(r => r.Steps.Where(s => s is { Kind: StepKind.Visit, Visit: 0 }).Select(s => (s.Job, By: new PreviousAssignment(r.Vehicle, s.Alternative))))
        .GroupBy(x => x.Job).ToDictionary(g => g.Key, g => g.First().By);

    private static double Percent(double a, double b) => a == 0 ? 0 : 100 * (b - a) / a;

    private static string Show(double value) => value.ToString("#,0.###", CultureInfo.InvariantCulture);
}
