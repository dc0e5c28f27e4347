using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.Web.Tests;

/// <summary>Every change through every endpoint the host has leaves an audit entry with who, what, before and after; an endpoint that nobody thought of fails here.</summary>
public sealed class AuditOfChangesTests
{
    /// <summary>What an entry must hold beside its actor.</summary>
    private enum Holds
    {
        After,
        Before,
        Both,

        /// <summary>An act that changes nothing by itself, such as a run by hand.</summary>
        Neither,
    }

    private static readonly Dictionary<string, string> Changeless = new(StringComparer.Ordinal)
    {
        ["POST /api/session"] = "a sign-in: counted and throttled, the account keeps when",
        ["DELETE /api/session"] = "a cookie is taken back",
        ["POST /api/plans/solve/{jobId}/cancel"] = "the plan that is kept has its own entry, by who started it",
        ["POST /api/plans/{id}/price"] = "asks only",
        ["POST /api/plans/{id}/repair"] = "proposes only",
        ["DELETE /api/plans/{id}/repair/{proposalId}"] = "a proposal was never stored",
        ["POST /api/rosters/{firstDay}/cancel"] = "the roster that is kept has its own entry",
        ["POST /api/imports"] = "a preview, rolled back",
        ["PUT /api/imports/{id}/mapping"] = "a preview, rolled back",
        ["DELETE /api/imports/{id}"] = "a preview was never stored",
        ["POST /vroom"] = "solves what it is sent and stores nothing",
        ["POST /api/devices/alarms/{id}/acknowledge"] = "needs a device that raises an alarm: in DevicesTests",
        ["POST /api/devices/alarms/{id}/assign"] = "likewise",
    };

    private readonly HashSet<string> _tried = new(StringComparer.Ordinal);
    private TestHost _host = null!;
    private TestClient _admin = null!;

