using System.Text;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceSimulator.Hostile;

/// <summary>The attacks, for an open gateway. Deterministic by seed.</summary>
internal static class Battery
{
    private const int MaximumRead = 10_000;

    public static IReadOnlyList<Attack> Create(int seed) =>
    [
        Attack.Closed("20,000 user properties, 20 peers", 20, ReasonCode.QuotaExceeded, () => Publish("t", UserProperties(20_000))),
        Attack.Closed("topic of 65,535 levels, 20 peers", 20, ReasonCode.TopicNameInvalid, () => Publish(new string('/', 65_534), [])),
        Attack.Closed("256 MB declared, half sent, 100 peers", 100, ReasonCode.PacketTooLarge, () => [0x30, 0xFF, 0xFF, 0xFF, 0x7F, 0, 1, .. new byte[64 * 1024]]),
        Attack.Closed("5,000 filters in one packet, 20 peers", 20, ReasonCode.QuotaExceeded, () => ClientPackets.Subscribe(1, ProtocolVersion.V5, [.. Enumerable.Range(0, 5000).Select(i => (Encoding.UTF8.GetBytes($"f/{i}"), (byte)0))])),
        Attack.Closed("topic that is not UTF-8, 100 peers", 100, ReasonCode.MalformedPacket, () => [0x30, 5, 0, 2, 0xC3, 0x28, 0]),
        Attack.Closed("topic with a wildcard, 100 peers", 100, ReasonCode.MalformedPacket, () => Publish("a/#", [])),
        Attack.Closed("filter with # in the middle, 100 peers", 100, ReasonCode.MalformedPacket, () => ClientPackets.Subscribe(1, ProtocolVersion.V5, ("a/#/b"u8.ToArray(), (byte)0))),
        Attack.ClosedBeforeConnect("first packet of 256 MB, 100 peers", 100, _ => [0x10, 0xFF, 0xFF, 0xFF, 0x7F, 0, 4]),
        Attack.ClosedBeforeConnect("random bytes, 500 peers", 500, i => RandomBytes(seed + i)),
        Attack.ClosedBeforeConnect("silence, 300 peers", 300, _ => []),
        new Attack("one byte a moment, 50 peers", DripAsync),
        new Attack("peers that never read, 10", DeafAsync),
        new Attack("takeover storm, 300 connections", TakeoverAsync),
        new Attack("client identifiers #, +, $SYS and a/+/#", OddNamesAsync),
        new Attack("subscribe and go, 500 peers", SubscribeAndGoAsync),
    ];

    private static byte[] UserProperties(int count) => [.. Enumerable.Repeat(Convert.FromHexString("2600016B000176"), count).SelectMany(bytes => bytes)];

    private static byte[] Publish(string topic, byte[] properties, int payloadSize = 0)
    {
        var head = new PublishHead(ProtocolVersion.V5, 0, false, false, 0, null);
        var name = Encoding.UTF8.GetBytes(topic);
        var packet = new byte[PublishWriter.Measure(head, name, properties, default, payloadSize)];
        PublishWriter.Write(packet, head, name, properties, default, new byte[payloadSize]);
        return packet;
    }

    private static byte[] RandomBytes(int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[random.Next(20, 4000)];
        random.NextBytes(bytes);
        return bytes;
    }

    // The connection has five seconds for its CONNECT, however busily it drips.
    private static async Task<string?> DripAsync(HostileTarget target, CancellationToken cancellationToken)
    {
        var connect = ClientPackets.Connect(new ConnectRequest(Encoding.UTF8.GetBytes(new string('d', 200))));
        var open = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var peer = await RawPeer.OpenAsync(target, cancellationToken).ConfigureAwait(false);
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            for (var i = 0; i < connect.Length - 1 && await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false); i++)
            {
                await peer.SendAsync(connect.AsMemory(i, 1), cancellationToken).ConfigureAwait(false);
            }

