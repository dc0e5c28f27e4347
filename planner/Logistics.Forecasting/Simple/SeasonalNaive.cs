namespace Logistics.Forecasting.Simple;

/// <summary>The value of the same weekday in the last known week; before a full week is known, the mean.</summary>
public sealed class SeasonalNaive : ISimpleMethod
{
    public string Name => "seasonal naive";

    public void Forecast(ReadOnlySpan<double> history, Span<double> forecast)
    {
        for (var h = 0; h < forecast.Length; h++)
            forecast[h] = history.Length >= 7 ? history[history.Length - 7 + h % 7] : Mean(history);
    }

    internal static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values) sum += value;
        return values.Length == 0 ? 0 : sum / values.Length;
    }
}
