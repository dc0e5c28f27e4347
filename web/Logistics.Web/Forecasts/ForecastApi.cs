using System.Globalization;
using System.Text;
using System.Text.Json;
using Logistics.Domain;
using Logistics.Forecasting;
using Logistics.Planning.Forecasts;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Logistics.Web.Network;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Forecasts;

/// <summary>The forecast in force: its report, the fan of any selection, what drives it, training with progress and cancel, CSV.</summary>
public static class ForecastApi
{
    private const int MostHistoryDays = ForecastBook.HistoryDays;

    public static void MapForecasts(this IEndpointRouteBuilder app)
    {
        var forecasts = app.MapGroup("/api/forecasts").WithTags("Forecast").RequireAuthorization(Policies.Read);
        forecasts.MapGet("", OverviewAsync).WithSummary("The run in force with what its training found out, and the training under way.");
        forecasts.MapGet("/series", SeriesAsync).WithSummary("History, P10–P90 and calendar marks of a selection. terminal: id or door; partner: id; size: S, M, L, XL; none = all.");
        forecasts.MapGet("/drivers", DriversAsync).WithSummary("What moves the forecast of one day: parcels by feature, adding up to the trees' forecast.");
        forecasts.MapGet("/export.csv", ExportAsync).WithSummary("P10, P50, P90 by day, terminal, partner and size class.");
        forecasts.MapGet("/accuracy", AccuracyAsync).WithSummary("How earlier runs did on days that have come since.");
        forecasts.MapPost("/training", Train).RequireAuthorization(Policies.Steer).WithSummary("Starts a training; quick=true trades accuracy for seconds.");
        forecasts.MapDelete("/training", Cancel).RequireAuthorization(Policies.Steer).WithSummary("Cancels the training under way; the forecast in force stays.");
        CalendarApi.Map(forecasts);
        ForecastUseApi.Map(forecasts);
    }

    private static async Task<Ok<ForecastOverview>> OverviewAsync(ForecastBook book, ForecastTrainer trainer, CancellationToken cancellationToken)
    {
        var (context, refused) = await FindAsync(book, cancellationToken);
        var stored = context is null ? null : JsonSerializer.Deserialize<StoredReport>(context.Run.ReportJson, WireJson.Options);
        var run = context is null || stored is null ? null : new ForecastRunView(context.Run.Id, context.Run.Origin, context.Run.Horizon, context.Run.CreatedAt, stored.ForecastAt, stored.Report);
        return TypedResults.Ok(new ForecastOverview(run, trainer.View, refused));
    }

    private static async Task<Results<Ok<ForecastSeriesView>, ProblemHttpResult>> SeriesAsync(
        string? terminal, string? partner, SizeClass? size, int? days, ForecastBook book, ForecastAccuracy accuracy, NetworkCache cache, CancellationToken cancellationToken)
    {
        var (context, refused) = await FindAsync(book, cancellationToken);
        if (context is null) return NoForecast(refused);
        var network = await cache.GetAsync(cancellationToken);
        var calendar = ForecastCalendar.Of(network.Calendar);
        var selection = new ForecastSelection(terminal, partner, size);
        var shown = Math.Clamp(days ?? 120, 7, MostHistoryDays);
        var history = selection.FindHistory(context);
        var from = context.Run.Origin.AddDays(1 - shown);
        var values = new List<DayValue>();
        for (var day = Math.Max(history?.FirstDay ?? int.MaxValue, context.Panel.DayOf(from)); day < context.Panel.Days; day++) values.Add(new DayValue(context.Panel.DateOf(day), history![day]));
        var until = context.Run.Origin.AddDays(context.Run.Horizon);
        return TypedResults.Ok(new ForecastSeriesView(
            terminal, partner, size, values, selection.Forecast(context, calendar), await accuracy.ListPastAsync(context, selection, calendar, from, cancellationToken),
            [.. network.Calendar.Where(d => d.Day >= from && d.Day <= until).OrderBy(d => d.Day).Select(CalendarApi.Mark)]));
    }

