using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Logistics.Testing;
using Logistics.Web.Access;

namespace Logistics.Web.Tests;

public sealed class SessionTests(DemoHost demo)
{
    [Fact]
    public async Task Wrong_name_and_wrong_password_get_one_answer()
    {
        using var client = demo.Host.Anonymous();
        var unknown = await client.PostAsync("/api/session", new { name = "nobody-here", password = "wrong wrong" }, HttpStatusCode.Unauthorized);
        var wrong = await client.PostAsync("/api/session", new { name = "auditor", password = "wrong wrong" }, HttpStatusCode.Unauthorized);

        Assert.Equal(unknown.GetProperty("detail").GetString(), wrong.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Unsafe_request_without_the_csrf_header_changes_nothing()
    {
        using var client = await demo.Host.SignInAsync("dispatcher");
        client.Http.DefaultRequestHeaders.Remove(AntiForgery.Header);

        var refused = await client.PostAsync("/api/orders", TestOrders.Order(), HttpStatusCode.Forbidden);

        Assert.Contains(AntiForgery.Header, refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_cookie_is_http_only_and_strict()
    {
        using var client = demo.Host.Anonymous();
        var response = await client.Http.PostAsJsonAsync("/api/session", new { name = "dispatcher", password = TestHost.Password });
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Disabled_account_loses_its_running_session()
    {
        var made = await demo.Admin.PostAsync("/api/users", new { name = "leaver", displayName = "Leaver", role = "auditor", password = TestHost.Password }, HttpStatusCode.Created);
        using var leaver = await demo.Host.SignInAsync("leaver");
        await leaver.GetAsync("/api/board");

        await demo.Admin.DeleteAsync($"/api/users/{made.GetProperty("user").Id()}", HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.Unauthorized, (await leaver.Http.GetAsync("/api/board")).StatusCode);
    }

    [Fact]
    public async Task Own_password_change_ends_other_sessions_and_keeps_this_one()
    {
        await demo.Admin.PostAsync("/api/users", new { name = "changer", displayName = "Changer", role = "auditor", password = TestHost.Password }, HttpStatusCode.Created);
        using var here = await demo.Host.SignInAsync("changer");
        using var elsewhere = await demo.Host.SignInAsync("changer");

        here.Use(await here.PostAsync("/api/session/password", new { current = TestHost.Password, password = "another horse 2" }));

        await here.GetAsync("/api/session");
        Assert.Equal(HttpStatusCode.Unauthorized, (await elsewhere.Http.GetAsync("/api/session")).StatusCode);
    }

    [Fact]
    public async Task Last_administrator_cannot_be_disabled()
    {
        var refused = await demo.Admin.DeleteAsync($"/api/users/{demo.Admin.Me.Id()}", HttpStatusCode.Conflict);

        Assert.Equal([" user.lastAdministrator"], refused.Problems());
    }

    [Fact]
    public async Task Token_works_until_it_is_revoked()
    {
        var token = await demo.Partner.PostAsync("/api/tokens", new { name = "erp" }, HttpStatusCode.Created);
        using var program = demo.Host.Anonymous();
        program.UseToken(token.GetProperty("secret").GetString()!);
        Assert.Equal("created", (await program.PostAsync("/api/orders", TestOrders.Order(partner: null))).Outcome());

        await demo.Partner.DeleteAsync($"/api/tokens/{token.Id()}");

        var refused = await program.Http.GetAsync("/api/orders");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("revoked", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Throttle_blocks_after_five_failures_and_opens_again_with_time()
    {
        var time = new ManualTimeProvider();
        var throttle = new SignInThrottle(time);
        for (var i = 0; i < 4; i++) throttle.Failed("admin", "10.0.0.1");
        Assert.Equal(TimeSpan.Zero, throttle.WaitOf("admin", "10.0.0.1"));

        throttle.Failed("admin", "10.0.0.1");

        Assert.Equal(TimeSpan.FromSeconds(2), throttle.WaitOf("ADMIN", "10.0.0.1"));
        Assert.Equal(TimeSpan.Zero, throttle.WaitOf("admin", "10.0.0.2"));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.Zero, throttle.WaitOf("admin", "10.0.0.1"));
        throttle.Failed("admin", "10.0.0.1");
        Assert.Equal(TimeSpan.FromSeconds(4), throttle.WaitOf("admin", "10.0.0.1"));
    }

    [Fact]
    public void Password_hash_verifies_only_its_password_and_names_its_cost()
    {
        var hash = PasswordHash.Create("correct horse");

        Assert.StartsWith("pbkdf2-sha512$240000$", hash, StringComparison.Ordinal);
        Assert.True(PasswordHash.Verify("correct horse", hash));
        Assert.False(PasswordHash.Verify("correct Horse", hash));
        Assert.False(PasswordHash.Verify("correct horse", null));
    }

    [Fact]
    public async Task Answers_carry_a_policy_that_lets_only_the_map_worker_in()
    {
        using var client = demo.Host.Anonymous();
        var response = await client.Http.GetAsync("/");
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));

        Assert.Contains("worker-src 'self' blob:", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Change_in_the_audit_names_actor_before_and_after_but_no_hash()
    {
        var made = await demo.Admin.PostAsync("/api/users", new { name = "audited", displayName = "Before", role = "auditor", password = TestHost.Password }, HttpStatusCode.Created);
        var id = made.GetProperty("user").Id();
        await demo.Admin.PutAsync($"/api/users/{id}", new { displayName = "After", reason = "new desk" });

        var entry = (await demo.Admin.GetAsync($"/api/audit?object=user/{id}")).Item();

        Assert.Equal("admin", entry.GetProperty("actor").GetString());
        Assert.Equal("new desk", entry.GetProperty("reason").GetString());
        Assert.Equal("Before", entry.GetProperty("before").GetProperty("displayName").GetString());
        Assert.Equal("After", entry.GetProperty("after").GetProperty("displayName").GetString());
        Assert.DoesNotContain("pbkdf2", entry.GetRawText(), StringComparison.Ordinal);
    }
}
