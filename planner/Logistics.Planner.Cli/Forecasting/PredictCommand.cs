using System.CommandLine;
using System.Globalization;
using Logistics.Forecasting;
using Logistics.Forecasting.Panels;

namespace Logistics.Planner.Cli.Forecasting;

/// <summary><c>logistics forecast predict</c>: forecasts the days after a panel's last day with a stored model.</summary>
internal static class PredictCommand
{
    public static Command Create()
    {
        var model = new Option<FileInfo>("--model") { Description = "Model file made by train.", Required = true }.AcceptExistingOnly();
        var panel = ForecastInputs.Panel();
        var calendar = ForecastInputs.Calendar();
        var horizon = new Option<int?>("--horizon") { Description = "Days ahead; the model's own horizon if absent." };
        var gaps = ForecastInputs.Gaps();
        var output = ForecastInputs.Out("series_id,date,p10,p50,p90");
        var command = new Command("predict", "Forecast the days after the panel's last day.") { model, panel, calendar, horizon, gaps, output };
        command.SetAction((parsed, cancellation) => ForecastCommand.Guard(parsed, screen =>
        {
            using var stream = parsed.GetRequiredValue(model).OpenRead();
            var loaded = ModelFile.Load(stream);
            var cleaned = PanelCleaner.Clean(PanelFile.Read(parsed.GetRequiredValue(panel)), gapRule: parsed.GetValue(gaps));
            NotesTable.Print(cleaned.Notes, screen);
            var forecasts = loaded.Predict(cleaned.Panel, CalendarFile.Read(parsed.GetValue(calendar)), parsed.GetValue(horizon), cancellation);
            Write(forecasts, parsed.GetRequiredValue(output), screen);
        }));
        return command;
    }

    private static void Write(IReadOnlyList<SeriesForecast> forecasts, FileInfo output, TextWriter screen)
    {
        OutputFile.WriteText(output, writer => Write(forecasts, writer));
        screen.WriteLine($"{forecasts.Count} series written to {output.FullName}");
    }

    private static void Write(IReadOnlyList<SeriesForecast> forecasts, TextWriter writer)
    {
        writer.WriteLine("series_id,date,p10,p50,p90");
        foreach (var f in forecasts)
        {
            for (var h = 0; h < f.Horizon; h++)
            {
                writer.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{CsvRows.Quote(f.SeriesId)},{f.DateOf(h):yyyy-MM-dd},{CsvRows.Number(f.P10[h])},{CsvRows.Number(f.P50[h])},{CsvRows.Number(f.P90[h])}"));
            }
        }
    }
}
