namespace Logistics.Forecasting.Simple;

/// <summary>A forecast of one series from its own past alone: the yardstick, and the fallback, of the learned model.</summary>
public interface ISimpleMethod
{
    string Name { get; }

    /// <summary>Forecasts the days after the history.</summary>
    /// <param name="history">Finite daily values ≥ 0, oldest first; at least one.</param>
    /// <param name="forecast">Filled with one value ≥ 0 for each following day.</param>
    void Forecast(ReadOnlySpan<double> history, Span<double> forecast);
}

/// <summary>The simple methods, in the order tables show them.</summary>
public static class SimpleMethods
{
    public static IReadOnlyList<ISimpleMethod> All { get; } =
    [
        new LastValue(), new SeasonalNaive(), new SameWeekdayMean(), new WeekdayProfile(), new ExponentialSmoothing(),
        new IntermittentSmoothing(isTsb: false), new IntermittentSmoothing(isTsb: true), new EightWeekMedian(),
    ];
}
