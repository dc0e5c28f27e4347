using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Hierarchies;
using Logistics.Forecasting.Panels;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Tests.Hierarchies;

public sealed class SharedErrorsTests
{
    // Nodes: area, terminal A, a1, a2, terminal B, b1.
    private static readonly VolumeHierarchy Tree = new([new("a1", "X", "A"), new("a2", "X", "A"), new("b1", "X", "B")]);

    [Theory]
    [InlineData(0, 5)]
    // √(3² + 4² + (0.12 · 100)²).
    [InlineData(0.12, 13)]
    public void Distances_are_chance_of_the_series_and_a_share_of_the_volume(double shared, double expected) =>
        Assert.Equal(expected, ThreeAndFour().Distance(1, 100, shared), 9);

    [Theory]
    [InlineData(-9, 0)]
    [InlineData(5, 0)]
    [InlineData(13, 0.12)]
    [InlineData(500, 1)]
    public void Shared_error_to_cover_is_the_least_that_reaches_the_miss(double miss, double expected)
    {
        var sums = ThreeAndFour();
        Assert.Equal(expected, sums.SharedToCover(1, 100, miss), 9);
        if (expected is > 0 and < 1) Assert.Equal(miss, sums.Distance(1, 100, expected), 9);
    }

    [Fact]
    public void A_sum_of_one_series_is_as_wide_as_that_series()
    {
        var sums = new SpreadSums(Tree);
        sums.Add(5, 2);
        Assert.True(double.IsNaN(sums.SharedToCover(4, 100, 3)));
        Assert.Equal(2, sums.Distance(4, 100, 0.3), 9);
    }

    [Fact]
    public void Few_days_stay_near_the_usual_share_and_many_leave_it()
    {
        (EventNearness, IReadOnlyList<(HierarchyLevel, double, double)>) ordinary = (EventNearness.None, [(HierarchyLevel.Area, 0.8, 0.4)]);
        var usual = SharedErrors.Unmeasured.Of(HierarchyLevel.Area, EventNearness.None).Lower;
        var few = SharedErrors.Fit([.. Enumerable.Repeat(ordinary, 4)]);
        var many = SharedErrors.Fit([.. Enumerable.Repeat(ordinary, 56)]);

        // Four days of 28 + 4 are an eighth of the weight; 56 of 84 two thirds.
        Assert.Equal(0.875 * usual + 0.125 * 0.8, few.Of(HierarchyLevel.Area, EventNearness.None).Lower, 9);
        Assert.Equal((usual + 2 * 0.4) / 3, many.Of(HierarchyLevel.Area, EventNearness.None).Upper, 9);
        Assert.Equal(usual, many.Of(HierarchyLevel.Terminal, EventNearness.None).Lower, 9);
    }

    [Fact]
    public void A_promotion_nobody_foresaw_widens_days_near_promotions_only()
    {
        (EventNearness, IReadOnlyList<(HierarchyLevel, double, double)>)[] days =
            [.. Enumerable.Repeat((EventNearness.None, (IReadOnlyList<(HierarchyLevel, double, double)>)[(HierarchyLevel.Area, 0.1, 0.1)]), 28), .. Enumerable.Repeat((EventNearness.Known, (IReadOnlyList<(HierarchyLevel, double, double)>)[(HierarchyLevel.Area, 0.1, 1.0)]), 28)];
        var shared = SharedErrors.Fit(days);

        Assert.Equal((0.1 + SharedErrors.Unmeasured.Of(HierarchyLevel.Area, EventNearness.None).Upper) / 2, shared.Of(HierarchyLevel.Area, EventNearness.None).Upper, 9);
        // One event in 28 days counts as 28 of 28 + 140.
        Assert.Equal((1.0 + 5 * SharedErrors.Unmeasured.Of(HierarchyLevel.Area, EventNearness.Known).Upper) / 6, shared.Of(HierarchyLevel.Area, EventNearness.Known).Upper, 9);
    }

    [Fact]
    public void An_area_is_as_wide_as_its_series_stray_together()
    {
        var (apart, together) = (RelativeWidths(common: 0), RelativeWidths(common: 0.35));

        // 24 series whose noise is their own: their sum varies a fifth as much. A shock that all share stays.
        Assert.True(apart.Area < 0.5 * apart.Series, $"area {apart.Area:0.00}, series {apart.Series:0.00}");
        Assert.True(together.Area > 1.6 * apart.Area, $"together {together.Area:0.00}, apart {apart.Area:0.00}");
    }

    private static (double Area, double Series) RelativeWidths(double common)
    {
        var random = new SeededRandom(8);
        var shocks = Enumerable.Range(0, 240).Select(_ => Math.Exp(common * random.NextNormal())).ToArray();
        var series = Enumerable.Range(0, 24).Select(s => new VolumeSeries($"T{s / 4}-P{s % 4}", 0, [.. shocks.Select(shock => Math.Round(40 * shock * Math.Exp(0.35 * random.NextNormal())))])).ToArray();
        var panel = new VolumePanel(SamplePanels.Start, shocks.Length, series);
        var hierarchy = new VolumeHierarchy([.. series.Select(s => new HierarchyLeaf(s.Id, "city", s.Id.Split('-')[0]))]);
        var model = VolumeForecaster.Train(panel, DayCalendar.Empty, SamplePanels.Quick with { Hierarchy = hierarchy });
        var nodes = HierarchyForecaster.Predict(model, panel, hierarchy, DayCalendar.Empty);

        return (Width(HierarchyLevel.Area), Width(HierarchyLevel.Series));

        double Width(HierarchyLevel level) => nodes.Where(n => n.Level == level).Average(n => Enumerable.Range(0, 14).Average(d => (n.Forecast.P90[d] - n.Forecast.P10[d]) / n.Forecast.P50[d]));
    }

    private static SpreadSums ThreeAndFour()
    {
        var sums = new SpreadSums(Tree);
        sums.Add(2, 3);
        sums.Add(3, 4);
        return sums;
    }
}
