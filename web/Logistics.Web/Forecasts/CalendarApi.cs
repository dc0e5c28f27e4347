using System.Globalization;
using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Logistics.Web.Network;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Forecasts;

/// <summary>Holidays, make-up workdays and promotions as data: each with its source, each change audited and its effect on the forecast shown.</summary>
public static class CalendarApi
{
    private const int MostDays = 60;
    private const int MostText = 100;

    public static void Map(RouteGroupBuilder forecasts)
    {
        forecasts.MapGet("/calendar", ListAsync).WithSummary("Special days in [from, until].");
        forecasts.MapPut("/calendar", ChangeAsync).RequireAuthorization(Policies.Steer).WithSummary("Marks days as holiday, make-up workday or promotion; answers with the change of the forecast.");
        forecasts.MapDelete("/calendar", ClearAsync).RequireAuthorization(Policies.Steer).WithSummary("Makes days ordinary again; answers with the change of the forecast.");
    }

    internal static CalendarMark Mark(CalendarDay d) => new(d.Day, d.Kind, d.Name, d.Festival, d.Source);

    private static async Task<Ok<List<CalendarMark>>> ListAsync(DateOnly? from, DateOnly? until, NetworkCache cache, CancellationToken cancellationToken) =>
        TypedResults.Ok((await cache.GetAsync(cancellationToken)).Calendar.Where(d => (from is null || d.Day >= from) && (until is null || d.Day <= until)).OrderBy(d => d.Day).Select(Mark).ToList());

    private static async Task<Results<Ok<CalendarChanged>, ProblemHttpResult>> ChangeAsync(
        CalendarChange change, Caller caller, HttpContext http, LogisticsStorage storage, NetworkCache cache, ForecastBook book, ForecastTrainer trainer, CancellationToken cancellationToken)
    {
        var problems = Check(change);
        if (problems.Count > 0) return ApiProblems.Invalid(problems);
        return TypedResults.Ok(await ApplyAsync(storage, cache, book, trainer, async (db, network) =>
        {
            for (var day = change.From; day <= (change.Until ?? change.From); day = day.AddDays(1))
            {
                var before = network.DayOn(day);
                var isNamed = change.Kind is not null;
                var after = before with
                {
                    Kind = change.Kind ?? before.Kind,
                    Name = isNamed ? Text(change.Name) : before.Name,
                    Festival = Text(change.Festival) ?? before.Festival,
                    Source = Text(change.Source) ?? before.Source,
                };
                await storage.Network.Calendar.SaveAsync(db, after, caller.ToActor(change.Reason, http));
            }
        }, cancellationToken));
    }

    private static async Task<Results<Ok<CalendarChanged>, ProblemHttpResult>> ClearAsync(
        DateOnly from, DateOnly? until, Caller caller, HttpContext http, LogisticsStorage storage, NetworkCache cache, ForecastBook book, ForecastTrainer trainer, CancellationToken cancellationToken)
    {
        var problems = Check(new CalendarChange(from, until, DayKind.Ordinary, null, null, null, null));
        if (problems.Count > 0) return ApiProblems.Invalid(problems);
        return TypedResults.Ok(await ApplyAsync(storage, cache, book, trainer, async (db, network) =>
        {
            for (var day = from; day <= (until ?? from); day = day.AddDays(1))
                await storage.Network.Calendar.DeleteAsync(db, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), caller.ToActor(null, http));
        }, cancellationToken));
    }

    private static async Task<CalendarChanged> ApplyAsync(
        LogisticsStorage storage, NetworkCache cache, ForecastBook book, ForecastTrainer trainer, Func<Db, NetworkSnapshot, Task> write, CancellationToken cancellationToken)
    {
        var (before, _) = await ForecastApi.FindAsync(book, cancellationToken);
        await storage.WriteAsync(async db =>
        {
            await write(db, await cache.GetAsync(db));
            await cache.TouchAsync(db);
        }, cancellationToken);
        ForecastContext? after = null;
        if (before is not null && await trainer.ForecastAgainAsync(cancellationToken)) (after, _) = await ForecastApi.FindAsync(book, cancellationToken);
        var days = (await cache.GetAsync(cancellationToken)).Calendar.OrderBy(d => d.Day).Select(Mark).ToList();
        return new CalendarChanged(days, before is null ? [] : Effect(before, after ?? before));
    }

    private static List<CalendarEffect> Effect(ForecastContext before, ForecastContext after)
    {
        var (old, now) = (before.Series.FirstOrDefault(s => s.Scope == ForecastScope.Area), after.Series.FirstOrDefault(s => s.Scope == ForecastScope.Area));
        return [.. Enumerable.Range(0, before.Run.Horizon).Select(i => new CalendarEffect(before.Run.Origin.AddDays(i + 1), old?.P50[i], now?.P50[i]))];
    }

    private static List<FieldProblem> Check(CalendarChange change)
    {
        var problems = new List<FieldProblem>();
        var until = change.Until ?? change.From;
        if (until < change.From) Add("until", until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "order", "until must not be before from.");
        if (until.DayNumber - change.From.DayNumber >= MostDays) Add("until", until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "range", $"At most {MostDays} days can be changed at once.");
        if (change.Kind is DayKind.Holiday && string.IsNullOrWhiteSpace(change.Name)) Add("name", change.Name, "required", "A holiday needs its name, such as 国庆节: forecasts align it with the same holiday of other years.");
        if (change.Kind is null && string.IsNullOrWhiteSpace(change.Festival)) Add("festival", change.Festival, "required", "Name a promotion, or give kind holiday, makeUpWorkday or ordinary.");
        foreach (var (field, text) in new[] { ("name", change.Name), ("festival", change.Festival), ("source", change.Source) })
            if (text?.Length > MostText) Add(field, text, "length", $"{field} has {text.Length} characters; at most {MostText}.");
        return problems;

        void Add(string field, string? value, string rule, string message) => problems.Add(new FieldProblem(field, value, rule, message));
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
