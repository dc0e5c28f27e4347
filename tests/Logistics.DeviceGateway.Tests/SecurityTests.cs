using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Logistics.DeviceGateway.Security;
using Logistics.DeviceGateway.Tests.Wire;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Tests;

public sealed class SecurityTests
{
    private const string Secret = "a-secret-of-the-device";

    [Theory]
    [InlineData("ter_1", Secret, 0)]
    [InlineData("ter_1", "wrong", 0x86)]
    [InlineData("ter_1", null, 0x86)]
    [InlineData("ter_2", Secret, 0x86)]
    [InlineData("revoked", Secret, 0x86)]
    [InlineData("#", Secret, 0x86)]
    public async Task Device_proves_itself_with_its_password(string clientId, string? password, int code)
    {
        await using var gateway = await StartAsync();
        using var peer = new WirePeer(gateway.Port);
        Assert.Equal(code, peer.Connect(clientId, ProtocolVersion.V5, request => request with { Password = password is null ? null : Packets.Utf8(password) })![3]);
    }

    [Fact]
    public async Task User_name_must_be_the_device_when_given()
    {
        await using var gateway = await StartAsync();
        using var peer = new WirePeer(gateway.Port);
        Assert.Equal([0x20, 2, 0, 4], peer.Connect("ter_1", ProtocolVersion.V311, request => request with { UserName = "ter_2"u8.ToArray(), Password = Packets.Utf8(Secret) }));
    }

    [Fact]
    public async Task Failures_are_throttled_even_for_the_right_password()
    {
        await using var gateway = await StartAsync();
        for (var i = 0; i < new GatewayOptions().MaximumFailuresPerMinute; i++)
        {
            using var wrong = new WirePeer(gateway.Port);
            Login(wrong, password: "wrong");
        }

        using var right = new WirePeer(gateway.Port);
        Assert.Equal((byte)ReasonCode.ConnectionRateExceeded, Login(right)[3]);
    }

