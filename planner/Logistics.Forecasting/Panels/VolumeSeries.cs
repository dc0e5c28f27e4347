using System.Collections.Frozen;

namespace Logistics.Forecasting.Panels;

/// <summary>A dense daily series: one finite value ≥ 0 for each day from its first to the panel's last day.</summary>
/// <param name="Id">Name in the input.</param>
/// <param name="FirstDay">Day index of <c>Values[0]</c> in the panel.</param>
/// <param name="Values">Parcels by day.</param>
public sealed record VolumeSeries(string Id, int FirstDay, double[] Values)
{
    /// <summary>Value on a panel day, which must not be before <see cref="FirstDay"/>.</summary>
    public double this[int day] => Values[day - FirstDay];

    /// <summary>Panel days whose value was measured by nobody: another day's stands in for one that is no number or absurd. Good to learn from, nothing to score against.</summary>
    public IReadOnlySet<int> StandIns { get; init; } = FrozenSet<int>.Empty;

    /// <summary>Day index after the last value.</summary>
    public int EndDay => FirstDay + Values.Length;
}
