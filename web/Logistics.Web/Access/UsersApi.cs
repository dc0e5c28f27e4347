using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Logistics.Web.Network;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Access;

public sealed record UserView(string Id, string Name, string DisplayName, Role Role, string? PartnerId, string? CourierId, bool IsActive, DateTimeOffset? LastSignInAt)
{
    public static UserView Of(User u) => new(u.Id, u.SignInName, u.DisplayName, u.Role, u.PartnerId, u.CourierId, !u.IsDisabled, u.LastSignInAt);
}

/// <param name="CourierId">Empty text takes the link away.</param>
/// <param name="Password">Null on creation: one is generated and answered once.</param>
public sealed record UserDraft(string? Name, string? DisplayName, Role? Role, string? PartnerId, string? CourierId, bool? IsActive, string? Password, string? Reason);

public sealed record CreatedUser(UserView User, string? Password);

public sealed record NewPassword(string? Password, string? Reason);

public static class UsersApi
{
    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        var users = app.MapGroup("/api/users").RequireAuthorization(Policies.Administer).WithTags("Users");
        users.MapGet("", ListAsync).WithSummary("All accounts.");
        users.MapPost("", CreateAsync).WithSummary("Creates an account; without a password one is generated and answered once.");
        users.MapPut("/{id}", UpdateAsync).WithSummary("Changes name, role, partner or whether it is active.");
        users.MapDelete("/{id}", DisableAsync).WithSummary("Disables the account; its history stays.");
        users.MapPost("/{id}/password", ResetPasswordAsync).WithSummary("Sets a new password, or generates one and answers it once.");
    }

    private static async Task<Ok<List<UserView>>> ListAsync(LogisticsStorage storage, CancellationToken cancellationToken) =>
        TypedResults.Ok((await storage.ReadAsync(storage.Users.ListAsync, cancellationToken)).ConvertAll(UserView.Of));

    private static async Task<Results<Created<CreatedUser>, ProblemHttpResult>> CreateAsync(
        UserDraft draft, Caller caller, HttpContext context, LogisticsStorage storage, NetworkCache network, TimeProvider time, CancellationToken cancellationToken)
    {
        var password = draft.Password ?? PasswordHash.Generate();
        var blank = new User(storage.Ids.New(IdPrefix.User), "", "", Role.Auditor, "") { CreatedAt = time.GetUtcNow() };
        var problems = new List<FieldProblem>();
        if (Passwords.Check(password) is { } weak) problems.Add(weak);
        var user = Apply(draft, blank, await network.GetAsync(cancellationToken), problems);
        if (problems.Count > 0) return ApiProblems.Invalid(problems);
        user = Passwords.Set(user, password, mustChange: draft.Password is null);
        var outcome = await storage.WriteAsync(db => storage.Users.CreateAsync(db, user, caller.ToActor(draft.Reason, context)), cancellationToken);
        return outcome.IsAccepted
            ? TypedResults.Created($"/api/users/{user.Id}", new CreatedUser(UserView.Of(user), draft.Password is null ? password : null))
            : ApiProblems.Conflict(outcome.Refusal.Message, outcome.Refusal.Code);
    }

    private static async Task<Results<Ok<UserView>, ProblemHttpResult>> UpdateAsync(
        string id, UserDraft draft, Caller caller, HttpContext context, LogisticsStorage storage, NetworkCache network, CancellationToken cancellationToken)
    {
        var snapshot = await network.GetAsync(cancellationToken);
        return await ChangeAsync(id, caller, context, storage, draft.Reason, (user, problems) =>
        {
            var changed = Apply(draft, user, snapshot, problems);
            // A new role must not live on in old sessions.
            return changed.Role == user.Role && changed.PartnerId == user.PartnerId && changed.CourierId == user.CourierId && changed.IsDisabled == user.IsDisabled ? changed : changed with { SecurityStamp = AntiForgery.NewSecret() };
        }, cancellationToken);
    }

    private static Task<Results<Ok<UserView>, ProblemHttpResult>> DisableAsync(
        string id, ReasonBody? body, Caller caller, HttpContext context, LogisticsStorage storage, CancellationToken cancellationToken) =>
        ChangeAsync(id, caller, context, storage, body?.Reason, (user, _) => user with { IsDisabled = true, SecurityStamp = AntiForgery.NewSecret() }, cancellationToken);

    private static async Task<Results<Ok<CreatedUser>, ProblemHttpResult>> ResetPasswordAsync(
        string id, NewPassword body, Caller caller, HttpContext context, LogisticsStorage storage, CancellationToken cancellationToken)
    {
        var password = body.Password ?? PasswordHash.Generate();
        if (Passwords.Check(password) is { } problem) return ApiProblems.Invalid([problem]);
        var result = await ChangeAsync(id, caller, context, storage, body.Reason ?? "password reset", (user, _) => Passwords.Set(user, password, mustChange: true), cancellationToken);
        return result.Result is Ok<UserView> { Value: { } view } ? TypedResults.Ok(new CreatedUser(view, body.Password is null ? password : null)) : (ProblemHttpResult)result.Result;
    }

    private static async Task<Results<Ok<UserView>, ProblemHttpResult>> ChangeAsync(
        string id, Caller caller, HttpContext context, LogisticsStorage storage, string? reason, Func<User, List<FieldProblem>, User> change, CancellationToken cancellationToken)
    {
        return await storage.WriteAsync<Results<Ok<UserView>, ProblemHttpResult>>(async db =>
        {
            if (await storage.Users.FindAsync(db, id) is not { } user) return ApiProblems.NotFound("account", id);
            var problems = new List<FieldProblem>();
            var changed = change(user, problems);
            if (problems.Count > 0) return ApiProblems.Invalid(problems);
            var losesAdministrator = user is { Role: Role.Administrator, IsDisabled: false } && (changed.IsDisabled || changed.Role != Role.Administrator);
            if (losesAdministrator && (await storage.Users.ListAsync(db)).Count(u => u is { Role: Role.Administrator, IsDisabled: false }) == 1)
            {
                return ApiProblems.Conflict($"{user.SignInName} is the last active administrator.", "user.lastAdministrator");
            }
            var outcome = await storage.Users.UpdateAsync(db, changed, caller.ToActor(reason, context));
            return outcome.IsAccepted ? TypedResults.Ok(UserView.Of(changed)) : ApiProblems.Conflict(outcome.Refusal.Message, outcome.Refusal.Code);
        }, cancellationToken);
    }

    private static User Apply(UserDraft draft, User user, NetworkSnapshot network, List<FieldProblem> problems)
    {
        var changed = user with
        {
            SignInName = draft.Name?.Trim() ?? user.SignInName,
            DisplayName = draft.DisplayName?.Trim() ?? (user.DisplayName.Length > 0 ? user.DisplayName : draft.Name?.Trim() ?? ""),
            Role = draft.Role ?? user.Role,
            PartnerId = draft.PartnerId ?? user.PartnerId,
            CourierId = draft.CourierId is "" ? null : draft.CourierId ?? user.CourierId,
            IsDisabled = draft.IsActive is { } active ? !active : user.IsDisabled,
        };
        if (changed.Role != Role.Partner) changed = changed with { PartnerId = null };
        if (changed.Role != Role.Courier) changed = changed with { CourierId = null };
        var check = new FieldChecks(problems);
        check.Text("name", changed.SignInName, 60);
        check.Text("displayName", changed.DisplayName, 100);
        if (changed.SignInName.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))) check.Add("name", changed.SignInName, "format", "name must not contain spaces.");
        if (draft.Role is null && user.SignInName.Length == 0) check.Add("role", null, "required", "role is missing.");
        if (changed.Role == Role.Partner) check.Known("partnerId", changed.PartnerId, network.FindPartner(changed.PartnerId)?.Id, "partner");
        if (changed.CourierId is not null) check.Known("courierId", changed.CourierId, network.FindCourier(changed.CourierId)?.Id, "courier");
        return changed;
    }
}
