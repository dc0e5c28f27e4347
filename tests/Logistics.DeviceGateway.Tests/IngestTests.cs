using System.Text;
using Logistics.DeviceGateway.Tests.Wire;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Tests;

public sealed class IngestTests
{
    private const string Topic = "lg/v1/locker/ter_1/up/door";

    [Fact]
    public async Task Events_are_stored_in_order_and_duplicates_are_absorbed()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        using var device = new WirePeer(gateway.Port);
        device.Connect("ter_1", ProtocolVersion.V311);
        // 2 comes late and fills its gap; 1 and 3 come twice; a new boot starts again.
        (int Boot, int Seq)[] sent = [(1, 0), (1, 1), (1, 3), (1, 1), (1, 2), (1, 3), (2, 0)];
        ushort id = 1;
        foreach (var (boot, seq) in sent)
        {
            Assert.Equal([0x40, 2, 0, (byte)id], device.Publish(Topic, Json(boot, seq), 1, id));
            id++;
        }

        var stored = gateway.Store.ReadEvents(0, 100);
        Assert.Equal([(1, 0), (1, 1), (1, 3), (1, 2), (2, 0)], stored.Select(e => ((int)e.Boot, (int)e.Sequence)));
        Assert.All(stored, e => Assert.Equal((DeviceKind.Locker, "ter_1", "door", null), (e.Kind, e.Device, e.Message, e.QuarantineReason)));
        Assert.Equal(Enumerable.Range(1, 5).Select(i => (long)i), stored.Select(e => e.Position));
    }

    [Fact]
    public async Task Batch_is_taken_apart_into_its_events()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        using var device = new WirePeer(gateway.Port);
        device.Connect("ter_1", ProtocolVersion.V311);
        device.Publish(Topic, """[{"boot":1,"seq":5,"at":9,"x":{"seq":99}}, {"boot":1,"seq":6}]"""u8, 1, 1);
        var stored = gateway.Store.ReadEvents(0, 100);
        Assert.Equal(["""{"boot":1,"seq":5,"at":9,"x":{"seq":99}}""", """{"boot":1,"seq":6}"""], stored.Select(e => Encoding.UTF8.GetString(e.Payload.Span)));
        Assert.Equal([5L, 6L], stored.Select(e => e.Sequence));
        Assert.Equal([9L, 0L], stored.Select(e => e.AtUnixMs));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("42")]
    [InlineData("""{"boot":1}""")]
    [InlineData("""{"boot":"1","seq":2}""")]
    [InlineData("""{"boot":1,"seq":-2}""")]
    [InlineData("""{"boot":1,"seq":2""")]
    [InlineData("[7]")]
    public async Task Malformed_payload_is_quarantined_and_answered(string payload)
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        using var modern = new WirePeer(gateway.Port);
        modern.Connect("ter_1", ProtocolVersion.V5);
        Assert.Equal([0x40, 3, 0, 1, (byte)ReasonCode.PayloadFormatInvalid], modern.Publish(Topic, Encoding.UTF8.GetBytes(payload), 1, 1, version: ProtocolVersion.V5));
        var kept = Assert.Single(gateway.Store.ReadEvents(0, 10));
        Assert.True(kept.IsQuarantined);
        using var old = new WirePeer(gateway.Port);
        old.Connect("ter_2", ProtocolVersion.V311);
        Assert.Equal([0x40, 2, 0, 1], old.Publish("lg/v1/locker/ter_2/up/door", Encoding.UTF8.GetBytes(payload), 1, 1));
    }

    [Fact]
    public async Task Feed_gives_what_is_stored_then_what_is_committed()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        using var device = new WirePeer(gateway.Port);
        device.Connect("ter_1", ProtocolVersion.V311);
        device.Publish(Topic, Json(1, 0), 1, 1);
        device.Publish(Topic, Json(1, 1), 1, 2);
        await using var feed = gateway.Gateway.Feed.FollowAsync(1, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await feed.MoveNextAsync());
        Assert.Equal((2, 1), (feed.Current.Position, feed.Current.Sequence));
        var next = feed.MoveNextAsync();
        device.Publish(Topic, Json(1, 2), 1, 3);
        Assert.True(await next);
        Assert.Equal((3, 2), (feed.Current.Position, feed.Current.Sequence));
    }

    [Fact]
    public async Task Slow_follower_reads_the_log_and_misses_nothing()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        using var device = new WirePeer(gateway.Port);
        device.Connect("ter_1", ProtocolVersion.V311);
        device.Publish(Topic, Json(1, 0), 1, 1);
        var seen = new List<long>();
        const int count = 10_000;
        await foreach (var e in gateway.Gateway.Feed.FollowAsync(0, TestContext.Current.CancellationToken))
        {
            seen.Add(e.Sequence);
            if (seen.Count == 1)
            {
                // More than the follower's channel holds, committed while it is busy here.
                for (var first = 1; first < count; first += 1000)
                {
                    var batch = string.Join(',', Enumerable.Range(first, Math.Min(1000, count - first)).Select(seq => $$"""{"boot":1,"seq":{{seq}}}"""));
                    device.Publish(Topic, Encoding.UTF8.GetBytes($"[{batch}]"), 1, (ushort)(first + 1));
                }
            }

            if (seen.Count == count)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(0, count).Select(seq => (long)seq), seen);
    }

    private static byte[] Json(int boot, int seq) => Encoding.UTF8.GetBytes($$"""{"boot":{{boot}},"seq":{{seq}},"at":1767225600000,"state":"open"}""");
}