    [Fact]
    public async Task Every_endpoint_that_changes_something_leaves_an_entry_with_actor_before_and_after()
    {
        await using var host = _host = await TestHost.StartAsync(parcels: 40);
        using var admin = _admin = await host.SignInAsync("admin");
        await NetworkAsync();
        await OrdersAsync();
        await PlansAsync();
        await RostersAsync();
        await ForecastsAsync();
        await DevicesAsync();
        await HostAsync();
        await AccountsAsync();

        var unsafeOnes = host.App.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(m => $"{m} /{e.RoutePattern.RawText!.Trim('/')}"))
            .Where(e => !e.StartsWith("GET ", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(unsafeOnes.Except(_tried).Except(Changeless.Keys).Order(StringComparer.Ordinal));
        Assert.Empty(_tried.Concat(Changeless.Keys).Except(unsafeOnes).Order(StringComparer.Ordinal));
    }

    /// <summary>Acts, and demands an entry that was not there before.</summary>
    private async Task<T> ExpectAsync<T>(string endpoint, string action, Holds holds, Func<Task<T>> act, string actor = "admin")
    {
        var newest = (await EntriesAsync(1)).First().Id();
        var result = await act();
        var added = (await EntriesAsync(60)).TakeWhile(e => e.Id() != newest).ToList();
        var entry = added.Find(e => e.GetProperty("action").GetString() == action && e.GetProperty("actor").GetString() == actor);
        Assert.True(entry.ValueKind == JsonValueKind.Object, $"{endpoint} left no entry {action} by {actor}, but: {string.Join(", ", added.Select(e => $"{e.GetProperty("action")} by {e.GetProperty("actor")}"))}.");
        var (before, after) = (Text(entry, "before"), Text(entry, "after"));
        Assert.True(holds is Holds.After or Holds.Neither || before is not null, $"{endpoint}: {action} does not say what was before.");
        Assert.True(holds is Holds.Before or Holds.Neither || after is not null, $"{endpoint}: {action} does not say what is after.");
        Assert.False(holds == Holds.Both && before == after, $"{endpoint}: {action} says {after} was and is.");
        _tried.Add(endpoint);
        return result;
    }

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetRawText() : null;

    private async Task<List<JsonElement>> EntriesAsync(int limit) => [.. (await _admin.GetAsync($"/api/audit?limit={limit}")).GetProperty("items").EnumerateArray()];

    private async Task NetworkAsync()
    {
        await ObjectAsync("partners", "partners", "partner", "name", o => o["code"] = "AUD");
        await ObjectAsync("hubs", "hubs", "hub", "name", o => o["code"] = "AUD");
        await ObjectAsync("terminals", "terminals", "terminal", "name", o => o["code"] = "AUD");
        await ObjectAsync("vehicles", "vehicles", "vehicle", "plate", o => o["plate"] = "京AUDIT0");
        await ObjectAsync("couriers", "couriers", "courier", "name", o => o["code"] = "AUD");
        await ObjectAsync("access-rules", "accessRules", "accessRule", "name", o => o["name"] = "审计");
        await ObjectAsync("shifts", "shifts", "shift", "endLocal", o => o["day"] = DateTime.UtcNow.AddDays(20).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "19:31");
        var area = await ObjectOfAsync("/api/area");
        area["name"] = "审计服务区";
        await ExpectAsync("PUT /api/area", "area.update", Holds.Both, () => _admin.PutAsync("/api/area", area));
    }

    private async Task ObjectAsync(string path, string list, string kind, string field, Action<JsonObject> name, string value = "京AUDIT1")
    {
        var draft = JsonNode.Parse((await _admin.GetAsync("/api/network")).GetProperty(list)[0].GetRawText())!.AsObject();
        draft.Remove("id");
        name(draft);
        var made = await ExpectAsync($"POST /api/{path}", $"{kind}.create", Holds.After, async () =>
        {
            var answer = await _admin.Http.PostAsync($"/api/{path}", Json(draft));
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        });
        made[field] = value;
        await ExpectAsync($"PUT /api/{path}/{{id}}", $"{kind}.update", Holds.Both, () => _admin.PutAsync($"/api/{path}/{made["id"]}", made));
        await ExpectAsync($"DELETE /api/{path}/{{id}}", $"{kind}.delete", Holds.Before, () => _admin.DeleteAsync($"/api/{path}/{made["id"]}"));
    }

    private async Task OrdersAsync()
    {
        var order = await ExpectAsync("POST /api/orders", "import.create", Holds.After, () => _admin.PostAsync("/api/orders", TestOrders.Order()));
        await ExpectAsync("POST /api/orders/bulk", "import.create", Holds.After, () => _admin.PostAsync("/api/orders/bulk", new[] { TestOrders.Order(), TestOrders.Order() }));
        await ExpectAsync("POST /api/orders/{id}/cancel", "parcel.cancel", Holds.Both, () => _admin.PostAsync($"/api/orders/{order.Item().Id()}/cancel", new { reason = "audit" }));
        var upload = await _admin.UploadAsync("waybill,name\nAUDIT1,x\n"u8.ToArray(), "JX");
        await ExpectAsync("POST /api/imports/{id}/commit", "import.create", Holds.After, () => _admin.PostAsync($"/api/imports/{upload.Id()}/commit", new { }));
        var (first, second) = (await QuarantinedAsync(), await QuarantinedAsync());
        await ExpectAsync("PUT /api/quarantine/{id}", "quarantine.mend", Holds.Both, () => _admin.PutAsync($"/api/quarantine/{first.Id}", new { fields = first.Fields }));
        await ExpectAsync("POST /api/quarantine/{id}/release", "quarantine.release", Holds.Both, () => _admin.PostAsync($"/api/quarantine/{first.Id}/release", new { }));
        await ExpectAsync("POST /api/quarantine/{id}/reject", "quarantine.reject", Holds.Both, () => _admin.PostAsync($"/api/quarantine/{second.Id}/reject", new { reason = "audit" }));
    }

    /// <summary>A row whose weight cannot be read, and its fields mended.</summary>
    private async Task<(string Id, Dictionary<string, string> Fields)> QuarantinedAsync()
    {
        var id = (await _admin.PostAsync("/api/orders", TestOrders.Order().With("weightGrams", "heavy"))).Item().Id();
        var row = (await _admin.GetAsync("/api/quarantine?limit=500")).GetProperty("items").EnumerateArray().Single(r => r.Id() == id);
        var fields = row.GetProperty("fields").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
        fields["weightGrams"] = "1.2kg";
        return (id, fields);
    }

    private async Task PlansAsync()
    {
        var first = await ExpectAsync("POST /api/plans/solve", "plan.create", Holds.After, () => SolveAsync());
        var edited = await ExpectAsync("POST /api/plans/{id}/edit", "plan.create", Holds.After, () => _admin.PostAsync($"/api/plans/{first}/edit", new[] { new { kind = "lockRoute", routeNo = 1 } }));
        await ExpectAsync("DELETE /api/plans/{id}", "plan.discard", Holds.Both, () => _admin.DeleteAsync($"/api/plans/{edited.Id()}"));
        await ExpectAsync("POST /api/plans/{id}/publish", "plan.publish", Holds.After, () => _admin.PostAsync($"/api/plans/{first}/publish", new { reason = "audit" }));
        var route = (await _admin.GetAsync($"/api/plans/{first}")).GetProperty("routes")[0];
        var proposal = await _admin.PostAsync($"/api/plans/{first}/repair", new { at = route.GetProperty("start").GetDateTimeOffset(), seconds = 0.2, incidents = new[] { new { kind = "vehicleLate", vehicleId = route.GetProperty("vehicleId").GetString(), minutes = 5 } } });
        await ExpectAsync("POST /api/plans/{id}/repair/{proposalId}/accept", "plan.create", Holds.After, () => _admin.PostAsync($"/api/plans/{first}/repair/{proposal.Id()}/accept", new { }));
    }

    private async Task<string> SolveAsync()
    {
        var id = (await _admin.PostAsync("/api/plans/solve", new { seconds = 0.5, seed = 1 }, HttpStatusCode.Accepted)).Id();
        while (true)
        {
            var job = await _admin.GetAsync($"/api/plans/solve/{id}");
            if (job.GetProperty("state").GetString() is not ("done" or "cancelled" or "failed")) continue;
            Assert.Equal("done", job.GetProperty("state").GetString());
            return job.GetProperty("planId").GetString()!;
        }
    }

    private async Task RostersAsync()
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var week = today.AddDays((((int)DayOfWeek.Monday - (int)today.DayOfWeek + 7) % 7) + 14).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var setup = await ObjectOfAsync("/api/rosters/setup");
        setup["parcelsPerCourierHour"] = 17;
        await ExpectAsync("PUT /api/rosters/setup", "roster.setup", Holds.Both, () => _admin.PutAsync("/api/rosters/setup", setup));
        var courier = (await _admin.GetAsync($"/api/rosters/{week}")).GetProperty("couriers")[0].Id();
        object Draft(int revision, bool isLocked) => new { revision, cells = new[] { new { courierId = courier, day = 2, shiftId = "late", vehicleId = (string?)null, isLocked } }, wishes = Array.Empty<object>() };
        await _admin.PutAsync($"/api/rosters/{week}", Draft(0, isLocked: true));
        await ExpectAsync("PUT /api/rosters/{firstDay}", "roster.edit", Holds.Both, () => _admin.PutAsync($"/api/rosters/{week}", Draft(1, isLocked: false)));
        await ExpectAsync("POST /api/rosters/{firstDay}/solve", "roster.solve", Holds.Both, async () =>
        {
            await _admin.PostAsync($"/api/rosters/{week}/solve", new { revision = 2, seconds = 5 }, HttpStatusCode.Accepted);
            await _admin.PostAsync($"/api/rosters/{week}/cancel", new { });
            while ((await _admin.GetAsync($"/api/rosters/{week}/job")).GetProperty("state").GetString() is not ("done" or "cancelled" or "failed"))
            {
            }

            return week;
        });
        var solved = await _admin.GetAsync($"/api/rosters/{week}");
        await ExpectAsync("POST /api/rosters/{firstDay}/publish", "roster.publish", Holds.Both, () => _admin.PostAsync($"/api/rosters/{week}/publish", new { revision = solved.Count("revision"), reason = "audit" }));
    }

