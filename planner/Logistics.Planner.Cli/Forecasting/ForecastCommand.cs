using System.CommandLine;

namespace Logistics.Planner.Cli.Forecasting;

/// <summary><c>logistics forecast</c>: backtest, train and predict parcel volumes.</summary>
internal static class ForecastCommand
{
    // What a shell reports for a program ended by Ctrl-C.
    private const int Cancelled = 130;

    public static Command Create() => new("forecast", "Forecast daily parcel volume per series.")
    {
        BacktestCommand.Create(),
        TrainCommand.Create(),
        PredictCommand.Create(),
        LevelsCommand.Create(),
        ReserveCommand.Create(),
        ForecastScaleCommand.Create(),
    };

    /// <summary>Runs a command's body; input that cannot be used ends with one line and exit code 2, cancellation with 130.</summary>
    internal static Task<int> Guard(ParseResult parsed, Action<TextWriter> body) => GuardAsync(parsed, screen =>
    {
        body(screen);
        return Task.CompletedTask;
    });

    // Whoever reads it knows options and files, not the parameters of our methods.
    private static string PlainMessage(Exception e) =>
        e is ArgumentException { ParamName: { } parameter } ? e.Message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal) : e.Message;

    /// <inheritdoc cref="Guard"/>
    internal static async Task<int> GuardAsync(ParseResult parsed, Func<TextWriter, Task> body)
    {
        var error = parsed.InvocationConfiguration.Error;
        try
        {
            await body(parsed.InvocationConfiguration.Output);
            return 0;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"error: {PlainMessage(e)}");
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("cancelled");
            return Cancelled;
        }
    }
}
