namespace Logistics.Forecasting.Simple;

/// <summary>Median of the last 56 days for every day: the best constant by absolute error, where days tell nothing apart and single ones stray.</summary>
public sealed class EightWeekMedian : ISimpleMethod
{
    private const int Days = 56;

    public string Name => "56-day median";

    public void Forecast(ReadOnlySpan<double> history, Span<double> forecast) => forecast.Fill(Median.Of(history[^Math.Min(Days, history.Length)..]));
}
