using System.CommandLine;
using System.Globalization;
using Logistics.Forecasting;
using Logistics.Forecasting.Backtesting;
using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Hierarchies;
using Logistics.Forecasting.Panels;
using Logistics.Planning.Demo;
using Logistics.Planning.Forecasts;

namespace Logistics.Planner.Cli.Forecasting;

/// <summary><c>logistics forecast levels</c>: backtests area, terminals and series together and prints error and coverage of every level.</summary>
internal static class LevelsCommand
{
    public static Command Create()
    {
        var panel = new Option<FileInfo?>("--panel") { Description = "CSV with series_id,date,volume; the terminal is the id up to its first | or -. The demo city if absent." };
        var calendar = ForecastInputs.Calendar();
        var seed = ForecastInputs.Number("--seed", 1, "Seed of the demo city.");
        var days = ForecastInputs.Number("--days", 120, "Days of the demo city's history.");
        var parcels = ForecastInputs.Number("--parcels", 3000, "Parcels of the demo city's day.");
        var last = new Option<DateOnly>("--day") { Description = "The demo city's day, yyyy-MM-dd.", DefaultValueFactory = _ => new DateOnly(2026, 11, 26) };
        var origins = ForecastInputs.Number("--origins", 6, "Rolling origins.");
        var step = ForecastInputs.Number("--step", 7, "Days between origins.");
        var quick = new Option<bool>("--quick") { Description = "Train as the host does on its first start." };
        var threads = ForecastInputs.Number("--threads", Environment.ProcessorCount, "Models trained at the same time; the result does not depend on it.");
        var command = new Command("levels", "Backtest every level of a hierarchy: area, terminals, series.") { panel, calendar, seed, days, parcels, last, origins, step, quick, threads };
        command.SetAction((parsed, cancellation) => ForecastCommand.Guard(parsed, screen =>
        {
            var options = (parsed.GetValue(quick) ? ForecastMaker.Quick : new ForecastOptions()) with { Threads = parsed.GetValue(threads) };
            var (rows, known) = parsed.GetValue(panel) is { } file
                ? (PanelFile.Read(file), CalendarFile.Read(parsed.GetValue(calendar)))
                : DemoHistory(new DemoOptions { Day = parsed.GetValue(last), Seed = parsed.GetValue(seed), HistoryDays = parsed.GetValue(days), Parcels = parsed.GetValue(parcels) });
            Run(rows, known, new BacktestPlan(parsed.GetValue(origins), options.Horizon, parsed.GetValue(step)), options, screen, cancellation);
        }));
        return command;
    }

    private static (List<Observation>, DayCalendar) DemoHistory(DemoOptions options)
    {
        var city = DemoCity.Generate(options);
        return (
            [.. city.History.Select(v => new Observation(ForecastNames.Series(v.TerminalId, v.PartnerId, v.Size), v.Day, v.Parcels))],
            ForecastCalendar.Of(city.Network.Calendar));
    }

    private static void Run(List<Observation> rows, DayCalendar calendar, BacktestPlan plan, ForecastOptions options, TextWriter screen, CancellationToken cancellation)
    {
        var whole = PanelCleaner.Clean(rows, gapRule: options.GapRule).Panel;
        var hierarchy = new VolumeHierarchy([.. whole.Series.Select(s => new HierarchyLeaf(s.Id, "area", TerminalOf(s.Id)))]);
        var sums = hierarchy.Aggregate(whole)!;
        var days = new List<LevelDay>();
        screen.WriteLine("origin      reconciled   area: WAPE    bias   P90 over P50  covered");
        foreach (var origin in Backtest.ListOrigins(whole.FirstDate, whole.LastDate, plan))
        {
            var known = PanelCleaner.Clean(rows, origin, options.GapRule).Panel;
            var below = new VolumeHierarchy([.. hierarchy.Leaves.Where(l => known.FindSeries(l.SeriesId) is not null)]);
            var progress = new ProgressLine(origin.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            var model = VolumeForecaster.Train(known, calendar, options with { Hierarchy = below }, progress, cancellation);
            ProgressLine.End();
            var nodes = HierarchyForecaster.Predict(model, known, below, calendar, cancellation: cancellation);
            LevelDay[] found = [.. nodes.SelectMany(n => Days(n, n.Level == HierarchyLevel.Series ? whole : sums))];
            days.AddRange(found);
            var area = LevelScore.Of(found.Where(d => d.Level == HierarchyLevel.Area));
            screen.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{origin:yyyy-MM-dd}  {model.HierarchyFit.Method,-11} {area.Wape,12:0.0000} {BacktestTable.Signed(area.Bias),7} {area.Above,14:0.000} {area.Covered,8:0.00}"));
        }

        screen.WriteLine();
        screen.WriteLine("level     days     nodes × days    WAPE    bias    PL90  P10 covers  P90 covers");
        foreach (var level in Enum.GetValues<HierarchyLevel>())
        {
            var at = days.Where(d => d.Level == level).ToArray();
            Print("1–14", at);
            Print("1–7", at.Where(d => d.Horizon <= 7));
            Print("8–14", at.Where(d => d.Horizon > 7));

            void Print(string name, IEnumerable<LevelDay> chosen)
            {
                var score = LevelScore.Of(chosen);
                screen.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{level,-9} {name,-5} {score.Count,15} {score.Wape,8:0.0000} {BacktestTable.Signed(score.Bias),7} {score.PinballShare90,7:0.0000} {score.LowerCovered,11:0.000} {score.Covered,11:0.000}"));
            }
        }
    }

    private static IEnumerable<LevelDay> Days(NodeForecast node, VolumePanel actuals)
    {
        var forecast = node.Forecast;
        var series = actuals.Series[actuals.FindSeries(forecast.SeriesId)!.Value];
        for (var h = 0; h < forecast.Horizon; h++)
            yield return new LevelDay(node.Level, h + 1, series[actuals.DayOf(forecast.DateOf(h))], forecast.P10[h], forecast.P50[h], forecast.P90[h]);
    }

    private static string TerminalOf(string id) => id.IndexOfAny(['|', '-']) is > 0 and var end ? id[..end] : id;

    private sealed record LevelDay(HierarchyLevel Level, int Horizon, double Actual, double P10, double P50, double P90);

    /// <param name="Above">P90 over P50.</param>
    private sealed record LevelScore(int Count, double Wape, double Bias, double PinballShare90, double Above, double LowerCovered, double Covered)
    {
        public static LevelScore Of(IEnumerable<LevelDay> some)
        {
            var days = some.ToArray();
            var (actual, upper) = (Array.ConvertAll(days, d => d.Actual), Array.ConvertAll(days, d => d.P90));
            var lower = days.Where(d => d.P10 > 0).ToArray();
            return new LevelScore(
                days.Length, Scoring.Wape(actual, Array.ConvertAll(days, d => d.P50)), days.Sum(d => d.P50 - d.Actual) / actual.Sum(), Scoring.PinballShare(actual, upper, 0.9),
                upper.Sum() / days.Sum(d => d.P50), lower.Length == 0 ? double.NaN : (double)lower.Count(d => d.Actual >= d.P10) / lower.Length, Scoring.Coverage(actual, upper));
        }
    }
}
