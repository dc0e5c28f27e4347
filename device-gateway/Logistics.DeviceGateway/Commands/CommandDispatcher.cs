using System.Threading.Channels;
using Logistics.DeviceGateway.Hub;
using Logistics.DeviceGateway.Meaning;
using Logistics.DeviceGateway.Observing;
using Logistics.Domain.Devices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Logistics.DeviceGateway.Commands;

/// <summary>Brings commands to their devices and their answers back: it runs <see cref="CommandTransitions"/> against the real world.</summary>
/// <remarks>
/// One loop owns the open commands. Each new state is on disk before anything follows from it, so a crash at any point is one of
/// the interleavings the model has explored. A command leaves the store only for a device that is connected: until then it can be
/// withdrawn, and it expires here.
/// </remarks>
public sealed class CommandDispatcher : BackgroundService
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    /// <summary>Events read again after a restart, at most: answers are absorbed when they come twice.</summary>
    private const long CursorStride = 10_000;

    private readonly Channel<CommandSignal> _signals = Channel.CreateUnbounded<CommandSignal>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<string, DeviceCommand> _open = new(StringComparer.Ordinal);
    private readonly IDeviceGateway _gateway;
    private readonly ICommandStore _store;
    private readonly CommandRules _rules;
    private readonly TimeProvider _time;
    private readonly ILogger<CommandDispatcher> _log;

    public CommandDispatcher(IDeviceGateway gateway, ICommandStore store, CommandRules rules, TimeProvider time, ILogger<CommandDispatcher> log)
    {
        _gateway = gateway;
        _store = store;
        _rules = rules;
        _time = time;
        _log = log;
    }

    /// <summary>Raised on the dispatcher's loop after a new state is on disk; handlers must be quick.</summary>
    public event EventHandler<CommandChangedEventArgs>? Changed;

    /// <summary>Takes over a command that has just been stored.</summary>
    public void Submit(DeviceCommand command) => _signals.Writer.TryWrite(new CommandSignal.Submitted(command));

    /// <summary>Withdraws a command, if it has not been handed on.</summary>
    /// <returns>The command as it is now: Cancelled, or whatever kept it from being so; null for an unknown or finished one.</returns>
    public Task<DeviceCommand?> WithdrawAsync(string commandId, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<DeviceCommand?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _signals.Writer.TryWrite(new CommandSignal.Withdrawn(commandId, done));
        return done.Task.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = _time.CreateTimer(_ => _signals.Writer.TryWrite(new CommandSignal.Tick()), null, TickInterval, TickInterval);
        var arrivals = RetryAsync(() => WatchArrivalsAsync(stoppingToken), stoppingToken);
        try
        {
            await RetryAsync(() => LoadAsync(stoppingToken), stoppingToken).ConfigureAwait(false);
            var answers = RetryAsync(() => FollowAnswersAsync(stoppingToken), stoppingToken);
            await foreach (var signal in _signals.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
            {
                await RetryAsync(() => HandleAsync(signal, stoppingToken), stoppingToken).ConfigureAwait(false);
            }

            await Task.WhenAll(arrivals, answers).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Everything that matters is on disk.
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var command in await _store.ListUnfinishedAsync(cancellationToken).ConfigureAwait(false))
        {
            _open[command.Id] = command;
            await ApplyAsync(command, new CommandInput.Restarted(), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WatchArrivalsAsync(CancellationToken cancellationToken)
    {
        await foreach (var change in _gateway.Feed.WatchConnectionsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (change.IsConnected)
            {
                _signals.Writer.TryWrite(new CommandSignal.Arrived(change.Device));
            }
        }
    }

    private async Task FollowAnswersAsync(CancellationToken cancellationToken)
    {
        var cursor = await _store.ReadCursorAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var e in _gateway.Feed.FollowAsync(cursor, cancellationToken).ConfigureAwait(false))
        {
            // What a device did does not depend on what it thinks the time is.
            var isBelieved = !e.IsQuarantined || MeaningInspector.IsClockFault(e.QuarantineReason);
            var answer = isBelieved && string.Equals(e.Message, CommandAnswer.Message, StringComparison.Ordinal) ? CommandAnswer.TryRead(e.Payload) : null;
            if (answer is not null)
            {
                _signals.Writer.TryWrite(new CommandSignal.Answered(e.Device, answer));
            }

            if (answer is not null || e.Position >= cursor + CursorStride)
            {
                cursor = e.Position;
                _signals.Writer.TryWrite(new CommandSignal.ReadTo(cursor));
            }
        }
    }

    private async Task HandleAsync(CommandSignal signal, CancellationToken cancellationToken)
    {
        switch (signal)
        {
            case CommandSignal.Submitted submitted:
                _open.TryAdd(submitted.Command.Id, submitted.Command);
                // With the older ones, so that they leave in the order they were given.
                await TurnDeviceAsync(submitted.Command.Device, cancellationToken).ConfigureAwait(false);
                break;
            case CommandSignal.Arrived arrived:
                await TurnDeviceAsync(arrived.Device, cancellationToken).ConfigureAwait(false);
                break;
            case CommandSignal.Tick:
                await TurnAllAsync(static _ => true, cancellationToken).ConfigureAwait(false);
                break;
            case CommandSignal.Ended ended when _open.TryGetValue(ended.CommandId, out var command):
                await ApplyAsync(command, ended.Input, cancellationToken).ConfigureAwait(false);
                break;
            case CommandSignal.Answered answered:
                await AnswerAsync(answered, cancellationToken).ConfigureAwait(false);
                break;
            case CommandSignal.ReadTo read:
                await _store.SaveCursorAsync(read.Position, cancellationToken).ConfigureAwait(false);
                break;
            case CommandSignal.Withdrawn withdrawn:
                var isOpen = _open.TryGetValue(withdrawn.CommandId, out var wanted);
                withdrawn.Done.TrySetResult(isOpen ? await ApplyAsync(wanted!, new CommandInput.Withdrawn(), cancellationToken).ConfigureAwait(false) : null);
                break;
            default:
                // The end of an attempt of a command that is finished.
                break;
        }
    }

    private async Task AnswerAsync(CommandSignal.Answered answered, CancellationToken cancellationToken)
    {
        var id = answered.Answer.CommandId;
        if (!_open.TryGetValue(id, out var command))
        {
            // A late answer still settles what was given up.
            command = await _store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        }

        // Only the device that was asked can answer.
        if (command is not null && string.Equals(command.Device, answered.Device, StringComparison.Ordinal))
        {
            await ApplyAsync(command, new CommandInput.Answered(answered.Answer.Outcome, answered.Answer.Detail), cancellationToken).ConfigureAwait(false);
        }
    }

    private Task TurnDeviceAsync(string device, CancellationToken cancellationToken) =>
        TurnAllAsync(command => string.Equals(command.Device, device, StringComparison.Ordinal), cancellationToken);

    private async Task TurnAllAsync(Func<DeviceCommand, bool> isMeant, CancellationToken cancellationToken)
    {
        // In the order they were given: identifiers sort by time.
        foreach (var command in _open.Values.Where(isMeant).OrderBy(command => command.Id, StringComparer.Ordinal).ToArray())
        {
            await TurnAsync(command, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<DeviceCommand> TurnAsync(DeviceCommand command, CancellationToken cancellationToken) =>
        ApplyAsync(command, new CommandInput.Turn(_gateway.IsConnected(command.Device)), cancellationToken);

    private async Task<DeviceCommand> ApplyAsync(DeviceCommand command, CommandInput input, CancellationToken cancellationToken)
    {
        var step = CommandTransitions.Apply(command, input, _rules, _time.GetUtcNow());
        if (step.Next == command)
        {
            return command;
        }

        await _store.SaveAsync(step.Next, cancellationToken).ConfigureAwait(false);
        if (step.Next.IsFinished)
        {
            _open.Remove(command.Id);
        }
        else
        {
            _open[command.Id] = step.Next;
        }

        Changed?.Invoke(this, new CommandChangedEventArgs(step.Next));
        if (step.IsSend)
        {
            await SendAsync(step.Next, cancellationToken).ConfigureAwait(false);
        }

        return step.Next;
    }

    private async Task SendAsync(DeviceCommand command, CancellationToken cancellationToken)
    {
        var payload = CommandMessage.Write(command, _rules, _time.GetUtcNow());
        var receipt = await _gateway.SendNowAsync(command.Device, CommandMessage.TopicOf(command), payload, _rules.StartBefore(command), cancellationToken).ConfigureAwait(false);
        _ = ReportAsync(command.Id, command.Attempts, receipt.Delivery);
    }

    private async Task ReportAsync(string commandId, int attempt, Task<DeliveryOutcome> delivery)
    {
        CommandInput input = await delivery.ConfigureAwait(false) switch
        {
            DeliveryOutcome.Acknowledged => new CommandInput.Acknowledged(attempt),
            DeliveryOutcome.Expired or DeliveryOutcome.NoSession or DeliveryOutcome.NotConnected or DeliveryOutcome.QueueFull => new CommandInput.NeverLeft(attempt),
            _ => new CommandInput.Unconfirmed(attempt),
        };
        _signals.Writer.TryWrite(new CommandSignal.Ended(commandId, input));
    }

    /// <summary>The store may fail for a while; what is to be done is then done later, never dropped.</summary>
    private async Task RetryAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await work().ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                GatewayLog.CommandsStalled(_log, e);
                await Task.Delay(TickInterval, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}

/// <summary>A command in its new state.</summary>
public sealed class CommandChangedEventArgs(DeviceCommand command) : EventArgs
{
    public DeviceCommand Command { get; } = command;
}
