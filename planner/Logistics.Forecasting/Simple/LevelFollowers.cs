namespace Logistics.Forecasting.Simple;

/// <summary>Quick and slow ways of following a level under a weekly rhythm, averaged by how well each forecast the last half year.</summary>
/// <remarks>
/// Exponential smoothing at seven rates, of which 1 keeps the last day, and a <see cref="JumpLevel"/>. A day ahead the quick ones win wherever neighbouring days are alike, though a fortnight
/// ahead such waves are over; judged a fortnight ahead alone, a jump is followed too late. So both judge, and the mean of what they give is taken. Uses year and shares of its caller only.
/// </remarks>
internal readonly ref struct LevelFollowers(ReadOnlySpan<double> year, ReadOnlySpan<double> share)
{
    /// <summary>Days that make the level to start from; fewer tell nothing.</summary>
    public const int StartDays = 2 * WeekdayProfile.Week;

    private const int JudgedDays = 182;

    // A follower whose error is a fiftieth larger weighs e times less.
    private const double Sharpness = 50;

    // So many judged days speak with full weight on the days far ahead; a few of them say little, and the slow followers are trusted first.
    private const double TrustedDays = 91;
    private const double SlowFirst = 0.5;

    private const int Followers = 8;
    private const int Kept = 15;

    private static readonly double[] Rates = [0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 1];

    // What a level after a jump is as slow as.
    private const double JumpRate = 0.05;

    private static readonly int[] DaysAhead = [1, 7, 14];

    private readonly ReadOnlySpan<double> _year = year;
    private readonly ReadOnlySpan<double> _share = share;

    /// <summary>Level at the end of the year.</summary>
    public double Level()
    {
        var judgedFrom = Math.Max(StartDays, _year.Length - JudgedDays);
        Span<double> levels = stackalloc double[Followers];
        Span<double> errors = stackalloc double[Followers * DaysAhead.Length];
        errors.Clear();
        Follow(judgedFrom, levels, errors);
        var judged = _year.Length - judgedFrom;
        Span<double> near = stackalloc double[Followers];
        Span<double> far = stackalloc double[Followers];
        for (var f = 0; f < Followers; f++)
        {
            near[f] = errors[f] / Math.Max(1, judged);
            far[f] = (errors[f] + errors[Followers + f] + errors[2 * Followers + f]) / Math.Max(1, judged);
        }

        return (Average(levels, near, Sharpness, 0) + Average(levels, far, Sharpness * Math.Min(1, judged / TrustedDays), SlowFirst)) / 2;
    }

    /// <summary>Runs all followers over the year; sums their absolute errors by days ahead on the days judged.</summary>
    private void Follow(int judgedFrom, Span<double> levels, Span<double> errors)
    {
        double squares = 0;
        foreach (var s in _share) squares += s * s / WeekdayProfile.Week;
        var jump = new JumpLevel(_year, _share);
        // Levels after each of the last days, since a forecast of many days ahead was made by the level of that time.
        Span<double> known = stackalloc double[Kept * Followers];
        levels.Fill(SeasonalNaive.Mean(_year[..StartDays]));
        levels.CopyTo(known);
        for (var day = 0; day < _year.Length; day++)
        {
            var s = _share[day % WeekdayProfile.Week];
            for (var a = 0; day >= judgedFrom && a < DaysAhead.Length; a++)
            {
                var at = known.Slice((day + 1 - DaysAhead[a]) % Kept * Followers, Followers);
                for (var f = 0; f < Followers; f++) errors[a * Followers + f] += Math.Abs(_year[day] - at[f] * s);
            }

            // A busy weekday says more of the level and moves it more.
            for (var r = 0; r < Rates.Length && s > 0; r++) levels[r] += Math.Min(1, Rates[r] / squares * s * s) * (_year[day] / s - levels[r]);
            levels[^1] = day + 1 > judgedFrom - Kept && day + 1 >= JumpLevel.FewestDays ? jump.After(day + 1) : levels[0];
            levels.CopyTo(known.Slice((day + 1) % Kept * Followers, Followers));
        }
    }

    private static double Average(ReadOnlySpan<double> levels, ReadOnlySpan<double> errors, double sharpness, double slowFirst)
    {
        var best = double.PositiveInfinity;
        foreach (var error in errors) best = Math.Min(best, error);
        double sum = 0, weights = 0;
        for (var f = 0; f < Followers; f++)
        {
            var rate = f < Rates.Length ? Rates[f] : JumpRate;
            var weight = Math.Exp(-sharpness * (errors[f] - best) / Math.Max(best, 1e-9)) * Math.Pow(rate, -slowFirst);
            sum += weight * levels[f];
            weights += weight;
        }

        return sum / weights;
    }
}
