using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Events;
using Logistics.Forecasting.Features;
using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Tests.Events;

public sealed class SaleEffectsTests
{
    private const int SaleStart = 84;

    // A week's sale that goes on for a week after the last day known, 90.
    private static readonly DayCalendar Calendar = new(Enumerable.Range(SaleStart, 14).Select(d => CalendarDay.Ordinary(SamplePanels.Start.AddDays(d)) with { Promotion = "sale" }));

    [Fact]
    public void Each_series_has_the_part_in_a_sale_that_it_had_so_far()
    {
        // Two in three series bring three times as much, and one as ever; a parcel every tenth day says nothing, and has the panel's part.
        var panel = new VolumePanel(SamplePanels.Start, SaleStart + 7, [Series("a", 400, 3), Series("b", 400, 3), Series("c", 400, 1), new VolumeSeries("few", 0, [.. Enumerable.Range(0, SaleStart + 7).Select(d => d % 10 == 0 ? 1.0 : 0)])]);

        var sales = SaleEffects.Measure(panel, new CalendarIndex(panel, Calendar, 14), 14);

        Assert.Equal(3, sales.Of(0, SaleStart + 8), 0.2);
        Assert.Equal(1, sales.Of(2, SaleStart + 8), 0.1);
        // The panel: (3 + 3 + 1) / 3.
        Assert.InRange(sales.Of(3, SaleStart + 8), 1.8, 2.4);
        Assert.All(panel.Series.Take(3), s => Assert.All(sales.TakenOut(panel).Series[panel.FindSeries(s.Id)!.Value].Values[SaleStart..], v => Assert.Equal(400, v, 40.0)));
        Assert.Equal(1, sales.Of(0, SaleStart - 1));
        Assert.Equal(1, sales.Of(0, SaleStart + 14));
    }

    // A wobble of 2 % is what chance gives.
    private static VolumeSeries Series(string id, double level, double sale) =>
        new(id, 0, [.. Enumerable.Range(0, SaleStart + 7).Select(d => Math.Round(level * (1 + 0.02 * Math.Sin(d * d)) * (d >= SaleStart ? sale : 1)))]);
}
