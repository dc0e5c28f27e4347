using System.Net;
using System.Net.Sockets;
using Logistics.DeviceGateway.Tests.Wire;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Tests;

/// <summary>Runs alone: it reads the allocations of the whole process.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    /// <summary>Bytes per durable QoS 1 publish, from socket to commit to PUBACK. What is left is per read and per commit, shared by a window of 16.</summary>
    private const int Budget = 64;

    [Fact]
    public async Task Durable_publish_stays_within_its_allocation_budget()
    {
        await using var gateway = await RunningGateway.StartOpenAsync();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Port, TestContext.Current.CancellationToken);
        socket.Send(ClientPackets.Connect(new ConnectRequest("frugal"u8.ToArray(), ProtocolVersion.V311)));
        var answer = new byte[64];
        Fill(socket, answer.AsSpan(0, 4));
        const int window = 16;
        var bytes = Enumerable.Range(1, window).SelectMany(id => WirePeer.PublishBytes("t", new byte[200], 1, (ushort)id)).ToArray();
        Run(socket, bytes, answer, 300);
        const int rounds = 1000;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Run(socket, bytes, answer, rounds);
        var perPublish = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)(rounds * window);
        TestContext.Current.TestOutputHelper?.WriteLine($"{perPublish:F1} bytes per publish");
        Assert.InRange(perPublish, 0, Budget);
    }

    private static void Run(Socket socket, byte[] bytes, byte[] answer, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            socket.Send(bytes);
            Fill(socket, answer.AsSpan(0, 64));
        }
    }

    private static void Fill(Socket socket, Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            buffer = buffer[socket.Receive(buffer)..];
        }
    }
}
