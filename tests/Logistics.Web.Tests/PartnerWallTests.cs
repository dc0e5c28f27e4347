using System.Net;
using System.Text;
using System.Text.Json;
using Logistics.Web.Live;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.Web.Tests;

/// <summary>The wall between partners, tried at every endpoint the host really has.</summary>
public sealed class PartnerWallTests(DemoHost demo)
{
    // Open without an account, on purpose.
    private static readonly string[] Open = ["POST /api/session", "GET /openapi/{documentName}.json", "GET /health", "POST /vroom", "POST /device/claim"];

    // What a partner may call; each is checked for foreign data below. Everything else must answer 403.
    private static readonly string[] ForPartners =
    [
        "GET /api/session", "DELETE /api/session", "POST /api/session/password", "GET /api/board", "GET /api/network", "GET /api/search", "GET /api/live",
        "GET /api/orders", "GET /api/orders/{id}", "POST /api/orders", "POST /api/orders/bulk", "POST /api/orders/{id}/cancel",
        "GET /api/imports", "POST /api/imports", "PUT /api/imports/{id}/mapping", "POST /api/imports/{id}/commit", "DELETE /api/imports/{id}",
        "GET /api/quarantine", "PUT /api/quarantine/{id}", "POST /api/quarantine/{id}/release", "POST /api/quarantine/{id}/reject",
        "GET /api/tokens", "POST /api/tokens", "DELETE /api/tokens/{id}",
    ];

