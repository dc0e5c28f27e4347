using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Logistics.DeviceGateway.Jt808;
using Logistics.DeviceGateway.Meaning;
using Logistics.DeviceGateway.Security;
using Logistics.Domain.Devices;
using Logistics.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.DeviceGateway.Tests.Jt808;

/// <summary>A real terminal's bytes against a real listener over a real log.</summary>
public sealed class Jt808ListenerTests : IAsyncLifetime
{
    private const string Phone = "13800138000";
    private const string Secret = "terminal-secret";
    private readonly TemporaryFolder _folder = new();
    private RunningGateway _gateway = null!;

    private IDeviceStore Store => _gateway.Store;

    public async ValueTask InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync(new GatewayOptions(), _folder.FullName, hasJt808: true);
        await _gateway.Services.GetRequiredService<IDeviceCredentialStore>()
            .SaveAsync(new DeviceCredential("jt808-" + Phone, DeviceKind.Vehicle, PasswordHash.OfSecret(Secret), [], false, 1), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void Terminal_authenticates_beats_and_reports_and_each_reply_follows_the_commit()
    {
        using var terminal = Open();
        Assert.Equal("8001 1 0102 0", terminal.Ask(0x0102, 1, Encoding.ASCII.GetBytes(Secret)));
        Assert.Equal("8001 2 0002 0", terminal.Ask(0x0002, 2, []));
        Assert.Equal("8001 3 0200 0", terminal.Ask(0x0200, 3, Location(TimeProvider.System.GetUtcNow(), 31.2, 121.5)));
        var events = Store.ReadEvents(0, 10);
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

        Assert.Single(Store.ReadEvents(0, 10));
    }

    [Fact]
    public async Task Message_sent_again_after_a_restart_is_answered_and_not_stored_twice()
    {
        var now = TimeProvider.System.GetUtcNow();
        var (first, second) = (Location(now, 31.2, 121.5), Location(now, 31.3, 121.6));
        // Two reports of the same second are two events.
        byte[] batch = [0, 2, 1, 0, (byte)first.Length, .. first, 0, (byte)second.Length, .. second];
        for (var i = 0; i < 2; i++)
        {
            using (var terminal = Open())
            {
                terminal.Ask(0x0102, 1, Encoding.ASCII.GetBytes(Secret));
                Assert.Equal("8001 6 0704 0", terminal.Ask(0x0704, 6, batch));
                Assert.Equal("8001 7 0200 0", terminal.Ask(0x0200, 7, first));
            }

            Assert.Equal(3, Store.ReadEvents(0, 10).Count);
            await _gateway.DisposeAsync();
            _gateway = await RunningGateway.StartAsync(new GatewayOptions(), _folder.FullName, hasJt808: true);
        }

        using var again = Open();
        again.Ask(0x0102, 1, Encoding.ASCII.GetBytes(Secret));
        Assert.Equal("8001 8 0200 0", again.Ask(0x0200, 8, first));
        Assert.Equal(4, Store.ReadEvents(0, 10).Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData((byte)1)]
    public void Message_of_several_packets_is_put_together_and_stored_before_its_last_reply(byte? version)
    {
        using var terminal = Open(version: version);
        terminal.Ask(0x0102, 1, Code(version));
        var parts = Batch(60).Chunk(700).ToList();
        Assert.Equal(3, parts.Count);
        Assert.Equal("8001 65535 0704 0", terminal.Ask(0x0704, 65535, parts[0], part: (3, 1)));
        Assert.Equal("8001 0 0704 0", terminal.Ask(0x0704, 0, parts[1], part: (3, 2)));
        Assert.Empty(Store.ReadEvents(0, 100));
        Assert.Equal("8001 1 0704 0", terminal.Ask(0x0704, 1, parts[2], part: (3, 3)));
        Assert.Equal(60, Store.ReadEvents(0, 100).Count);
    }

    [Theory]
    [InlineData(null, "8003 10 count 2: 1 2")]
    [InlineData((byte)1, "8003 10 count 2: 1 2")]
    public void Packets_that_are_missing_are_asked_for(byte? version, string request)
    {
        using var terminal = Open(version: version);
        terminal.Ask(0x0102, 1, Code(version));
        var parts = Batch(60).Chunk(700).ToList();
        // The last packet only: the others went to a process that is gone, or were damaged.
        Assert.Equal("8001 12 0704 0", terminal.Ask(0x0704, 12, parts[2], part: (3, 3)));
        Assert.Equal(request, terminal.Receive());
        Assert.Equal("8001 11 0704 0", terminal.Ask(0x0704, 11, parts[1], part: (3, 2)));
        Assert.Equal("8001 10 0704 0", terminal.Ask(0x0704, 10, parts[0], part: (3, 1)));
        Assert.Equal(60, Store.ReadEvents(0, 100).Count);
    }

    [Fact]
    public void Packets_beyond_what_is_kept_are_refused_and_the_connection_lives()
    {
        using var terminal = Open();
        terminal.Ask(0x0102, 1, Encoding.ASCII.GetBytes(Secret));
        Assert.Equal("8001 2 0704 3", terminal.Ask(0x0704, 2, [1], part: (65535, 1)));
        Assert.Equal("8001 3 0801 3", terminal.Ask(0x0801, 3, [1], part: (2, 1)));
        // Messages begun and never ended push each other out.
        for (ushort i = 0; i < 300; i++)
        {
            var serial = (ushort)(1000 + (10 * i));
            Assert.Equal($"8001 {serial} 0704 0", terminal.Ask(0x0704, serial, new byte[1000], part: (9, 1)));
        }

        Assert.Equal("8001 4 0002 0", terminal.Ask(0x0002, 4, []));
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
        Assert.Equal([false, true], Store.ReadEvents(0, 10).Select(e => e.IsQuarantined));
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
        Assert.Empty(Store.ReadEvents(0, 10));
    }

    private Terminal Open(string phone = Phone, byte? version = null) => new(_gateway.Jt808Port, phone, version);

    private static byte[] Code(byte? version) => version is null ? Encoding.ASCII.GetBytes(Secret) : [(byte)Secret.Length, .. Encoding.ASCII.GetBytes(Secret), .. new byte[35]];

    private static byte[] Batch(int count)
    {
        var now = TimeProvider.System.GetUtcNow();
        return [(byte)(count >> 8), (byte)count, 1, .. Enumerable.Range(0, count).SelectMany(i => (byte[])[0, 28, .. Location(now.AddSeconds(-i), 31.2, 121.5)])];
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

        /// <summary>Sends a message and describes the answer; empty when the connection ends.</summary>
        /// <param name="part">How many packets the message has, and which of them this is.</param>
        public string Ask(ushort message, ushort serial, byte[] body, (ushort Count, ushort Number)? part = null)
        {
            var frame = new Jt808Header(message, _phone, serial, _version, false).Answer(message, serial, body);
            if (part is { } place)
            {
                var at = frame.Length - body.Length;
                frame = [.. frame[..at], (byte)(place.Count >> 8), (byte)place.Count, (byte)(place.Number >> 8), (byte)place.Number, .. body];
                frame[2] |= 0x20;
            }

            var output = new ArrayBufferWriter<byte>();
            Jt808Frame.Write(output, frame);
            _socket.Send(output.WrittenSpan);
            return Receive();
        }

        /// <summary>The next message as <c>message serial about result</c>; empty when the connection ends.</summary>
        public string Receive()
        {
            var frame = new List<byte>();
            var one = new byte[1];
            while (frame.Count < 2 || frame[^1] != 0x7E)
            {
                try
                {
                    if (_socket.Receive(one) == 0)
                    {
                        return "";
                    }
                }
                catch (SocketException)
                {
                    return "";
                }

                frame.Add(one[0]);
            }

            Assert.True(Jt808Header.TryRead(Jt808FrameTests.Unframe([.. frame]), out var header, out var answer));
            Assert.Equal(_phone, header.Phone);
            var about = BinaryPrimitives.ReadUInt16BigEndian(answer);
            return header.MessageId switch
            {
                0x8100 => $"8100 {about} {answer[2]} {Encoding.ASCII.GetString(answer[3..])}",
                0x8003 => $"8003 {about} count {(_version is null ? answer[2] : BinaryPrimitives.ReadUInt16BigEndian(answer[2..]))}: {string.Join(' ', answer[(_version is null ? 3 : 4)..].ToArray().Chunk(2).Select(pair => (pair[0] << 8) | pair[1]))}",
                _ => $"{header.MessageId:X4} {about} {BinaryPrimitives.ReadUInt16BigEndian(answer[2..]):X4} {answer[4]}",
            };
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
