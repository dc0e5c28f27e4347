using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Logistics.DeviceGateway.Broker;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;
using Logistics.Web.Devices;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.Web.Tests;

/// <summary>From the page's request to the locker and back, over real HTTP and real MQTT.</summary>
public sealed class DeviceCommandsTests(DemoHost demo)
{
    [Fact]
    public async Task Answer_of_a_device_with_a_wrong_clock_settles_its_command()
    {
        const string locker = "locker-clock";
        const string path = $"/api/devices/{locker}";
        await demo.Admin.PutAsync(path, new { kind = "locker", name = "时钟错", reason = "x" }, HttpStatusCode.Created);
        var claim = await demo.Admin.PostAsync($"{path}/credential/claim", new { reason = "new locker" });
        var issued = await demo.Admin.PostAsync("/device/claim", new { device = locker, code = claim.GetProperty("code").GetString() });
        await using var device = await ConnectAsync(locker, issued.GetProperty("password").GetString()!);
        var id = Text(await demo.Dispatcher.PostAsync($"{path}/commands", new { kind = "time", reason = "its clock is wrong" }, HttpStatusCode.Created), "id");
        var delivery = await device.Deliveries.ReadAsync(TestContext.Current.CancellationToken);
        await device.AcknowledgeAsync([delivery], TestContext.Current.CancellationToken);
        await AnswerAsync(device, locker, id, TimeSpan.FromHours(2), ReasonCode.PayloadFormatInvalid);
        Assert.Equal("done", Text(await WaitForAsync(id, "succeeded"), "outcome"));
    }

