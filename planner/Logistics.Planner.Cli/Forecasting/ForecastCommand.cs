using System.CommandLine;

namespace Logistics.Planner.Cli.Forecasting;

/// <summary><c>logistics forecast</c>: backtest, train and predict parcel volumes.</summary>
internal static class ForecastCommand
{
    public static Command Create() => new("forecast", "Forecast daily parcel volume per series.")
    {
        BacktestCommand.Create(),
        TrainCommand.Create(),
        PredictCommand.Create(),
    };

    /// <summary>Runs a command's body; input that cannot be used ends with one line and exit code 2, cancellation with 130.</summary>
    internal static int Guard(Action body)
    {
        try
        {
            body();
            return 0;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            return 2;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("cancelled");
            return 130;
        }
    }
}
