namespace Logistics.Forecasting.Backtesting;

/// <summary>Accuracy measures. Actuals and forecasts are aligned by position.</summary>
public static class Scoring
{
    /// <summary>Σ|actual − forecast| ÷ Σ actual; NaN when nothing came at all.</summary>
    public static double Wape(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        double total = 0;
        foreach (var value in actual) total += value;
        return total > 0 ? AbsoluteError(actual, forecast) / total : double.NaN;
    }

    /// <summary>Σ|actual − forecast|.</summary>
    public static double AbsoluteError(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        double error = 0;
        for (var i = 0; i < actual.Length; i++) error += Math.Abs(actual[i] - forecast[i]);
        return error;
    }

    /// <summary>2 · pinball loss ÷ Σ actual; NaN when nothing came at all.</summary>
    public static double PinballShare(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast, double quantile)
    {
        double loss = 0, total = 0;
        for (var i = 0; i < actual.Length; i++)
        {
            var error = actual[i] - forecast[i];
            loss += 2 * Math.Max(quantile * error, (quantile - 1) * error);
            total += actual[i];
        }

        return total > 0 ? loss / total : double.NaN;
    }

    /// <summary>Share of days at or below the forecast.</summary>
    public static double Coverage(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        var covered = 0;
        for (var i = 0; i < actual.Length; i++)
            if (actual[i] <= forecast[i]) covered++;
        return actual.Length == 0 ? double.NaN : (double)covered / actual.Length;
    }
}
