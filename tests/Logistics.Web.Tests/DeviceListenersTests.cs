using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Logistics.DeviceGateway.Security;
using Logistics.Domain.Devices;
using Logistics.Storage;
using Logistics.Testing;
using Logistics.Web.Devices;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.Web.Tests;

/// <summary>The ways into the gateway, through the real host on real ports.</summary>
public sealed class DeviceListenersTests(DemoHost demo)
{
    private const string Secret = "a-secret-of-the-locker";

    [Fact]
    public async Task Mqtt_goes_over_tls_with_a_password_or_with_the_device_s_own_certificate_and_no_other()
    {
        using var folder = new TemporaryFolder();
        using var server = NewCertificate("gateway.test");
        await File.WriteAllTextAsync(folder.File("tls.pem"), server.ExportCertificatePem() + "\n" + server.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        await using var host = await TestHost.StartAsync(isEmpty: true, ports: new DevicePorts(Mqtt: 0, MqttTls: 0, Certificate: folder.File("tls.pem")));
        using var own = NewCertificate("locker-own");
        using var other = NewCertificate("locker-other");
        var credentials = host.App.Services.GetRequiredService<IDeviceCredentialStore>();
        var cancel = TestContext.Current.CancellationToken;
        await credentials.SaveAsync(new DeviceCredential("locker-password", DeviceKind.Locker, PasswordHash.OfSecret(Secret), [], false, 1), cancel);
        await credentials.SaveAsync(new DeviceCredential("locker-certificate", DeviceKind.Locker, null, [own.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant()], false, 1), cancel);
        var port = host.App.Services.GetRequiredService<DeviceListeners>().MqttTlsPort!.Value;

        using (var device = new RawDevice(await TlsAsync(port, null), "locker-password"))
        {
            Assert.Equal(RawDevice.Accepted, await device.ConnectAsync(Secret));
            await device.PublishAsync("heartbeat", 1, $$"""{"boot":1,"seq":0,"at":{{Now()}}}""");
        }

        using (var device = new RawDevice(await TlsAsync(port, own), "locker-certificate"))
        {
            Assert.Equal(RawDevice.Accepted, await device.ConnectAsync(null));
            await device.PublishAsync("heartbeat", 1, $$"""{"boot":1,"seq":0,"at":{{Now()}}}""");
        }

        using (var device = new RawDevice(await TlsAsync(port, other), "locker-certificate")) Assert.Equal(RawDevice.BadPassword, await device.ConnectAsync(null));
        using (var device = new RawDevice(await TlsAsync(port, null), "locker-certificate")) Assert.Equal(RawDevice.BadPassword, await device.ConnectAsync(null));
        using var admin = await host.SignInAsync("admin");
        Assert.Equal(port, (await admin.GetAsync("/api/devices/gateway")).GetProperty("mqttTlsPort").GetInt32());
    }

    [Fact]
    public async Task Mqtt_goes_over_web_socket_on_the_web_port()
    {
        var (locker, labels) = await demo.LockerAsync(4, Secret);
        using var device = new RawDevice(await RawDevice.WebSocketAsync(demo.Host.Address), locker);
        Assert.Equal(RawDevice.Accepted, await device.ConnectAsync(Secret));
        await device.PublishAsync("scan", 7, $$"""{"boot":1,"seq":0,"at":{{Now()}},"code":"3174257BF4499602D2000000","purpose":"deposit","compartment":"{{labels[0]}}"}""");

        var log = await demo.Dispatcher.GetAsync("/api/devices/epcis");
        var seen = Assert.Single(log.GetProperty("epcisBody").GetProperty("eventList").EnumerateArray(), e => e.GetRawText().Contains($"event:{locker}:1:", StringComparison.Ordinal));
        Assert.Equal("urn:epc:id:sscc:0614141.1234567890", seen.GetProperty("epcList")[0].GetString());
        Assert.StartsWith("urn:x-logistics:terminal:ter_", seen.GetProperty("bizLocation").GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await demo.Partner.Http.GetAsync("/api/devices/epcis", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Epcis_export_is_read_in_pages_until_the_log_ends()
    {
        var (locker, labels) = await demo.LockerAsync(5, Secret);
        using var device = new RawDevice(await RawDevice.TcpAsync(demo.MqttPort), locker);
        Assert.Equal(RawDevice.Accepted, await device.ConnectAsync(Secret));
        for (var i = 0; i < 5; i++) await device.PublishAsync("scan", (ushort)(i + 1), $$"""{"boot":2,"seq":{{i}},"at":{{Now()}},"code":"3174257BF4499602D2000000","purpose":"load","compartment":"{{labels[0]}}"}""");

        var (after, found) = (0L, 0);
        while (true)
        {
            using var answer = await demo.Dispatcher.Http.GetAsync(FormattableString.Invariant($"/api/devices/epcis?after={after}&limit=2"), TestContext.Current.CancellationToken);
            Assert.Equal("application/ld+json", answer.Content.Headers.ContentType!.MediaType);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            found += text.Split($"urn:x-logistics:event:{locker}:2:").Length - 1;
            if (!answer.Headers.TryGetValues("X-Next-Position", out var next)) break;
            after = long.Parse(next.Single(), System.Globalization.CultureInfo.InvariantCulture);
        }
        Assert.Equal(5, found);
    }

    [Fact]
    public async Task Usual_port_that_is_taken_gives_way_and_says_so()
    {
        // Bound by this test, or by whoever has it on this machine: taken it is.
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            holder.Bind(new IPEndPoint(IPAddress.Any, DevicePorts.UsualMqttPort));
            holder.Listen();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
        }
        await using var host = await TestHost.StartAsync(isEmpty: true, ports: new DevicePorts());
        using var admin = await host.SignInAsync("admin");
        var gateway = await admin.GetAsync("/api/devices/gateway");
        Assert.NotEqual(DevicePorts.UsualMqttPort, gateway.GetProperty("mqttPort").GetInt32());
        Assert.Contains("1883", gateway.GetProperty("notice").GetString(), StringComparison.Ordinal);
        using var stream = await RawDevice.TcpAsync(gateway.GetProperty("mqttPort").GetInt32());
    }

    [Fact]
    public async Task Port_that_was_asked_for_and_is_taken_ends_the_start_with_its_name()
    {
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        holder.Bind(new IPEndPoint(IPAddress.Any, 0));
        holder.Listen();
        var port = ((IPEndPoint)holder.LocalEndPoint!).Port;
        var refused = await Assert.ThrowsAsync<StorageException>(() => TestHost.StartAsync(isEmpty: true, ports: new DevicePorts(Mqtt: 0, Jt808: port)));
        Assert.Equal(StorageFault.Busy, refused.Fault);
        Assert.Contains(FormattableString.Invariant($"--jt808-port {port}"), refused.Message, StringComparison.Ordinal);
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private static async Task<SslStream> TlsAsync(int port, X509Certificate2? certificate)
    {
        // The certificate is the test's own, so there is no authority to ask.
        var stream = new SslStream(await RawDevice.TcpAsync(port), false, (_, presented, _, _) => presented?.Subject == "CN=gateway.test");
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "gateway.test", ClientCertificates = certificate is null ? null : [certificate] }, TestContext.Current.CancellationToken);
        return stream;
    }

    private static X509Certificate2 NewCertificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
