using System.Globalization;
using Logistics.DeviceGateway.Security;
using Logistics.Domain.Devices;
using Logistics.Testing;

namespace Logistics.DeviceGateway.Tests.Clients;

/// <summary><c>mosquitto_pub</c> and <c>mosquitto_sub</c> against our port, in both versions. Debian's clients know no WebSocket; MQTT.js tests that.</summary>
public sealed class MosquittoClientTests
{
    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Every_pair_of_qualities_gives_the_lower_one(string version)
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        for (var wanted = 0; wanted <= 2; wanted++)
        {
            using var subscriber = await MosquittoClient.SubscribeAsync(gateway.Port, "-V", version, "-t", $"q/{wanted}/+", "-q", Text(wanted));
            for (var sent = 0; sent <= 2; sent++)
            {
                await MosquittoClient.PublishAsync(gateway.Port, "-V", version, "-t", $"q/{wanted}/{sent}", "-q", Text(sent), "-m", "x");
                Assert.Equal($"q/{wanted}/{sent} {Math.Min(sent, wanted)} 0 x", await subscriber.NextAsync());
            }
        }
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Retained_message_waits_for_later_subscribers_until_cleared(string version)
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        await MosquittoClient.PublishAsync(gateway.Port, "-V", version, "-t", "r/a", "-q", "1", "-r", "-m", "old");
        await MosquittoClient.PublishAsync(gateway.Port, "-V", version, "-t", "r/a", "-q", "2", "-r", "-m", "new");
        using (var late = await MosquittoClient.SubscribeAsync(gateway.Port, "-V", version, "-t", "r/#", "-q", "1"))
        {
            Assert.Equal("r/a 1 1 new", await late.NextAsync());
        }

        await MosquittoClient.PublishAsync(gateway.Port, "-V", version, "-t", "r/a", "-q", "1", "-r", "-n");
        using var later = await MosquittoClient.SubscribeAsync(gateway.Port, "-V", version, "-t", "r/#", "-q", "1");
        await MosquittoClient.PublishAsync(gateway.Port, "-V", version, "-t", "r/b", "-q", "1", "-m", "live");
        Assert.Equal("r/b 1 0 live", await later.NextAsync());
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Will_is_published_when_the_client_is_killed(string version)
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        using var watcher = await MosquittoClient.SubscribeAsync(gateway.Port, "-V", version, "-t", "w", "-q", "1");
        using var mortal = await MosquittoClient.SubscribeAsync(gateway.Port, "-V", version, "-t", "other", "--will-topic", "w", "--will-payload", "died", "--will-qos", "1");
        mortal.Kill();
        Assert.Equal("w 1 0 died", await watcher.NextAsync());
    }

    [Theory]
    [InlineData("mqttv311", "")]
    [InlineData("mqttv5", "3600")]
    public async Task Kept_session_delivers_in_order_what_came_meanwhile(string version, string expiry)
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        string[] session = ["-V", version, "-i", "kept", "-c", "-t", "s", "-q", "2", .. expiry.Length == 0 ? (string[])[] : ["-x", expiry]];
        Assert.Equal(0, (await MosquittoClient.RunAsync("mosquitto_sub", gateway.Port, [.. session, "-E"])).ExitCode);
        foreach (var payload in new[] { "a", "b", "c" })
        {
            await MosquittoClient.PublishAsync(gateway.Port, "-V", version, "-t", "s", "-q", "2", "-m", payload);
        }

        var (code, output) = await MosquittoClient.RunAsync("mosquitto_sub", gateway.Port, [.. session, "-C", "3"]);
        Assert.Equal((0, "a\nb\nc\n"), (code, output));
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Repeats_of_quality_2_and_a_large_file_arrive_whole_over_TLS(string version)
    {
        using var certificate = TestCertificate.Make("gateway");
        using var folder = new TemporaryFolder();
        var authority = folder.File("gateway.pem");
        await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        var large = folder.File("large");
        await File.WriteAllTextAsync(large, new string('y', 1_500_000), TestContext.Current.CancellationToken);
        await using var gateway = await RunningGateway.StartAsync(GatewayOptions.Open, tls: certificate);
        // The certificate is trusted; only its name is not that of the address.
        string[] secure = ["-V", version, "--cafile", authority, "--insecure", "-q", "2"];
        using var subscriber = await MosquittoClient.SubscribeAsync(gateway.TlsPort, [.. secure, "-t", "lines"]);
        for (var i = 0; i < 3; i++)
        {
            await MosquittoClient.PublishAsync(gateway.TlsPort, [.. secure, "-t", "lines", "-m", Text(i), "--repeat", "50"]);
        }

        for (var i = 0; i < 150; i++)
        {
            Assert.Equal($"lines 2 0 {i / 50}", await subscriber.NextAsync());
        }

        await MosquittoClient.PublishAsync(gateway.TlsPort, [.. secure, "-t", "lines", "-f", large]);
        Assert.Equal("lines 2 0 ".Length + 1_500_000, (await subscriber.NextAsync()).Length);
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Refused_filter_and_wrong_password_are_reported_by_the_client(string version)
    {
        await using var open = await RunningGateway.StartOpenAsync();
        var (_, denied) = await MosquittoClient.RunAsync("mosquitto_sub", open.Port, "-V", version, "-t", "test/nosubscribe");
        Assert.Contains("denied", denied, StringComparison.OrdinalIgnoreCase);

        await using var gateway = await RunningGateway.StartAsync(new GatewayOptions());
        await ((IDeviceCredentialStore)gateway.Store).SaveAsync(
            new DeviceCredential("ter_1", DeviceKind.Locker, PasswordHash.OfSecret("right"), [], IsRevoked: false, Version: 1), TestContext.Current.CancellationToken);
        string[] message = ["-V", version, "-i", "ter_1", "-u", "ter_1", "-t", "lg/v1/locker/ter_1/up/power", "-q", "1", "-m", """{"boot":1,"seq":0,"at":0,"state":"mains"}"""];
        await MosquittoClient.PublishAsync(gateway.Port, [.. message, "-P", "right"]);
        Assert.NotEqual(0, (await MosquittoClient.RunAsync("mosquitto_pub", gateway.Port, [.. message, "-P", "wrong"])).ExitCode);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
