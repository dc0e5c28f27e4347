using System.Security.Claims;
using Logistics.Domain;
using Logistics.Storage;

namespace Logistics.Web.Access;

/// <summary>Who is calling, as endpoints see it.</summary>
/// <param name="PartnerId">Set exactly for partner accounts: everything they read and write is limited to this partner.</param>
/// <param name="IsToken">Signed in by API token rather than cookie.</param>
public sealed record Caller(string UserId, string Name, Role Role, string? PartnerId, string? CourierId, bool IsToken)
{
    public const string UserIdClaim = "sub", NameClaim = "name", RoleClaim = "role", PartnerClaim = "partner", CourierClaim = "courier", StampClaim = "stamp", CsrfClaim = "csrf", TokenClaim = "token";

    public bool IsPartner => Role == Role.Partner;

    /// <summary>The wall between partners: what this caller's queries may touch.</summary>
    public PartnerScope Scope => Role != Role.Partner ? PartnerScope.Everyone : PartnerScope.Only(PartnerId ?? throw new InvalidOperationException($"Partner account {UserId} has no partner."));

    public Actor ToActor(string? reason = null, HttpContext? context = null) => new(UserId, reason, context?.Connection.RemoteIpAddress?.ToString());

    /// <summary>Bound by minimal APIs wherever an endpoint asks for a caller; endpoints that do so require a signed-in account.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) => ValueTask.FromResult(From(context.User));

    public static Caller From(ClaimsPrincipal user) => new(
        user.FindFirstValue(UserIdClaim) ?? throw new InvalidOperationException("The endpoint is open to callers without an account and must not ask for one."),
        user.FindFirstValue(NameClaim) ?? "",
        Enum.Parse<Role>(user.FindFirstValue(RoleClaim)!),
        user.FindFirstValue(PartnerClaim),
        user.FindFirstValue(CourierClaim),
        user.HasClaim(c => c.Type == TokenClaim));

    public static ClaimsIdentity ToIdentity(User user, string scheme, params ReadOnlySpan<Claim> more)
    {
        var identity = new ClaimsIdentity(scheme, NameClaim, RoleClaim);
        identity.AddClaim(new Claim(UserIdClaim, user.Id));
        identity.AddClaim(new Claim(NameClaim, user.SignInName));
        identity.AddClaim(new Claim(RoleClaim, user.Role.ToString()));
        identity.AddClaim(new Claim(StampClaim, user.SecurityStamp));
        if (user.Role == Role.Partner && user.PartnerId is { } partner) identity.AddClaim(new Claim(PartnerClaim, partner));
        if (user.Role == Role.Courier && user.CourierId is { } courier) identity.AddClaim(new Claim(CourierClaim, courier));
        foreach (var claim in more) identity.AddClaim(claim);
        return identity;
    }
}
