using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Features;
using Logistics.Forecasting.Hierarchies;
using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Models;

/// <summary>Held-out forecasts of all levels, to decide how a hierarchy is reconciled.</summary>
internal static class HierarchyRehearsal
{
    // Forecast rows this may cost; large hierarchies are measured on fewer origins.
    private const int RowBudget = 600_000;

    public static HierarchyFit Run(
        FeatureBuilder builder, VolumeHierarchy hierarchy, DayCalendar calendar, FeatureClasses classes, LearnedModels models, Combination combination, int[] origins, CancellationToken cancellation)
    {
        var panel = builder.Panel;
        if (hierarchy.Aggregate(panel) is not { } sums) return HierarchyFit.Unmeasured;
        var sumBuilder = new FeatureBuilder(sums, calendar, classes, builder.MaxHorizon);
        var perOrigin = (panel.Series.Count + sums.Series.Count) * builder.MaxHorizon;
        var used = origins.Where((_, i) => (origins.Length - 1 - i) % 2 == 0).TakeLast(Math.Max(1, RowBudget / Math.Max(perOrigin, 1))).ToArray();
        var held = new List<HeldOutDay>();
        foreach (var origin in used)
        {
            cancellation.ThrowIfCancellationRequested();
            HeldOutDay[] days = [.. Enumerable.Range(1, builder.MaxHorizon).Select(h => new HeldOutDay(hierarchy, h, calendar.IsOrdinary(panel.DateOf(origin + h))))];
            Fill(builder, models, combination, origin, days);
            Fill(sumBuilder, models, combination, origin, days);
            held.AddRange(days);
        }

        return HierarchyFit.Measure(hierarchy, held);
    }

    private static void Fill(FeatureBuilder builder, LearnedModels models, Combination combination, int origin, HeldOutDay[] days)
    {
        var (panel, hierarchy) = (builder.Panel, days[0].Hierarchy);
        var series = Enumerable.Range(0, panel.Series.Count).Where(s => panel.Series[s].FirstDay <= origin && hierarchy.FindNode(panel.Series[s].Id) is not null).ToArray();
        foreach (var chunk in series.Chunk(VolumeForecastModel.SeriesPerBatch))
        {
            var batch = ForecastBatch.Make(builder, models, chunk, origin, days.Length);
            var raw = combination.Combine(panel, batch);
            var actual = batch.Actual(panel);
            var profile = ExpertWeights.Profile(batch);
            for (var i = 0; i < raw.P50.Length; i++)
            {
                var node = hierarchy.FindNode(panel.Series[chunk[i / days.Length]].Id)!.Value;
                var day = days[i % days.Length];
                day.Forecast[node] = raw.P50[i];
                day.Actual[node] = actual[i];
                day.Profile[node] = profile[i];
                if (hierarchy.Nodes[node].Level != HierarchyLevel.Series) continue;
                var (lower, upper) = combination.Calibration.Apply(batch.Scales[i / days.Length], i % days.Length + 1, raw.P10[i], raw.P50[i], raw.P90[i]);
                day.AddSeries(node, lower, upper, actual[i]);
            }
        }
    }
}
