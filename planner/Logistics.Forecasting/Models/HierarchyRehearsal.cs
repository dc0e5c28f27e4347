using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Hierarchies;

namespace Logistics.Forecasting.Models;

/// <summary>Held-out forecasts of all levels, to decide how a hierarchy is reconciled.</summary>
internal static class HierarchyRehearsal
{
    // Forecast rows this may cost; large hierarchies are measured on fewer origins.
    private const int RowBudget = 600_000;

    /// <param name="own">Of the series.</param>
    /// <param name="above">Of the areas and terminals.</param>
    public static HierarchyFit Run(Learner own, Learner above, VolumeHierarchy hierarchy, DayCalendar calendar, int[] origins, CancellationToken cancellation)
    {
        if (origins.Length == 0) return HierarchyFit.Unmeasured;
        var panel = own.Builder.Panel;
        var perOrigin = (panel.Series.Count + above.Builder.Panel.Series.Count) * own.Builder.MaxHorizon;
        var used = origins.Where((_, i) => (origins.Length - 1 - i) % 2 == 0).TakeLast(Math.Max(1, RowBudget / Math.Max(perOrigin, 1))).ToArray();
        var held = new List<HeldOutDay>();
        foreach (var origin in used)
        {
            cancellation.ThrowIfCancellationRequested();
            HeldOutDay[] days = [.. Enumerable.Range(1, own.Builder.MaxHorizon).Select(h => new HeldOutDay(hierarchy, h, calendar.NearnessOf(panel.DateOf(origin + h), panel.FirstDate, panel.DateOf(origin))))];
            Fill(own, origin, days);
            Fill(above, origin, days);
            held.AddRange(days);
        }

        return HierarchyFit.Measure(hierarchy, held);
    }

    private static void Fill(Learner learned, int origin, HeldOutDay[] days)
    {
        var (builder, combination) = (learned.Builder, learned.Combination);
        var (panel, hierarchy) = (builder.Panel, days[0].Hierarchy);
        var series = Enumerable.Range(0, panel.Series.Count).Where(s => panel.Series[s].FirstDay <= origin && hierarchy.FindNode(panel.Series[s].Id) is not null).ToArray();
        foreach (var chunk in series.Chunk(VolumeForecastModel.SeriesPerBatch))
        {
            var batch = ForecastBatch.Make(builder, learned.HeldOut!, chunk, origin, days.Length, ExpertWeights.NeededSimple(combination.Weights, combination.Tilt));
            var raw = combination.Combine(panel, batch);
            var actual = batch.Actual(panel);
            for (var i = 0; i < raw.P50.Length; i++)
            {
                var node = hierarchy.FindNode(panel.Series[chunk[i / days.Length]].Id)!.Value;
                var day = days[i % days.Length];
                day.Forecast[node] = raw.P50[i];
                day.Actual[node] = actual[i];
                if (hierarchy.Nodes[node].Level != HierarchyLevel.Series) continue;
                var (lower, upper) = combination.Calibration.Apply(batch.Scales[i / days.Length], i % days.Length + 1, raw.P10[i], raw.P50[i], raw.P90[i]);
                day.AddSeries(node, lower, upper, actual[i]);
            }
        }
    }
}
