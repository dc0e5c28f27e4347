namespace Logistics.Forecasting.Simple;

/// <summary>Mean of the same weekday over the last four weeks, or over as many as there are.</summary>
public sealed class SameWeekdayMean : ISimpleMethod
{
    private const int Weeks = 4;

    public string Name => "same-weekday mean";

    public void Forecast(ReadOnlySpan<double> history, Span<double> forecast)
    {
        for (var h = 0; h < forecast.Length; h++)
        {
            double sum = 0;
            var count = 0;
            for (var i = history.Length - 7 + h % 7; i >= 0 && count < Weeks; i -= 7)
            {
                sum += history[i];
                count++;
            }

            forecast[h] = count > 0 ? sum / count : SeasonalNaive.Mean(history);
        }
    }
}