    private async Task ForecastsAsync()
    {
        var day = DateTime.UtcNow.AddDays(9).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        // The demo's own calendar may know the day: a sale lasts for weeks.
        await _admin.DeleteAsync($"/api/forecasts/calendar?from={day}", HttpStatusCode.OK);
        await ExpectAsync("PUT /api/forecasts/calendar", "calendarDay.create", Holds.After, () => _admin.PutAsync("/api/forecasts/calendar", new { from = day, festival = "审计节", source = "test", reason = "audit" }));
        await ExpectAsync("DELETE /api/forecasts/calendar", "calendarDay.delete", Holds.Before, () => _admin.DeleteAsync($"/api/forecasts/calendar?from={day}", HttpStatusCode.OK));
        // The first training after the start may be under way; it gives way to one by hand.
        await ExpectAsync("POST /api/forecasts/training", "forecast.train", Holds.Neither, async () =>
        {
            while (true)
            {
                var answer = await _admin.Http.PostAsync("/api/forecasts/training?quick=false", null);
                if (answer.StatusCode == HttpStatusCode.Accepted) return answer;
                await _admin.Http.DeleteAsync("/api/forecasts/training");
            }
        });
        await ExpectAsync("DELETE /api/forecasts/training", "forecast.cancel", Holds.Before, () => _admin.DeleteAsync("/api/forecasts/training", HttpStatusCode.OK));
    }

