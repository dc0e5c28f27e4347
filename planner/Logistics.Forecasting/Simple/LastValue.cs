namespace Logistics.Forecasting.Simple;

/// <summary>The last known day for every day: what a random walk cannot be forecast better than.</summary>
public sealed class LastValue : ISimpleMethod
{
    public string Name => "naive";

    public void Forecast(ReadOnlySpan<double> history, Span<double> forecast) => forecast.Fill(history[^1]);
}
