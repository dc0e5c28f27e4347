using System.Threading.Channels;
using Logistics.DeviceGateway.Alarms;
using Logistics.DeviceGateway.Ingest;
using Logistics.DeviceGateway.Meaning;
using Logistics.DeviceGateway.Observing;
using Logistics.Domain;
using Logistics.Domain.Devices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Logistics.DeviceGateway.Twins;

/// <summary>Follows the event log and the connections, and keeps twins and alarms: one loop, one transaction a round.</summary>
/// <remarks>
/// The position of the log is saved with the twins, so a crash repeats at most the last round; projecting an event twice changes
/// nothing. When the store fails the loop starts again from what is stored.
/// </remarks>
public sealed class TwinKeeper(EventFeed feed, ITwinStore store, TwinBook book, AlarmSettingsBook settings, IdFactory ids, TimeProvider time, ILogger<TwinKeeper> log)
    : IHostedService, IAsyncDisposable
{
    private const int MaximumRound = 2000;
    private const int CachedTwins = 2000;
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly AlarmBook _alarms = new(ids);
    private readonly TwinCache _twins = new(store, CachedTwins);
    private readonly Dictionary<string, DeviceConnection> _connections = new(StringComparer.Ordinal);
    private Task _run = Task.CompletedTask;

    /// <summary>Loads what is stored, so that a page opened with the host shows it at once.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // The watcher must be there before the first device connects.
        var connections = Channel.CreateUnbounded<DeviceConnection>();
        var watching = PumpConnectionsAsync(connections.Writer);
        await LoadAsync(cancellationToken).ConfigureAwait(false);
        await ForgetConnectionsAsync(cancellationToken).ConfigureAwait(false);
        _run = Task.WhenAll(watching, Task.Run(() => RunAsync(connections.Reader), CancellationToken.None));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _run.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        _stop.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task RunAsync(ChannelReader<DeviceConnection> connections)
    {
        while (!_stop.IsCancellationRequested)
        {
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            var inputs = Channel.CreateBounded<KeeperInput>(MaximumRound * 2);
            var pumps = Task.WhenAll(PumpEventsAsync(inputs.Writer, attempt.Token), MoveConnectionsAsync(connections, inputs.Writer, attempt.Token), TickAsync(inputs.Writer, attempt.Token));
            try
            {
                await KeepAsync(inputs.Reader, attempt.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                GatewayLog.TwinsFailed(log, e);
            }
            finally
            {
                await attempt.CancelAsync().ConfigureAwait(false);
                await pumps.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await Task.Delay(RetryDelay, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ReloadAsync().ConfigureAwait(false);
        }
    }

    private async Task KeepAsync(ChannelReader<KeeperInput> inputs, CancellationToken cancellationToken)
    {
        await ReplayConnectionsAsync(cancellationToken).ConfigureAwait(false);
        while (await inputs.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var round = new Round();
            while (round.Count < MaximumRound && inputs.TryRead(out var input))
            {
                await TakeAsync(round, input, cancellationToken).ConfigureAwait(false);
            }

            await SaveAsync(round, cancellationToken).ConfigureAwait(false);
            _twins.Trim();
        }
    }

    private async ValueTask TakeAsync(Round round, KeeperInput input, CancellationToken cancellationToken)
    {
        round.Count++;
        if (input.Connection is { } connection)
        {
            _connections[connection.Device] = connection;
            var live = await TouchAsync(round, connection.Device, connection.Kind, cancellationToken).ConfigureAwait(false);
            var known = round.Summaries.GetValueOrDefault(connection.Device) ?? book.Find(connection.Device) ?? DeviceSummary.Of(live.Twin, null);
            round.Summaries[connection.Device] = known with { IsConnected = connection.IsConnected, ConnectionUnixMs = connection.AtUnixMs };
        }
        else if (input.Event is { } stored)
        {
            round.Position = stored.Position;
            if (stored.Kind == DeviceKind.Unknown)
            {
                return;
            }

            round.Events.Add(stored);
            var live = await TouchAsync(round, stored.Device, stored.Kind, cancellationToken).ConfigureAwait(false);
            live.Remember(stored.Position);
            if (DeviceReports.Read(stored) is { } report)
            {
                live.Twin = TwinProjection.Apply(live.Twin, report);
                if (report is PositionReport position)
                {
                    round.Track.Add(new TrackPoint(stored.Device, stored.AtUnixMs, stored.Boot, stored.Sequence, position.Point, position.SpeedMetresPerSecond, position.HeadingDegrees, position.AccuracyMetres));
                }
            }
        }
        else
        {
            round.IsTick = true;
        }
    }

    private async ValueTask<LiveTwin> TouchAsync(Round round, string device, DeviceKind kind, CancellationToken cancellationToken)
    {
        if (!round.Twins.TryGetValue(device, out var live))
        {
            round.Twins[device] = live = await _twins.GetAsync(device, kind, cancellationToken).ConfigureAwait(false);
        }

        return live;
    }

    private async Task SaveAsync(Round round, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = new List<TwinRow>(round.Twins.Count);
        foreach (var (device, live) in round.Twins)
        {
            var summary = DeviceSummary.Of(live.Twin, round.Summaries.GetValueOrDefault(device) ?? book.Find(device));
            round.Summaries[device] = summary;
            rows.Add(new TwinRow(device, live.Twin.Kind, TwinJson.Write(live.Twin), TwinJson.Write(summary), live.FormatRecent()));
        }

        var (raised, ended) = (new List<DeviceAlarm>(), new List<DeviceAlarm>());
        foreach (var device in round.IsTick ? book.Devices.Select(d => round.Summaries.GetValueOrDefault(d.Device) ?? d).Concat(round.Summaries.Values).DistinctBy(d => d.Device) : round.Summaries.Values)
        {
            _alarms.Update(device, now, settings.Current, raised, ended);
        }

        var position = Math.Max(round.Position, book.Position);
        if (rows.Count > 0 || raised.Count > 0 || ended.Count > 0 || position > book.Position)
        {
            await store.SaveAsync(new TwinChanges(position, rows, round.Track, raised, ended), cancellationToken).ConfigureAwait(false);
            foreach (var alarm in raised.Concat(ended).Where(a => !round.Summaries.ContainsKey(a.Device)))
            {
                round.Summaries[alarm.Device] = book.Find(alarm.Device)!;
            }

            book.Publish(position, new TwinNews([.. round.Summaries.Values], round.Events, raised, ended), device => _alarms.ListOpen(device).Count);
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var state = await store.LoadAsync(cancellationToken).ConfigureAwait(false);
        _twins.Clear();
        _alarms.Restore(state.OpenAlarms);
        book.Load(state.Position, state.Summaries.Select(s => TwinJson.ReadSummary(s.Summary)), state.OpenAlarms);
    }

    private async Task ReloadAsync()
    {
        try
        {
            await LoadAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            GatewayLog.TwinsFailed(log, e);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    /// <summary>Who came and went in a round that could not be saved: this process knows it, the store and the log do not.</summary>
    private async Task ReplayConnectionsAsync(CancellationToken cancellationToken)
    {
        var round = new Round();
        foreach (var connection in _connections.Values.Where(c => book.Find(c.Device) is not { } known || (known.IsConnected, known.ConnectionUnixMs) != (c.IsConnected, c.AtUnixMs)).ToList())
        {
            await TakeAsync(round, new KeeperInput(null, connection), cancellationToken).ConfigureAwait(false);
        }

        await SaveAsync(round, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>After a start nobody is connected yet, whatever the last process believed.</summary>
    private async Task ForgetConnectionsAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var round = new Round();
        foreach (var device in book.Devices.Where(d => d.IsConnected).ToList())
        {
            await TakeAsync(round, new KeeperInput(null, new DeviceConnection(device.Device, device.Kind, IsConnected: false, now)), cancellationToken).ConfigureAwait(false);
        }

        await SaveAsync(round, cancellationToken).ConfigureAwait(false);
        _twins.Trim();
    }

    private async Task PumpEventsAsync(ChannelWriter<KeeperInput> inputs, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var stored in feed.FollowAsync(book.Position, cancellationToken).ConfigureAwait(false))
            {
                await inputs.WriteAsync(new KeeperInput(stored, null), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            inputs.TryComplete(e);
        }
    }

    private async Task PumpConnectionsAsync(ChannelWriter<DeviceConnection> connections)
    {
        try
        {
            await foreach (var change in feed.WatchConnectionsAsync(_stop.Token).ConfigureAwait(false))
            {
                connections.TryWrite(change);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private static async Task MoveConnectionsAsync(ChannelReader<DeviceConnection> connections, ChannelWriter<KeeperInput> inputs, CancellationToken cancellationToken)
    {
        while (await connections.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (connections.TryRead(out var change))
            {
                if (change.Kind != DeviceKind.Unknown)
                {
                    await inputs.WriteAsync(new KeeperInput(null, change), cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task TickAsync(ChannelWriter<KeeperInput> inputs, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TickInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            await inputs.WriteAsync(default, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>An event, a connection change, or neither: look at the clock.</summary>
    private readonly record struct KeeperInput(DeviceEvent? Event, DeviceConnection? Connection);

    private sealed class Round
    {
        public int Count { get; set; }

        public bool IsTick { get; set; }

        /// <summary>0 when no event came.</summary>
        public long Position { get; set; }

        public Dictionary<string, LiveTwin> Twins { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, DeviceSummary> Summaries { get; } = new(StringComparer.Ordinal);

        public List<DeviceEvent> Events { get; } = [];

        public List<TrackPoint> Track { get; } = [];
    }
}
