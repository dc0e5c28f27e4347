using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Logistics.Domain.Devices;
using Logistics.OrTools;
using Logistics.Testing;
using Logistics.Web.Access;
using Logistics.Web.Devices;
using Logistics.Web.Hosting;
using Logistics.Web.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(DemoHost))]

namespace Logistics.Web.Tests;

/// <summary>A whole host on a free port with its own data folder; everything over real HTTP.</summary>
public sealed class TestHost : IAsyncDisposable
{
    public const string Password = "correct horse 1";

    private readonly TemporaryFolder? _folder;

    private TestHost(WebApplication app, TemporaryFolder? folder) => (App, _folder) = (app, folder);

    public WebApplication App { get; }

    public Uri Address => new(App.Urls.First());

    public static async Task<TestHost> StartAsync(bool isEmpty = false, int parcels = 120, string? storage = null, TimeProvider? time = null, string? dataFolder = null, DevicePorts? ports = null, CpSatOptions? exact = null)
    {
        var folder = dataFolder is null ? new TemporaryFolder() : null;
        var settings = new HostSettings(dataFolder ?? folder!.FullName, storage, isEmpty, parcels, 1, Password, null, ["--urls=http://127.0.0.1:0", "--environment=Production"]) { Ports = ports ?? new DevicePorts(Mqtt: 0), Exact = exact ?? new CpSatOptions() };
        var app = await LogisticsHost.BuildAsync(settings, time ?? TimeProvider.System);
        await app.StartAsync();
        await app.Services.GetRequiredService<Beginning>().Ready;
        return new TestHost(app, folder);
    }

    /// <summary>A client without an account.</summary>
    public TestClient Anonymous() => new(Address);

    public async Task<TestClient> SignInAsync(string name)
    {
        var client = Anonymous();
        await client.SignInAsync(name, Password);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        _folder?.Dispose();
    }
}

/// <summary>The demo city with 120 parcels, shared by all tests that only add to it.</summary>
public sealed class DemoHost : IAsyncLifetime
{
    public TestHost Host { get; private set; } = null!;

    public TestClient Admin { get; private set; } = null!;

    public TestClient Dispatcher { get; private set; } = null!;

    /// <summary>Account of the first partner, 京选商城 (JX).</summary>
    public TestClient Partner { get; private set; } = null!;

    /// <summary>Account of the second partner, 顺达快运 (SD).</summary>
    public TestClient OtherPartner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await TestHost.StartAsync();
        Admin = await Host.SignInAsync("admin");
        Dispatcher = await Host.SignInAsync("dispatcher");
        Partner = await Host.SignInAsync("partner-jx");
        OtherPartner = await Host.SignInAsync("partner-sd");
    }

    public int MqttPort => Host.App.Services.GetRequiredService<DeviceListeners>().MqttPort!.Value;

    /// <summary>One of the demo's lockers with a password; each test its own, because an event is known by device, boot and sequence.</summary>
    public async Task<(string Device, List<string> Labels)> LockerAsync(int number, string password)
    {
        var lockers = (await Dispatcher.GetAsync("/api/devices")).EnumerateArray().Where(r => r.GetProperty("kind").GetString() == "locker" && r.GetProperty("terminalId").ValueKind == JsonValueKind.String);
        var device = lockers.ElementAt(number).GetProperty("id").GetString()!;
        var twin = await Dispatcher.GetAsync($"/api/devices/{device}/twin");
        var credentials = Host.App.Services.GetRequiredService<IDeviceCredentialStore>();
        await credentials.SaveAsync(new DeviceCredential(device, DeviceKind.Locker, DeviceGateway.Security.PasswordHash.OfSecret(password), [], false, 1), TestContext.Current.CancellationToken);
        return (device, [.. twin.GetProperty("compartments").EnumerateArray().Select(c => c.GetProperty("label").GetString()!)]);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

/// <summary>What a browser or a partner's program does: cookies, the anti-forgery header, JSON.</summary>
public sealed class TestClient : IDisposable
{
    private readonly HttpClient _client;

    public TestClient(Uri address) => _client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(3) };

    public HttpClient Http => _client;

    public JsonElement Me { get; private set; }

    public async Task SignInAsync(string name, string password)
    {
        var response = await _client.PostAsJsonAsync("/api/session", new { name, password });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Use(await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    public void Use(JsonElement me)
    {
        Me = me;
        _client.DefaultRequestHeaders.Remove(AntiForgery.Header);
        _client.DefaultRequestHeaders.Add(AntiForgery.Header, me.GetProperty("csrfToken").GetString());
    }

    public void UseToken(string secret) => _client.DefaultRequestHeaders.Authorization = new("Bearer", secret);

    public async Task<JsonElement> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK) => await ReadAsync(await _client.GetAsync(path), expected);

    public async Task<JsonElement> PostAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK) => await ReadAsync(await _client.PostAsJsonAsync(path, body), expected);

    public async Task<JsonElement> PutAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK) => await ReadAsync(await _client.PutAsJsonAsync(path, body), expected);

    public async Task<JsonElement> DeleteAsync(string path, HttpStatusCode expected = HttpStatusCode.NoContent) => await ReadAsync(await _client.DeleteAsync(path), expected);

    public async Task<JsonElement> UploadAsync(byte[] file, string? partner = null, string name = "orders.csv", HttpStatusCode expected = HttpStatusCode.OK, string? day = null)
    {
        using var form = new MultipartFormDataContent();
        if (day is not null) form.Add(new StringContent(day), "day");
        if (partner is not null) form.Add(new StringContent(partner), "partner");
        form.Add(new ByteArrayContent(file), "file", name);
        return await ReadAsync(await _client.PostAsync("/api/imports", form), expected);
    }

    public void Dispose() => _client.Dispose();

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.PathAndQuery} answered {(int)response.StatusCode} instead of {(int)expected}: {text}");
        if (text.Length == 0) return default;
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
