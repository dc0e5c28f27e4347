using System.Globalization;
using System.Text;
using System.Text.Json;
using Logistics.DeviceGateway.Broker;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceSimulator.Day;

/// <summary>One device that lives its script over the real protocol, and obeys commands.</summary>
/// <remarks>One task runs it. Its random choices come from its own generator in the order of its events, so they repeat with the seed.</remarks>
internal sealed class SimulatedDevice
{
    private const int Window = 16;
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(200);

    /// <summary>Somebody takes a parcel out and shuts the door.</summary>
    private static readonly TimeSpan OpenFor = TimeSpan.FromSeconds(3);

    private readonly DeviceScript _script;
    private readonly DayOptions _options;
    private readonly DayClock _clock;
    private readonly Random _random;
    private readonly string _prefix;
    private readonly LockerState _state = new();
    private readonly Queue<(string Compartment, long Since)> _opened = new();
    private MqttClient? _client;
    private TimeSpan _clockError;

    public SimulatedDevice(DeviceScript script, DayOptions options, DayClock clock, int seed)
    {
        _script = script;
        _options = options;
        _clock = clock;
        _random = new Random(seed);
        _prefix = $"lg/v1/{script.Kind.ToString().ToLowerInvariant()}/{script.Device}";
        Flash = new Flash(options.Boot);
    }

    public string Name => _script.Device;

    public Flash Flash { get; }

