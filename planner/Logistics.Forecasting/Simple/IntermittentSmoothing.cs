namespace Logistics.Forecasting.Simple;

/// <summary>Flat forecasts for series that are empty on most days: Croston (1972), or Teunter–Syntetos–Babai (2011).</summary>
/// <remarks>Croston smooths sizes and intervals and never decays; TSB smooths the daily chance of demand, so it fades when demand stops.</remarks>
public sealed class IntermittentSmoothing(bool isTsb) : ISimpleMethod
{
    private const double SizeRate = 0.1;
    private const double ChanceRate = 0.05;

    public string Name => isTsb ? "TSB" : "Croston";

    public void Forecast(ReadOnlySpan<double> history, Span<double> forecast)
    {
        var first = history.IndexOfAnyExcept(0.0);
        if (first < 0)
        {
            forecast.Clear();
            return;
        }

        var size = history[first];
        double interval = first + 1, chance = 1.0 / interval;
        var since = 0;
        for (var i = first + 1; i < history.Length; i++)
        {
            since++;
            var value = history[i];
            chance += ChanceRate * ((value > 0 ? 1 : 0) - chance);
            if (value <= 0) continue;
            size += SizeRate * (value - size);
            interval += SizeRate * (since - interval);
            since = 0;
        }

        forecast.Fill(isTsb ? size * chance : size / interval);
    }
}
