using System.Net;
using System.Text;
using System.Text.Json;
using Logistics.DeviceGateway;
using Logistics.DeviceGateway.Ingest;
using Logistics.Domain;
using Logistics.Domain.Devices;
using Logistics.Storage;
using Logistics.Web.Devices;
using Logistics.Web.Live;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.Web.Tests;

/// <summary>The registry in memory, and what open pages are told.</summary>
public sealed class DeviceRegistrationTests(DemoHost demo)
{
    [Fact]
    public async Task Registered_device_is_in_the_list_at_once_can_be_claimed_and_renamed()
    {
        var device = "handheld-" + Guid.NewGuid().ToString("N")[..12];
        await demo.Dispatcher.PutAsync($"/api/devices/{device}", new { kind = "handheld", name = "n", reason = "x" }, HttpStatusCode.Forbidden);
        var row = await demo.Admin.PutAsync($"/api/devices/{device}", new { kind = "handheld", name = " 新手持 ", reason = "采购" }, HttpStatusCode.Created);
        Assert.Equal(("never", "新手持", true), (row.GetProperty("state").GetString(), row.GetProperty("name").GetString(), row.GetProperty("isRegistered").GetBoolean()));
        Assert.Equal("新手持", (await FindAsync(device)).GetProperty("name").GetString());
        await demo.Admin.PostAsync($"/api/devices/{device}/credential/claim", new { reason = "采购" });
        await demo.Admin.PutAsync($"/api/devices/{device}", new { kind = "handheld", name = "旧手持", reason = "改名" });
        Assert.Equal("旧手持", (await FindAsync(device)).GetProperty("name").GetString());
        var trail = (await demo.Admin.GetAsync($"/api/audit?object=device/{device}")).GetProperty("items").EnumerateArray().Select(e => e.GetProperty("action").GetString()).ToList();
        Assert.Contains("device.register", trail);
        Assert.Contains("device.update", trail);
    }

    [Theory]
    [InlineData("bad id", """{"kind":"locker","name":"x","reason":"x"}""", "device")]
    [InlineData("locker-new", """{"name":"x","reason":"x"}""", "kind")]
    [InlineData("locker-new", """{"kind":"locker","name":" ","reason":"x"}""", "name")]
    [InlineData("locker-new", """{"kind":"locker","name":"x"}""", "reason")]
    [InlineData("locker-new", """{"kind":"locker","name":"x","reason":"x","terminalId":"ter_nowhere"}""", "terminalId")]
    [InlineData("locker-new", """{"kind":"locker","name":"x","reason":"x","vehicleId":"veh_1"}""", "vehicleId")]
    [InlineData("locker-t0001", """{"kind":"vehicle","name":"x","reason":"x"}""", "kind")]
    public async Task Faulty_registration_is_refused_by_field(string device, string body, string field)
    {
        using var answer = await demo.Admin.Http.PutAsync($"/api/devices/{Uri.EscapeDataString(device)}", new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal([field], problem.RootElement.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task Terminal_that_has_a_device_takes_no_second_one()
    {
        var terminal = (await FindAsync("locker-t0001")).GetProperty("terminalId").GetString();
        var problem = await demo.Admin.PutAsync("/api/devices/locker-second", new { kind = "locker", name = "x", terminalId = terminal, reason = "x" }, HttpStatusCode.BadRequest);
        Assert.Contains("locker-t0001", problem.GetProperty("problems")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_is_read_again_when_another_host_has_written_it_and_not_before()
    {
        var storage = demo.Host.App.Services.GetRequiredService<LogisticsStorage>();
        var (here, there) = (new DeviceRegister(storage), new DeviceRegister(storage));
        var cancel = TestContext.Current.CancellationToken;
        var first = await storage.ReadAsync(here.GetAsync, cancel);
        Assert.Same(first, await storage.ReadAsync(here.GetAsync, cancel));
        var device = new RegisteredDevice("vehicle-" + Guid.NewGuid().ToString("N")[..12], DeviceKind.Vehicle, "车");
        await storage.WriteAsync(db => there.SaveAsync(db, device, Actor.System("test")), cancel);
        Assert.Equal(device, (await storage.ReadAsync(here.GetAsync, cancel)).Find(device.Device));
    }

    [Fact]
    public async Task List_is_compressed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/devices");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var answer = await demo.Dispatcher.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Thousands_of_changes_reach_the_page_in_portions_and_none_is_lost()
    {
        const int count = 1200;
        var feed = demo.Host.App.Services.GetRequiredService<LiveFeed>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // Listening begins with the first step of the loop, before the events are there.
        var listening = Task.Run(
            async () =>
            {
                await foreach (var news in feed.Listen(e => e.Type == "device", patience.Token))
                {
                    var view = (DeviceNewsView)news.Data;
                    Assert.InRange(view.Devices.Count, 0, 500);
                    seen.UnionWith(view.Devices.Select(d => d.Id).Where(id => id.StartsWith("vehicle-many-", StringComparison.Ordinal)));
                    if (seen.Count == count) break;
                }
            },
            patience.Token);
        while (feed.SubscriberCount == 0) await Task.Yield();

        var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var events = Enumerable.Range(0, count).Select(i => new OutsideEvent(DeviceKind.Vehicle, FormattableString.Invariant($"vehicle-many-{i}"), "heartbeat", Encoding.UTF8.GetBytes($$"""{"boot":1,"seq":0,"at":{{at}}}"""))).ToList();
        Assert.True((await demo.Host.App.Services.GetRequiredService<IDeviceGateway>().IngestAsync(events, patience.Token)).IsCommitted);
        await listening;
        Assert.Equal(count, seen.Count);
    }

    private async Task<JsonElement> FindAsync(string device) =>
        (await demo.Dispatcher.GetAsync("/api/devices")).EnumerateArray().Single(row => row.GetProperty("id").GetString() == device);
}
