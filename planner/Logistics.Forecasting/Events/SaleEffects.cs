using Logistics.Forecasting.Features;
using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Events;

/// <summary>What sales did to each series of a panel: the panel's factor to a power of the series' own, since one partner's parcels treble while another's stay as they are. Immutable; thread-safe.</summary>
internal sealed class SaleEffects
{
    private const int DaysAround = 35;
    private const int FewestDays = 7;

    // Parcels as many as which must be expected before what came counts by half.
    private const double Doubted = 50;

    // An effect below this, on the logarithm, is too small to be shared out.
    private const double LeastEffect = 0.1;
    private const double LargestPower = 2.5;

    private readonly EventFactors _factors;
    private readonly double[] _powers;

    private SaleEffects(EventFactors factors, double[] powers)
    {
        _factors = factors;
        _powers = powers;
    }

    /// <summary>Measures on the whole panel.</summary>
    /// <param name="horizon">Days after the panel's last that are wanted.</param>
    public static SaleEffects Measure(VolumePanel panel, CalendarIndex calendar, int horizon)
    {
        var factors = EventFactors.Measure(panel, calendar, panel.Days - 1, horizon).OfSales(calendar);
        return new SaleEffects(factors, [.. panel.Series.Select(s => PowerOf(s, calendar, factors))]);
    }

    /// <summary>Volume of a series on a panel day over what it would be without its sale.</summary>
    public double Of(int series, int day) => Math.Pow(_factors[day], _powers[series]);

    /// <summary>The panel as if the days of its sales had been ordinary ones.</summary>
    public VolumePanel TakenOut(VolumePanel panel) =>
        new(panel.FirstDate, panel.Days, [.. panel.Series.Select((s, i) => s with { Values = [.. s.Values.Select((value, day) => value / Of(i, s.FirstDay + day))] })]);

    /// <summary>Puts the sales back on days to come.</summary>
    /// <param name="firstDay">Panel day of the first.</param>
    public void PutBack(int series, Span<double> forecast, int firstDay)
    {
        for (var h = 0; h < forecast.Length; h++) forecast[h] *= Of(series, firstDay + h);
    }

    // The series' parcels on the days of sales against what its ordinary days around them and the panel's factors make expect.
    private static double PowerOf(VolumeSeries series, CalendarIndex calendar, EventFactors factors)
    {
        double came = 0, expected = 0, effect = 0;
        for (var day = series.FirstDay; day < series.EndDay; day++)
        {
            if (calendar[day].Promotion.Length == 0 || Usual(series, calendar, day) is not (> 0 and var usual)) continue;
            came += series[day];
            expected += usual * factors[day];
            effect += usual * factors[day] * Math.Log(factors[day]);
        }

        if (expected <= 0 || Math.Abs(effect / expected) < LeastEffect) return 1;
        return Math.Clamp(1 + Math.Log((came + Doubted) / (expected + Doubted)) / (effect / expected), 0, LargestPower);
    }

    private static double Usual(VolumeSeries series, CalendarIndex calendar, int day)
    {
        double sum = 0;
        var count = 0;
        for (var near = Math.Max(series.FirstDay, day - DaysAround); near < Math.Min(series.EndDay, day + DaysAround + 1); near++)
        {
            if (calendar[near].IsEvent) continue;
            sum += series[near];
            count++;
        }

        return count >= FewestDays ? sum / count : double.NaN;
    }
}
