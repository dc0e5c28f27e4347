using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Tests;

public sealed class PacketFrameTests
{
    [Theory]
    [InlineData("", FrameStatus.Incomplete)]
    [InlineData("30", FrameStatus.Incomplete)]
    [InlineData("3080", FrameStatus.Incomplete)]
    [InlineData("308001", FrameStatus.Complete)] // 128 bytes
    [InlineData("C000", FrameStatus.Complete)]
    [InlineData("0A", FrameStatus.Malformed)] // reserved type: known from the first byte
    [InlineData("36", FrameStatus.Malformed)] // QoS 3
    [InlineData("38", FrameStatus.Malformed)] // DUP without QoS
    [InlineData("80", FrameStatus.Malformed)] // SUBSCRIBE needs flags 0010
    [InlineData("308000", FrameStatus.Malformed)] // 0 in two bytes
    [InlineData("3080808080", FrameStatus.Malformed)] // a fifth length byte would follow
    [InlineData("30FFFFFF7F", FrameStatus.TooLarge)] // 256 MB declared, refused before any of it
    public void TryRead_judges_as_early_as_possible(string hex, FrameStatus expected) =>
        Assert.Equal(expected, PacketFrame.TryRead(Convert.FromHexString(hex), 64 * 1024, out _, out _));

    [Theory]
    [InlineData(0u, 1)]
    [InlineData(127u, 1)]
    [InlineData(128u, 2)]
    [InlineData(16_383u, 2)]
    [InlineData(16_384u, 3)]
    [InlineData(2_097_151u, 3)]
    [InlineData(2_097_152u, 4)]
    [InlineData(268_435_455u, 4)]
    public void Variable_integer_round_trips_in_its_shortest_form(uint value, int size)
    {
        var buffer = new byte[4];
        var writer = new MqttWriter(buffer);
        writer.WriteVariableInteger(value);
        Assert.Equal(size, writer.Written);
        Assert.Equal(size, MqttWriter.VariableIntegerSize(value));
        var reader = new MqttReader(buffer.AsSpan(0, size));
        Assert.Equal(value, reader.ReadVariableInteger());
        Assert.False(reader.HasFailed);
    }
}
