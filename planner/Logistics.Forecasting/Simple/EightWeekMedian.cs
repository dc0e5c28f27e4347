namespace Logistics.Forecasting.Simple;

/// <summary>Median of the last 56 days for every day: the best constant by absolute error, where days tell nothing apart and single ones stray.</summary>
public sealed class EightWeekMedian : ISimpleMethod
{
    private const int Days = 56;

    public string Name => "56-day median";

    public void Forecast(ReadOnlySpan<double> history, Span<double> forecast)
    {
        Span<double> last = stackalloc double[Math.Min(Days, history.Length)];
        history[^last.Length..].CopyTo(last);
        last.Sort();
        forecast.Fill((last[(last.Length - 1) / 2] + last[last.Length / 2]) / 2);
    }
}
