using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Features;
using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Events;

/// <summary>What each kind of holiday and promotion did to the whole panel: taken out of the history, and put back on days to come. Immutable; thread-safe.</summary>
/// <remarks>
/// A day of a holiday or promotion is compared with the same weekday of the ordinary weeks around it, and counts as far as its kind lies beyond what chance gives (<see cref="EventEffect"/>). A
/// promotion's days of a side of its main day or of a phase never seen take the larger of what its other days tell and what the same phase did under other names (1111_peak after 618_peak): half of
/// it after one other name, two thirds after two, since sales differ in size. Without it a week of holidays drags the level of the weeks after it down.
/// </remarks>
internal sealed class EventFactors
{
    private const int Week = 7;

    // Ordinary weeks looked at on either side, and how many days they must give together.
    private const int WeeksAround = 5;
    private const int Wanted = 3;
    private const int Fewest = 2;

    private readonly double[] _factors;

    private EventFactors(double[] factors) => _factors = factors;

    /// <summary>Volume on a panel day over what it would be without its event.</summary>
    public double this[int day] => _factors[day];

    /// <summary>Measures on the days up to the origin only.</summary>
    public static EventFactors Measure(VolumePanel panel, CalendarIndex calendar, int origin, int horizon)
    {
        var total = panel.SumByDay(origin + 1);
        var ordinary = new List<double>();
        var seen = new Dictionary<string, EventEffect>(StringComparer.Ordinal);
        for (var day = 0; day <= origin; day++)
        {
            if (total[day] <= 0 || Usual(total, calendar, day) is not (> 0 and var usual)) continue;
            var ratio = Math.Log(total[day] / usual);
            if (EventKind.Find(calendar, day) is not { } kind)
            {
                ordinary.Add(ratio);
                continue;
            }

            foreach (var name in kind.Names)
            {
                if (!seen.TryGetValue(name, out var effect)) seen[name] = effect = new EventEffect();
                effect.Add(kind, ratio);
            }
        }

        var chance = ordinary.Count > Week ? Math.Sqrt(ordinary.Average(r => r * r)) : double.PositiveInfinity;
        var factors = new double[origin + horizon + 1];
        for (var day = 0; day < factors.Length; day++) factors[day] = EventKind.Find(calendar, day) is { } kind ? Math.Exp(kind.Share * EffectOf(kind)) : 1;
        return new EventFactors(factors);

        double EffectOf(EventKind kind)
        {
            var own = seen.GetValueOrDefault(kind.Own);
            if (own is not null && own.Holds(kind)) return own.Of(kind, chance);
            var phase = kind.Phase is null ? null : seen.GetValueOrDefault(kind.Phase);
            var family = kind.Family is null ? null : seen.GetValueOrDefault(kind.Family);
            return new[]
            {
                own?.Of(kind, chance) ?? 0,
                phase is not null && phase.Holds(kind) ? phase.Of(kind, chance) * phase.Promotions / (phase.Promotions + 1.0) : 0,
                family?.Of(kind, chance) ?? 0,
            }.MaxBy(Math.Abs);
        }
    }

    /// <summary>The factors of promotions alone: 1 on all other days.</summary>
    public EventFactors OfSales(CalendarIndex calendar) => new([.. _factors.Select((factor, day) => calendar[day].Promotion.Length > 0 ? factor : 1)]);

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
                if (near < 0 || near >= total.Length || EventKind.Find(calendar, near) is not null) continue;
                sum += total[near];
                count++;
                taken++;
            }
        }

        return count >= Fewest ? sum / count : double.NaN;
    }
}