    private async Task DevicesAsync()
    {
        const string device = "AUDIT-1", path = $"/api/devices/{device}";
        await ExpectAsync("PUT /api/devices/{device}", "device.register", Holds.After, () => _admin.PutAsync(path, new { kind = "handheld", name = "审计", reason = "audit" }, HttpStatusCode.Created));
        await ExpectAsync("PUT /api/devices/{device}", "device.update", Holds.Both, () => _admin.PutAsync(path, new { kind = "handheld", name = "审计二", reason = "audit" }));
        var settings = await ObjectOfAsync("/api/devices/settings");
        settings["doorOpenSeconds"] = settings["doorOpenSeconds"]!.GetValue<int>() + 1;
        await ExpectAsync("PUT /api/devices/settings", "deviceSettings.update", Holds.Both, () => _admin.PutAsync("/api/devices/settings", settings));
        var command = await ExpectAsync("POST /api/devices/{device}/commands", "command.create", Holds.After, () => _admin.PostAsync($"{path}/commands", new { kind = "time", reason = "audit", arguments = new { at = 1 } }, HttpStatusCode.Created));
        await ExpectAsync("DELETE /api/commands/{id}", "command.withdraw", Holds.Before, async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/commands/{command.Id()}") { Content = Json(new JsonObject { ["reason"] = "audit" }) };
            var answer = await _admin.Http.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            return answer;
        });
        var claim = await ExpectAsync("POST /api/devices/{device}/credential/claim", "device.claim-offer", Holds.Neither, () => _admin.PostAsync($"{path}/credential/claim", new { reason = "audit" }));
        using var anonymous = _host.Anonymous();
        await ExpectAsync("POST /device/claim", "device.claim", Holds.After, () => anonymous.PostAsync("/device/claim", new { device, code = claim.GetProperty("code").GetString() }), "device:" + device);
        await ExpectAsync("POST /api/devices/{device}/credential/rotate", "device.rotate", Holds.Both, () => _admin.PostAsync($"{path}/credential/rotate", new { reason = "audit" }));
        await ExpectAsync("PUT /api/devices/{device}/credential/certificates", "device.certificates", Holds.Both, () => _admin.PutAsync($"{path}/credential/certificates", new { certificates = new[] { new string('a', 64) }, reason = "audit" }, HttpStatusCode.NoContent));
        await ExpectAsync("POST /api/devices/{device}/credential/revoke", "device.revoke", Holds.Both, () => _admin.PostAsync($"{path}/credential/revoke", new { reason = "audit" }, HttpStatusCode.NoContent));
    }

    private async Task HostAsync()
    {
        var settings = await ObjectOfAsync("/api/settings");
        settings["planSeconds"] = 31;
        await ExpectAsync("PUT /api/settings", "settings.update", Holds.Both, () => _admin.PutAsync("/api/settings", settings));
        await ExpectAsync("PUT /api/schedule/{name}", "schedule.update", Holds.Both, () => _admin.PutAsync("/api/schedule/reminders", new { cron = "0 16 12 * * ?", reason = "audit" }));
        await ExpectAsync("POST /api/schedule/{name}/run", "schedule.run", Holds.Neither, () => _admin.PostAsync("/api/schedule/retention/run", new { }, HttpStatusCode.Accepted));
        // What the schedule did by itself is told in its own name.
        List<JsonElement> ran;
        do ran = [.. (await _admin.GetAsync("/api/audit?object=schedule/retention&actor=system:retention")).GetProperty("items").EnumerateArray()];
        while (ran.Count == 0);
        Assert.Equal(("schedule.ran", "ok"), (ran[0].GetProperty("action").GetString(), ran[0].GetProperty("after").GetProperty("outcome").GetString()));
    }

    private async Task AccountsAsync()
    {
        var made = await ExpectAsync("POST /api/users", "user.create", Holds.After, () => _admin.PostAsync("/api/users", new { name = "audit-1", displayName = "审计", role = "auditor", password = TestHost.Password }, HttpStatusCode.Created));
        var id = made.GetProperty("user").Id();
        await ExpectAsync("PUT /api/users/{id}", "user.update", Holds.Both, () => _admin.PutAsync($"/api/users/{id}", new { displayName = "审计二" }));
        await ExpectAsync("POST /api/users/{id}/password", "user.update", Holds.Both, () => _admin.PostAsync($"/api/users/{id}/password", new { password = TestHost.Password + "2", reason = "audit" }));
        using var own = _host.Anonymous();
        await own.SignInAsync("audit-1", TestHost.Password + "2");
        await ExpectAsync("POST /api/session/password", "user.update", Holds.Both, () => own.PostAsync("/api/session/password", new { current = TestHost.Password + "2", password = TestHost.Password + "3" }), "audit-1");
        await ExpectAsync("DELETE /api/users/{id}", "user.update", Holds.Both, () => _admin.DeleteAsync($"/api/users/{id}", HttpStatusCode.OK));
        var token = await ExpectAsync("POST /api/tokens", "token.create", Holds.After, () => _admin.PostAsync("/api/tokens", new { name = "audit" }, HttpStatusCode.Created));
        await ExpectAsync("DELETE /api/tokens/{id}", "token.revoke", Holds.Both, () => _admin.DeleteAsync($"/api/tokens/{token.Id()}"));
    }

    private async Task<JsonObject> ObjectOfAsync(string path) => JsonNode.Parse((await _admin.GetAsync(path)).GetRawText())!.AsObject();

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");
}
