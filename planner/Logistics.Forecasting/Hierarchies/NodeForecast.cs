namespace Logistics.Forecasting.Hierarchies;

/// <summary>Forecast of a node of the hierarchy. P50s add up from series to terminal to area; outer quantiles do not, since not all peaks fall together.</summary>
public sealed record NodeForecast(HierarchyLevel Level, SeriesForecast Forecast);

/// <summary>Brings forecasts of series and of their sums into one hierarchy that adds up.</summary>
public static class HierarchyForecaster
{
    /// <param name="model">Forecasts both levels; <see cref="VolumeForecastModel.HierarchyFit"/> says how they are reconciled.</param>
    /// <returns>A forecast for every node the panel has data for, parents first.</returns>
    public static IReadOnlyList<NodeForecast> Predict(
        VolumeForecastModel model, Panels.VolumePanel panel, VolumeHierarchy hierarchy, Calendars.DayCalendar calendar, int? horizon = null, CancellationToken cancellation = default)
    {
        var sums = hierarchy.Aggregate(panel);
        if (sums is null) return [];
        var own = (model.Sums ?? model).PredictParts(sums, calendar, horizon, cancellation);
        var byId = model.PredictParts(panel, calendar, horizon, cancellation).Concat(own).ToDictionary(f => f.SeriesId, StringComparer.Ordinal);
        var bases = hierarchy.Nodes.Select(n => byId.GetValueOrDefault(n.Id)).ToArray();
        var days = bases.First(b => b is not null)!.Horizon;
        var reconciled = new double[days][];
        for (var d = 0; d < days; d++)
        {
            var values = Array.ConvertAll(bases, b => b?.P50[d] ?? 0);
            Reconciler.Reconcile(hierarchy, model.HierarchyFit.Method, values, model.HierarchyFit.Variances(hierarchy, values));
            reconciled[d] = values;
        }

        var moved = new SeriesForecast?[bases.Length];
        for (var n = 0; n < bases.Length; n++)
        {
            var node = n;
            if (bases[n] is { } forecast) moved[n] = forecast.WithMiddle([.. reconciled.Select(r => r[node])]);
        }

        for (var d = 0; d < days; d++) SpreadSumsOf(hierarchy, moved, d, calendar.NearnessOf(panel.LastDate.AddDays(d + 1), panel.FirstDate, panel.LastDate), model.HierarchyFit.Shared);
        return [.. Enumerable.Range(0, moved.Length).Where(n => moved[n] is not null).Select(n => new NodeForecast(hierarchy.Nodes[n].Level, moved[n]!))];
    }

    // Areas and terminals take their spread from the series below them, and from what moves those together.
    private static void SpreadSumsOf(VolumeHierarchy hierarchy, SeriesForecast?[] nodes, int day, Calendars.EventNearness nearness, SharedErrors shared)
    {
        var (down, up) = (new SpreadSums(hierarchy), new SpreadSums(hierarchy));
        for (var n = 0; n < nodes.Length; n++)
        {
            if (hierarchy.Nodes[n].Level != HierarchyLevel.Series || nodes[n] is not { } series) continue;
            down.Add(n, series.P50[day] - series.P10[day]);
            up.Add(n, series.P90[day] - series.P50[day]);
        }

        for (var n = 0; n < nodes.Length; n++)
        {
            if (hierarchy.Nodes[n].Level == HierarchyLevel.Series || nodes[n] is not { } sum) continue;
            var (lower, upper) = shared.Of(hierarchy.Nodes[n].Level, nearness);
            sum.P10[day] = Math.Max(0, sum.P50[day] - down.Distance(n, sum.P50[day], lower));
            sum.P90[day] = sum.P50[day] + up.Distance(n, sum.P50[day], upper);
        }
    }
}
