using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Logistics.DeviceGateway.Jt808;
using Logistics.DeviceGateway.Meaning;
using Logistics.DeviceGateway.Security;
using Logistics.Domain.Devices;
using Logistics.Storage.Devices;
using Logistics.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Logistics.DeviceGateway.Tests.Jt808;

/// <summary>A real terminal's bytes against a real listener over a real log.</summary>
public sealed class Jt808ListenerTests : IAsyncLifetime
{
    private const string Phone = "13800138000";
    private const string Secret = "terminal-secret";
    private readonly TemporaryFolder _folder = new();
    private WebApplication _app = null!;
    private IDeviceStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        var store = new SqliteDeviceStore(_folder.File("log.db"));
        _store = store;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IDeviceStore>(store).AddSingleton<IDeviceCredentialStore>(store);
        builder.Services.AddDeviceGateway(new GatewayOptions());
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseJt808()));
        _app = builder.Build();
        await _app.StartAsync(TestContext.Current.CancellationToken);
        await store.SaveAsync(new DeviceCredential("jt808-" + Phone, DeviceKind.Vehicle, PasswordHash.OfSecret(Secret), [], false, 1), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void Terminal_authenticates_beats_and_reports_and_each_reply_follows_the_commit()
    {
        using var terminal = Open();
        Assert.Equal("8001 1 0102 0", terminal.Ask(0x0102, 1, Encoding.ASCII.GetBytes(Secret)));
        Assert.Equal("8001 2 0002 0", terminal.Ask(0x0002, 2, []));
        Assert.Equal("8001 3 0200 0", terminal.Ask(0x0200, 3, Location(TimeProvider.System.GetUtcNow(), 31.2, 121.5)));
        var events = _store.ReadEvents(0, 10);
        Assert.Equal(["heartbeat", "position"], events.Select(e => e.Message));
        Assert.All(events, e => Assert.Equal(("jt808-" + Phone, DeviceKind.Vehicle, null), (e.Device, e.Kind, e.QuarantineReason)));
        var position = Assert.IsType<PositionReport>(DeviceReports.Read(events[1]));
        Assert.Equal((121.5, 31.2, 10.0), (position.Point.Lon, position.Point.Lat, position.SpeedMetresPerSecond));
    }

    [Fact]
    public void Message_sent_again_on_a_new_connection_is_answered_and_not_stored_twice()
    {
        var body = Location(TimeProvider.System.GetUtcNow(), 31.2, 121.5);
        for (var i = 0; i < 2; i++)
        {
            using var terminal = Open();
            terminal.Ask(0x0102, 1, Encoding.ASCII.GetBytes(Secret));
            Assert.Equal("8001 7 0200 0", terminal.Ask(0x0200, 7, body));
        }

        Assert.Single(_store.ReadEvents(0, 10));
    }

    [Fact]
    public void Batch_is_taken_apart_and_old_clocks_are_quarantined_and_answered()
    {
        using var terminal = Open();
        terminal.Ask(0x0102, 1, Encoding.ASCII.GetBytes(Secret));
        var now = TimeProvider.System.GetUtcNow();
        var (first, second) = (Location(now.AddMinutes(-10), 31.2, 121.5), Location(now.AddYears(-2), 31.3, 121.6));
        byte[] batch = [0, 2, 1, 0, (byte)first.Length, .. first, 0, (byte)second.Length, .. second];
        Assert.Equal("8001 2 0704 0", terminal.Ask(0x0704, 2, batch));
        Assert.Equal([false, true], _store.ReadEvents(0, 10).Select(e => e.IsQuarantined));
        Assert.Equal("8001 3 0704 2", terminal.Ask(0x0704, 3, batch[..^1]));
        Assert.Equal("8001 4 0900 3", terminal.Ask(0x0900, 4, [1]));
    }

    [Fact]
    public void Registration_gives_a_code_that_authenticates_in_the_2019_edition_too()
    {
        using var terminal = Open(version: 1);
        var registered = terminal.Ask(0x0100, 1, new byte[77]);
        Assert.StartsWith("8100 1 0 ", registered, StringComparison.Ordinal);
        var code = registered["8100 1 0 ".Length..];
        Assert.Equal("8001 2 0102 0", terminal.Ask(0x0102, 2, [(byte)code.Length, .. Encoding.ASCII.GetBytes(code), .. new byte[35]]));
    }

    [Fact]
    public void Stranger_and_wrong_code_are_refused_and_nothing_is_taken_before_authentication()
    {
        using (var stranger = Open(phone: "13900000000"))
        {
            Assert.Equal("8100 1 4 ", stranger.Ask(0x0100, 1, new byte[40]));
            Assert.True(stranger.IsClosed());
        }

        using (var wrong = Open())
        {
            Assert.Equal("8001 1 0102 1", wrong.Ask(0x0102, 1, "nonsense"u8.ToArray()));
            Assert.True(wrong.IsClosed());
        }

        using var hasty = Open();
        Assert.Equal("", hasty.Ask(0x0200, 1, Location(TimeProvider.System.GetUtcNow(), 31.2, 121.5)));
        Assert.Empty(_store.ReadEvents(0, 10));
    }

    private Terminal Open(string phone = Phone, byte? version = null)
    {
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new Terminal(new Uri(address).Port, phone, version);
    }

    private static byte[] Location(DateTimeOffset at, double lat, double lon)
    {
        var body = new byte[28];
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(4), 2);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(8), (uint)Math.Round(lat * 1e6));
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(12), (uint)Math.Round(lon * 1e6));
        BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(18), 360);
        Convert.FromHexString(at.ToOffset(TimeSpan.FromHours(8)).ToString("yyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture)).CopyTo(body.AsSpan(22));
        return body;
    }

    private sealed class Terminal : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
        private readonly string _phone;
        private readonly byte? _version;

        public Terminal(int port, string phone, byte? version)
        {
            (_phone, _version) = (phone, version);
            _socket.Connect(IPAddress.Loopback, port);
        }

        /// <summary>Sends a message and describes the answer as <c>message serial about result</c>; empty when the connection ends.</summary>
        public string Ask(ushort message, ushort serial, byte[] body)
        {
            var output = new ArrayBufferWriter<byte>();
            Jt808Frame.Write(output, new Jt808Header(message, _phone, serial, _version, false, false).Answer(message, serial, body));
            _socket.Send(output.WrittenSpan);
            var received = new byte[200];
            int count;
            try
            {
                count = _socket.Receive(received);
            }
            catch (SocketException)
            {
                return "";
            }

            if (count == 0)
            {
                return "";
            }

            Assert.True(Jt808Header.TryRead(Jt808FrameTests.Unframe(received[..count]), out var header, out var answer));
            Assert.Equal(_phone, header.Phone);
            var about = BinaryPrimitives.ReadUInt16BigEndian(answer);
            return header.MessageId == 0x8100
                ? $"8100 {about} {answer[2]} {Encoding.ASCII.GetString(answer[3..])}"
                : $"{header.MessageId:X4} {about} {BinaryPrimitives.ReadUInt16BigEndian(answer[2..]):X4} {answer[4]}";
        }

        public bool IsClosed()
        {
            try
            {
                return _socket.Receive(new byte[1]) == 0;
            }
            catch (SocketException e)
            {
                return e.SocketErrorCode != SocketError.TimedOut;
            }
        }

        public void Dispose() => _socket.Dispose();
    }
}
