using System.Globalization;
using System.Text.Json;
using Logistics.DeviceGateway.Commands;
using Logistics.DeviceGateway.Tests.Wire;
using Logistics.Domain;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Wire;
using Logistics.Storage;
using Logistics.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.DeviceGateway.Tests;

/// <summary>A gateway with the dispatcher over a real store, and a clock the test moves.</summary>
internal sealed class CommandLab : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<DeviceCommand> _changes = [];
    private RunningGateway _gateway = null!;
    private LogisticsStorage _storage = null!;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sequence;

    public ManualTimeProvider Time { get; } = new();

    public RunningGateway Gateway => _gateway;

    public CommandDispatcher Dispatcher => _gateway.Services.GetRequiredService<CommandDispatcher>();

    public static async Task<CommandLab> StartAsync()
    {
        var lab = new CommandLab();
        await lab.StartGatewayAsync();
        return lab;
    }

    /// <summary>Stops everything and starts it again over the same disks.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartGatewayAsync();
    }

    public WirePeer ConnectDevice(string device = "ter_1")
    {
        var peer = new WirePeer(_gateway.Port);
        Assert.Equal(0, peer.Connect(device, ProtocolVersion.V311, request => request with { CleanStart = false })![3]);
        return peer;
    }

    public async Task<DeviceCommand> OrderAsync(CommandKind kind = CommandKind.Open, TimeSpan? life = null)
    {
        var now = Time.GetUtcNow();
        var command = new DeviceCommand(
            _storage.Ids.New(IdPrefix.Command), "ter_1", DeviceKind.Locker, kind, "A01", null, "token", "usr_1", "a test", now, now + (life ?? TimeSpan.FromMinutes(2)));
        await _storage.WriteAsync(db => _storage.Commands.CreateAsync(db, command, new Actor("usr_1", "a test")));
        Dispatcher.Submit(command);
        return command;
    }

    /// <summary>Publishes the device's answer and hears it acknowledged.</summary>
    public void Answer(WirePeer peer, string commandId, string outcome, string device = "ter_1")
    {
        var sequence = ++_sequence;
        var payload = string.Create(CultureInfo.InvariantCulture, $$"""{"boot":1,"seq":{{sequence}},"command":"{{commandId}}","outcome":"{{outcome}}"}""");
        Assert.NotNull(peer.Publish($"lg/v1/locker/{device}/up/command-result", Packets.Utf8(payload), 1, (ushort)sequence));
    }

    public static string IdIn(string payload)
    {
        using var document = JsonDocument.Parse(payload);
        return document.RootElement.GetProperty("command").GetString()!;
    }

    /// <summary>Waits until the command has been in that state.</summary>
    public async Task<DeviceCommand> WaitForAsync(string id, CommandState state, int attempts = 0)
    {
        while (true)
        {
            Task next;
            lock (_changes)
            {
                if (_changes.FindLast(c => c.Id == id && c.State == state && c.Attempts >= attempts) is { } found)
                {
                    return found;
                }

                next = _changed.Task;
            }

            // A gateway that starts may have changed the command before anybody could listen.
            if (await _storage.ReadAsync(db => _storage.Commands.FindAsync(db, id)) is { } stored && stored.State == state && stored.Attempts >= attempts) return stored;
            await next.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private async Task StartGatewayAsync()
    {
        _storage = await LogisticsStorage.OpenAsync(new StorageOptions(_folder.File("logistics.db")) { DataFolder = _folder.FullName }, Time);
        _gateway = await RunningGateway.StartAsync(GatewayOptions.Open, _folder.FullName, services =>
        {
            services.AddSingleton<TimeProvider>(Time);
            services.AddSingleton<ICommandStore>(new StoredCommands(_storage));
        }, configureLast: services => services.AddDeviceCommands());
        Dispatcher.Changed += (_, change) => OnChanged(change.Command);
    }

    private async Task StopAsync()
    {
        await _gateway.DisposeAsync();
        await _storage.DisposeAsync();
    }

    private void OnChanged(DeviceCommand command)
    {
        lock (_changes)
        {
            _changes.Add(command);
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
