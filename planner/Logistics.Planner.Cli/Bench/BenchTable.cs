using System.Globalization;
using Logistics.Planner.Cli.Running;
using Spectre.Console;

namespace Logistics.Planner.Cli.Bench;

/// <summary>Shows runs: a row per instance (means over seeds), then means per group and size.</summary>
internal static class BenchTable
{
    // Upper bounds of the sizes in which the literature reports these sets.
    private static readonly int[] Sizes = [60, 130, 260, 480, 700, 900, int.MaxValue];
    private static readonly string[] SizeNames = ["≤ 60", "100", "200", "400", "600", "800", "1000+"];

    public static void Print(IAnsiConsole console, IReadOnlyList<BenchRun> runs)
    {
        var table = NewTable("Instance", "Best known", "Mean cost", "Best cost", "Gap %", "Vehicles", "Feasible", "s", "CPU s");
        foreach (var instance in runs.GroupBy(r => (r.Group, r.Instance)))
        {
            var list = instance.ToList();
            table.AddRow(
                Screen.Escape(instance.Key.Instance), Show(list[0].Bks), Show(list.Average(r => r.Cost)), Show(list.Min(r => r.Cost)), ShowGap(list),
                list[0].BksVehicles is { } best ? $"{Show(list.Average(r => r.Vehicles))} ({best})" : Show(list.Average(r => r.Vehicles)),
                ShowFeasible(list), Show(list.Average(r => r.Seconds), "F1"), Show(list.Average(r => r.CpuSeconds), "F1"));
        }

        console.Write(table);
        var means = NewTable("Set", "Size", "Instances", "Mean gap %", "Worst gap %", "Feasible");
        foreach (var group in runs.GroupBy(r => r.Group))
        {
            var sizes = group.GroupBy(r => Array.FindIndex(Sizes, most => r.Size <= most)).OrderBy(g => g.Key).ToList();
            if (sizes.Count > 1)
                foreach (var size in sizes) AddMeans(means, group.Key, SizeNames[size.Key], [.. size]);
            AddMeans(means, group.Key, "all", [.. group]);
        }

        console.Write(means);
    }

    private static void AddMeans(Table table, string group, string size, List<BenchRun> runs) => table.AddRow(
        Screen.Escape(group), size, Show(runs.Select(r => r.Instance).Distinct(StringComparer.Ordinal).Count()), ShowGap(runs),
        Show(runs.Where(r => r is { Gap: not null, Feasible: true }).Select(r => r.Gap).DefaultIfEmpty(null).Max(), "F3"), ShowFeasible(runs));

    private static string ShowGap(List<BenchRun> runs) => Show(runs.Where(r => r is { Gap: not null, Feasible: true }).Select(r => r.Gap).DefaultIfEmpty(null).Average(), "F3");

    private static string ShowFeasible(List<BenchRun> runs) => $"{runs.Count(r => r.Feasible)}/{runs.Count}";

    private static string Show(double? value, string format = "0.###") => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";

    private static Table NewTable(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        for (int i = 0; i < columns.Length; i++) table.AddColumn(i == 0 ? new TableColumn(columns[i]) : new TableColumn(columns[i]).RightAligned());
        return table;
    }
}
