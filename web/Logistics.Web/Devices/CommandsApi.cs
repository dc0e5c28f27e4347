using System.Security.Cryptography;
using System.Text.Json;
using Logistics.DeviceGateway.Commands;
using Logistics.Domain;
using Logistics.Domain.Devices;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Devices;

/// <param name="ActorName">Sign-in name of the actor, where it still has an account.</param>
/// <param name="MayHaveArrived">An attempt cannot be proved never to have reached the device.</param>
public sealed record CommandView(
    string Id, string Device, CommandKind Kind, string? Compartment, JsonElement? Arguments, string Actor, string ActorName, string Reason, DateTimeOffset CreatedAt, DateTimeOffset NotAfter,
    CommandState State, int Attempts, bool MayHaveArrived, DateTimeOffset? SentAt, DateTimeOffset? DeliveredAt, DateTimeOffset? FinishedAt, string? Outcome, string? Detail)
{
    public static CommandView Of(DeviceCommand c, string? actorName) => new(
        c.Id, c.Device, c.Kind, c.Compartment, c.Arguments is null ? null : JsonDocument.Parse(c.Arguments).RootElement, c.Actor, actorName ?? c.Actor, c.Reason, c.CreatedAt, c.NotAfter,
        c.State, c.Attempts, c.MayHaveArrived, c.SentAt, c.DeliveredAt, c.FinishedAt, c.Outcome, c.Detail);
}

/// <summary>What a caller asks for; the kind has no default, because the first of them opens a door.</summary>
public sealed record CommandRequest(CommandKind? Kind, string? Compartment, JsonElement? Arguments, string? Reason, double? LifeSeconds);

/// <summary>Commands to devices: at most once in effect, with an actor, a reason and an end (docs/commands.md).</summary>
public static class CommandsApi
{
    private const int TokenBytes = 16;

    public static void MapCommands(this IEndpointRouteBuilder app)
    {
        var devices = app.MapGroup("/api/devices/{device}/commands").WithTags("Devices");
        devices.MapGet("", ListAsync).RequireAuthorization(Policies.Read).WithSummary("Commands of a device, newest first; ?before=id for the next page.");
        devices.MapPost("", CreateAsync).RequireAuthorization(Policies.Steer).WithSummary("Gives a command. It needs a reason and ends by itself.");
        var commands = app.MapGroup("/api/commands").WithTags("Devices");
        commands.MapGet("/{id}", FindAsync).RequireAuthorization(Policies.Read).WithSummary("One command and how far it has come.");
        commands.MapDelete("/{id}", WithdrawAsync).RequireAuthorization(Policies.Steer).WithSummary("Withdraws a command that has not been handed to its device.");
    }

    private static async Task<Ok<List<CommandView>>> ListAsync(string device, string? before, LogisticsStorage storage, CancellationToken cancellationToken)
    {
        return await storage.ReadAsync(async db =>
        {
            var names = (await storage.Users.ListAsync(db)).ToDictionary(user => user.Id, user => user.SignInName, StringComparer.Ordinal);
            var commands = await storage.Commands.ListAsync(db, new CommandFilter { Device = device, BeforeId = before });
            return TypedResults.Ok(commands.ConvertAll(c => CommandView.Of(c, names.GetValueOrDefault(c.Actor))));
        }, cancellationToken);
    }

    private static async Task<Results<Ok<CommandView>, ProblemHttpResult>> FindAsync(string id, LogisticsStorage storage, CancellationToken cancellationToken) =>
        await storage.ReadAsync(db => storage.Commands.FindAsync(db, id), cancellationToken) is { } command
            ? TypedResults.Ok(await ViewAsync(command, storage, cancellationToken))
            : ApiProblems.NotFound("command", id);

    private static async Task<CommandView> ViewAsync(DeviceCommand command, LogisticsStorage storage, CancellationToken cancellationToken) =>
        CommandView.Of(command, (await storage.ReadAsync(db => storage.Users.FindAsync(db, command.Actor), cancellationToken))?.SignInName);

    private static async Task<Results<Created<CommandView>, ProblemHttpResult>> CreateAsync(
        string device, CommandRequest request, Caller caller, HttpContext context, LogisticsStorage storage, CommandDispatcher dispatcher, CommandRules rules, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Kind is not { } kind) return ApiProblems.Invalid("kind", null, "required", $"kind is needed: {string.Join(", ", Enum.GetNames<CommandKind>().Select(JsonNamingPolicy.CamelCase.ConvertName))}.");
        var draft = new CommandDraft(kind, request.Compartment, request.Arguments is { ValueKind: JsonValueKind.Null } ? null : request.Arguments, request.Reason, request.LifeSeconds);
        var (registered, labels) = await storage.ReadAsync(async db => (
            await storage.Devices.FindAsync(db, device),
            (await storage.Devices.ListLabelsAsync(db))[device].ToList()), cancellationToken);
        if (registered is null) return ApiProblems.NotFound("device", device);
        var faults = CommandDrafts.Check(draft, registered.Kind, labels, rules);
        if (faults.Count > 0) return ApiProblems.Invalid([.. faults.Select(f => new FieldProblem(f.Field, f.Value, f.Rule, f.Message))]);
        var now = time.GetUtcNow();
        var life = draft.LifeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : CommandDrafts.DefaultLifeOf(draft.Kind);
        var command = new DeviceCommand(
            storage.Ids.New(IdPrefix.Command), device, registered.Kind, draft.Kind, draft.Compartment, draft.Arguments?.GetRawText(),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)), caller.UserId, draft.Reason!.Trim(), now, now + life);
        await storage.WriteAsync(db => storage.Commands.CreateAsync(db, command, caller.ToActor(draft.Reason, context)), cancellationToken);
        dispatcher.Submit(command);
        return TypedResults.Created($"/api/commands/{command.Id}", CommandView.Of(command, caller.Name));
    }

    private static async Task<Results<Ok<CommandView>, ProblemHttpResult>> WithdrawAsync(
        string id, ReasonBody? body, Caller caller, HttpContext context, LogisticsStorage storage, CommandDispatcher dispatcher, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body?.Reason)) return ApiProblems.Invalid("reason", body?.Reason, "required", "A reason is needed.");
        var command = await dispatcher.WithdrawAsync(id, cancellationToken) ?? await storage.ReadAsync(db => storage.Commands.FindAsync(db, id), cancellationToken);
        if (command is null) return ApiProblems.NotFound("command", id);
        if (command.State != CommandState.Cancelled) return ApiProblems.Conflict($"The command is {command.State.ToString().ToLowerInvariant()}: only one that was never handed on can be withdrawn.", "command.handedOn");
        await storage.WriteAsync(db => storage.Commands.AuditWithdrawalAsync(db, command, caller.ToActor(body.Reason, context)), cancellationToken);
        return TypedResults.Ok(await ViewAsync(command, storage, cancellationToken));
    }
}
