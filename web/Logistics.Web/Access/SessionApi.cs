using System.Security.Claims;
using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Logistics.Web.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Access;

public sealed record SignIn(string? Name, string? Password);

public sealed record Me(
    string Id, string Name, string DisplayName, Role Role, string? PartnerId, string CsrfToken, AreaView Area, DateOnly Today, bool DemoCity, bool MustChangePassword);

public sealed record PasswordChange(string? Current, string? Password);

public static class SessionApi
{
    public static void MapSession(this IEndpointRouteBuilder app)
    {
        var session = app.MapGroup("/api/session").WithTags("Session");
        session.MapPost("", SignInAsync).AllowAnonymous().WithSummary("Signs in; sets the session cookie.");
        session.MapGet("", GetAsync).RequireAuthorization(Policies.SignedIn).WithSummary("Who is signed in, the service area and the csrfToken.");
        session.MapDelete("", (Delegate)SignOutAsync).RequireAuthorization(Policies.SignedIn).WithSummary("Signs out.");
        session.MapPost("/password", ChangePasswordAsync).RequireAuthorization(Policies.SignedIn).WithSummary("Changes the caller's own password; ends its other sessions.");
    }

    private static async Task<Results<Ok<Me>, ProblemHttpResult>> SignInAsync(
        SignIn body, HttpContext context, LogisticsStorage storage, SignInThrottle throttle, AreaViews areas, TimeProvider time, CancellationToken cancellationToken)
    {
        var (name, password) = (body.Name?.Trim() ?? "", body.Password ?? "");
        if (name.Length is 0 or > 100 || password.Length is 0 or > PasswordHash.MostLength) return ApiProblems.Invalid("name", null, "required", "name and password are needed.");
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        var wait = throttle.WaitOf(name, address);
        if (wait > TimeSpan.Zero)
        {
            var seconds = (int)Math.Ceiling(wait.TotalSeconds);
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return ApiProblems.Create(StatusCodes.Status429TooManyRequests, "Too many failed attempts.", $"Wait {seconds} s and try again.");
        }
        var user = await storage.ReadAsync(db => storage.Users.FindBySignInNameAsync(db, name), cancellationToken);
        // One answer for a wrong name, a wrong password and a disabled account, after the same work.
        if (!PasswordHash.Verify(password, user?.PasswordHash) || user!.IsDisabled)
        {
            throttle.Failed(name, address);
            return ApiProblems.Create(StatusCodes.Status401Unauthorized, "Sign-in refused.", "The name or the password is wrong.");
        }
        throttle.Succeeded(name, address);
        user = user with { LastSignInAt = time.GetUtcNow(), PasswordHash = PasswordHash.IsOutdated(user.PasswordHash) ? PasswordHash.Create(password) : user.PasswordHash };
        await storage.WriteAsync(db => storage.Users.SaveSignInAsync(db, user), cancellationToken);
        return TypedResults.Ok(await StartSessionAsync(context, user, areas, cancellationToken));
    }

    private static async Task<Me> StartSessionAsync(HttpContext context, User user, AreaViews areas, CancellationToken cancellationToken)
    {
        var secret = AntiForgery.NewSecret();
        await context.SignInAsync(AccountSchemes.Cookie, new ClaimsPrincipal(Caller.ToIdentity(user, AccountSchemes.Cookie, new Claim(Caller.CsrfClaim, secret))));
        return await DescribeAsync(user, secret, areas, cancellationToken);
    }

    private static async Task<Results<Ok<Me>, ProblemHttpResult>> GetAsync(Caller caller, HttpContext context, LogisticsStorage storage, AreaViews areas, CancellationToken cancellationToken)
    {
        var user = await storage.ReadAsync(db => storage.Users.FindAsync(db, caller.UserId), cancellationToken);
        return user is null ? ApiProblems.NotFound("account", caller.UserId) : TypedResults.Ok(await DescribeAsync(user, context.User.FindFirstValue(Caller.CsrfClaim) ?? "", areas, cancellationToken));
    }

    private static async Task<NoContent> SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(AccountSchemes.Cookie);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<Me>, ProblemHttpResult>> ChangePasswordAsync(
        PasswordChange body, Caller caller, HttpContext context, LogisticsStorage storage, SignInThrottle throttle, AreaViews areas, CancellationToken cancellationToken)
    {
        if (Passwords.Check(body.Password) is { } problem) return ApiProblems.Invalid([problem]);
        if (caller.IsToken) return ApiProblems.Forbidden("An API token cannot change a password.");
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (throttle.WaitOf(caller.Name, address) > TimeSpan.Zero) return ApiProblems.Create(StatusCodes.Status429TooManyRequests, "Too many failed attempts.");
        var user = await storage.ReadAsync(db => storage.Users.FindAsync(db, caller.UserId), cancellationToken);
        if (user is null || !PasswordHash.Verify(body.Current ?? "", user.PasswordHash))
        {
            throttle.Failed(caller.Name, address);
            return ApiProblems.Invalid("current", null, "password.wrong", "The current password is wrong.");
        }
        var changed = Passwords.Set(user, body.Password!, mustChange: false);
        await storage.WriteAsync(db => storage.Users.UpdateAsync(db, changed, caller.ToActor("own password", context)), cancellationToken);
        return TypedResults.Ok(await StartSessionAsync(context, changed, areas, cancellationToken));
    }

    private static async Task<Me> DescribeAsync(User user, string csrf, AreaViews areas, CancellationToken cancellationToken)
    {
        var (area, today, isDemo) = await areas.DescribeAsync(user.Role == Role.Partner, cancellationToken);
        return new Me(user.Id, user.SignInName, user.DisplayName, user.Role, user.PartnerId, csrf, area, today, isDemo, user.MustChangePassword);
    }
}

/// <summary>The rules of new passwords and what setting one changes.</summary>
public static class Passwords
{
    public static FieldProblem? Check(string? password) => password is null || password.Length < PasswordHash.LeastLength || password.Length > PasswordHash.MostLength
        ? new FieldProblem("password", null, "range", $"password must have {PasswordHash.LeastLength} to {PasswordHash.MostLength} characters.")
        : null;

    /// <summary>The account with the new password; its sessions and tokens issued under the old stamp end.</summary>
    public static User Set(User user, string password, bool mustChange) => user with
    {
        PasswordHash = PasswordHash.Create(password),
        SecurityStamp = AntiForgery.NewSecret(),
        MustChangePassword = mustChange,
        FailedSignIns = 0,
        LockedUntil = null,
    };
}
