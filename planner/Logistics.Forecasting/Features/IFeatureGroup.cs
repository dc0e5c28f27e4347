using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Features;

/// <summary>The forecast a row is about: the volume of a series on a day, seen from an origin before it.</summary>
/// <param name="Series">Position in the panel.</param>
/// <param name="Origin">Last known day; nothing after it may enter a feature.</param>
/// <param name="Target">Day forecast, after the origin.</param>
/// <param name="Scale">Level of the series at the origin, &gt; 0; volumes enter features divided by it.</param>
public readonly record struct ForecastPoint(int Series, int Origin, int Target, double Scale)
{
    public int Horizon => Target - Origin;
}

/// <summary>Some columns of a feature row. Implementations are immutable and thread-safe.</summary>
internal interface IFeatureGroup
{
    IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>Writes one value per column.</summary>
    void Write(ForecastPoint point, Span<float> values);
}
