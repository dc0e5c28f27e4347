using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Tests;

public sealed class PublishTests
{
    // content type "text", user property k=v, topic alias 5, message expiry 60
    private static readonly byte[] Properties = Convert.FromHexString("030004746578742600016B000176" + "230005" + "020000003C");

    private static readonly byte[] Forwarded = Convert.FromHexString("030004746578742600016B000176");

    [Theory]
    [InlineData(ProtocolVersion.V311, 0)]
    [InlineData(ProtocolVersion.V311, 2)]
    [InlineData(ProtocolVersion.V5, 1)]
    public void Written_publish_reads_back(ProtocolVersion version, int qos)
    {
        var head = new PublishHead(version, qos, Retain: true, IsDuplicate: qos > 0, PacketId: 77, MessageExpirySeconds: 9);
        uint[] identifiers = [0, 268_435_455];
        var packet = new byte[PublishWriter.Measure(head, "a/b"u8, Forwarded, identifiers, 5)];
        Assert.Equal(packet.Length, PublishWriter.Write(packet, head, "a/b"u8, Forwarded, identifiers, "hello"u8));
        Assert.Equal(FrameStatus.Complete, PacketFrame.TryRead(packet, 1000, out var frame, out _));
        Assert.Equal(packet.Length, frame.TotalSize);
        Assert.Equal(ReasonCode.Success, PublishPacket.TryParse(frame.Header, packet.AsSpan(frame.HeaderSize), version, 64, out var read));
        Assert.Equal("a/b"u8, read.Topic);
        Assert.Equal("hello"u8, read.Payload);
        Assert.Equal(qos, read.Qos);
        Assert.True(read.Retain);
        Assert.Equal(qos > 0 ? 77 : 0, read.PacketId);
        if (version == ProtocolVersion.V5)
        {
            Assert.Equal(9u, read.Properties.MessageExpiryInterval);
            Assert.Equal(268_435_455u, read.Properties.SubscriptionIdentifier);
            Assert.Equal("text"u8, read.Properties.ContentType);
            Assert.Equal(1, read.Properties.UserPropertyCount);
        }
    }

    [Fact]
    public void Forwarded_properties_leave_out_what_ends_at_the_server()
    {
        var copy = new byte[Properties.Length];
        var length = ForwardedProperties.Copy(Properties, copy);
        Assert.Equal(Forwarded, copy[..length]);
    }

    [Fact]
    public void Cut_at_any_point_is_refused_and_never_throws()
    {
        var body = new List<byte> { 0, 3, (byte)'a', (byte)'/', (byte)'b', 0, 1, (byte)Properties.Length };
        body.AddRange(Properties);
        var bytes = body.ToArray();
        Assert.Equal(ReasonCode.Success, PublishPacket.TryParse(0x32, bytes, ProtocolVersion.V5, 64, out _));
        for (var length = 0; length < bytes.Length; length++)
        {
            var reason = PublishPacket.TryParse(0x32, bytes.AsSpan(0, length), ProtocolVersion.V5, 64, out _);
            Assert.True(reason >= ReasonCode.UnspecifiedError, $"{length} of {bytes.Length} bytes were accepted");
        }
    }

    [Fact]
    public void Parsing_allocates_nothing()
    {
        var body = new List<byte> { 0, 3, (byte)'a', (byte)'/', (byte)'b', 0, 1, (byte)Properties.Length };
        body.AddRange(Properties);
        body.AddRange(new byte[200]);
        var bytes = body.ToArray();
        ParseMany(bytes, 1000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var accepted = ParseMany(bytes, 10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(20_000, accepted);
    }

    [Fact]
    public void Too_many_user_properties_are_a_quota_error()
    {
        var block = Enumerable.Repeat(Convert.FromHexString("2600016B000176"), 65).SelectMany(bytes => bytes).ToArray();
        byte[] body = [0, 1, (byte)'t', 0xC7, 0x03, .. block]; // 65 × 7 = 455 = C7 03
        Assert.Equal(ReasonCode.QuotaExceeded, PublishPacket.TryParse(0x30, body, ProtocolVersion.V5, 64, out _));
        Assert.Equal(ReasonCode.Success, PublishPacket.TryParse(0x30, body, ProtocolVersion.V5, 65, out _));
    }

    private static int ParseMany(byte[] bytes, int count)
    {
        var accepted = 0;
        for (var i = 0; i < count; i++)
        {
            accepted += PublishPacket.TryParse(0x32, bytes, ProtocolVersion.V5, 64, out _) == ReasonCode.Success ? 1 : 0;
            accepted += AckPacket.TryParse(PacketType.Puback, bytes.AsSpan(5, 2), ProtocolVersion.V5, 64, out _) == ReasonCode.Success ? 1 : 0;
        }

        return accepted;
    }
}
