using System.Net;
using System.Reflection;
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

    // The caller's own session; the live feed has a test of its own.
    private static readonly string[] OwnSession = ["GET /api/session", "DELETE /api/session", "POST /api/session/password", "GET /api/live"];

    private List<(string Method, string Pattern)> Endpoints() => [.. Endpoints(_ => 0).Select(e => (e.Method, e.Pattern)).Distinct()];

    private List<(string Method, string Pattern, T More)> Endpoints<T>(Func<RouteEndpoint, T> more) => [.. demo.Host.App.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>() is not null)
        .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(m => (m, "/" + e.RoutePattern.RawText!.Trim('/'), more(e))))];

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
    public async Task Partner_and_its_token_get_nothing_of_another_from_any_endpoint_by_any_parameter()
    {
        var planted = await PlantAsync();
        var token = await demo.Partner.PostAsync("/api/tokens", new { name = "wall" }, HttpStatusCode.Created);
        using var program = demo.Host.Anonymous();
        program.UseToken(token.GetProperty("secret").GetString()!);
        foreach (var client in (TestClient[])[demo.Partner, program])
        {
            var tried = new HashSet<string>(OwnSession, StringComparer.Ordinal);
            foreach (var (method, pattern, parameters) in Endpoints(ParametersOf).Where(e => ForPartners.Contains($"{e.Method} {e.Pattern}")))
            {
                // By id every foreign thing is as if it did not exist, whatever is done to it.
                if (pattern.Contains("{id}", StringComparison.Ordinal))
                {
                    var path = Fill(pattern, planted.IdOf(pattern));
                    var response = await SendAsync(client, method, path, pattern.EndsWith("/mapping", StringComparison.Ordinal) ? """{"waybill":"waybill"}""" : """{"reason":"mine now","fields":{}}""");
                    Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{method} {path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
                    tried.Add($"{method} {pattern}");
                }
                else if (method == "GET" && !OwnSession.Contains($"{method} {pattern}", StringComparer.Ordinal))
                {
                    await TryGetAsync(client, pattern, "", planted, "");
                    foreach (var parameter in parameters)
                    {
                        foreach (var value in planted.Values) await TryGetAsync(client, pattern, parameter, planted, value);
                    }

                    tried.Add($"{method} {pattern}");
                }
            }

            tried.UnionWith(["POST /api/orders", "POST /api/orders/bulk", "POST /api/imports", "POST /api/tokens"]); // by name below
            Assert.Empty(ForPartners.Except(tried));
        }
    }

    private static async Task TryGetAsync(TestClient client, string pattern, string parameter, Planted planted, string value)
    {
        var path = parameter.Length == 0 ? pattern : $"{pattern}?{parameter}={Uri.EscapeDataString(value)}";
        var response = await client.Http.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"GET {path} answered {(int)response.StatusCode}.");
        // What was sent may come back in a message.
        foreach (var secret in planted.Secrets.Where(s => !value.Contains(s, StringComparison.Ordinal)))
        {
            Assert.False(text.Contains(secret, StringComparison.Ordinal), $"GET {path} shows \"{secret}\" of another partner: {text[..Math.Min(300, text.Length)]}");
        }
    }

    private static List<string> ParametersOf(RouteEndpoint endpoint) =>
        [.. (endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? []).Where(p => p.ParameterType == typeof(string)).Select(p => p.Name!).Where(n => !endpoint.RoutePattern.Parameters.Any(r => r.Name == n))];

    [Fact]
    public async Task Bodies_cannot_name_another_partner_and_do_not_tell_who_else_is_there()
    {
        var (other, name) = (demo.OtherPartner.Me.GetProperty("partnerId").GetString()!, "WALLBODY" + Guid.NewGuid().ToString("N")[..6]);
        await demo.Partner.PostAsync("/api/tokens", new { name = "theirs", partnerId = other }, HttpStatusCode.BadRequest);
        await demo.Partner.PostAsync("/api/tokens", new { name = "theirs", userId = demo.OtherPartner.Me.Id() }, HttpStatusCode.BadRequest);

        // A partner that exists and one that does not get the same answer.
        var known = (await demo.Partner.PostAsync("/api/orders", TestOrders.Order(name + "1", "SD"))).Item();
        var unknown = (await demo.Partner.PostAsync("/api/orders/bulk", new[] { TestOrders.Order(name + "2", "NOBODY") })).Item();
        Assert.Equal(["partner partner.scope"], known.Problems());
        Assert.Equal(["partner partner.scope"], unknown.Problems());
        Assert.DoesNotContain("SD", unknown.GetRawText(), StringComparison.Ordinal);

        // Mending a row of one's own into another's order is no way round.
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["partner"] = "SD", ["waybill"] = name + "1" };
        Assert.Contains("partner partner.scope", (await demo.Partner.PutAsync($"/api/quarantine/{known.Id()}", new { fields })).Problems());
        await demo.Partner.PostAsync($"/api/quarantine/{known.Id()}/release", new { }, HttpStatusCode.BadRequest);

        // Nor is a file, whoever it names; both names sound the same.
        var day = DateTime.UtcNow.AddDays(2).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var preview = await demo.Partner.UploadAsync(Encoding.UTF8.GetBytes($"partner,waybill,name,phone,address,lon,lat,weight_g,volume_ml,day\nSD,{name}3,x,13812345678,y,116.4725,39.9965,1000,1000,{day}\nNOBODY,{name}4,x,13812345678,y,116.4725,39.9965,1000,1000,{day}\n"), "SD");
        Assert.Equal(["partner partner.scope", "partner partner.scope"], preview.Problems());
        await demo.Partner.DeleteAsync($"/api/imports/{preview.Id()}");

        // A waybill that another has is one's own all the same.
        await demo.OtherPartner.PostAsync("/api/orders", TestOrders.Order(name + "5", "SD"));
        var own = await demo.Partner.PostAsync("/api/orders", TestOrders.Order(name + "5", "JX").With("weightGrams", 999));
        Assert.Equal("created", own.Outcome());
        Assert.Equal(1200, (await demo.OtherPartner.GetAsync($"/api/orders?q={name}5")).Item().Count("weightGrams"));
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

    /// <summary>Things of the other partner.</summary>
    /// <param name="Secrets">What no answer may hold.</param>
    private sealed record Planted(string Order, string QuarantineRow, string Upload, string Token, string Partner, string[] Secrets)
    {
        public string[] Values { get; } = [Order, QuarantineRow, Upload, Token, Partner, "SD", "WALLGOOD", "WALLBAD", "顺达快运", "顺达", "5678"];

        public string IdOf(string pattern) => pattern.Split('/')[2] switch
        {
            "orders" => Order,
            "quarantine" => QuarantineRow,
            "imports" => Upload,
            "tokens" => Token,
            _ => throw new InvalidOperationException($"Plant something of another for {pattern}."),
        };
    }

    private async Task<Planted> PlantAsync()
    {
        var good = await demo.OtherPartner.PostAsync("/api/orders", TestOrders.Order("WALLGOOD" + Guid.NewGuid().ToString("N")[..8], "SD"));
        var bad = await demo.OtherPartner.PostAsync("/api/orders", TestOrders.Order("WALLBAD" + Guid.NewGuid().ToString("N")[..8], "SD").With("weightGrams", -1));
        var upload = await demo.OtherPartner.UploadAsync("waybill,name\nWALLUP2,x\n"u8.ToArray(), name: "WALLFILE.csv");
        var token = await demo.OtherPartner.PostAsync("/api/tokens", new { name = "WALLTOKEN" }, HttpStatusCode.Created);
        var partner = demo.OtherPartner.Me.GetProperty("partnerId").GetString()!;
        return new Planted(good.Item().Id(), bad.Item().Id(), upload.Id(), token.Id(), partner, [good.Item().Id(), bad.Item().Id(), upload.Id(), token.Id(), "WALLGOOD", "WALLBAD", "WALLFILE", "WALLTOKEN", partner, "顺达快运"]);
    }

    private static string Fill(string pattern, string value) => System.Text.RegularExpressions.Regex.Replace(pattern, "\\{[^}]*:int\\}", "1") is var numbers ? System.Text.RegularExpressions.Regex.Replace(numbers, "\\{[^}]*\\}", value) : pattern;

    private static Task<HttpResponseMessage> SendAsync(TestClient client, string method, string path, string body = "{}")
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT" or "DELETE") request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
