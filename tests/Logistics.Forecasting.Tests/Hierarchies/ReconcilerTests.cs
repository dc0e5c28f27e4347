using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Hierarchies;
using Logistics.Forecasting.Panels;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Tests.Hierarchies;

public sealed class ReconcilerTests
{
    // Nodes: area, terminal A, a1, a2, terminal B, b1.
    private static readonly VolumeHierarchy Tree = new([new("a1", "X", "A"), new("a2", "X", "A"), new("b1", "X", "B")]);

    [Fact]
    public void Bottom_up_sums_the_series()
    {
        double[] values = [99, 50, 1, 2, 7, 3];
        Reconciler.Reconcile(Tree, ReconciliationMethod.BottomUp, values, []);
        Assert.Equal([6, 3, 1, 2, 3, 3], values);
    }

    [Fact]
    public void Min_trace_shares_a_gap_by_variance()
    {
        // One terminal, two series: sum 10 against a total of 13, all variances 1. Least squares moves each of the three by 1.
        var pair = new VolumeHierarchy([new("a1", "X", "A"), new("a2", "X", "A")]);
        double[] values = [13, 13, 4, 6];
        Reconciler.Reconcile(pair, ReconciliationMethod.MinTrace, values, [1e12, 1, 1, 1]);
        Assert.Equal([12, 12, 5, 7], values.Select(v => Math.Round(v, 4)));
    }

    [Fact]
    public void Min_trace_is_the_weighted_least_squares_solution()
    {
        var random = new SeededRandom(4);
        for (var round = 0; round < 50; round++)
        {
            var values = Enumerable.Range(0, 6).Select(_ => 20 + 5 * random.NextDouble()).ToArray();
            (values[0], values[1]) = (60 + 10 * random.NextDouble(), 40 + 5 * random.NextDouble());
            var variances = Enumerable.Range(0, 6).Select(_ => 0.5 + random.NextDouble()).ToArray();
            var reconciled = values.ToArray();
            Reconciler.Reconcile(Tree, ReconciliationMethod.MinTrace, reconciled, variances);

            Assert.Equal(reconciled[0], reconciled[1] + reconciled[4], 6);
            Assert.Equal(reconciled[1], reconciled[2] + reconciled[3], 6);
            Assert.Equal(reconciled[4], reconciled[5], 6);
            // At the optimum no feasible step helps: try each series up and down.
            foreach (var step in new[] { 1e-3, -1e-3 })
                foreach (var path in new[] { new[] { 0, 1, 2 }, [0, 1, 3], [0, 4, 5] })
                {
                    var moved = reconciled.ToArray();
                    foreach (var node in path) moved[node] += step;
                    Assert.True(Distance(moved) >= Distance(reconciled) - 1e-9);
                }

            double Distance(double[] x) => x.Select((v, n) => (v - values[n]) * (v - values[n]) / variances[n]).Sum();
        }
    }

    [Fact]
    public void Values_never_fall_below_zero_and_still_add_up()
    {
        double[] values = [2, 2, 0.1, 50, 1, 1];
        Reconciler.Reconcile(Tree, ReconciliationMethod.MinTrace, values, [0.01, 0.01, 100, 1, 1, 1]);
        Assert.All(values, v => Assert.True(v >= 0));
        Assert.Equal(values[1], values[2] + values[3], 6);
        Assert.Equal(values[0], values[1] + values[4], 6);
    }

    [Fact]
    public void Series_twice_in_a_hierarchy_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new VolumeHierarchy([new("a", "X", "A"), new("a", "X", "B")]));
        Assert.Contains("'a' appears twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Top_down_keeps_the_total_and_shares_it_by_the_parts()
    {
        // Area 100 over terminals 30 and 10, which become 75 and 25; A's 75 goes to a1 and a2 as 1 to 2.
        double[] values = [100, 30, 4, 8, 10, 3];
        Reconciler.Reconcile(Tree, ReconciliationMethod.TopDown, values, []);

        Assert.Equal([100, 75, 25, 50, 25, 25], values);
    }

    [Fact]
    public void Many_small_series_do_not_add_up_to_less_than_comes()
    {
        // 60 series of half a parcel a day: the median of each is 0 or little more, and 30 come every day.
        var random = new SeededRandom(4);
        var series = Enumerable.Range(0, 60).Select(s => new VolumeSeries($"T{s / 20}-P{s % 20}", 0, [.. Enumerable.Range(0, 240).Select(_ => random.Next(10) < 4 ? 1.0 + random.Next(4) / 3 : 0)])).ToArray();
        var panel = new VolumePanel(SamplePanels.Start, 240, series);
        var hierarchy = new VolumeHierarchy([.. series.Select(s => new HierarchyLeaf(s.Id, "city", s.Id.Split('-')[0]))]);
        var model = VolumeForecaster.Train(panel, DayCalendar.Empty, SamplePanels.Quick with { Hierarchy = hierarchy });
        var area = HierarchyForecaster.Predict(model, panel, hierarchy, DayCalendar.Empty).Single(n => n.Level == HierarchyLevel.Area).Forecast;

        var mean = Enumerable.Range(212, 28).Average(d => series.Sum(s => s.Values[d]));
        Assert.InRange(area.P50.Average(), 0.85 * mean, 1.15 * mean);
        Assert.InRange(area.P90.Average(), mean, 1.5 * mean);
    }

    [Fact]
    public void Forecasts_of_a_hierarchy_add_up_and_choose_the_best_method()
    {
        var panel = SamplePanels.Panel(6, 200);
        var hierarchy = new VolumeHierarchy([.. panel.Series.Select(s => new HierarchyLeaf(s.Id, "city", s.Id.Split('-')[0]))]);
        var model = VolumeForecaster.Train(panel, DayCalendar.Empty, SamplePanels.Quick with { Hierarchy = hierarchy });
        var nodes = HierarchyForecaster.Predict(model, panel, hierarchy, DayCalendar.Empty).ToDictionary(n => n.Forecast.SeriesId);

        Assert.Equal(1 + 3 + 6, nodes.Count);
        for (var d = 0; d < 14; d++)
        {
            Assert.Equal(nodes["area:city"].Forecast.P50[d], panel.Series.Sum(s => nodes[s.Id].Forecast.P50[d]), 6);
            Assert.Equal(nodes["terminal:T0"].Forecast.P50[d], nodes["T0-P0"].Forecast.P50[d] + nodes["T0-P1"].Forecast.P50[d], 6);
            Assert.All(nodes.Values, n => Assert.True(n.Forecast.P10[d] <= n.Forecast.P50[d] && n.Forecast.P50[d] <= n.Forecast.P90[d]));
        }

        var fit = model.HierarchyFit;
        Assert.Equal(fit.Wapes.Min(), fit.Wapes[(int)fit.Method]);
    }
}
