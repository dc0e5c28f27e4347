using Logistics.Forecasting;

namespace Logistics.Planner.Cli.Forecasting;

/// <summary>Shows training progress on one line of the error stream, only when a person is watching.</summary>
internal sealed class ProgressLine(string prefix) : IProgress<ForecastProgress>
{
    public void Report(ForecastProgress value)
    {
        if (!Console.IsErrorRedirected) Console.Error.Write($"\r{prefix}: {value.Step} {value.Done}/{value.Total}   ");
    }

    public static void End()
    {
        if (!Console.IsErrorRedirected) Console.Error.Write("\r                                                            \r");
    }
}
