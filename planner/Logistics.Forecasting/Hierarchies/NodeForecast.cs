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
        var byId = model.Predict(panel, calendar, horizon, cancellation).Concat(model.Predict(sums, calendar, horizon, cancellation)).ToDictionary(f => f.SeriesId, StringComparer.Ordinal);
        var bases = hierarchy.Nodes.Select(n => byId.GetValueOrDefault(n.Id)).ToArray();
        var days = bases.First(b => b is not null)!.Horizon;
        var reconciled = new double[days][];
        for (var d = 0; d < days; d++)
        {
            var values = Array.ConvertAll(bases, b => b?.P50[d] ?? 0);
            Reconciler.Reconcile(hierarchy, model.HierarchyFit.Method, values, model.HierarchyFit.Variances(hierarchy, values));
            reconciled[d] = values;
        }

        var result = new List<NodeForecast>();
        for (var n = 0; n < bases.Length; n++)
        {
            if (bases[n] is not { } forecast) continue;
            var node = n;
            result.Add(new NodeForecast(hierarchy.Nodes[n].Level, Move(forecast, [.. reconciled.Select(r => r[node])], model.HierarchyFit.Widths, hierarchy.Nodes[n].Level)));
        }

        return result;
    }

    // The spread keeps its share of the middle; a middle that was 0 keeps its spread.
    private static SeriesForecast Move(SeriesForecast forecast, double[] middle, LevelWidths widths, HierarchyLevel level)
    {
        var (lower, upper) = (new double[middle.Length], new double[middle.Length]);
        for (var d = 0; d < middle.Length; d++)
        {
            var old = forecast.P50[d];
            var (drop, up) = (widths.Lower[(int)level] * LevelWidths.Drop(old, forecast.P10[d]), widths.Upper[(int)level] * (forecast.P90[d] - old));
            lower[d] = old > 0 ? Math.Min(middle[d], LevelWidths.Below(middle[d], drop)) : 0;
            upper[d] = old > 0 ? middle[d] * (1 + up / old) : middle[d] + up;
        }

        return forecast with { P10 = lower, P50 = middle, P90 = upper };
    }
}
