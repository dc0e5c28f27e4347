namespace Logistics.Forecasting.Simple;

/// <summary>Mean since the last jump of the level, averaged over when that jump may have been.</summary>
/// <remarks>
/// One change point within the last thirteen weeks, or none; each weighs by the likelihood of the square roots of the volumes, on which chance is about as wide on busy as on quiet days
/// (Smith 1975). Prefix sums make a day cost one step per possible jump.
/// </remarks>
internal readonly ref struct JumpLevel
{
    public const int FewestDays = 7;

    private const int Window = 91;

    // Days before a jump that say where it jumped from.
    private const int DaysBefore = 4;

    private const double JumpsPerDay = 1 / 150.0;

    // A weekday that never brings parcels says nothing of the level.
    private const double NoShare = 0.05;

    // Days since a jump that are tried; the chance of those between counts for the nearest one.
    private static readonly int[] Since = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 21, 24, 28, 32, 37, 42, 49, 56, 64, 73, 82];

    private readonly double[] _sum;
    private readonly double[] _roots;
    private readonly double _variance;

    public JumpLevel(ReadOnlySpan<double> year, ReadOnlySpan<double> share)
    {
        _sum = new double[year.Length + 1];
        _roots = new double[year.Length + 1];
        var steps = new double[year.Length];
        double value = 0, root = 0, squares = 0;
        for (var i = 0; i < year.Length; i++)
        {
            var s = share[i % WeekdayProfile.Week];
            if (s > NoShare) value = year[i] / s;
            var next = Math.Sqrt(value);
            steps[i] = i == 0 ? 0 : Math.Abs(next - root);
            squares += steps[i] * steps[i];
            root = next;
            _sum[i + 1] = _sum[i] + value;
            _roots[i + 1] = _roots[i] + root;
        }

        Array.Sort(steps);
        // The median step knows no jumps, but is 0 where most days are empty; a quarter of the mean square is more than jumps alone make of it.
        var median = 1.4826 * steps[steps.Length / 2];
        var mean = _roots[^1] / year.Length;
        _variance = Math.Max(Math.Max(median * median / 2, squares / steps.Length / 8), Math.Max(0.002 * mean * mean, 1e-6));
    }

    /// <summary>Level after so many days, ≥ <see cref="FewestDays"/>.</summary>
    public double After(int days)
    {
        var window = Math.Min(days, Window);
        var start = days - window;
        var all = _roots[days] - _roots[start];
        // A jump explains the window better by the squares it takes away; no jump weighs 1.
        double weights = 1, sum = (_sum[days] - _sum[start]) / window, scale = 0;
        for (var i = 0; i < Since.Length && Since[i] < window - DaysBefore + 1; i++)
        {
            var (after, before) = (Since[i], window - Since[i]);
            var late = _roots[days] - _roots[days - after];
            var early = all - late;
            var gain = (late * late / after + early * early / before - all * all / window) / (2 * _variance);
            var log = gain + Math.Log(JumpsPerDay * (i == 0 ? 1 : after - Since[i - 1]));
            if (log > scale)
            {
                (weights, sum) = (weights * Math.Exp(scale - log), sum * Math.Exp(scale - log));
                scale = log;
            }

            var weight = Math.Exp(log - scale);
            weights += weight;
            sum += weight * (_sum[days] - _sum[days - after]) / after;
        }

        return sum / weights;
    }
}
