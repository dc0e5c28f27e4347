using System.Buffers;
using Logistics.DeviceGateway.Jt808;

namespace Logistics.DeviceGateway.Tests.Jt808;

public sealed class Jt808FrameTests
{
    /// <summary>FACTS.md: 12.222222 N, 132.444444 E, 40 m, 6.0 km/h, 2018-10-15 10:10:10 (+8).</summary>
    internal const string Location = "7E02000026123456789012007D02000000010000000200BA7F0E07E4F11C0028003C00001810151010100104000000640202007D01137E";

    [Fact]
    public void Location_report_is_read()
    {
        var frame = Unframe(Convert.FromHexString(Location));
        Assert.True(Jt808Header.TryRead(frame, out var header, out var body));
        Assert.Equal(((ushort)0x0200, "123456789012", (ushort)0x007E, null), (header.MessageId, header.Phone, header.Serial, header.Version));
        Assert.True(Jt808Location.TryRead(body, out var location));
        Assert.Equal((12.222222, 132.444444, true), (location.Point.Lat, location.Point.Lon, location.HasFix));
        Assert.Equal((40, 6.0, 0, 10_000L), (location.AltitudeMetres, location.SpeedKmh, location.HeadingDegrees, location.MileageMetres));
        Assert.Equal(new DateTimeOffset(2018, 10, 15, 2, 10, 10, TimeSpan.Zero), location.At);
    }

    [Fact]
    public void Frame_written_is_the_frame_read_in_both_editions()
    {
        foreach (var version in new byte?[] { null, 1 })
        {
            var header = new Jt808Header(0x0102, "13800138000", 0x7D7E, version, false);
            byte[] body = [0x7D, 0x7E, 0x01, 0x02, 0x7E];
            var output = new ArrayBufferWriter<byte>();
            Jt808Frame.Write(output, header.Answer(0x0102, 0x7D7E, body));
            // Flags stand at the ends only.
            Assert.Equal(2, output.WrittenSpan.Count((byte)0x7E));
            Assert.True(Jt808Header.TryRead(Unframe(output.WrittenMemory.ToArray()), out var read, out var content));
            Assert.Equal(header, read);
            Assert.Equal(body, content.ToArray());
        }
    }

    [Fact]
    public void Every_byte_changed_to_another_is_noticed()
    {
        var good = Convert.FromHexString(Location);
        for (var i = 1; i < good.Length - 1; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var bad = (byte[])good.Clone();
                bad[i] ^= (byte)(1 << bit);
                // A byte that becomes or was part of an escape or a flag changes the length too, and XOR cannot promise to notice that.
                if (bad[i] is 0x7D or 0x7E || good[i] == 0x7D || good[i - 1] == 0x7D)
                {
                    continue;
                }

                var buffer = new ReadOnlySequence<byte>(bad);
                Assert.True(Jt808Frame.TryRead(ref buffer, out var escaped, out _));
                Assert.False(Jt808Frame.TryUnescape(escaped.ToArray(), out _));
            }
        }
    }

    [Fact]
    public void Frames_come_in_any_cut_and_share_their_flags()
    {
        // 7E a 7E 7E b 7E and 7E a 7E b 7E are both seen in practice.
        var frame = Convert.FromHexString(Location);
        byte[] stream = [.. frame, .. frame, .. frame[1..]];
        var found = 0;
        var start = 0;
        for (var end = 1; end <= stream.Length; end++)
        {
            var buffer = new ReadOnlySequence<byte>(stream, start, end - start);
            while (Jt808Frame.TryRead(ref buffer, out var escaped, out var isBroken))
            {
                found++;
                Assert.True(Jt808Frame.TryUnescape(escaped.ToArray(), out _));
                Assert.False(isBroken);
            }

            start = end - (int)buffer.Length;
        }

        Assert.Equal(3, found);
    }

    [Fact]
    public void Bytes_that_are_no_frames_break_the_connection_and_never_throw()
    {
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(1, 80)];
            random.NextBytes(bytes);
            if (i % 2 == 0)
            {
                bytes[0] = bytes[^1] = 0x7E;
            }

            var buffer = new ReadOnlySequence<byte>(bytes);
            while (Jt808Frame.TryRead(ref buffer, out var escaped, out _))
            {
                if (Jt808Frame.TryUnescape(escaped.ToArray(), out var frame) && Jt808Header.TryRead(frame, out _, out var body))
                {
                    _ = Jt808Location.TryRead(body, out _);
                    _ = Jt808Location.TryReadBatch(body, out _);
                }
            }
        }

        var garbage = new ReadOnlySequence<byte>("GET / HTTP/1.1"u8.ToArray());
        Assert.False(Jt808Frame.TryRead(ref garbage, out _, out var isBroken));
        Assert.True(isBroken);
        var endless = new ReadOnlySequence<byte>([0x7E, .. new byte[Jt808Frame.MaximumSize + 1]]);
        Assert.False(Jt808Frame.TryRead(ref endless, out _, out isBroken));
        Assert.True(isBroken);
    }

    [Fact]
    public void Truncated_reports_are_malformed()
    {
        Jt808Header.TryRead(Unframe(Convert.FromHexString(Location)), out _, out var body);
        for (var length = 0; length < body.Length; length++)
        {
            // 28 is the fixed part, 34 ends the first additional item: both are whole.
            Assert.Equal(length is 28 or 34, Jt808Location.TryRead(body[..length], out _));
        }
    }

    internal static byte[] Unframe(byte[] bytes)
    {
        var buffer = new ReadOnlySequence<byte>(bytes);
        Assert.True(Jt808Frame.TryRead(ref buffer, out var escaped, out _));
        Assert.True(Jt808Frame.TryUnescape(escaped.ToArray(), out var frame));
        return frame;
    }
}