    private static async Task<Results<Ok<DriversView>, ProblemHttpResult>> DriversAsync(
        string? terminal, string? partner, SizeClass? size, DateOnly? day, ForecastBook book, NetworkCache cache, CancellationToken cancellationToken)
    {
        var (context, refused) = await FindAsync(book, cancellationToken);
        if (context is null) return NoForecast(refused);
        var ahead = (day ?? context.Run.Origin.AddDays(1)).DayNumber - context.Run.Origin.DayNumber;
        if (ahead < 1 || ahead > context.Run.Horizon)
        {
            return ApiProblems.Invalid("day", day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "range",
                string.Create(CultureInfo.InvariantCulture, $"day must be {context.Run.Origin.AddDays(1):yyyy-MM-dd} to {context.Run.Origin.AddDays(context.Run.Horizon):yyyy-MM-dd}, the days of the forecast in force."));
        }
        var on = context.Run.Origin.AddDays(ahead);
        var calendar = ForecastCalendar.Of((await cache.GetAsync(cancellationToken)).Calendar);
        if (new ForecastSelection(terminal, partner, size).FindPanel(context) is not { } asked
            || new ForecastExplainer(context.Model, asked.Panel, calendar).FindExplanation(asked.Id, ahead) is not { } why) return TypedResults.Ok(new DriversView(on, 0, []));
        return TypedResults.Ok(new DriversView(on, why.BaseVolume, [.. why.Drivers.Select(d => new DriverView(d.Feature, DriverGroups.Of(d.Feature), double.IsFinite(d.Value) ? d.Value : null, d.Parcels))]));
    }

    private static async Task<IResult> ExportAsync(ForecastBook book, NetworkCache cache, CancellationToken cancellationToken)
    {
        var (context, refused) = await FindAsync(book, cancellationToken);
        if (context is null) return NoForecast(refused);
        var network = await cache.GetAsync(cancellationToken);
        var text = new StringBuilder("\uFEFFday,level,terminal,partner,size,p10,p50,p90\r\n");
        foreach (var s in context.Series)
        {
            var terminal = s.Scope == ForecastScope.Area ? "" : s.TerminalId is null ? ForecastNames.Doors : network.FindTerminal(s.TerminalId)?.Code ?? s.TerminalId;
            var partner = s.PartnerId is null ? "" : network.FindPartner(s.PartnerId)?.Code ?? s.PartnerId;
            for (var i = 0; i < context.Run.Horizon; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{context.Run.Origin.AddDays(i + 1):yyyy-MM-dd},{s.Scope.ToString().ToLowerInvariant()},{terminal},{partner},{s.Size},{s.P10[i]:0.###},{s.P50[i]:0.###},{s.P90[i]:0.###}\r\n");
            }
        }
        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"forecast-{context.Run.Origin:yyyy-MM-dd}.csv"));
    }

    private static async Task<Results<Ok<IReadOnlyList<AccuracyDay>>, ProblemHttpResult>> AccuracyAsync(ForecastBook book, ForecastAccuracy accuracy, CancellationToken cancellationToken)
    {
        var (context, refused) = await FindAsync(book, cancellationToken);
        return context is null ? NoForecast(refused) : TypedResults.Ok(await accuracy.ListDaysAsync(context, cancellationToken));
    }

    private static async Task<Results<Accepted<TrainingView>, Conflict<TrainingView>>> Train(bool? quick, Caller caller, HttpContext http, ForecastTrainer trainer, LogisticsStorage storage, CancellationToken cancellationToken)
    {
        if (!trainer.TryStart(quick ?? false)) return TypedResults.Conflict(trainer.View);
        await storage.WriteAsync(db => storage.Audit.WriteAsync<TrainingView>(db, caller.ToActor("run by hand", http), "forecast.train", "forecast", "area", null, null), cancellationToken);
        return TypedResults.Accepted("/api/forecasts", trainer.View);
    }

    private static async Task<Results<Ok<TrainingView>, Conflict<TrainingView>>> Cancel(Caller caller, HttpContext http, ForecastTrainer trainer, LogisticsStorage storage, CancellationToken cancellationToken)
    {
        var before = trainer.View;
        if (!trainer.Cancel()) return TypedResults.Conflict(trainer.View);
        await storage.WriteAsync(db => storage.Audit.WriteAsync(db, caller.ToActor("cancelled by hand", http), "forecast.cancel", "forecast", "area", before, null), cancellationToken);
        return TypedResults.Ok(trainer.View);
    }

    /// <summary>The forecast in force, or why there is none.</summary>
    internal static async Task<(ForecastContext? Context, string? Refused)> FindAsync(ForecastBook book, CancellationToken cancellationToken)
    {
        try
        {
            return (await book.FindAsync(cancellationToken), null);
        }
        catch (InvalidDataException e)
        {
            return (null, e.Message);
        }
    }

    internal static ProblemHttpResult NoForecast(string? refused) =>
        TypedResults.Problem(refused ?? "No forecast has been made yet. Start a training, or wait for the nightly one.", statusCode: StatusCodes.Status409Conflict, title: "No forecast");
}