            return await peer.WaitForCloseAsync(TimeSpan.FromSeconds(5), cancellationToken).ConfigureAwait(false) is null;
        })).ConfigureAwait(false);
        return open.Contains(true) ? "a dripping peer is still connected after ten seconds" : null;
    }

    private static async Task<string?> DeafAsync(HostileTarget target, CancellationToken cancellationToken)
    {
        var deaf = new List<RawPeer>();
        try
        {
            for (var i = 0; i < 10; i++)
            {
                var peer = await RawPeer.ConnectAsync(target, $"deaf-{i}", ProtocolVersion.V5, cancellationToken).ConfigureAwait(false);
                await peer.SendAsync(ClientPackets.Subscribe(1, ProtocolVersion.V5, ("flood"u8.ToArray(), (byte)1)), cancellationToken).ConfigureAwait(false);
                deaf.Add(peer);
            }

            using var sender = await RawPeer.ConnectAsync(target, "flooder", ProtocolVersion.V5, cancellationToken).ConfigureAwait(false);
            var packet = Publish("flood", [], MaximumRead);
            for (var i = 0; i < 2000; i++)
            {
                await sender.SendAsync(packet, cancellationToken).ConfigureAwait(false);
            }

            await sender.SendAsync(ClientPackets.Pingreq, cancellationToken).ConfigureAwait(false);
            return await sender.ReceiveAsync(cancellationToken).ConfigureAwait(false) is [0xD0, 0] ? null : "the sender was not answered";
        }
        finally
        {
            deaf.ForEach(peer => peer.Dispose());
        }
    }

    private static async Task<string?> TakeoverAsync(HostileTarget target, CancellationToken cancellationToken)
    {
        var peers = new List<RawPeer>();
        try
        {
            for (var i = 0; i < 300; i++)
            {
                peers.Add(await RawPeer.ConnectAsync(target, "stormy", ProtocolVersion.V5, cancellationToken).ConfigureAwait(false));
            }

            var outcomes = await Task.WhenAll(peers.Take(299).Select(peer => peer.WaitForCloseAsync(TimeSpan.FromSeconds(20), cancellationToken))).ConfigureAwait(false);
            await peers[^1].SendAsync(ClientPackets.Pingreq, cancellationToken).ConfigureAwait(false);
            var isAlive = await peers[^1].ReceiveAsync(cancellationToken).ConfigureAwait(false) is [0xD0, 0];
            return outcomes.All(outcome => outcome == (int)ReasonCode.SessionTakenOver) && isAlive ? null : "not exactly the last connection has survived";
        }
        finally
        {
            peers.ForEach(peer => peer.Dispose());
        }
    }

    private static async Task<string?> OddNamesAsync(HostileTarget target, CancellationToken cancellationToken)
    {
        foreach (var name in (string[])["#", "+", "$SYS", "a/+/#", "$share/g/#"])
        {
            using var peer = await RawPeer.ConnectAsync(target, name, ProtocolVersion.V311, cancellationToken).ConfigureAwait(false);
            await peer.SendAsync(ClientPackets.Pingreq, cancellationToken).ConfigureAwait(false);
            if (await peer.ReceiveAsync(cancellationToken).ConfigureAwait(false) is not [0xD0, 0])
            {
                return $"{name} was not served";
            }
        }

        return null;
    }

    private static async Task<string?> SubscribeAndGoAsync(HostileTarget target, CancellationToken cancellationToken)
    {
        var filters = Enumerable.Range(0, 500).Select(i => (Encoding.UTF8.GetBytes($"gone/{i}/+/#"), (byte)2)).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 500).Select(async i =>
        {
            using var peer = await RawPeer.ConnectAsync(target, $"gone-{i}", ProtocolVersion.V5, cancellationToken).ConfigureAwait(false);
            await peer.SendAsync(ClientPackets.Subscribe(1, ProtocolVersion.V5, filters), cancellationToken).ConfigureAwait(false);
        })).ConfigureAwait(false);
        return null;
    }
}
