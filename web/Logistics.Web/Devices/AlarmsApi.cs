using Logistics.Domain.Devices;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Logistics.Web.Live;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Devices;

public static class AlarmsApi
{
    private const int MaximumPage = 1000;

    public static void MapAlarms(this IEndpointRouteBuilder app)
    {
        var alarms = app.MapGroup("/api/devices/alarms").WithTags("Devices");
        alarms.MapGet("", ListAsync).RequireAuthorization(Policies.Read).WithSummary("Alarms, newest first; open = those that last only; after = raisedAt of the last one seen.");
        alarms.MapPost("/{id}/acknowledge", AcknowledgeAsync).RequireAuthorization(Policies.Steer).WithSummary("Says that a person has seen it and looks after it.");
        alarms.MapPost("/{id}/assign", AssignAsync).RequireAuthorization(Policies.Steer).WithSummary("Makes an account responsible, or nobody.");
    }

    private static async Task<Ok<IReadOnlyList<AlarmView>>> ListAsync(LogisticsStorage storage, DeviceRegister register, CancellationToken cancel, bool open = false, string? device = null, AlarmRule? rule = null, DateTimeOffset? after = null, int limit = 500) =>
        TypedResults.Ok(await storage.ReadAsync(
            async db =>
            {
                var filter = new AlarmFilter { IsOpenOnly = open, Device = device, Rule = rule, Before = after, Limit = Math.Clamp(limit, 1, MaximumPage) };
                return await ViewAsync(db, storage, register, await storage.Alarms.ListAsync(db, filter));
            },
            cancel));

    private static Task<Results<Ok<AlarmView>, ProblemHttpResult>> AcknowledgeAsync(string id, Caller caller, HttpContext context, LogisticsStorage storage, DeviceRegister register, LiveFeed feed, CancellationToken cancel, ReasonBody? body = null) =>
        ChangeAsync(id, storage, register, feed, db => storage.Alarms.AcknowledgeAsync(db, id, caller.ToActor(body?.Reason, context)), cancel);

    private static async Task<Results<Ok<AlarmView>, ProblemHttpResult>> AssignAsync(string id, AssignBody body, Caller caller, HttpContext context, LogisticsStorage storage, DeviceRegister register, LiveFeed feed, CancellationToken cancel)
    {
        var accounts = await storage.ReadAsync(storage.Users.ListAsync, cancel);
        if (body.Owner is { } owner && !accounts.Any(u => u.Id == owner && u.Role is Domain.Role.Administrator or Domain.Role.Dispatcher))
        {
            return ApiProblems.Invalid("owner", owner, "unknown", $"owner \"{owner}\" must be the id of an administrator or dispatcher.");
        }
        return await ChangeAsync(id, storage, register, feed, db => storage.Alarms.AssignAsync(db, id, body.Owner, caller.ToActor(null, context)), cancel);
    }

    private static async Task<Results<Ok<AlarmView>, ProblemHttpResult>> ChangeAsync(string id, LogisticsStorage storage, DeviceRegister register, LiveFeed feed, Func<Db, Task<DeviceAlarm?>> change, CancellationToken cancel)
    {
        var view = await storage.WriteAsync(async db => await change(db) is { } alarm ? (await ViewAsync(db, storage, register, [alarm]))[0] : null, cancel);
        if (view is null) return ApiProblems.NotFound("alarm", id);
        feed.Publish("device", new DeviceNewsView([], [], 0, HasAlarms: true));
        return TypedResults.Ok(view);
    }

    private static async Task<IReadOnlyList<AlarmView>> ViewAsync(Db db, LogisticsStorage storage, DeviceRegister register, IReadOnlyList<DeviceAlarm> alarms)
    {
        var devices = await register.GetAsync(db);
        var accounts = (await storage.Users.ListAsync(db)).ToDictionary(u => u.Id, u => u.DisplayName, StringComparer.Ordinal);
        return [.. alarms.Select(a => new AlarmView(
            a.Id, a.Device, devices.Find(a.Device)?.Name ?? a.Device, a.Rule, a.Subject, a.StartedAt, a.RaisedAt, a.EndedAt, a.Owner, NameOf(a.Owner), a.AcknowledgedAt, NameOf(a.AcknowledgedBy), a.Detail))];

        string? NameOf(string? account) => account is null ? null : accounts.GetValueOrDefault(account, account);
    }
}
