namespace Logistics.Forecasting.Hierarchies;

/// <summary>How far the series below a node err together, by level: it decides how wide a sum is. Immutable; thread-safe.</summary>
/// <remarks>
/// A sum's distance from P50 to an outer quantile is √((1 − ρ) Σdᵢ² + ρ (Σdᵢ)²) of its series' distances dᵢ on that day, so a promotion day is wide because its series are. ρ is the
/// smallest that covered nine in ten held-out days, pulled to a usual value where few were held out. It is measured apart on days that feel a holiday or promotion: a sale that nobody
/// had seen before moves a whole city at once and must not widen every ordinary day.
/// </remarks>
/// <param name="Lower">ρ towards P10 in [0, 1], by <see cref="HierarchyLevel"/> on ordinary days, then on the others; unused for series.</param>
/// <param name="Upper">ρ towards P90, likewise.</param>
public sealed record SharedErrors(IReadOnlyList<double> Lower, IReadOnlyList<double> Upper)
{
    public const int Cells = 2 * Levels;

    private const int Levels = 3;

    // What the weather, a missed truck or a rival's sale commonly share among a city's series.
    private const double Usual = 0.05;

    // Days held out lie in a few fortnights, and neighbours err alike: four weeks of them weigh as much as the usual value.
    private const double PullDays = 28;

    // The days around one holiday or sale err as one, and a history holds few of those.
    private const double EventPullDays = 5 * PullDays;

    public static SharedErrors Unmeasured { get; } = new([.. Enumerable.Repeat(Usual, Cells)], [.. Enumerable.Repeat(Usual, Cells)]);

    /// <summary>ρ towards P10 and P90.</summary>
    /// <param name="level">Area for a sum over several terminals.</param>
    /// <param name="isOrdinary">As <see cref="Calendars.DayCalendar.IsOrdinary"/> says of the day.</param>
    public (double Lower, double Upper) Of(HierarchyLevel level, bool isOrdinary)
    {
        var cell = Cell((int)level, isOrdinary);
        return (Lower[cell], Upper[cell]);
    }

    /// <summary>Distances from P50 to P10 and to P90 of a sum of series.</summary>
    /// <param name="level">Area for a sum over several terminals.</param>
    /// <param name="isOrdinary">As <see cref="Calendars.DayCalendar.IsOrdinary"/> says of the day.</param>
    /// <param name="parts">The series' distances on that day, ≥ 0.</param>
    public (double Down, double Up) Distances(HierarchyLevel level, bool isOrdinary, IEnumerable<(double Down, double Up)> parts)
    {
        double down = 0, downSquares = 0, up = 0, upSquares = 0;
        foreach (var part in parts)
        {
            (down, downSquares) = (down + part.Down, downSquares + part.Down * part.Down);
            (up, upSquares) = (up + part.Up, upSquares + part.Up * part.Up);
        }

        var (lower, upper) = Of(level, isOrdinary);
        return (Distance(down, downSquares, lower), Distance(up, upSquares, upper));
    }

    /// <summary>Distance of a sum whose parts err together to some degree: 0 adds squares, 1 adds distances.</summary>
    internal static double Distance(double sum, double squares, double dependence) => Math.Sqrt((1 - dependence) * squares + dependence * sum * sum);

    /// <param name="days">By held-out day: whether it was ordinary; level and dependence needed to cover, for both sides, of every sum.</param>
    internal static SharedErrors Fit(IReadOnlyList<(bool IsOrdinary, IReadOnlyList<(HierarchyLevel Level, double Lower, double Upper)> Needed)> days)
    {
        var (lower, upper) = (new double[Cells], new double[Cells]);
        foreach (var isOrdinary in new[] { true, false })
        {
            var alike = days.Where(d => d.IsOrdinary == isOrdinary).ToArray();
            for (var level = 0; level < Levels; level++)
            {
                var at = alike.SelectMany(d => d.Needed).Where(s => (int)s.Level == level).ToArray();
                var share = at.Length == 0 ? 0 : alike.Length / (alike.Length + (isOrdinary ? PullDays : EventPullDays));
                var cell = Cell(level, isOrdinary);
                lower[cell] = share * Quantile([.. at.Select(s => s.Lower)]) + (1 - share) * Usual;
                upper[cell] = share * Quantile([.. at.Select(s => s.Upper)]) + (1 - share) * Usual;
            }
        }

        return new SharedErrors(lower, upper);
    }

    private static int Cell(int level, bool isOrdinary) => isOrdinary ? level : Levels + level;

    // The finite-sample conformal quantile: the ⌈0.9 (n + 1)⌉-th smallest.
    private static double Quantile(double[] needed)
    {
        Array.Sort(needed);
        return needed.Length == 0 ? Usual : needed[Math.Min(needed.Length, (int)Math.Ceiling(0.9 * (needed.Length + 1))) - 1];
    }
}