    [Fact]
    public async Task Device_claims_its_identity_and_obeys_a_command()
    {
        var locker = await LockerAsync(0);
        var path = $"/api/devices/{locker}";
        var claim = await demo.Admin.PostAsync($"{path}/credential/claim", new { reason = "new locker" });
        var issued = await demo.Admin.PostAsync("/device/claim", new { device = locker, code = claim.GetProperty("code").GetString() });
        Assert.True((await demo.Admin.GetAsync($"{path}/credential")).GetProperty("hasPassword").GetBoolean());
        await using var device = await ConnectAsync(locker, issued.GetProperty("password").GetString()!);

        var command = await demo.Dispatcher.PostAsync($"{path}/commands", new { kind = "open", compartment = "001", reason = "the recipient waits" }, HttpStatusCode.Created);
        var id = command.GetProperty("id").GetString()!;
        var delivery = await device.Deliveries.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal($"lg/v1/locker/{locker}/down/open", delivery.Topic);
        await device.AcknowledgeAsync([delivery], TestContext.Current.CancellationToken);
        using var message = JsonDocument.Parse(delivery.Payload);
        Assert.Equal((id, "001", "the recipient waits"), (Text(message.RootElement, "command"), Text(message.RootElement, "compartment"), Text(message.RootElement, "reason")));
        await AnswerAsync(device, locker, id, TimeSpan.Zero, ReasonCode.Success);
        var done = await WaitForAsync(id, "succeeded");
        Assert.Equal(("done", 1, "dispatcher"), (Text(done, "outcome"), done.GetProperty("attempts").GetInt32(), Text(done, "actorName")));

        var trail = await demo.Admin.GetAsync($"/api/audit?object=device/{locker}");
        var actions = trail.GetProperty("items").EnumerateArray().Select(entry => Text(entry, "action")).ToList();
        Assert.Contains("command.create", actions);
        Assert.Contains("device.claim", actions);
        Assert.DoesNotContain(Text(message.RootElement, "token"), trail.GetRawText(), StringComparison.Ordinal);

        await demo.Admin.PostAsync($"{path}/credential/revoke", new { reason = "the test is over" }, HttpStatusCode.NoContent);
        await device.Closed.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Command_for_an_absent_device_waits_and_can_be_withdrawn()
    {
        var locker = await LockerAsync(1);
        var command = await demo.Dispatcher.PostAsync($"/api/devices/{locker}/commands", new { kind = "snapshot", reason = "is it there?" }, HttpStatusCode.Created);
        var id = Text(command, "id");
        Assert.Equal("pending", Text(await demo.Dispatcher.GetAsync($"/api/commands/{id}"), "state"));
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/commands/{id}") { Content = new StringContent("""{"reason":"not needed"}""", Encoding.UTF8, "application/json") };
        using var answer = await demo.Dispatcher.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("cancelled", Text((await demo.Dispatcher.GetAsync($"/api/devices/{locker}/commands"))[0], "state"));
    }

    [Theory]
    [InlineData("""{"compartment":"001","reason":"x"}""", "kind")]
    [InlineData("""{"kind":"open","compartment":"001"}""", "reason")]
    [InlineData("""{"kind":"open","compartment":"999","reason":"x"}""", "compartment")]
    [InlineData("""{"kind":"open","compartment":"001","reason":"x","lifeSeconds":9000}""", "lifeSeconds")]
    public async Task Faulty_request_is_refused_by_field(string body, string field)
    {
        var locker = await LockerAsync(2);
        using var answer = await demo.Dispatcher.Http.PostAsync($"/api/devices/{locker}/commands", new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal([field], problem.RootElement.GetProperty("problems").EnumerateArray().Select(p => Text(p, "field")));
    }

    [Fact]
    public async Task Only_those_who_may_steer_command_and_only_administrators_change_identities()
    {
        const string locker = "locker-plain";
        await demo.Admin.PutAsync($"/api/devices/{locker}", new { kind = "locker", name = "无凭证", reason = "x" }, HttpStatusCode.Created);
        await demo.Partner.PostAsync($"/api/devices/{locker}/commands", new { kind = "open", compartment = "001", reason = "x" }, HttpStatusCode.Forbidden);
        await demo.Dispatcher.PostAsync($"/api/devices/{locker}/credential/claim", new { reason = "x" }, HttpStatusCode.Forbidden);
        await demo.Admin.PostAsync($"/api/devices/{locker}/credential/claim", new { }, HttpStatusCode.BadRequest);
        await demo.Admin.PostAsync("/api/devices/nobody/commands", new { kind = "time", reason = "x" }, HttpStatusCode.NotFound);
        await demo.Admin.PostAsync($"/api/devices/{locker}/credential/rotate", new { reason = "x" }, HttpStatusCode.NotFound);
    }

    // From the last but one backwards: DevicesTests drives the first lockers of the same host and looks at the last, and an event is known by device, boot and sequence.
    private async Task<string> LockerAsync(int index)
    {
        var devices = await demo.Admin.GetAsync("/api/devices");
        return devices.EnumerateArray().Where(device => Text(device, "kind") == "locker").Select(device => Text(device, "id")).OrderDescending(StringComparer.Ordinal).ElementAt(1 + index);
    }

    private async Task<MqttClient> ConnectAsync(string device, string password)
    {
        var port = demo.Host.App.Services.GetRequiredService<DeviceListeners>().MqttPort!.Value;
        var request = new ConnectRequest(Encoding.UTF8.GetBytes(device), ProtocolVersion.V5, CleanStart: false, SessionExpirySeconds: 3600, UserName: Encoding.UTF8.GetBytes(device), Password: Encoding.UTF8.GetBytes(password));
        return await MqttClient.ConnectAsync(new MqttEndpoint("127.0.0.1", port), request, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static async Task AnswerAsync(MqttClient device, string locker, string id, TimeSpan clockError, ReasonCode expected)
    {
        var at = (TimeProvider.System.GetUtcNow() + clockError).ToUnixTimeMilliseconds();
        var payload = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"boot":1,"seq":1,"at":{{at}},"command":"{{id}}","outcome":"done"}"""));
        Assert.Equal(expected, await device.PublishAsync($"lg/v1/locker/{locker}/up/command-result", payload, 1, null, TestContext.Current.CancellationToken));
    }

    private async Task<JsonElement> WaitForAsync(string id, string state)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (await timer.WaitForNextTickAsync(patience.Token))
        {
            var command = await demo.Dispatcher.GetAsync($"/api/commands/{id}");
            if (Text(command, "state") == state) return command;
        }

        throw new InvalidOperationException("The timer ended.");
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
