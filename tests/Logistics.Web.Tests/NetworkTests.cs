using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Logistics.Web.Tests;

public sealed class NetworkTests(DemoHost demo)
{
    private async Task<JsonObject> FirstAsync(string list) => JsonNode.Parse((await demo.Dispatcher.GetAsync("/api/network")).GetProperty(list)[0].GetRawText())!.AsObject();

    [Fact]
    public async Task Everything_read_can_be_written_back_unchanged()
    {
        var network = await demo.Dispatcher.GetAsync("/api/network");
        foreach (var (list, path) in ((string, string)[])[("hubs", "hubs"), ("terminals", "terminals"), ("vehicles", "vehicles"), ("couriers", "couriers"), ("accessRules", "access-rules")])
        {
            foreach (var item in network.GetProperty(list).EnumerateArray())
            {
                var written = await demo.Dispatcher.PutAsync($"/api/{path}/{item.Id()}", item);
                Assert.Equal(item.GetRawText(), written.GetRawText());
            }
        }
    }

    [Fact]
    public async Task Change_is_seen_at_once_and_audited_before_and_after()
    {
        var terminal = await FirstAsync("terminals");
        var (id, name) = (terminal["id"]!.GetValue<string>(), terminal["name"]!.GetValue<string>());
        terminal["name"] = name + "（新）";
        terminal["reason"] = "renamed by the community";
        await demo.Dispatcher.PutAsync($"/api/terminals/{id}", terminal);

        var audit = (await demo.Admin.GetAsync($"/api/audit?object=terminal/{id}")).Item();

        Assert.Equal((name, name + "（新）", "renamed by the community"), (audit.GetProperty("before").GetProperty("name").GetString(), audit.GetProperty("after").GetProperty("name").GetString(), audit.GetProperty("reason").GetString()));
        Assert.Contains((await demo.Dispatcher.GetAsync("/api/network")).GetProperty("terminals").EnumerateArray(), t => t.GetProperty("name").GetString() == name + "（新）");
    }