    /// <summary>Commands received, by identifier, and how often the device acted on each.</summary>
    public Dictionary<string, int> Acts { get; } = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var step in _script.Steps)
        {
            // Events of one moment go out together.
            if (!_clock.IsDue(step.At))
            {
                await SendAsync(cancellationToken).ConfigureAwait(false);
                await ListenUntilAsync(step.At, cancellationToken).ConfigureAwait(false);
            }

            await DoAsync(step, cancellationToken).ConfigureAwait(false);
        }

        await SendAsync(cancellationToken).ConfigureAwait(false);
        await ListenUntilAsync(_clock.End, cancellationToken).ConfigureAwait(false);
        CloseDoors(TimeSpan.Zero);
        await SendAsync(cancellationToken).ConfigureAwait(false);
        if (_client is not null)
        {
            await _client.DisconnectAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task DoAsync(Step step, CancellationToken cancellationToken)
    {
        if (!step.IsPowerCut)
        {
            Note(step.Message, step.Members);
            return;
        }

        await DropAsync().ConfigureAwait(false);
        Flash.Restart();
        Flash.Inbox = Flash.Inbox.Restart(out var interrupted);
        foreach (var id in interrupted)
        {
            Answer(id, CommandOutcomes.Failed, "power was lost");
        }

        Note("power", "\"state\":\"mains\"");
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Note(string message, string members)
    {
        if (Chance(_options.Misbehaviour.ClockJumps))
        {
            _clockError = TimeSpan.FromMinutes(_random.Next(-120, 121));
        }

        if (_script.Kind == DeviceKind.Locker)
        {
            _state.Follow(message, members);
        }

        var at = (TimeProvider.System.GetUtcNow() + _clockError).ToUnixTimeMilliseconds();
        Flash.Note($"{_prefix}/up/{message}", (boot, sequence) =>
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"boot\":{boot},\"seq\":{sequence},\"at\":{at}{(members.Length > 0 ? "," : "")}{members}}}")));
    }

    /// <summary>Sends until nothing waits, whatever happens to the connection.</summary>
    private async Task SendAsync(CancellationToken cancellationToken)
    {
        while (Flash.Waiting.Count > 0)
        {
            var client = await ConnectedAsync(cancellationToken).ConfigureAwait(false);
            var batch = Disturb([.. Flash.Waiting.Take(Window)]);
            var isDropped = Chance(_options.Misbehaviour.Drops);
            var sending = batch.Select(noted => PublishAsync(client, noted, cancellationToken)).ToArray();
            if (isDropped)
            {
                await DropAsync().ConfigureAwait(false);
            }

            var isAcknowledged = await Task.WhenAll(sending).ConfigureAwait(false);
            for (var i = 0; i < batch.Count; i++)
            {
                if (isAcknowledged[i])
                {
                    Flash.Acknowledge(batch[i]);
                }
            }

            if (!Array.TrueForAll(isAcknowledged, well => well))
            {
                await DropAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task<bool> PublishAsync(MqttClient client, SentEvent noted, CancellationToken cancellationToken)
    {
        try
        {
            // A code of 0x80 or more is an answer too: it is stored, in quarantine.
            await client.PublishAsync(noted.Topic, noted.Payload, 1, null, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private List<SentEvent> Disturb(List<SentEvent> batch)
    {
        var result = new List<SentEvent>(batch.Count);
        foreach (var noted in batch)
        {
            result.Add(noted);
            if (Chance(_options.Misbehaviour.Duplicates))
            {
                result.Add(noted);
            }
        }

        for (var i = 1; i < result.Count; i++)
        {
            if (Chance(_options.Misbehaviour.Reordering))
            {
                (result[i - 1], result[i]) = (result[i], result[i - 1]);
            }
        }

        return result;
    }

    private async Task ListenUntilAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        while (!_clock.IsDue(at))
        {
            CloseDoors(OpenFor);
            await SendAsync(cancellationToken).ConfigureAwait(false);
            var client = await ConnectedAsync(cancellationToken).ConfigureAwait(false);
            var left = _clock.RealTimeUntil(at);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(left < Idle ? left : Idle);
            try
            {
                if (!await client.Deliveries.WaitToReadAsync(patience.Token).ConfigureAwait(false))
                {
                    await DropAsync().ConfigureAwait(false);
                    continue;
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                continue;
            }

            await ObeyAsync(client, cancellationToken).ConfigureAwait(false);
            await SendAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ObeyAsync(MqttClient client, CancellationToken cancellationToken)
    {
        while (client.Deliveries.TryRead(out var delivery))
        {
            Obey(delivery);
            try
            {
                await client.AcknowledgeAsync([delivery], cancellationToken).ConfigureAwait(false);
            }
            catch (IOException)
            {
                // It comes again, and the inbox knows it.
                return;
            }
        }
    }

    private void Obey(MqttDelivery delivery)
    {
        if (ReceivedCommand.TryRead(delivery) is not { } command)
        {
            return;
        }

        // A faulty clock must not fire an old command: a device that cannot trust its clock refuses.
        var now = TimeProvider.System.GetUtcNow() + _clockError;
        Flash.Inbox = Flash.Inbox.Receive(command.Id, command.Token, command.StartBefore, now, out var verdict);
        Acts.TryAdd(command.Id, 0);
        if (!verdict.IsAct)
        {
            Answer(command.Id, verdict.Outcome ?? CommandOutcomes.Duplicate, verdict.Detail);
            return;
        }

        Acts[command.Id]++;
        var isStuck = command.Name == "open" && Chance(_options.Misbehaviour.StuckDoors);
        if (command is { Name: "open", Compartment: { } box })
        {
            var label = JsonSerializer.Serialize(box);
            if (!isStuck)
            {
                _opened.Enqueue((box, TimeProvider.System.GetTimestamp()));
            }

            Note(isStuck ? "fault" : "door", isStuck ? $"\"code\":\"door-stuck\",\"compartment\":{label}" : $"\"compartment\":{label},\"state\":\"open\",\"cause\":\"{command.Id}\"");
        }

        if (command is { Name: "block" or "unblock", Compartment: { } changed })
        {
            _state.SetBlocked(changed, command.Name == "block");
        }

        if (command.Name is "block" or "unblock" or "snapshot?")
        {
            Note("snapshot", _state.Snapshot());
        }

        var outcome = isStuck ? CommandOutcomes.Failed : CommandOutcomes.Done;
        var detail = isStuck ? "the door is stuck" : null;
        Flash.Inbox = Flash.Inbox.Finish(command.Id, outcome, detail);
        Answer(command.Id, outcome, detail);
    }

    private void CloseDoors(TimeSpan openFor)
    {
        while (_opened.TryPeek(out var door) && TimeProvider.System.GetElapsedTime(door.Since) >= openFor)
        {
            _opened.Dequeue();
            Note("door", $"\"compartment\":{JsonSerializer.Serialize(door.Compartment)},\"state\":\"closed\",\"cause\":\"manual\"");
        }
    }

    private void Answer(string id, string outcome, string? detail) =>
        Note("command-result", $"\"command\":{JsonSerializer.Serialize(id)},\"outcome\":\"{outcome}\"{(detail is null ? "" : $",\"detail\":\"{detail}\"")}");

    private async Task<MqttClient> ConnectedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_client is { Closed.IsCompleted: false } live)
            {
                return live;
            }

            await DropAsync().ConfigureAwait(false);
            try
            {
                _client = await MqttClient.ConnectAsync(_options.Endpoint, Request(), TimeProvider.System, cancellationToken).ConfigureAwait(false);
                await _client.SubscribeAsync([$"{_prefix}/down/#"], 1, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException)
            {
                await Task.Delay(ReconnectPause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private ConnectRequest Request() => new(
        Encoding.UTF8.GetBytes(Name),
        ProtocolVersion.V5,
        CleanStart: false,
        KeepAliveSeconds: 60,
        SessionExpirySeconds: 3600,
        UserName: _options.PasswordOf(Name) is null ? null : Encoding.UTF8.GetBytes(Name),
        Password: _options.PasswordOf(Name) is { } password ? Encoding.UTF8.GetBytes(password) : null);

    private async ValueTask DropAsync()
    {
        if (_client is { } client)
        {
            _client = null;
            await client.DisposeAsync().ConfigureAwait(false);
        }
    }

    private bool Chance(double probability) => probability > 0 && _random.NextDouble() < probability;
}
