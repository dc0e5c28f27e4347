using Logistics.Domain;
using Logistics.Forecasting.Calendars;
using Logistics.Planning.Forecasts;
using Logistics.Storage;

namespace Logistics.Web.Forecasts;

/// <summary>Compares what earlier runs said with what came.</summary>
public sealed class ForecastAccuracy(LogisticsStorage storage)
{
    private const int RunsRead = 40;

    /// <summary>For each day that has come, the forecast of the last run before it; empty until there are two runs.</summary>
    public async Task<IReadOnlyList<DayQuantiles>> ListPastAsync(ForecastContext context, ForecastSelection selection, DayCalendar calendar, DateOnly from, CancellationToken cancellationToken)
    {
        var result = new SortedDictionary<DateOnly, DayQuantiles>();
        foreach (var (run, series) in await ListOlderAsync(context, ForecastScope.Series, cancellationToken))
        {
            var own = series.Where(s => selection.Includes(s.TerminalId, s.PartnerId!, s.Size!.Value)).ToList();
            for (var i = 0; i < run.Horizon; i++)
            {
                var day = run.Origin.AddDays(i + 1);
                if (day < from || day > context.Run.Origin || result.ContainsKey(day) || own.Count == 0) continue;
                result[day] = selection.SumOf(own, i, run.Origin, context, calendar);
            }
        }
        return [.. result.Values];
    }

    /// <summary>By day that has come: totals, error by terminal against last week's same day, and coverage.</summary>
    public async Task<IReadOnlyList<AccuracyDay>> ListDaysAsync(ForecastContext context, CancellationToken cancellationToken)
    {
        var result = new SortedDictionary<DateOnly, AccuracyDay>();
        var actual = Totals(context);
        foreach (var (run, terminals) in await ListOlderAsync(context, ForecastScope.Terminal, cancellationToken))
        {
            for (var i = 0; i < run.Horizon; i++)
            {
                var day = run.Origin.AddDays(i + 1);
                if (day > context.Run.Origin || result.ContainsKey(day) || !actual.TryGetValue(day, out var came)) continue;
                var weekBefore = actual.GetValueOrDefault(day.AddDays(-7));
                double error = 0, naive = 0, total = 0, p50 = 0, p90 = 0;
                var below = 0;
                foreach (var t in terminals)
                {
                    var volume = came.GetValueOrDefault(t.TerminalId ?? ForecastNames.Doors);
                    error += Math.Abs(volume - t.P50[i]);
                    naive += Math.Abs(volume - (weekBefore?.GetValueOrDefault(t.TerminalId ?? ForecastNames.Doors) ?? 0));
                    total += volume;
                    p50 += t.P50[i];
                    p90 += t.P90[i];
                    if (volume <= t.P90[i]) below++;
                }
                if (total > 0 && terminals.Count > 0) result[day] = new AccuracyDay(day, i + 1, total, p50, p90, error / total, naive / total, (double)below / terminals.Count);
            }
        }
        return [.. result.Values];
    }

    // Newest first, so that the first forecast found for a day is the last one made before it.
    private Task<List<(ForecastRun Run, List<ForecastSeries> Series)>> ListOlderAsync(ForecastContext context, ForecastScope scope, CancellationToken cancellationToken) => storage.ReadAsync(async db =>
    {
        var result = new List<(ForecastRun, List<ForecastSeries>)>();
        var runs = (await storage.Forecasts.ListRunsAsync(db, context.Run.AreaId, RunsRead)).Where(r => r.Origin < context.Run.Origin).DistinctBy(r => r.Origin);
        foreach (var run in runs) result.Add((run, await storage.Forecasts.ListSeriesAsync(db, run.Id, scope)));
        return result;
    }, cancellationToken);

    private static Dictionary<DateOnly, Dictionary<string, double>> Totals(ForecastContext context)
    {
        var result = new Dictionary<DateOnly, Dictionary<string, double>>();
        foreach (var series in context.Panel.Series)
        {
            var terminal = ForecastNames.Read(series.Id).TerminalId ?? ForecastNames.Doors;
            for (var day = Math.Max(series.FirstDay, context.Panel.Days - 60); day < context.Panel.Days; day++)
            {
                var date = context.Panel.DateOf(day);
                if (!result.TryGetValue(date, out var totals)) result[date] = totals = new Dictionary<string, double>(StringComparer.Ordinal);
                totals[terminal] = totals.GetValueOrDefault(terminal) + series[day];
            }
        }
        return result;
    }
}
