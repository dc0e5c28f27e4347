using Logistics.Domain;

namespace Logistics.Storage.Tests;

public sealed class UserStoreTests(Databases databases)
{
    private static readonly User Wang = new("usr_1", "Wang", "小王", Role.Partner, "hash") { PartnerId = "ptn_jd", SecurityStamp = "s1", CreatedAt = Samples.Now };

    [Theory, CombinatorialBackends]
    public async Task User_is_found_by_name_without_case_and_the_name_is_unique(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var users = lab.Storage.Users;
        await lab.Storage.WriteAsync(async db =>
        {
            Assert.True((await users.CreateAsync(db, Wang, Samples.Admin)).IsAccepted);
            Assert.Equal("user.name", (await users.CreateAsync(db, Wang with { Id = "usr_2", SignInName = "WANG " }, Samples.Admin)).Refusal?.Code);
            Assert.Equal(DomainJson.Write(Wang), DomainJson.Write(await users.FindBySignInNameAsync(db, "wang")));
            Assert.Equal("user.unknown", (await users.UpdateAsync(db, Wang with { Id = "usr_9" }, Samples.Admin)).Refusal?.Code);
            Assert.True((await users.UpdateAsync(db, Wang with { IsDisabled = true, PasswordHash = "secret2" }, Samples.Admin)).IsAccepted);
            await users.SaveSignInAsync(db, Wang with { FailedSignIns = 3 });
            Assert.Equal(3, (await users.FindAsync(db, "usr_1"))?.FailedSignIns);
            Assert.Equal(1, await users.CountAsync(db));
            Assert.Equal(["Wang"], (await users.ListAsync(db)).Select(u => u.SignInName));
        });

        var trail = await lab.Storage.ReadAsync(db => lab.Storage.Audit.ListAsync(db, PartnerScope.Everyone, new AuditFilter { ObjectKind = "user" }));
        Assert.Equal(["user.update", "user.create"], trail.Select(e => e.Action));
        Assert.All(trail, e => Assert.DoesNotContain("secret2", e.Before + e.After, StringComparison.Ordinal));
    }

    [Theory, CombinatorialBackends]
    public async Task Token_works_until_revoked(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var users = lab.Storage.Users;
        await lab.Storage.WriteAsync(async db =>
        {
            await users.CreateAsync(db, Wang, Samples.Admin);
            await users.CreateTokenAsync(db, new ApiToken("tok_1", "usr_1", "ERP", "digest", Samples.Now) { ExpiresAt = Samples.Now.AddDays(1) }, Samples.Admin);
            await users.TouchTokenAsync(db, "tok_1");
        });

        var found = await lab.Storage.ReadAsync(db => users.FindTokenAsync(db, "digest"));
        Assert.Equal(("usr_1", Samples.Now), (found!.Value.User.Id, found.Value.Token.LastUsedAt));
        Assert.True(found.Value.Token.IsUsable(Samples.Now));
        Assert.False(found.Value.Token.IsUsable(Samples.Now.AddDays(1)));
        Assert.Null(await lab.Storage.ReadAsync(async db => await users.FindTokenAsync(db, "other") is { } t ? t.Token : null));

        Assert.True(await lab.Storage.WriteAsync(db => users.RevokeTokenAsync(db, "tok_1", Samples.Admin)));
        Assert.False(await lab.Storage.WriteAsync(db => users.RevokeTokenAsync(db, "tok_1", Samples.Admin)));
        Assert.False((await lab.Storage.ReadAsync(db => users.ListTokensAsync(db, "usr_1"))).Single().IsUsable(Samples.Now));
        var trail = await lab.Storage.ReadAsync(db => lab.Storage.Audit.ListAsync(db, PartnerScope.Everyone, new AuditFilter { ObjectId = "tok_1" }));
        Assert.Equal(["token.revoke", "token.create"], trail.Select(e => e.Action));
        Assert.All(trail, e => Assert.DoesNotContain("digest", e.Before + e.After, StringComparison.Ordinal));
    }
}
