using System.Security.Claims;
using Logistics.Storage;

namespace Logistics.Web.Access;

/// <summary>Whether somebody who signed in earlier may still be here: the account is not disabled, its password unchanged, its token not revoked.</summary>
public static class StandingAccount
{
    public static Task<bool> HoldsAsync(ClaimsPrincipal principal, LogisticsStorage storage, TimeProvider time, CancellationToken cancellationToken = default)
    {
        var id = principal.FindFirstValue(Caller.UserIdClaim) ?? "";
        return storage.ReadAsync(async db =>
        {
            if (await storage.Users.FindAsync(db, id) is not { IsDisabled: false } user) return false;
            // A token outlives a change of password; it has its own end.
            return principal.FindFirstValue(Caller.TokenClaim) is { } token
                ? (await storage.Users.ListTokensAsync(db, id)).Exists(t => t.Id == token && t.IsUsable(time.GetUtcNow()))
                : user.SecurityStamp == principal.FindFirstValue(Caller.StampClaim);
        }, cancellationToken);
    }
}
