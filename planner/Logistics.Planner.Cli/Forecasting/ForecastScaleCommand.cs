using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Logistics.Forecasting;
using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Hierarchies;
using Logistics.Forecasting.Panels;
using Logistics.Forecasting.Trees;

namespace Logistics.Planner.Cli.Forecasting;

/// <summary><c>logistics forecast scale</c>: times training and forecasting of a made-up network, and the trees alone.</summary>
internal static class ForecastScaleCommand
{
    public static Command Create()
    {
        var terminals = ForecastInputs.Number("--terminals", 1000, "Terminals.");
        var partners = ForecastInputs.Number("--partners", 5, "Partners at each terminal.");
        var classes = ForecastInputs.Number("--classes", 4, "Size classes.");
        var days = ForecastInputs.Number("--days", 730, "Days of history.");
        var threads = ForecastInputs.Number("--threads", Environment.ProcessorCount, "Models trained at the same time.");
        var command = new Command("scale", "Time training and nightly forecasts of a network of any size.") { terminals, partners, classes, days, threads };
        command.SetAction((parsed, cancellation) => ForecastCommand.Guard(parsed, screen =>
        {
            TimeTrees(screen);
            TimeNetwork(parsed.GetValue(terminals), parsed.GetValue(partners), parsed.GetValue(classes), parsed.GetValue(days), parsed.GetValue(threads), screen, cancellation);
        }));
        return command;
    }

    private static void TimeTrees(TextWriter screen)
    {
        const int rows = 47_265, width = 12;
        var random = new SeededRandom(5);
        var table = new FeatureTable([.. Enumerable.Range(0, width).Select(i => new FeatureColumn($"f{i}", IsCategorical: i == 0))]);
        var targets = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            var row = table.AddRow();
            row[0] = random.Next(7);
            for (var f = 1; f < width; f++) row[f] = (float)random.NextNormal();
            targets[i] = 0.3 * row[0] + Math.Sin(2 * row[1]) + row[2] * row[2] / 2 + 0.3 * random.NextNormal();
        }

        BoostedTrees? trees = null;
        var training = Cpu(() => trees = BoostedTreesTrainer.Train(BoostingSet.Unweighted(BinnedTable.Fit(table), targets), new BoostingOptions { Loss = BoostingLoss.Pinball, Trees = 300, MaxLeaves = 31 }));
        var results = new double[rows];
        trees!.Predict(table.Values, results);
        const int rounds = 40;
        var scoring = Cpu(() =>
        {
            for (var i = 0; i < rounds; i++) trees.Predict(table.Values, results);
        });
        screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"trees: {rows} rows × {width} features × 300 trees × 31 leaves: training {training:0.00} CPU s, prediction {rows * rounds / scoring / 1e6:0.00} M rows per CPU s"));
    }

    private static void TimeNetwork(int terminals, int partners, int classes, int days, int threads, TextWriter screen, CancellationToken cancellation)
    {
        var panel = MakePanel(terminals, partners, classes, days);
        var hierarchy = new VolumeHierarchy([.. panel.Series.Select(s => new HierarchyLeaf(s.Id, "area", s.Id[..s.Id.IndexOf('|', StringComparison.Ordinal)]))]);
        VolumeForecastModel? model = null;
        var clock = Stopwatch.StartNew();
        var training = Cpu(() => model = VolumeForecaster.Train(panel, DayCalendar.Empty, new ForecastOptions { Threads = threads, Hierarchy = hierarchy }, new ProgressLine("train"), cancellation));
        ProgressLine.End();
        var trainWall = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var forecasts = 0;
        var predicting = Cpu(() => forecasts = HierarchyForecaster.Predict(model!, panel, hierarchy, DayCalendar.Empty, cancellation: cancellation).Count);
        using var process = Process.GetCurrentProcess();
        screen.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"network: {panel.Series.Count} series × {days} days: training {training:0.0} CPU s ({trainWall:0.0} s), {forecasts} nodes × 14 days in {predicting:0.0} CPU s ({clock.Elapsed.TotalSeconds:0.0} s), peak {process.PeakWorkingSet64 >> 20} MB"));
    }

    private static VolumePanel MakePanel(int terminals, int partners, int classes, int days)
    {
        var random = new SeededRandom(3);
        var series = new List<VolumeSeries>(terminals * partners * classes);
        for (var t = 0; t < terminals; t++)
            for (var p = 0; p < partners; p++)
                for (var c = 0; c < classes; c++)
                {
                    var level = 8.0 / (1 + c) / (1 + 0.3 * p) * Math.Exp(0.4 * random.NextNormal());
                    var values = new double[days];
                    for (var d = 0; d < days; d++) values[d] = Math.Max(0, Math.Round(level * (d % 7 >= 5 ? 0.8 : 1.1) * (1 + 0.0003 * d) + Math.Sqrt(level) * random.NextNormal()));
                    series.Add(new VolumeSeries(string.Create(CultureInfo.InvariantCulture, $"T{t:0000}|P{p}|C{c}"), 0, values));
                }

        return new VolumePanel(new DateOnly(2024, 11, 25), days, series);
    }

    private static double Cpu(Action work)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        work();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds;
    }
}
