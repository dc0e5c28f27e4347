namespace Logistics.Forecasting;

/// <summary>How far training has come.</summary>
/// <param name="Step">What is being done, for people.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all, ≥ <paramref name="Done"/>.</param>
public readonly record struct ForecastProgress(string Step, int Done, int Total);
