using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>Trained volume models and the forecasts they made; the newest run of an area is the one in force.</summary>
public sealed class ForecastStore
{
    private static readonly string[] Columns = ["run_id", "scope", "terminal_id", "partner_id", "size", "doc"];

    private sealed record Quantiles(IReadOnlyList<double> P10, IReadOnlyList<double> P50, IReadOnlyList<double> P90);

    /// <summary>Stores a run with its model and forecasts.</summary>
    public async Task SaveAsync(Db db, ForecastRun run, byte[] model, IEnumerable<ForecastSeries> series)
    {
        await db.ExecuteAsync(
            "insert into forecast_run (id, area_id, origin, horizon, created_at, report, model) values (@id, @area, @origin, @horizon, @at, @report, @model)",
            ("id", run.Id), ("area", run.AreaId), ("origin", run.Origin), ("horizon", run.Horizon), ("at", run.CreatedAt), ("report", run.ReportJson), ("model", model));
        await db.InsertManyAsync("forecast_series", Columns, Rows(run.Id, series));
    }

    /// <summary>Replaces the forecasts of a run, e.g. after the calendar changed; the model stays.</summary>
    public async Task ReplaceSeriesAsync(Db db, ForecastRun run, IEnumerable<ForecastSeries> series)
    {
        await db.ExecuteAsync("delete from forecast_series where run_id = @run", ("run", run.Id));
        await db.ExecuteAsync("update forecast_run set report = @report where id = @run", ("report", run.ReportJson), ("run", run.Id));
        await db.InsertManyAsync("forecast_series", Columns, Rows(run.Id, series));
    }

    /// <summary>The run in force; null before the first training.</summary>
    public Task<ForecastRun?> FindNewestAsync(Db db, string areaId) => db.FindAsync(
        "select id, area_id, origin, horizon, created_at, report from forecast_run where area_id = @area order by created_at desc, id desc limit 1", ReadRun, ("area", areaId));

    /// <summary>Newest first.</summary>
    public Task<List<ForecastRun>> ListRunsAsync(Db db, string areaId, int most) => db.ListAsync(
        "select id, area_id, origin, horizon, created_at, report from forecast_run where area_id = @area order by created_at desc, id desc limit @most", ReadRun, ("area", areaId), ("most", most));

    /// <summary>The model file of a run.</summary>
    public Task<byte[]?> FindModelAsync(Db db, string runId) => db.FindAsync("select model from forecast_run where id = @run", r => r.Bytes("model"), ("run", runId));

    /// <summary>Forecasts of a run at one scope, by terminal, partner and size.</summary>
    public Task<List<ForecastSeries>> ListSeriesAsync(Db db, string runId, ForecastScope scope) => db.ListAsync(
        "select * from forecast_series where run_id = @run and scope = @scope order by terminal_id, partner_id, size", ReadSeries, ("run", runId), ("scope", scope));

    /// <summary>P10, P50 and P90 by day, terminal, partner and size class from the run in force, for days in [from, until); empty before the first training.</summary>
    public async Task<List<VolumeForecast>> ListDaysAsync(Db db, PartnerScope scope, string areaId, DateOnly from, DateOnly until)
    {
        if (await FindNewestAsync(db, areaId) is not { } run) return [];
        var days = new List<VolumeForecast>();
        foreach (var s in await ListSeriesAsync(db, run.Id, ForecastScope.Series))
        {
            if (!scope.Includes(s.PartnerId!)) continue;
            foreach (var (day, i) in DaysOf(run, from, until)) days.Add(new VolumeForecast(day, s.TerminalId, s.PartnerId!, s.Size!.Value, s.P10[i], s.P50[i], s.P90[i]));
        }
        return days;
    }

    /// <summary>P10, P50 and P90 by day and terminal, partners and sizes together, for days in [from, until).</summary>
    public async Task<List<TerminalForecast>> ListTerminalDaysAsync(Db db, string areaId, DateOnly from, DateOnly until)
    {
        if (await FindNewestAsync(db, areaId) is not { } run) return [];
        var days = new List<TerminalForecast>();
        foreach (var s in await ListSeriesAsync(db, run.Id, ForecastScope.Terminal))
        {
            foreach (var (day, i) in DaysOf(run, from, until)) days.Add(new TerminalForecast(day, s.TerminalId, s.P10[i], s.P50[i], s.P90[i]));
        }
        return days;
    }

    /// <summary>Deletes all but the newest runs of an area.</summary>
    /// <returns>Runs deleted.</returns>
    public async Task<int> PruneAsync(Db db, string areaId, int keep)
    {
        var old = (await ListRunsAsync(db, areaId, int.MaxValue)).Skip(keep).Select(r => r.Id).ToArray();
        if (old.Length == 0) return 0;
        await db.ExecuteAsync("delete from forecast_series where " + db.Dialect.InList("run_id", "runs"), ("runs", old));
        return await db.ExecuteAsync("delete from forecast_run where " + db.Dialect.InList("id", "runs"), ("runs", old));
    }

    private static IEnumerable<(DateOnly Day, int Index)> DaysOf(ForecastRun run, DateOnly from, DateOnly until)
    {
        for (var i = 0; i < run.Horizon; i++)
        {
            var day = run.Origin.AddDays(i + 1);
            if (day >= from && day < until) yield return (day, i);
        }
    }

    // A primary key cannot be null, so doors and the area are the empty terminal, and a sum has the empty partner and size.
    private static IEnumerable<object?[]> Rows(string runId, IEnumerable<ForecastSeries> series) => series.Select(s => new object?[]
    {
        runId, s.Scope, s.TerminalId ?? "", s.PartnerId ?? "", (object?)s.Size ?? "", DomainJson.Write(new Quantiles(Round(s.P10), Round(s.P50), Round(s.P90))),
    });

    // A thousandth of a parcel is more than anyone needs and a third of the bytes.
    private static double[] Round(IReadOnlyList<double> values) => [.. values.Select(v => Math.Round(v, 3))];

    private static ForecastRun ReadRun(Row r) => new(r.Text("id"), r.Text("area_id"), r.Day("origin"), r.Int("horizon"), r.Instant("created_at"), r.Text("report"));

    private static ForecastSeries ReadSeries(Row r)
    {
        var q = r.Json<Quantiles>("doc");
        var scope = r.Enum<ForecastScope>("scope");
        return new ForecastSeries(
            scope, NullIfEmpty(r.Text("terminal_id")), NullIfEmpty(r.Text("partner_id")), scope == ForecastScope.Series ? r.Enum<SizeClass>("size") : null, q.P10, q.P50, q.P90);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
