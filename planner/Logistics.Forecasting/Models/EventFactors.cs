using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Features;
using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Models;

/// <summary>What each kind of holiday and promotion did to the whole panel: taken out of the history that simple methods see, and put back on days to come. Immutable; thread-safe.</summary>
/// <remarks>
/// A day of a holiday or promotion is compared with the same weekday of the ordinary weeks around it. A kind of day counts as far as its mean lies beyond what chance gives the days of no event;
/// a name never seen takes what its phase did under other names (1111_peak after 618_peak): half of it after one other name, two thirds after two, since sales differ in size. Without it a week of holidays drags the level of the weeks after it down.
/// </remarks>
internal sealed class EventFactors
{
    private const int Week = 7;

    // Ordinary weeks looked at on either side, and how many days they must give together.
    private const int WeeksAround = 5;
    private const int Wanted = 3;
    private const int Fewest = 2;

    // Standard errors of a kind's mean that chance may take.
    private const double ChanceErrors = 2;

    private readonly double[] _factors;

    private EventFactors(double[] factors) => _factors = factors;

    /// <summary>Measures on the days up to the origin only.</summary>
    public static EventFactors Measure(VolumePanel panel, CalendarIndex calendar, int origin, int horizon)
    {
        var total = new double[origin + 1];
        foreach (var series in panel.Series)
            for (var day = series.FirstDay; day <= origin; day++) total[day] += series[day];
        var ordinary = new List<double>();
        var kinds = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        var families = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        for (var day = 0; day <= origin; day++)
        {
            if (total[day] <= 0 || Usual(total, calendar, day) is not (> 0 and var usual)) continue;
            var ratio = Math.Log(total[day] / usual);
            var (own, phase) = KindsOf(calendar[day]);
            (own is null ? ordinary : ListOf(kinds, own)).Add(ratio);
            if (phase is null) continue;
            ListOf(kinds, phase).Add(ratio);
            ListOf(families, phase).Add(calendar[day].PromotionFamily);
        }

        var chance = ordinary.Count > Week ? Math.Sqrt(ordinary.Average(r => r * r)) : double.PositiveInfinity;
        var effects = kinds.ToDictionary(k => k.Key, k => Effect(k.Value, chance), StringComparer.Ordinal);
        foreach (var (phase, names) in families)
        {
            var known = names.Distinct(StringComparer.Ordinal).Count();
            effects[phase] *= known / (known + 1.0);
        }

        var factors = new double[origin + horizon + 1];
        for (var day = 0; day < factors.Length; day++)
        {
            var (own, phase) = KindsOf(calendar[day]);
            factors[day] = Math.Exp(EffectOf(own) ?? EffectOf(phase) ?? 0);
        }

        return new EventFactors(factors);

        double? EffectOf(string? kind) => kind is not null && effects.TryGetValue(kind, out var effect) ? effect : null;
    }

    /// <summary>A series' history as if its events had been ordinary days.</summary>
    /// <param name="values">By day from <paramref name="firstDay"/>.</param>
    public double[] TakenOut(ReadOnlySpan<double> values, int firstDay)
    {
        var plain = new double[values.Length];
        for (var i = 0; i < plain.Length; i++) plain[i] = values[i] / _factors[firstDay + i];
        return plain;
    }

    /// <summary>Puts the events back on days to come.</summary>
    /// <param name="firstDay">Panel day of the first.</param>
    public void PutBack(Span<double> forecast, int firstDay)
    {
        for (var h = 0; h < forecast.Length; h++) forecast[h] *= _factors[firstDay + h];
    }

    // What a day is, and for a promotion also the phase whatever its name; nothing on ordinary days.
    private static (string? Own, string? Phase) KindsOf(CalendarDay day) => day switch
    {
        { Promotion.Length: > 0 } => (day.Promotion, "phase:" + day.Promotion[day.PromotionFamily.Length..]),
        { IsPublicHoliday: true } => ("holiday:" + day.Holiday, null),
        { IsAdjustedWorkday: true } => ("workday", null),
        _ => (null, null),
    };

    private static List<T> ListOf<T>(Dictionary<string, List<T>> lists, string kind)
    {
        if (!lists.TryGetValue(kind, out var list)) lists[kind] = list = [];
        return list;
    }

    // Mean of the nearest ordinary days of the same weekday; NaN if there are too few.
    private static double Usual(double[] total, CalendarIndex calendar, int day)
    {
        double sum = 0;
        var count = 0;
        foreach (var side in new[] { -Week, Week })
        {
            var taken = 0;
            for (var week = 1; week <= WeeksAround && taken < Wanted; week++)
            {
                var near = day + side * week;
                if (near < 0 || near >= total.Length || KindsOf(calendar[near]).Own is not null) continue;
                sum += total[near];
                count++;
                taken++;
            }
        }

        return count >= Fewest ? sum / count : double.NaN;
    }

    private static double Effect(List<double> ratios, double chance)
    {
        var mean = ratios.Average();
        var error = ChanceErrors * chance / Math.Sqrt(ratios.Count);
        return mean == 0 ? 0 : mean * Math.Max(0, 1 - error * error / (mean * mean));
    }
}