    [Fact]
    public async Task Bad_vehicle_gets_every_problem_at_once()
    {
        var vehicle = await FirstAsync("vehicles");
        vehicle["plate"] = "";
        vehicle["capacityGrams"] = -3;
        vehicle["perKmFen"] = -1;
        vehicle["homeHubId"] = "hub_nowhere";

        var answer = await demo.Dispatcher.PutAsync($"/api/vehicles/{vehicle["id"]}", vehicle, HttpStatusCode.BadRequest);

        Assert.Equal(["capacityGrams range", "homeHubId hub.unknown", "perKmFen range", "plate required"], answer.Problems().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Area_is_changed_at_once_by_administrators_only_and_every_wrong_field_is_named()
    {
        var area = JsonNode.Parse((await demo.Admin.GetAsync("/api/area")).GetRawText())!.AsObject();
        var bad = area.DeepClone().AsObject();
        bad["name"] = "";
        bad["zone"] = "Mars/Olympus";
        bad["polygon"] = new JsonArray(new JsonArray(116.4, 39.9), new JsonArray(116.5, 39.9));
        bad["unservedFen"] = 0;
        var changed = area.DeepClone().AsObject();
        changed["name"] = "测试服务区";
        changed["polygon"] = new JsonArray(new JsonArray(115.9, 39.5), new JsonArray(116.9, 39.5), new JsonArray(116.9, 40.4), new JsonArray(115.9, 40.4));

        var answer = await demo.Admin.PutAsync("/api/area", bad, HttpStatusCode.BadRequest);
        await demo.Dispatcher.PutAsync("/api/area", changed, HttpStatusCode.Forbidden);
        var written = await demo.Admin.PutAsync("/api/area", changed);
        var seen = (await demo.Dispatcher.GetAsync("/api/session")).GetProperty("area");
        await demo.Admin.PutAsync("/api/area", area);

        Assert.Equal(["name required", "polygon shape", "unservedFen range", "zone zone.unknown"], answer.Problems().Order(StringComparer.Ordinal));
        Assert.Equal(changed.ToJsonString(), JsonNode.Parse(written.GetRawText())!.ToJsonString());
        Assert.Equal("测试服务区", seen.GetProperty("name").GetString());
        Assert.Equal(40.4, seen.GetProperty("bounds")[3].GetDouble());
    }

    [Fact]
    public async Task Terminal_is_created_and_deleted_but_a_hub_in_use_stays()
    {
        var draft = await FirstAsync("terminals");
        draft.Remove("id");
        draft["code"] = "NEW-1";
        var made = await demo.Dispatcher.PostAsync("/api/terminals", draft, HttpStatusCode.Created);
        await demo.Dispatcher.PostAsync("/api/terminals", draft, HttpStatusCode.Conflict);
        await demo.Dispatcher.DeleteAsync($"/api/terminals/{made.Id()}");

        var hub = await FirstAsync("hubs");
        var refused = await demo.Dispatcher.DeleteAsync($"/api/hubs/{hub["id"]}", HttpStatusCode.Conflict);
        Assert.Equal([" network.inUse"], refused.Problems());
    }

    [Fact]
    public async Task Access_rule_over_midnight_keeps_its_hours()
    {
        var rule = await FirstAsync("accessRules");
        rule.Remove("id");
        rule["name"] = "夜间限行";
        rule["hours"] = new JsonArray(new JsonObject { ["fromLocal"] = "22:00", ["untilLocal"] = "06:00" });
        var made = await demo.Dispatcher.PostAsync("/api/access-rules", rule, HttpStatusCode.Created);

        Assert.Equal("22:00–06:00", $"{made.GetProperty("hours")[0].GetProperty("fromLocal").GetString()}–{made.GetProperty("hours")[0].GetProperty("untilLocal").GetString()}");
        await demo.Dispatcher.DeleteAsync($"/api/access-rules/{made.Id()}");
    }

    [Fact]
    public async Task Shift_that_overlaps_another_of_its_vehicle_is_refused()
    {
        var shift = JsonNode.Parse((await demo.Dispatcher.GetAsync("/api/network")).GetProperty("shifts")[0].GetRawText())!.AsObject();
        shift.Remove("id");

        var refused = await demo.Dispatcher.PostAsync("/api/shifts", shift, HttpStatusCode.BadRequest);

        Assert.Equal(["courierId shift.overlap", "vehicleId shift.overlap"], refused.Problems().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Auditor_reads_and_changes_nothing()
    {
        using var auditor = await demo.Host.SignInAsync("auditor");
        await auditor.GetAsync("/api/network");
        var vehicle = await FirstAsync("vehicles");

        await auditor.PutAsync($"/api/vehicles/{vehicle["id"]}", vehicle, HttpStatusCode.Forbidden);
        await auditor.PostAsync("/api/orders", TestOrders.Order(), HttpStatusCode.Forbidden);
        await auditor.PostAsync("/api/plans/solve", new { seconds = 1 }, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Board_counts_add_up()
    {
        var board = await demo.Dispatcher.GetAsync("/api/board");

        Assert.Equal(board.Count("total"), board.GetProperty("byState").EnumerateArray().Sum(s => s.Count("count")));
        Assert.Equal(board.Count("total"), board.GetProperty("byPartner").EnumerateArray().Sum(p => p.Count("count")));
        Assert.NotEmpty(board.GetProperty("byTerminal").EnumerateArray());
    }

    [Fact]
    public async Task Search_finds_terminals_vehicles_and_parcels()
    {
        var network = await demo.Dispatcher.GetAsync("/api/network");
        var plate = network.GetProperty("vehicles")[0].GetProperty("plate").GetString()!;

        var hits = await demo.Dispatcher.GetAsync("/api/search?q=" + Uri.EscapeDataString(plate));

        Assert.Contains(hits.EnumerateArray(), h => h.GetProperty("kind").GetString() == "vehicle" && h.GetProperty("title").GetString() == plate);
        Assert.Equal(JsonValueKind.Array, (await demo.Dispatcher.GetAsync("/api/search?q=x")).ValueKind);
    }

    [Fact]
    public async Task Settings_refuse_nonsense_with_every_problem()
    {
        var answer = await demo.Admin.PutAsync(
            "/api/settings", new { tileStyleUrl = "ftp://x", travel = "osrm", osrmUrl = (string?)null, detourFactor = 9, planSeconds = 0, retentionDays = 0 }, HttpStatusCode.BadRequest);

        Assert.Equal(["detourFactor range", "osrmUrl required", "planSeconds range", "retentionDays range", "tileStyleUrl format"], answer.Problems().Order(StringComparer.Ordinal));
    }
}