    private List<(string Method, string Pattern)> Endpoints() => [.. demo.Host.App.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>() is not null)
        .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(m => (m, "/" + e.RoutePattern.RawText!.Trim('/'))))
        .Distinct()];

    [Fact]
    public void Every_endpoint_says_who_may_call_it()
    {
        var silent = demo.Host.App.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>() is not null && e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(e => e.RoutePattern.RawText);

        Assert.Empty(silent);
    }

    [Fact]
    public async Task Without_an_account_every_endpoint_but_the_open_ones_refuses()
    {
        using var anonymous = demo.Host.Anonymous();
        foreach (var (method, pattern) in Endpoints().Where(e => !Open.Contains($"{e.Method} {e.Pattern}")))
        {
            var response = await SendAsync(anonymous, method, Fill(pattern, "x"));
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{method} {pattern} answered {(int)response.StatusCode} without an account.");
        }
    }

    [Fact]
    public async Task Partner_is_refused_everywhere_but_at_its_own_endpoints()
    {
        var known = Endpoints().Select(e => $"{e.Method} {e.Pattern}").ToList();
        Assert.Empty(ForPartners.Except(known));
        foreach (var (method, pattern) in Endpoints().Where(e => !Open.Contains($"{e.Method} {e.Pattern}") && !ForPartners.Contains($"{e.Method} {e.Pattern}")))
        {
            var response = await SendAsync(demo.Partner, method, Fill(pattern, "x"));
            Assert.True(response.StatusCode == HttpStatusCode.Forbidden, $"{method} {pattern} answered {(int)response.StatusCode} to a partner.");
        }
    }

    [Fact]
    public async Task Courier_is_refused_everywhere_but_at_their_own_route()
    {
        // The network is cut to what anybody signed in may know; none of its gate codes.
        string[] own = ["GET /api/session", "DELETE /api/session", "POST /api/session/password", "GET /api/network", "GET /api/live", "GET /api/my-route"];
        using var courier = await demo.Host.SignInAsync("courier");
        foreach (var (method, pattern) in Endpoints().Where(e => !Open.Contains($"{e.Method} {e.Pattern}") && !own.Contains($"{e.Method} {e.Pattern}")))
        {
            var response = await SendAsync(courier, method, Fill(pattern, "x"));
            Assert.True(response.StatusCode == HttpStatusCode.Forbidden, $"{method} {pattern} answered {(int)response.StatusCode} to a courier.");
        }
    }

    [Fact]
    public async Task Partner_and_its_token_read_and_write_nothing_of_another()
    {
        var (order, row, secrets) = await PlantAsync();
        var token = await demo.Partner.PostAsync("/api/tokens", new { name = "wall" }, HttpStatusCode.Created);
        using var program = demo.Host.Anonymous();
        program.UseToken(token.GetProperty("secret").GetString()!);
        foreach (var client in (TestClient[])[demo.Partner, program])
        {
            foreach (var path in (string[])["/api/board", "/api/network", "/api/orders?limit=1000", "/api/orders?partnerId=" + demo.OtherPartner.Me.GetProperty("partnerId").GetString(), "/api/imports", "/api/quarantine?state=all", "/api/tokens", "/api/search?q=WALL", "/api/search?q=%E9%A1%BA%E8%BE%BE"])
            {
                var text = await (await client.Http.GetAsync(path)).Content.ReadAsStringAsync();
                foreach (var secret in secrets) Assert.False(text.Contains(secret, StringComparison.Ordinal), $"GET {path} shows \"{secret}\" of another partner: {text[..Math.Min(300, text.Length)]}");
            }
            // By id every foreign thing is as if it did not exist.
            foreach (var (method, path) in ((string, string)[])[("GET", $"/api/orders/{order}"), ("POST", $"/api/orders/{order}/cancel"), ("PUT", $"/api/quarantine/{row}"), ("POST", $"/api/quarantine/{row}/release"), ("POST", $"/api/quarantine/{row}/reject")])
            {
                var response = await SendAsync(client, method, path, """{"reason":"mine now","fields":{}}""");
                Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{method} {path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
            }
        }
    }

    [Fact]
    public async Task Partner_cannot_send_orders_in_anothers_name()
    {
        var result = await demo.Partner.PostAsync("/api/orders", TestOrders.Order("WALLNAME1", "SD"));

        Assert.Equal("quarantined", result.Outcome());
        Assert.Contains("partner partner.scope", result.Item().Problems());
        Assert.Empty((await demo.OtherPartner.GetAsync("/api/orders?q=WALLNAME1")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Partner_cannot_touch_anothers_upload()
    {
        var upload = await demo.OtherPartner.UploadAsync(Encoding.UTF8.GetBytes("waybill,name\nWALLUP1,x\n"));

        await demo.Partner.PutAsync($"/api/imports/{upload.Id()}/mapping", new { waybill = "waybill" }, HttpStatusCode.NotFound);
        await demo.Partner.PostAsync($"/api/imports/{upload.Id()}/commit", new { }, HttpStatusCode.NotFound);
        await demo.Partner.DeleteAsync($"/api/imports/{upload.Id()}", HttpStatusCode.NotFound);
        await demo.OtherPartner.DeleteAsync($"/api/imports/{upload.Id()}");
    }

    [Fact]
    public async Task Live_feed_shows_a_partner_nothing_of_others_and_ends_when_its_token_is_revoked()
    {
        var token = await demo.Partner.PostAsync("/api/tokens", new { name = "live" }, HttpStatusCode.Created);
        using var program = demo.Host.Anonymous();
        program.UseToken(token.GetProperty("secret").GetString()!);
        using var response = await program.Http.GetAsync("/api/live", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("event: ping", await reader.ReadLineAsync());
        var feed = demo.Host.App.Services.GetRequiredService<LiveFeed>();

        feed.Publish(new LiveEvent("board", new { secret = "of staff" }));
        feed.Publish(new LiveEvent("board", new { secret = "of another" }, demo.OtherPartner.Me.GetProperty("partnerId").GetString()));
        feed.Publish(new LiveEvent("board", new { own = true }, demo.Partner.Me.GetProperty("partnerId").GetString()));
        await demo.Partner.DeleteAsync($"/api/tokens/{token.Id()}");
        feed.Publish(LivePulse.EventType, new Ping(DateTimeOffset.UnixEpoch));
        var rest = await reader.ReadToEndAsync();

        Assert.Contains("own", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", rest, StringComparison.Ordinal);
    }

    private async Task<(string Order, string QuarantineRow, string[] Secrets)> PlantAsync()
    {
        var good = await demo.OtherPartner.PostAsync("/api/orders", TestOrders.Order("WALLGOOD" + Guid.NewGuid().ToString("N")[..8], "SD"));
        var bad = await demo.OtherPartner.PostAsync("/api/orders", TestOrders.Order("WALLBAD" + Guid.NewGuid().ToString("N")[..8], "SD").With("weightGrams", -1));
        return (good.Item().Id(), bad.Item().Id(), [good.Item().Id(), bad.Item().Id(), "WALLGOOD", "WALLBAD", demo.OtherPartner.Me.GetProperty("partnerId").GetString()!, "顺达快运"]);
    }

    private static string Fill(string pattern, string value) => System.Text.RegularExpressions.Regex.Replace(pattern, "\\{[^}]*:int\\}", "1") is var numbers ? System.Text.RegularExpressions.Regex.Replace(numbers, "\\{[^}]*\\}", value) : pattern;

    private static Task<HttpResponseMessage> SendAsync(TestClient client, string method, string path, string body = "{}")
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT" or "DELETE") request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
