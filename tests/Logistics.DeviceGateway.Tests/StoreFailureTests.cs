using Logistics.DeviceGateway.Tests.Wire;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Wire;
using Logistics.Storage.Devices;
using Logistics.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.DeviceGateway.Tests;

public sealed class StoreFailureTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Failed_commit_is_never_acknowledged(bool isPermanent)
    {
        using var folder = new TemporaryFolder();
        using var store = new FaultyStore(new SqliteDeviceStore(folder.File("device-log.db")));
        await using var gateway = await RunningGateway.StartAsync(GatewayOptions.Open, folder.FullName, services => services.AddSingleton<IDeviceStore>(store));
        using var device = new WirePeer(gateway.Port);
        using var bystander = new WirePeer(gateway.Port);
        device.Connect("ter_1", ProtocolVersion.V5);
        bystander.Connect("ter_2", ProtocolVersion.V5);
        store.Fault = new DeviceStoreException("the disk is on fire", isPermanent);
        device.Send(WirePeer.PublishBytes("t", "x"u8, 1, 1, version: ProtocolVersion.V5));
        Assert.Null(device.Receive());
        Assert.True(device.IsClosed);
        Assert.True(bystander.WaitForClose());
        Assert.False(gateway.Gateway.IsHealthy);

        using var early = new WirePeer(gateway.Port);
        Assert.Equal([0x20, 3, 0, (byte)ReasonCode.ServerUnavailable, 0], early.Connect("ter_1", ProtocolVersion.V5));
        store.Fault = null;
        var isServed = await TryUntilServedAsync(gateway);
        Assert.Equal(!isPermanent, isServed);
        if (isServed)
        {
            using var later = new WirePeer(gateway.Port);
            later.Connect("ter_1", ProtocolVersion.V311);
            Assert.Equal([0x40, 2, 0, 1], later.Publish("t", "x"u8, 1, 1));
            Assert.Single(store.ReadEvents(0, 10));
        }
    }

    // The gateway tries again at its sweep, once a second; three sweeps are enough to tell.
    private static async Task<bool> TryUntilServedAsync(RunningGateway gateway)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var i = 0; i < 30 && await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken); i++)
        {
            if (gateway.Gateway.IsHealthy)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The real store, with a fault to switch on.</summary>
    private sealed class FaultyStore(SqliteDeviceStore inner) : IDeviceStore
    {
        public DeviceStoreException? Fault { get; set; }

        public DeviceStoreState Load() => Fault is null ? inner.Load() : throw Fault;

        public void Commit(DeviceWriteSet set)
        {
            if (Fault is not null)
            {
                throw Fault;
            }

            inner.Commit(set);
        }

        public IReadOnlyList<SequenceMark> ListMarks(string device) => inner.ListMarks(device);

        public void Maintain() => inner.Maintain();

        public IReadOnlyList<DeviceEvent> ReadEvents(long afterPosition, int limit) => inner.ReadEvents(afterPosition, limit);

        public IReadOnlyList<DeviceEvent> ReadEvents(IReadOnlyList<long> positions) => inner.ReadEvents(positions);

        public IReadOnlyList<DeviceEvent> ReadQuarantine(long beforePosition, int limit, string? device) => inner.ReadQuarantine(beforePosition, limit, device);

        public void Dispose() => inner.Dispose();
    }
}
