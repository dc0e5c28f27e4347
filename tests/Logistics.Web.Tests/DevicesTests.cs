using System.Net;
using System.Text.Json;
using Logistics.DeviceGateway.Twins;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.Web.Tests;

/// <summary>Real MQTT bytes against the host's own port, and what its pages are told.</summary>
public sealed class DevicesTests(DemoHost demo)
{
    private const string Secret = "a-secret-of-the-locker";

    [Fact]
    public async Task Demo_lockers_are_registered_and_never_connected()
    {
        var rows = (await demo.Dispatcher.GetAsync("/api/devices")).EnumerateArray().ToList();
        var lockers = rows.Where(r => r.GetProperty("kind").GetString() == "locker").ToList();
        Assert.True(lockers.Count > 3, $"{lockers.Count} lockers");
        var quiet = lockers[^1];
        Assert.Equal(("never", true, 0), (quiet.GetProperty("state").GetString(), quiet.GetProperty("isRegistered").GetBoolean(), quiet.GetProperty("alarms").GetInt32()));
        var twin = await demo.Dispatcher.GetAsync($"/api/devices/{quiet.GetProperty("id").GetString()}/twin");
        var boxes = twin.GetProperty("compartments").EnumerateArray().ToList();
        // The network knows the cabinet, the device has said nothing.
        Assert.Equal(quiet.GetProperty("compartments").GetInt32(), boxes.Count);
        Assert.All(boxes, b => Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (b.GetProperty("door").ValueKind, b.GetProperty("isOccupied").ValueKind)));
    }

    [Fact]
    public async Task Locker_driven_by_mqtt_shows_its_doors_and_parcels_in_the_twin()
    {
        var (device, labels) = await LockerAsync(0);
        using var locker = await ConnectAsync(device);
        var now = Now();
        await locker.PublishAsync("hello", 1, $$"""{"boot":1,"seq":0,"at":{{now}},"firmware":"2.4.1","battery":0.9,"power":"mains"}""");
        await locker.PublishAsync("snapshot", 2, $$"""{"boot":1,"seq":1,"at":{{now}},"compartments":[{{string.Join(',', labels.Select(l => $$"""{"compartment":"{{l}}","door":"closed","occupied":false}"""))}}]}""");
        await locker.PublishAsync("door", 3, $$"""{"boot":1,"seq":2,"at":{{now}},"compartment":"{{labels[0]}}","state":"open","cause":"manual"}""");
        await locker.PublishAsync("occupancy", 4, $$"""{"boot":1,"seq":3,"at":{{now}},"compartment":"{{labels[0]}}","state":"occupied","parcel":"JT0001"}""");
        await WaitForAsync(device, d => d.Occupied == 1 && d.OpenDoors.Count == 1 && d.IsConnected);

        var twin = await demo.Dispatcher.GetAsync($"/api/devices/{device}/twin");
        var row = twin.GetProperty("device");
        Assert.Equal(("online", labels.Count, 1, labels.Count - 1, 1), (row.GetProperty("state").GetString(), row.GetProperty("compartments").GetInt32(), row.GetProperty("occupied").GetInt32(), row.GetProperty("free").GetInt32(), row.GetProperty("openDoors").GetInt32()));
        var box = twin.GetProperty("compartments").EnumerateArray().Single(c => c.GetProperty("label").GetString() == labels[0]);
        Assert.Equal(("open", true, "JT0001", "manual"), (box.GetProperty("door").GetString(), box.GetProperty("isOccupied").GetBoolean(), box.GetProperty("parcel").GetString(), box.GetProperty("doorCause").GetString()));
        var events = (await demo.Dispatcher.GetAsync($"/api/devices/{device}/events")).EnumerateArray().Select(e => e.GetProperty("message").GetString());
        Assert.Equal(["occupancy", "door", "snapshot", "hello"], events);
    }

    [Fact]
    public async Task Compartment_that_the_network_does_not_know_is_quarantined_and_shown()
    {
        var (device, _) = await LockerAsync(1);
        using var locker = await ConnectAsync(device);
        await locker.PublishAsync("door", 1, $$"""{"boot":1,"seq":0,"at":{{Now()}},"compartment":"Z99","state":"open"}""");
        var item = (await demo.Dispatcher.GetAsync($"/api/devices/quarantine?device={device}")).GetProperty("items").EnumerateArray().Single();
        Assert.Equal(("unknown compartment \"Z99\"", device), (item.GetProperty("quarantine").GetString(), item.GetProperty("device").GetString()));
        Assert.Contains("\"Z99\"", item.GetProperty("payload").GetString(), StringComparison.Ordinal);
        var health = await demo.Dispatcher.GetAsync("/api/devices/gateway");
        Assert.True(health.GetProperty("isHealthy").GetBoolean());
        Assert.True(health.GetProperty("quarantined").GetInt64() >= 1);
        Assert.Equal(demo.MqttPort, health.GetProperty("mqttPort").GetInt32());
    }

    [Fact]
    public async Task Counters_of_the_gateway_reach_open_pages_when_they_change()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/live");
        using var response = await demo.Dispatcher.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("event: ping", await reader.ReadLineAsync());
        var (device, _) = await LockerAsync(3);
        using var locker = await ConnectAsync(device);
        await locker.PublishAsync("hello", 1, $$"""{"boot":1,"seq":0,"at":{{Now()}}}""");
        var position = (await demo.Dispatcher.GetAsync("/api/devices/gateway")).GetProperty("lastPosition").GetInt64();
        JsonElement told;
        do
        {
            while (await reader.ReadLineAsync() != "event: gateway") { }
            using var data = JsonDocument.Parse((await reader.ReadLineAsync())!["data: ".Length..]);
            told = data.RootElement.Clone();
        }
        while (told.GetProperty("lastPosition").GetInt64() < position);

        Assert.True(told.GetProperty("connections").GetInt32() >= 1);
        Assert.True(told.GetProperty("committed").GetInt64() >= 1);
    }

    [Fact]
    public async Task Alarm_is_raised_acknowledged_handed_over_and_ends()
    {
        var (device, labels) = await LockerAsync(2);
        using var locker = await ConnectAsync(device);
        await locker.PublishAsync("tamper", 1, $$"""{"boot":1,"seq":0,"at":{{Now()}},"compartment":"{{labels[0]}}","detail":"forced"}""");
        await WaitForAsync(device, d => d.Tampers.Count == 1);
        var alarm = (await demo.Dispatcher.GetAsync($"/api/devices/alarms?open=true&device={device}")).EnumerateArray().Single();
        Assert.Equal(("tamper", labels[0], JsonValueKind.Null), (alarm.GetProperty("rule").GetString(), alarm.GetProperty("subject").GetString(), alarm.GetProperty("ownerId").ValueKind));
        var id = alarm.GetProperty("id").GetString();
        var seen = await demo.Dispatcher.PostAsync($"/api/devices/alarms/{id}/acknowledge", new { reason = "巡检" });
        Assert.Equal(demo.Dispatcher.Me.GetProperty("id").GetString(), seen.GetProperty("ownerId").GetString());
        var handed = await demo.Dispatcher.PostAsync($"/api/devices/alarms/{id}/assign", new { owner = demo.Admin.Me.GetProperty("id").GetString() });
        Assert.Equal(demo.Admin.Me.GetProperty("id").GetString(), handed.GetProperty("ownerId").GetString());
        await demo.Dispatcher.PostAsync($"/api/devices/alarms/{id}/assign", new { owner = "usr_nobody" }, HttpStatusCode.BadRequest);
        await demo.Dispatcher.PostAsync("/api/devices/alarms/alm_nothing/acknowledge", new { }, HttpStatusCode.NotFound);

        await locker.PublishAsync("tamper", 2, $$"""{"boot":1,"seq":1,"at":{{Now()}},"compartment":"{{labels[0]}}","state":"cleared"}""");
        await WaitForAsync(device, d => d.Tampers.Count == 0);
        Assert.Empty((await demo.Dispatcher.GetAsync($"/api/devices/alarms?open=true&device={device}")).EnumerateArray());
        var ended = (await demo.Dispatcher.GetAsync($"/api/devices/alarms?device={device}")).EnumerateArray().Single();
        Assert.Equal((JsonValueKind.String, demo.Admin.Me.GetProperty("id").GetString()), (ended.GetProperty("endedAt").ValueKind, ended.GetProperty("ownerId").GetString()));
    }

    [Fact]
    public async Task Partners_see_no_devices_and_only_administrators_set_thresholds()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await demo.Partner.Http.GetAsync("/api/devices")).StatusCode);
        var settings = new { offlineSeconds = 5, doorOpenSeconds = 60, lowBattery = 0.3, nearFull = 0.2, companyPrefixes = new[] { "06141A1" } };
        await demo.Dispatcher.PutAsync("/api/devices/settings", settings, HttpStatusCode.Forbidden);
        var problem = await demo.Admin.PutAsync("/api/devices/settings", settings, HttpStatusCode.BadRequest);
        Assert.Equal(["offlineSeconds", "companyPrefixes"], problem.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("field").GetString()));
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private Task<(string Device, List<string> Labels)> LockerAsync(int number) => demo.LockerAsync(number, Secret);

    private async Task<RawDevice> ConnectAsync(string device)
    {
        var locker = new RawDevice(await RawDevice.TcpAsync(demo.MqttPort), device);
        Assert.Equal(RawDevice.Accepted, await locker.ConnectAsync(Secret));
        return locker;
    }

    private async Task WaitForAsync(string device, Func<DeviceSummary, bool> isThere)
    {
        var book = demo.Host.App.Services.GetRequiredService<TwinBook>();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        book.Read(news =>
        {
            if (news.Devices.Any(d => d.Device == device && isThere(d))) done.TrySetResult();
        });
        if (book.Find(device) is { } known && isThere(known)) return;
        await done.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }
}
