using Logistics.Forecasting.Calendars;

namespace Logistics.Forecasting.Hierarchies;

/// <summary>How far the series below a node stray together, by level: it decides how wide a sum is. Immutable; thread-safe.</summary>
/// <remarks>
/// A sum's distance from P50 to an outer quantile is √(Σdᵢ² + (c · P50)²): what its series' own chance leaves after adding up, and a share c of the volume by which weather, a rival's sale or a
/// trend move all at once. c is the smallest that covered nine in ten held-out days, pulled to a usual value where few were held out. It is measured apart on days that feel a holiday or
/// promotion, and on those of a promotion that nobody had seen before: it moves a whole city and must not widen every ordinary day.
/// </remarks>
/// <param name="Lower">c towards P10 in [0, 1], by <see cref="EventNearness"/>, then by <see cref="HierarchyLevel"/>; unused for series.</param>
/// <param name="Upper">c towards P90, likewise.</param>
public sealed record SharedErrors(IReadOnlyList<double> Lower, IReadOnlyList<double> Upper)
{
    public const int Cells = 3 * Levels;

    private const int Levels = 3;

    // What the weather, a missed truck or a rival's sale commonly move a city by nine days in ten; and how well the size of a sale or the quiet of a holiday is commonly foreseen.
    private const double Usual = 0.08;
    private const double UsualOfEvents = 0.2;

    // A level that is wrong is wrong for days: so many of one sum tell what one would, if each were wrong by itself.
    private const double DaysAlike = 3;

    // A first promotion commonly brings half as much again, for days, or many times as much.
    private const double UsualOfFirstUpwards = 0.6;

    // Days held out lie in a few fortnights, and neighbours err alike: four weeks of them weigh as much as the usual value.
    private const double PullDays = 28;

    // The days around one holiday or sale err as one, and a history holds few of those.
    private const double EventPullDays = 5 * PullDays;

    public static SharedErrors Unmeasured { get; } = Fit([]);

    /// <summary>c towards P10 and P90.</summary>
    /// <param name="level">Area for a sum over several terminals.</param>
    /// <param name="nearness">As <see cref="DayCalendar.NearnessOf"/> says of the day.</param>
    public (double Lower, double Upper) Of(HierarchyLevel level, EventNearness nearness)
    {
        var cell = Cell((int)level, nearness);
        return (Lower[cell], Upper[cell]);
    }

    /// <summary>Distances from P50 to P10 and to P90 of a sum of series.</summary>
    /// <param name="level">Area for a sum over several terminals.</param>
    /// <param name="nearness">As <see cref="DayCalendar.NearnessOf"/> says of the day.</param>
    /// <param name="middle">P50 of the sum.</param>
    /// <param name="parts">The series' distances on that day, ≥ 0.</param>
    public (double Down, double Up) Distances(HierarchyLevel level, EventNearness nearness, double middle, IReadOnlyCollection<(double Down, double Up)> parts)
    {
        var (lower, upper) = parts.Count > 1 ? Of(level, nearness) : (0, 0);
        return (Distance(parts.Sum(p => p.Down * p.Down), middle, lower), Distance(parts.Sum(p => p.Up * p.Up), middle, upper));
    }

    /// <param name="squares">Sum of the squared distances of the series.</param>
    internal static double Distance(double squares, double middle, double shared) => Math.Sqrt(squares + shared * middle * shared * middle);

    /// <param name="days">By held-out day: what events were near; level and share needed to cover, for both sides, of every sum.</param>
    internal static SharedErrors Fit(IReadOnlyList<(EventNearness Nearness, IReadOnlyList<(HierarchyLevel Level, double Lower, double Upper)> Needed)> days)
    {
        var (lower, upper) = (new double[Cells], new double[Cells]);
        foreach (var nearness in Enum.GetValues<EventNearness>())
        {
            var alike = days.Where(d => d.Nearness == nearness).ToArray();
            var (usual, pull) = nearness == EventNearness.None ? (Usual, PullDays) : (UsualOfEvents, EventPullDays);
            var usualUpwards = nearness == EventNearness.FirstPromotion ? UsualOfFirstUpwards : usual;
            for (var level = 0; level < Levels; level++)
            {
                var at = alike.SelectMany(d => d.Needed).Where(s => (int)s.Level == level).ToArray();
                var share = at.Length == 0 ? 0 : alike.Length / (alike.Length + pull);
                var cell = Cell(level, nearness);
                lower[cell] = share * Quantile([.. at.Select(s => s.Lower)], at.Length / DaysAlike) + (1 - share) * usual;
                upper[cell] = share * Quantile([.. at.Select(s => s.Upper)], at.Length / DaysAlike) + (1 - share) * usualUpwards;
            }
        }

        return new SharedErrors(lower, upper);
    }

    private static int Cell(int level, EventNearness nearness) => (int)nearness * Levels + level;

    // The finite-sample conformal quantile of so many independent days: 0.9 (n + 1) ÷ n.
    private static double Quantile(double[] needed, double independent)
    {
        Array.Sort(needed);
        return needed.Length == 0 ? 0 : needed[Math.Min(needed.Length, (int)Math.Ceiling(0.9 * (independent + 1) / independent * needed.Length)) - 1];
    }
}
