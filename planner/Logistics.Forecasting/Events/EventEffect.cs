namespace Logistics.Forecasting.Events;

/// <summary>What the days of one kind brought, on the logarithm: before a promotion's main day and from it on. Owned by one thread.</summary>
internal sealed class EventEffect
{
    // Standard errors of a mean that chance may take.
    private const double ChanceErrors = 2;

    // What a promotion brings from its main day on, over the days before it, where one side was not seen: 1.4 to 2 on sales of two years.
    private const double PastOverBefore = 1.5;

    private readonly HashSet<string> _promotions = new(StringComparer.Ordinal);

    // Σ share · ratio and Σ share², by side of the main day: the effect of least squares is their quotient.
    private readonly double[] _sum = new double[2];
    private readonly double[] _weight = new double[2];

    /// <summary>Different promotions among the days.</summary>
    public int Promotions => _promotions.Count;

    public void Add(EventKind day, double ratio)
    {
        _sum[Side(day)] += day.Share * ratio;
        _weight[Side(day)] += day.Share * day.Share;
        if (day.Family is not null) _promotions.Add(day.Family);
    }

    /// <summary>Whether days on the same side of the main day were seen.</summary>
    public bool Holds(EventKind day) => _weight[Side(day)] > 0;

    /// <summary>The effect of all days, and how those on the same side differ from it, each as far as it lies beyond what chance gives; where none on that side were seen, what the other tells of it.</summary>
    /// <param name="chance">Deviation of ordinary days.</param>
    public double Of(EventKind day, double chance)
    {
        var mean = _sum.Sum() / _weight.Sum();
        var all = Beyond(mean, chance, _weight.Sum());
        if (!Holds(day)) return day.IsPast ? all * PastOverBefore : all / PastOverBefore;
        return all + Beyond(_sum[Side(day)] / _weight[Side(day)] - mean, chance, _weight[Side(day)]);
    }

    private static int Side(EventKind day) => day.IsPast ? 1 : 0;

    private static double Beyond(double mean, double chance, double weight)
    {
        var error = ChanceErrors * chance / Math.Sqrt(weight);
        return mean == 0 ? 0 : mean * Math.Max(0, 1 - error * error / (mean * mean));
    }
}
