using System.Text;
using Logistics.DeviceGateway.Alarms;
using Logistics.DeviceGateway.Tests.Wire;
using Logistics.DeviceGateway.Twins;
using Logistics.Domain;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Wire;
using Logistics.Storage;
using Logistics.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.DeviceGateway.Tests.Twins;

/// <summary>The keeper over a real gateway, a real log and a real store, restarted and made to fail.</summary>
public sealed class TwinKeeperTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private LogisticsStorage _storage = null!;

    public async ValueTask InitializeAsync() =>
        _storage = await LogisticsStorage.OpenAsync(new StorageOptions(_folder.File("main.db")) { DataFolder = _folder.FullName }, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Restart_goes_on_where_it_stopped_and_nobody_is_connected_then()
    {
        await using (var gateway = await StartAsync(new DurableTwins(_storage)))
        {
            using var locker = DeviceAccounts.Connect(gateway, "ter_1", ProtocolVersion.V311);
            Publish(locker, 0, "open");
            Publish(locker, 1, "closed");
            await WaitForAsync(gateway, d => d is { IsConnected: true, Compartments: 1, OpenDoors.Count: 0 });
        }

        var stored = await new DurableTwins(_storage).LoadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, stored.Position);
        await using var again = await StartAsync(new DurableTwins(_storage));
        var book = again.Services.GetRequiredService<TwinBook>();
        Assert.Equal((2L, false, 1), (book.Position, book.Find("ter_1")!.IsConnected, book.Find("ter_1")!.Compartments));
        using (var locker = DeviceAccounts.Connect(again, "ter_1", ProtocolVersion.V311))
        {
            Publish(locker, 2, "open");
            await WaitForAsync(again, d => d is { IsConnected: true, OpenDoors.Count: 1 });
        }

        var twin = TwinJson.Read((await new DurableTwins(_storage).FindAsync("ter_1", TestContext.Current.CancellationToken))!.Doc);
        Assert.Equal((DoorState.Open, 2L, 1L), (twin.Compartments[0].Door!.Now.Value, twin.Compartments[0].Door!.Now.Sequence, twin.Compartments[0].Door!.Before!.Sequence));
    }

    [Fact]
    public async Task Round_that_could_not_be_saved_is_made_again_from_what_is_stored()
    {
        var flaky = new FlakyTwins(new DurableTwins(_storage));
        await using var gateway = await StartAsync(flaky);
        using var locker = DeviceAccounts.Connect(gateway, "ter_1", ProtocolVersion.V311);
        Publish(locker, 0, "open");
        await WaitForAsync(gateway, d => d.OpenDoors.Count == 1);
        flaky.FailuresLeft = 2;
        Publish(locker, 1, "closed");
        await WaitForAsync(gateway, d => d is { OpenDoors.Count: 0, Compartments: 1, IsConnected: true });
        Assert.Equal(0, flaky.FailuresLeft);
        var row = await flaky.FindAsync("ter_1", TestContext.Current.CancellationToken);
        Assert.Equal([1L, 2L], row!.ListRecent());
    }

    private Task<RunningGateway> StartAsync(ITwinStore store) => RunningGateway.StartAsync(
        new GatewayOptions(), _folder.FullName, services => DeviceAccounts.Add(services, "ter_1"),
        configureLast: services => services.AddSingleton(store).AddSingleton<TwinBook>().AddSingleton<AlarmSettingsBook>().AddSingleton(_storage.Ids).AddHostedService<TwinKeeper>());

    private static void Publish(WirePeer locker, long seq, string state)
    {
        var payload = $$"""{"boot":1,"seq":{{seq}},"at":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}},"compartment":"S01","state":"{{state}}"}""";
        Assert.Equal([0x40, 2, 0, (byte)(seq + 1)], locker.Publish("lg/v1/locker/ter_1/up/door", Encoding.UTF8.GetBytes(payload), 1, (ushort)(seq + 1)));
    }

    private static async Task WaitForAsync(RunningGateway gateway, Func<DeviceSummary, bool> isThere)
    {
        var book = gateway.Services.GetRequiredService<TwinBook>();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        book.Read(news =>
        {
            if (news.Devices.Any(isThere))
            {
                done.TrySetResult();
            }
        });
        if (book.Find("ter_1") is not { } known || !isThere(known))
        {
            await done.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
    }

    private sealed class FlakyTwins(ITwinStore inner) : ITwinStore
    {
        public int FailuresLeft { get; set; }

        public Task<TwinStoreState> LoadAsync(CancellationToken cancellationToken) => inner.LoadAsync(cancellationToken);

        public Task<TwinRow?> FindAsync(string device, CancellationToken cancellationToken) => inner.FindAsync(device, cancellationToken);

        public Task SaveAsync(TwinChanges changes, CancellationToken cancellationToken)
        {
            if (FailuresLeft == 0)
            {
                return inner.SaveAsync(changes, cancellationToken);
            }

            FailuresLeft--;
            throw new StorageException(StorageFault.Busy, "busy");
        }
    }
}
