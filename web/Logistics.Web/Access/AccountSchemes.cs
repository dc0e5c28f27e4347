using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Logistics.Web.Access;

/// <summary>How a request proves who it is: a session cookie for pages, <c>Authorization: Bearer lgt_…</c> for programs.</summary>
public static class AccountSchemes
{
    public const string Cookie = "session", Token = "token";
    private const string Either = "either";
    private static readonly TimeSpan SessionLength = TimeSpan.FromHours(12);

    public static void Add(IServiceCollection services) => services
        .AddAuthentication(Either)
        .AddPolicyScheme(Either, null, o => o.ForwardDefaultSelector = c => c.Request.Headers.Authorization.Count > 0 ? Token : Cookie)
        .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(Token, null)
        .AddCookie(Cookie, o =>
        {
            o.Cookie.Name = "logistics.session";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Strict;
            // Secure whenever the page came by TLS; plain http://localhost stays usable.
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.ExpireTimeSpan = SessionLength;
            o.SlidingExpiration = true;
            o.Events.OnRedirectToLogin = c => ApiProblems.Create(StatusCodes.Status401Unauthorized, "Sign in first.", "POST /api/session with name and password.").ExecuteAsync(c.HttpContext);
            o.Events.OnRedirectToAccessDenied = c => ApiProblems.Forbidden("This account's role does not allow it.").ExecuteAsync(c.HttpContext);
            o.Events.OnValidatePrincipal = ValidateAsync;
        });

    // Every request looks the account up, so that disabling it or changing its password ends its sessions on every host at once.
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (!await StandingAccount.HoldsAsync(context.Principal!, services.GetRequiredService<LogisticsStorage>(), services.GetRequiredService<TimeProvider>(), context.HttpContext.RequestAborted)) context.RejectPrincipal();
    }
}

/// <summary>API tokens. Only a digest is stored, so a token is found by its digest; a wrong one costs one index look-up.</summary>
public sealed class TokenAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, LogisticsStorage storage, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Prefix = "lgt_";
    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);

    /// <summary>A new secret of 256 random bits.</summary>
    public static string NewSecret() => Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static string Digest(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.Fail("Authorization must be Bearer and an API token.");
        var secret = header["Bearer ".Length..].Trim();
        if (await storage.ReadAsync(db => FindAsync(db, Digest(secret)), Context.RequestAborted) is not { } found) return AuthenticateResult.Fail("The API token is unknown.");
        var (token, user) = (found.Item1, found.Item2);
        if (!token.IsUsable(time.GetUtcNow())) return AuthenticateResult.Fail($"The API token \"{token.Name}\" is revoked or has expired.");
        if (user.IsDisabled) return AuthenticateResult.Fail("The token's account is disabled.");
        if (token.LastUsedAt is null || time.GetUtcNow() - token.LastUsedAt > TouchEvery) await storage.WriteAsync(db => storage.Users.TouchTokenAsync(db, token.Id));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(Caller.ToIdentity(user, Scheme.Name, new Claim(Caller.TokenClaim, token.Id))), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure;
        Response.Headers.WWWAuthenticate = "Bearer";
        await ApiProblems.Create(StatusCodes.Status401Unauthorized, "The API token is not accepted.", failure?.Message).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ApiProblems.Forbidden("The role of this token's account does not allow it.").ExecuteAsync(Context);

    private async Task<Tuple<ApiToken, User>?> FindAsync(Db db, string digest) =>
        await storage.Users.FindTokenAsync(db, digest) is { } found ? Tuple.Create(found.Token, found.User) : null;
}
