using System.Security.Cryptography;
using System.Text;
using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>Accounts and API tokens.</summary>
public sealed class UserStore(AuditStore audit, TimeProvider time)
{
    public Task<User?> FindAsync(Db db, string id) => db.FindAsync("select doc from app_user where id = @id", r => r.Json<User>("doc"), ("id", id));

    public Task<User?> FindBySignInNameAsync(Db db, string name) =>
        db.FindAsync("select doc from app_user where sign_in_name = @name", r => r.Json<User>("doc"), ("name", Key(name)));

    public Task<List<User>> ListAsync(Db db) => db.ListAsync("select doc from app_user order by sign_in_name", r => r.Json<User>("doc"));

    public Task<long> CountAsync(Db db) => db.NumberAsync("select count(*) from app_user");

    public async Task<Outcome<User>> CreateAsync(Db db, User user, Actor actor)
    {
        if (await FindBySignInNameAsync(db, user.SignInName) is not null)
        {
            return new Refusal("user.name", $"The sign-in name \"{user.SignInName}\" is taken.");
        }
        await db.InsertManyAsync("app_user", ["id", "sign_in_name", "role", "partner_id", "doc"], [Values(user)]);
        await audit.WriteAsync(db, actor, "user.create", "user", user.Id, null, Public(user), user.PartnerId);
        return user;
    }

    public async Task<Outcome<User>> UpdateAsync(Db db, User user, Actor actor)
    {
        if (await FindAsync(db, user.Id) is not { } before) return new Refusal("user.unknown", $"There is no user {user.Id}.");
        if (await FindBySignInNameAsync(db, user.SignInName) is { } other && other.Id != user.Id)
        {
            return new Refusal("user.name", $"The sign-in name \"{user.SignInName}\" is taken.");
        }
        await StoreAsync(db, user);
        await audit.WriteAsync(db, actor, "user.update", "user", user.Id, Public(before), Public(user), user.PartnerId);
        return user;
    }

    /// <summary>Notes a sign-in attempt: counters and lock only, without an audit entry of its own.</summary>
    public Task SaveSignInAsync(Db db, User user) => StoreAsync(db, user);

    public async Task CreateTokenAsync(Db db, ApiToken token, Actor actor)
    {
        await db.InsertManyAsync("api_token", ["id", "user_id", "secret_hash", "doc"], [[token.Id, token.UserId, token.SecretHash, DomainJson.Write(token)]]);
        await audit.WriteAsync(db, actor, "token.create", "token", token.Id, null, token with { SecretHash = "" });
    }

    /// <summary>The token with that digest and its user; null when unknown. Whether both are usable is for the caller to ask.</summary>
    public async Task<(ApiToken Token, User User)?> FindTokenAsync(Db db, string secretHash)
    {
        var found = await db.FindAsync(
            "select t.doc as token_doc, t.last_used_at, u.doc as user_doc from api_token t join app_user u on u.id = t.user_id where t.secret_hash = @hash",
            r => Tuple.Create(r.Json<ApiToken>("token_doc") with { LastUsedAt = r.InstantOrNull("last_used_at") }, r.Json<User>("user_doc")),
            ("hash", secretHash));
        return found is null ? null : (found.Item1, found.Item2);
    }

    public Task<List<ApiToken>> ListTokensAsync(Db db, string userId) => db.ListAsync(
        "select doc, last_used_at from api_token where user_id = @user order by id",
        r => r.Json<ApiToken>("doc") with { LastUsedAt = r.InstantOrNull("last_used_at") }, ("user", userId));

    public Task TouchTokenAsync(Db db, string tokenId) =>
        db.ExecuteAsync("update api_token set last_used_at = @at where id = @id", ("at", time.GetUtcNow()), ("id", tokenId));

    /// <returns>False when there is no such token or it was revoked before.</returns>
    public async Task<bool> RevokeTokenAsync(Db db, string tokenId, Actor actor)
    {
        var token = await db.FindAsync("select doc from api_token where id = @id" + db.Dialect.ForUpdate, r => r.Json<ApiToken>("doc"), ("id", tokenId));
        if (token is not { RevokedAt: null }) return false;
        var revoked = token with { RevokedAt = time.GetUtcNow() };
        await db.ExecuteAsync("update api_token set doc = @doc where id = @id", ("doc", DomainJson.Write(revoked)), ("id", tokenId));
        await audit.WriteAsync(db, actor, "token.revoke", "token", tokenId, token with { SecretHash = "" }, revoked with { SecretHash = "" });
        return true;
    }

    private static Task StoreAsync(Db db, User user) => db.ExecuteManyAsync(
        "update app_user set sign_in_name = @sign_in_name, role = @role, partner_id = @partner_id, doc = @doc where id = @id",
        ["id", "sign_in_name", "role", "partner_id", "doc"], [Values(user)]);

    private static object?[] Values(User u) => [u.Id, Key(u.SignInName), u.Role, u.PartnerId, DomainJson.Write(u)];

    private static string Key(string signInName) => signInName.Trim().ToLowerInvariant();

    // The audit trail is read by many; digests of passwords are not for them. That a password was set shows in the stamp, which is new each time.
    private static User Public(User user) => user with { PasswordHash = "", SecurityStamp = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(user.SecurityStamp)))[..8] };
}
