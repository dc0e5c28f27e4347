using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Logistics.DeviceGateway.Identity;
using Logistics.DeviceGateway.Tests.Wire;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;
using Logistics.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.DeviceGateway.Tests;

/// <summary>A device's identity from claim to revocation, over the real ports.</summary>
public sealed class ProvisioningTests
{
    private const string Actor = "usr_1";
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private readonly ManualTimeProvider _time = new();
    private readonly RecordingAudit _audit = new();

    [Fact]
    public async Task Device_claims_over_mqtt_and_gets_its_password_once()
    {
        await using var gateway = await StartAsync();
        var cancel = TestContext.Current.CancellationToken;
        var code = await Provisioning(gateway).OfferClaimAsync("ter_1", DeviceKind.Locker, Life, Actor, "new locker", cancel);
        string password;
        using (var device = new WirePeer(gateway.Port))
        {
            Assert.Equal(0, Claim(device, code.ToLowerInvariant())![3]);
            var (topic, payload) = device.TakePublish();
            Assert.Equal("lg/v1/locker/ter_1/down/credential", topic);
            password = JsonDocument.Parse(payload).RootElement.GetProperty("password").GetString()!;
        }

        using (var again = new WirePeer(gateway.Port))
        {
            Assert.NotEqual(0, Claim(again, code)![3]);
        }

        using var ordinary = new WirePeer(gateway.Port);
        Assert.Equal(0, Login(ordinary, password)![3]);
        ordinary.ExpectSilence();
        Assert.Equal(["device.claim-offer", "device.claim"], _audit.Notes.Select(note => note.Action));
        Assert.Equal((Actor, "new locker"), (_audit.Notes[0].Actor, _audit.Notes[0].Reason));
    }

    [Fact]
    public async Task Device_claims_over_http()
    {
        await using var gateway = await StartAsync();
        var cancel = TestContext.Current.CancellationToken;
        var code = await Provisioning(gateway).OfferClaimAsync("ter_1", DeviceKind.Locker, Life, Actor, "new locker", cancel);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{gateway.WebPort}") };
        Assert.Equal(HttpStatusCode.BadRequest, (await http.PostAsync("/device/claim", new StringContent("{}"), cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.PostAsync("/device/claim", Body("ter_1", new string('0', 5000)), cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.PostAsJsonAsync("/device/claim", new { device = "ter_1", code = "0000-0000-0000-0000" }, cancel)).StatusCode);
        using var answer = await http.PostAsync("/device/claim", Body("ter_1", code), cancel);
        var issued = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
        using var device = new WirePeer(gateway.Port);
        Assert.Equal(0, Login(device, issued.GetProperty("password").GetString()!)![3]);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.PostAsync("/device/claim", Body("ter_1", code), cancel)).StatusCode);
    }

    [Fact]
    public async Task Claim_runs_out()
    {
        await using var gateway = await StartAsync();
        var code = await Provisioning(gateway).OfferClaimAsync("ter_1", DeviceKind.Locker, Life, Actor, "new locker", TestContext.Current.CancellationToken);
        _time.Advance(Life);
        using var device = new WirePeer(gateway.Port);
        Assert.NotEqual(0, Claim(device, code)![3]);
    }

    [Fact]
    public async Task Guessing_is_throttled_even_for_the_right_code()
    {
        await using var gateway = await StartAsync();
        var code = await Provisioning(gateway).OfferClaimAsync("ter_1", DeviceKind.Locker, Life, Actor, "new locker", TestContext.Current.CancellationToken);
        for (var i = 0; i < 10; i++)
        {
            using var guess = new WirePeer(gateway.Port);
            Assert.Equal((byte)ReasonCode.BadUserNameOrPassword, Claim(guess, "0000-0000-0000-0000", ProtocolVersion.V5)![3]);
        }

        using (var blocked = new WirePeer(gateway.Port))
        {
            Assert.Equal((byte)ReasonCode.ConnectionRateExceeded, Claim(blocked, code, ProtocolVersion.V5)![3]);
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        using var later = new WirePeer(gateway.Port);
        Assert.Equal(0, Claim(later, code, ProtocolVersion.V5)![3]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rotation_and_revocation_cut_the_live_connection_and_end_the_old_password(bool isRotation)
    {
        await using var gateway = await StartAsync();
        var cancel = TestContext.Current.CancellationToken;
        var provisioning = Provisioning(gateway);
        var code = await provisioning.OfferClaimAsync("ter_1", DeviceKind.Locker, Life, Actor, "new locker", cancel);
        var old = (await provisioning.ClaimAsync("ter_1", code, "10.0.0.1", cancel)).Issued!.Password;
        using var live = new WirePeer(gateway.Port);
        Login(live, old);
        var rotated = isRotation ? await provisioning.RotateAsync("ter_1", Actor, "yearly", cancel) : null;
        if (!isRotation)
        {
            Assert.True((await provisioning.RevokeAsync("ter_1", Actor, "stolen", cancel))!.IsRevoked);
        }

        Assert.True(live.WaitForClose());
        using var refused = new WirePeer(gateway.Port);
        Assert.NotEqual(0, Login(refused, old)![3]);
        using var renewed = new WirePeer(gateway.Port);
        Assert.Equal(isRotation, Login(renewed, rotated?.Password ?? old)![3] == 0);
        Assert.Equal(isRotation ? "device.rotate" : "device.revoke", _audit.Notes[^1].Action);
    }

    [Fact]
    public async Task Unknown_device_is_neither_rotated_nor_revoked()
    {
        await using var gateway = await StartAsync();
        var cancel = TestContext.Current.CancellationToken;
        Assert.Null(await Provisioning(gateway).RotateAsync("nobody", Actor, "yearly", cancel));
        Assert.Null(await Provisioning(gateway).RevokeAsync("nobody", Actor, "stolen", cancel));
        Assert.Empty(_audit.Notes);
    }

    [Theory]
    [InlineData("7k2m-9qx0-ttb4-18zc", "7K2M9QX0TTB418ZC")]
    [InlineData(" 7K2M 9QXO TTB4 I8ZC ", "7K2M9QX0TTB418ZC")]
    public void Code_is_read_as_people_write_it(string typed, string code) => Assert.Equal(code, ClaimCode.Normalize(typed));

    private static DeviceProvisioning Provisioning(RunningGateway gateway) => gateway.Services.GetRequiredService<DeviceProvisioning>();

    private static byte[]? Claim(WirePeer peer, string code, ProtocolVersion version = ProtocolVersion.V311) =>
        peer.Connect("ter_1", version, request => request with { CleanStart = false, UserName = "claim"u8.ToArray(), Password = Packets.Utf8(code) });

    private static byte[]? Login(WirePeer peer, string password) =>
        peer.Connect("ter_1", ProtocolVersion.V311, request => request with { UserName = "ter_1"u8.ToArray(), Password = Packets.Utf8(password) });

    private static StringContent Body(string device, string code) => new(JsonSerializer.Serialize(new { device, code }));

    private Task<RunningGateway> StartAsync() => RunningGateway.StartAsync(new GatewayOptions(), configure: services =>
    {
        services.AddSingleton<TimeProvider>(_time);
        services.AddSingleton<IDeviceAudit>(_audit);
    });

    private sealed class RecordingAudit : IDeviceAudit
    {
        private readonly Lock _gate = new();

        public List<DeviceAuditNote> Notes { get; } = [];

        public ValueTask WriteAsync(DeviceAuditNote note, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                Notes.Add(note);
            }

            return ValueTask.CompletedTask;
        }
    }
}