    [Theory]
    [InlineData("lg/v1/locker/ter_1/up/door", true)]
    [InlineData("lg/v1/locker/ter_1/down/open", false)]
    [InlineData("lg/v1/locker/ter_2/up/door", false)]
    [InlineData("lg/v1/vehicle/ter_1/up/door", false)]
    [InlineData("lg/v1/locker/ter_1/up/door/more", false)]
    [InlineData("other", false)]
    public async Task Device_publishes_under_its_own_prefix_only(string topic, bool isAllowed)
    {
        await using var gateway = await StartAsync();
        using var device = new WirePeer(gateway.Port);
        Login(device);
        var answer = device.Publish(topic, Packets.Utf8($$"""{"boot":1,"seq":1,"at":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}},"compartment":"S01","state":"open"}"""), 1, 1, version: ProtocolVersion.V5);
        byte[] expected = isAllowed ? [0x40, 2, 0, 1] : [0x40, 3, 0, 1, (byte)ReasonCode.NotAuthorized];
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(answer!));
        Assert.Equal(isAllowed ? 1 : 0, gateway.Store.ReadEvents(0, 10).Count);
    }

    [Theory]
    [InlineData("lg/v1/locker/ter_1/down/#", 1)]
    [InlineData("lg/v1/locker/ter_1/down/open", 1)]
    [InlineData("lg/v1/locker/ter_1/up/#", 0x87)]
    [InlineData("lg/v1/locker/+/down/open", 0x87)]
    [InlineData("lg/v1/locker/ter_2/down/#", 0x87)]
    [InlineData("$share/g/lg/v1/locker/ter_1/down/#", 0x87)]
    [InlineData("#", 0x87)]
    public async Task Device_subscribes_under_its_own_prefix_only(string filter, int code)
    {
        await using var gateway = await StartAsync();
        using var device = new WirePeer(gateway.Port);
        Login(device);
        device.Send(ClientPackets.Subscribe(1, ProtocolVersion.V5, (Packets.Utf8(filter), (byte)1)));
        Assert.Equal([0x90, 4, 0, 1, 0, (byte)code], device.Receive());
    }

    [Fact]
    public async Task Old_device_outside_its_prefix_is_cut_off()
    {
        await using var gateway = await StartAsync();
        using var device = new WirePeer(gateway.Port);
        device.Connect("ter_1", ProtocolVersion.V311, request => request with { UserName = "ter_1"u8.ToArray(), Password = Packets.Utf8(Secret) });
        device.Send(WirePeer.PublishBytes("lg/v1/locker/ter_2/up/door", "{}"u8, 1, 1));
        Assert.Null(device.Receive());
        Assert.True(device.IsClosed);
    }

    [Fact]
    public async Task Revocation_cuts_a_live_connection()
    {
        await using var gateway = await StartAsync();
        using var device = new WirePeer(gateway.Port);
        Login(device);
        await gateway.Gateway.DisconnectAsync("ter_1", "admin", "stolen");
        Assert.Equal([0xE0, 1, (byte)ReasonCode.AdministrativeAction], device.Receive());
        Assert.True(device.WaitForClose());
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0x86)]
    public async Task Certificate_is_known_by_its_fingerprint(bool isKnown, int code)
    {
        using var server = TestCertificate.Make("gateway");
        using var client = TestCertificate.Make("ter_9");
        await using var gateway = await StartAsync(tls: server);
        var fingerprint = Convert.ToHexStringLower(client.GetCertHash(HashAlgorithmName.SHA256));
        await SaveAsync(gateway, new DeviceCredential("ter_9", DeviceKind.Locker, null, [isKnown ? fingerprint : "00"], false, 1));
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", gateway.TlsPort, TestContext.Current.CancellationToken);
        var expected = server.GetCertHashString();
        await using var tls = new SslStream(tcp.GetStream(), false, (_, shown, _, _) => string.Equals(shown?.GetCertHashString(), expected, StringComparison.Ordinal));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "gateway", ClientCertificates = [client] }, TestContext.Current.CancellationToken);
        await tls.WriteAsync(ClientPackets.Connect(new ConnectRequest("ter_9"u8.ToArray())), TestContext.Current.CancellationToken);
        var answer = new byte[4];
        await tls.ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
        Assert.Equal(code, answer[3]);
    }

    [Fact]
    public void Password_hashes_verify_and_tell_their_cost()
    {
        var secret = PasswordHash.NewSecret();
        var fast = PasswordHash.OfSecret(secret);
        var slow = PasswordHash.OfPassword("chosen");
        Assert.True(PasswordHash.Verify(fast, Packets.Utf8(secret)));
        Assert.False(PasswordHash.Verify(fast, "chosen"u8));
        Assert.True(PasswordHash.Verify(slow, "chosen"u8));
        Assert.False(PasswordHash.Verify(slow, "Chosen"u8));
        Assert.False(PasswordHash.Verify("plain", "plain"u8));
        Assert.Equal((false, true), (PasswordHash.IsExpensive(fast), PasswordHash.IsExpensive(slow)));
        Assert.NotEqual(PasswordHash.OfSecret(secret), fast);
    }

    private static byte[] Login(WirePeer peer, string password = Secret) =>
        peer.Connect("ter_1", ProtocolVersion.V5, request => request with { Password = Packets.Utf8(password) })!;

    private static async Task<RunningGateway> StartAsync(X509Certificate2? tls = null)
    {
        var gateway = await RunningGateway.StartAsync(new GatewayOptions(), tls: tls);
        await SaveAsync(gateway, new DeviceCredential("ter_1", DeviceKind.Locker, PasswordHash.OfSecret(Secret), [], false, 1));
        await SaveAsync(gateway, new DeviceCredential("revoked", DeviceKind.Locker, PasswordHash.OfSecret(Secret), [], true, 1));
        return gateway;
    }

    private static async Task SaveAsync(RunningGateway gateway, DeviceCredential credential) =>
        await ((IDeviceCredentialStore)gateway.Store).SaveAsync(credential, TestContext.Current.CancellationToken);
}
