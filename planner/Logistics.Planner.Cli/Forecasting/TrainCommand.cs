using System.CommandLine;
using Logistics.Forecasting;
using Logistics.Forecasting.Panels;

namespace Logistics.Planner.Cli.Forecasting;

/// <summary><c>logistics forecast train</c>: learns a model from a panel and stores it.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var panel = ForecastInputs.Panel();
        var calendar = ForecastInputs.Calendar();
        var horizon = ForecastInputs.Number("--horizon", 14, "Furthest day ahead the model will forecast.");
        var seed = ForecastInputs.Number("--seed", 1, "Seed of every random choice.");
        var threads = ForecastInputs.Number("--threads", Environment.ProcessorCount, "Models trained at the same time; the result does not depend on it.");
        var gaps = ForecastInputs.Gaps();
        var output = ForecastInputs.Out("the model");
        var command = new Command("train", "Learn a model from all rows of a panel.") { panel, calendar, horizon, seed, threads, gaps, output };
        command.SetAction((parsed, cancellation) => ForecastCommand.Guard(parsed, screen => Run(
            parsed.GetRequiredValue(panel),
            parsed.GetValue(calendar),
            new ForecastOptions { Horizon = parsed.GetValue(horizon), Seed = (ulong)Math.Max(0, parsed.GetValue(seed)), Threads = parsed.GetValue(threads), GapRule = parsed.GetValue(gaps) },
            parsed.GetRequiredValue(output),
            screen,
            cancellation)));
        return command;
    }

    private static void Run(FileInfo panelFile, FileInfo? calendarFile, ForecastOptions options, FileInfo output, TextWriter screen, CancellationToken cancellation)
    {
        var cleaned = PanelCleaner.Clean(PanelFile.Read(panelFile), gapRule: options.GapRule);
        NotesTable.Print(cleaned.Notes, screen);
        var calendar = CalendarFile.Read(calendarFile);
        VolumeForecastModel model = null!;
        OutputFile.Write(output, stream =>
        {
            model = VolumeForecaster.Train(cleaned.Panel, calendar, options, new ProgressLine("train"), cancellation);
            ProgressLine.End();
            ModelFile.Save(model, stream);
        });
        if (model.Rehearsal is { } rehearsal)
        {
            screen.WriteLine("held-out weeks before the last day:");
            foreach (var method in rehearsal.Methods) screen.WriteLine($"  {method.Method,-18} WAPE {method.Wape:0.0000}  weight {method.Weight:0.00}");
        }
        else
        {
            screen.WriteLine("too little history to hold weeks out: standard weights and widths are used.");
        }

        screen.WriteLine($"model of {cleaned.Panel.Series.Count} series up to {model.TrainedUntil:yyyy-MM-dd} written to {output.FullName}");
    }
}
