using Logistics.Forecasting.Backtesting;
using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Panels;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Tests;

/// <summary>Whatever calendar and panel come together: every day is forecast, in order of its quantiles, from nothing after the origin.</summary>
public sealed class AnyCalendarTests
{
    private static readonly string[] Families = ["618", "1111", "sale", "0230", "99", "wednesday"];
    private static readonly string[] Phases = ["", "_open", "_peak", "_a_b"];
    private static readonly string[] Holidays = ["Spring Festival", "Easter", "国庆节", "Christmas"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Quantiles_are_finite_and_ordered_and_know_nothing_of_later_rows(int seed)
    {
        for (var i = 0; i < 12; i++)
        {
            var random = new SeededRandom((ulong)((100 * seed) + i));
            var days = 1 + random.Next(i % 3 == 0 ? 70 : 430);
            var origin = SamplePanels.Start.AddDays(days - 1);
            var options = SamplePanels.Quick with { Trees = 4, RowBudget = 1000, Networks = i % 4 == 1 ? 1 : 0, NetworkEpochs = 1, Horizon = 1 + random.Next(21) };
            var calendar = Calendar(random, days + 60);
            var rows = Rows(random, days);
            var later = Enumerable.Range(1, 20).Select(day => new Observation("S0", origin.AddDays(day), 1e5 * random.NextDouble()));

            var forecasts = Backtest.RunOrigin(rows, calendar, origin, options).Forecasts;

            Assert.NotEmpty(forecasts);
            foreach (var f in forecasts)
                for (var h = 0; h < options.Horizon; h++)
                    Assert.True(f.P10[h] >= 0 && f.P50[h] >= f.P10[h] && f.P90[h] >= f.P50[h] && double.IsFinite(f.P90[h]), $"seed {seed}, case {i}: {f.P10[h]} {f.P50[h]} {f.P90[h]}");
            Assert.Equal(forecasts.SelectMany(f => f.P50.Concat(f.P90)), Backtest.RunOrigin([.. rows, .. later], calendar, origin, options).Forecasts.SelectMany(f => f.P50.Concat(f.P90)));
        }
    }

    // Sales and holidays of any length, over and beside each other, from before the first day to after the last.
    private static DayCalendar Calendar(SeededRandom random, int days)
    {
        var known = new SortedDictionary<DateOnly, CalendarDay>();
        var isDense = random.Next(2) == 0;
        for (var day = -400; day < days;)
        {
            var (length, isSale) = (1 + random.Next(isDense ? 6 : 25), random.Next(3) > 0);
            var (name, phase) = (random.Next(isSale ? Families.Length : Holidays.Length), random.Next(Phases.Length));
            for (var i = 0; i < length; i++)
            {
                var date = SamplePanels.Start.AddDays(day + i);
                var before = known.GetValueOrDefault(date, CalendarDay.Ordinary(date));
                known[date] = isSale ? before with { Promotion = Families[name] + Phases[i < length / 2 ? 0 : phase] } : before with { Holiday = Holidays[name], IsPublicHoliday = true };
                if (random.Next(30) == 0) known[date] = known[date] with { IsAdjustedWorkday = true };
            }

            day += length + random.Next(isDense ? 8 : 90) - 2;
        }

        return new DayCalendar(known.Values);
    }

    // Series that begin late, fall silent, are empty, or count a few parcels.
    private static List<Observation> Rows(SeededRandom random, int days)
    {
        var rows = new List<Observation>();
        for (var s = 0; s < 1 + random.Next(5); s++)
        {
            var level = Math.Pow(10, 4 * random.NextDouble()) - 1;
            var first = random.Next(3) == 0 ? random.Next(days) : 0;
            var last = random.Next(4) == 0 ? first + random.Next(days - first) : days - 1;
            for (var d = first; d < days; d++)
                if (d == first || random.Next(12) > 0) rows.Add(new Observation($"S{s}", SamplePanels.Start.AddDays(d), d > last ? 0 : Math.Round(level * Math.Exp(0.4 * random.NextNormal()))));
        }

        return rows;
    }
}
