using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Access;

/// <param name="Secret">Answered once, when the token is made.</param>
public sealed record TokenView(string Id, string Name, string UserId, string? PartnerId, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt, string? Secret = null)
{
    public static TokenView Of(ApiToken token, User user) => new(token.Id, token.Name, user.Id, user.PartnerId, token.CreatedAt, token.LastUsedAt, token.RevokedAt);
}

/// <param name="PartnerId">An administrator's choice: the token acts as that partner's first active account.</param>
public sealed record TokenDraft(string? Name, string? PartnerId, string? UserId, string? Reason);

/// <summary>API tokens act with the rights of their account. Partners and staff manage their own; administrators manage all.</summary>
public static class TokensApi
{
    public static void MapTokens(this IEndpointRouteBuilder app)
    {
        var tokens = app.MapGroup("/api/tokens").RequireAuthorization(Policies.Orders).WithTags("Users");
        tokens.MapGet("", ListAsync).WithSummary("Tokens of the caller; of every account for an administrator.");
        tokens.MapPost("", CreateAsync).WithSummary("Makes a token; its secret is answered once.");
        tokens.MapDelete("/{id}", RevokeAsync).WithSummary("Revokes a token at once.");
    }

    private static async Task<Ok<List<TokenView>>> ListAsync(Caller caller, LogisticsStorage storage, CancellationToken cancellationToken) =>
        TypedResults.Ok(await storage.ReadAsync(db => ListVisibleAsync(db, caller, storage), cancellationToken));

    private static async Task<Results<Created<TokenView>, ProblemHttpResult>> CreateAsync(
        TokenDraft draft, Caller caller, HttpContext context, LogisticsStorage storage, TimeProvider time, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(draft.Name) || draft.Name.Length > 100) return ApiProblems.Invalid("name", draft.Name, "required", "name is needed, at most 100 characters.");
        if (caller.IsToken) return ApiProblems.Forbidden("A token cannot make tokens; sign in with a password.");
        return await storage.WriteAsync<Results<Created<TokenView>, ProblemHttpResult>>(async db =>
        {
            var user = await FindOwnerAsync(db, draft, caller, storage);
            if (user is null) return ApiProblems.Invalid("partnerId", draft.PartnerId ?? draft.UserId, "user.unknown", "There is no active account for that partner or user, or this account may not make tokens for it.");
            var secret = TokenAuthentication.NewSecret();
            var token = new ApiToken(storage.Ids.New(IdPrefix.Token), user.Id, draft.Name.Trim(), TokenAuthentication.Digest(secret), time.GetUtcNow());
            await storage.Users.CreateTokenAsync(db, token, caller.ToActor(draft.Reason, context));
            return TypedResults.Created($"/api/tokens/{token.Id}", TokenView.Of(token, user) with { Secret = secret });
        }, cancellationToken);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(string id, ReasonBody? body, Caller caller, HttpContext context, LogisticsStorage storage, CancellationToken cancellationToken)
    {
        var isRevoked = await storage.WriteAsync(async db =>
            (await ListVisibleAsync(db, caller, storage)).Exists(t => t.Id == id) && await storage.Users.RevokeTokenAsync(db, id, caller.ToActor(body?.Reason, context)), cancellationToken);
        return isRevoked ? TypedResults.NoContent() : ApiProblems.NotFound("active token", id);
    }

    private static async Task<List<TokenView>> ListVisibleAsync(Db db, Caller caller, LogisticsStorage storage)
    {
        var users = caller.Role == Role.Administrator ? await storage.Users.ListAsync(db) : [(await storage.Users.FindAsync(db, caller.UserId))!];
        var tokens = new List<TokenView>();
        foreach (var user in users) tokens.AddRange((await storage.Users.ListTokensAsync(db, user.Id)).Select(t => TokenView.Of(t, user)));
        return tokens;
    }

    private static async Task<User?> FindOwnerAsync(Db db, TokenDraft draft, Caller caller, LogisticsStorage storage)
    {
        if (draft.PartnerId is null && draft.UserId is null) return await storage.Users.FindAsync(db, caller.UserId);
        if (caller.Role != Role.Administrator)
        {
            return draft.PartnerId == caller.PartnerId && caller.PartnerId is not null ? await storage.Users.FindAsync(db, caller.UserId) : null;
        }
        return (await storage.Users.ListAsync(db)).Find(u => !u.IsDisabled && (draft.UserId is { } id ? u.Id == id : u.PartnerId == draft.PartnerId));
    }
}
