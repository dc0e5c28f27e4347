using System.CommandLine;
using System.Globalization;
using Logistics.Forecasting;
using Logistics.Forecasting.Backtesting;
using Logistics.Forecasting.Panels;

namespace Logistics.Planner.Cli.Forecasting;

/// <summary><c>logistics forecast backtest</c>: rolling origins, forecasts to a CSV, accuracy to the screen.</summary>
internal static class BacktestCommand
{
    public static Command Create()
    {
        var panel = ForecastInputs.Panel();
        var calendar = ForecastInputs.Calendar();
        var origins = ForecastInputs.Number("--origins", 8, "Number of origins.");
        var horizon = ForecastInputs.Number("--horizon", 14, "Days ahead from each origin.");
        var step = ForecastInputs.Number("--step", 28, "Days between origins.");
        var seed = ForecastInputs.Number("--seed", 1, "Seed of every random choice.");
        var threads = ForecastInputs.Number("--threads", Environment.ProcessorCount, "Models trained at the same time; the result does not depend on it.");
        var gaps = ForecastInputs.Gaps();
        var output = ForecastInputs.Out("origin,series_id,date,p50,p90");
        var command = new Command("backtest", "Forecast from past origins as if later days did not exist, and score the result.")
        {
            panel, calendar, origins, horizon, step, seed, threads, gaps, output,
        };
        command.SetAction((parsed, cancellation) => ForecastCommand.Guard(parsed, screen => Run(
            parsed.GetRequiredValue(panel),
            parsed.GetValue(calendar),
            new BacktestPlan(parsed.GetValue(origins), parsed.GetValue(horizon), parsed.GetValue(step)),
            new ForecastOptions { Horizon = parsed.GetValue(horizon), Seed = (ulong)Math.Max(0, parsed.GetValue(seed)), Threads = parsed.GetValue(threads), GapRule = parsed.GetValue(gaps) },
            parsed.GetRequiredValue(output),
            screen,
            cancellation)));
        return command;
    }

    private static void Run(FileInfo panelFile, FileInfo? calendarFile, BacktestPlan plan, ForecastOptions options, FileInfo output, TextWriter screen, CancellationToken cancellation)
    {
        var observations = PanelFile.Read(panelFile);
        var calendar = CalendarFile.Read(calendarFile);
        var whole = PanelCleaner.Clean(observations, gapRule: options.GapRule);
        NotesTable.Print(whole.Notes, screen);
        var dates = Backtest.ListOrigins(whole.Panel.FirstDate, whole.Panel.LastDate, plan);
        var results = new List<BacktestOrigin>();
        OutputFile.WriteText(output, writer =>
        {
            writer.WriteLine("origin,series_id,date,p50,p90");
            foreach (var date in dates)
            {
                var progress = new ProgressLine(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                var result = Backtest.RunOrigin(observations, calendar, date, options, progress, cancellation);
                ProgressLine.End();
                foreach (var forecast in result.Forecasts) Write(writer, date, forecast);
                results.Add(result);
            }
        });

        BacktestTable.Print(BacktestScore.Of(results, whole.Panel), screen);
        screen.WriteLine($"{results.Sum(r => r.Forecasts.Count) * plan.Horizon} forecasts written to {output.FullName}");
    }

    private static void Write(TextWriter writer, DateOnly origin, SeriesForecast forecast)
    {
        for (var h = 0; h < forecast.Horizon; h++)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{origin:yyyy-MM-dd},{CsvRows.Quote(forecast.SeriesId)},{forecast.DateOf(h):yyyy-MM-dd},{CsvRows.Number(forecast.P50[h])},{CsvRows.Number(forecast.P90[h])}"));
        }
    }
}
