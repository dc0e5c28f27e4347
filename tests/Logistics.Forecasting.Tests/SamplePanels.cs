using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Panels;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Tests;

/// <summary>Made-up volumes with a weekly rhythm, a slow drift and a yearly promotion.</summary>
internal static class SamplePanels
{
    public static DateOnly Start { get; } = new(2023, 1, 2);

    /// <summary>Settings small enough for a test.</summary>
    public static ForecastOptions Quick { get; } = new() { RowBudget = 2000, Members = 1, Trees = 25, LearningRate = 0.2, MaxLeaves = 12 };

    public static List<Observation> Observations(int series, int days, ulong seed = 1)
    {
        var random = new SeededRandom(seed);
        var rows = new List<Observation>();
        for (var s = 0; s < series; s++)
        {
            var level = 20.0 * Math.Pow(1.5, s % 8);
            for (var d = 0; d < days; d++)
            {
                var date = Start.AddDays(d);
                var weekday = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.6 : 1.15;
                var promotion = date is { Month: 11, Day: >= 10 and <= 14 } ? 2.5 : 1;
                rows.Add(new Observation($"T{s / 2}-P{s % 2}", date, Math.Round(level * weekday * promotion * Math.Exp(0.15 * random.NextNormal()))));
            }
        }

        return rows;
    }

    public static VolumePanel Panel(int series, int days, ulong seed = 1) => PanelCleaner.Clean(Observations(series, days, seed)).Panel;

    public static DayCalendar Calendar { get; } = new(
        Enumerable.Range(2022, 4).SelectMany(y => Enumerable.Range(10, 5).Select(d => CalendarDay.Ordinary(new DateOnly(y, 11, d)) with { Promotion = "1111_peak" })));
}
