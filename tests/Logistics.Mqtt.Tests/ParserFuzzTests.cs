using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Tests;

public sealed class ParserFuzzTests
{
    [Fact]
    public void Parsers_survive_random_bytes()
    {
        var random = new Random(20260101);
        var buffer = new byte[96];
        for (var i = 0; i < 200_000; i++)
        {
            var body = buffer.AsSpan(0, random.Next(buffer.Length));
            random.NextBytes(body);
            // Small lengths are what gets past the first check.
            for (var j = 0; j + 1 < body.Length; j += random.Next(1, 12))
            {
                body[j] = (byte)random.Next(6);
            }

            var version = random.Next(2) == 0 ? ProtocolVersion.V311 : ProtocolVersion.V5;
            ConnectPacket.TryParse(0x10, body, 64, out _);
            PublishPacket.TryParse((byte)(0x30 | random.Next(16)), body, version, 64, out _);
            AckPacket.TryParse(PacketType.Pubrel, body, version, 64, out _);
            DisconnectPacket.TryParse(body, version, 64, out _);
            ConnackPacket.TryParse(body, version, out _);
            SubackPacket.TryParse(body, version, out _);
            if (SubscribePacket.TryParse(body, version, 64, 64, out var subscribe) == ReasonCode.Success)
            {
                var count = 0;
                while (subscribe.TryReadNext(out _, out _))
                {
                    count++;
                }

                Assert.Equal(subscribe.FilterCount, count);
            }

            UnsubscribePacket.TryParse(body, version, 64, 64, out _);
        }
    }
}
