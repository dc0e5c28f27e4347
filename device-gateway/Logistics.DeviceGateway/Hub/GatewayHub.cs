using Logistics.DeviceGateway.Connections;
using Logistics.DeviceGateway.Ingest;
using Logistics.DeviceGateway.Observing;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;
using Microsoft.Extensions.Logging;

namespace Logistics.DeviceGateway.Hub;

/// <summary>The gateway's one writer: a thread that applies what connections send and commits it in groups.</summary>
/// <remarks>
/// A round drains what has arrived, applies it to the sessions in memory while acknowledgements and deliveries pile up
/// unflushed in the connections' pipes, commits once, and only then flushes. Nothing lingers to fill a group: the fsync of one
/// round is the time in which the next one gathers.
/// </remarks>
internal sealed class GatewayHub : IDisposable
{
    /// <summary>Bounds a round whose batches hold no events, so that deliveries and pings leave in time.</summary>
    private const int MaximumBatchesInGroup = 1024;

    private readonly HubInbox _inbox = new();
    private readonly HubState _state;
    private readonly DurableState _durable;
    private readonly OpFlow _ops;
    private readonly EventFeed _feed;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly OpBatchPool _pool;
    private readonly SessionFlow _sessions;
    private readonly PublishFlow _publish;
    private readonly Delivery _delivery;
    private readonly KeepAliveSweep _sweep;
    private readonly List<OpBatch> _batches = [];
    private readonly List<ClientConnection> _dirty = [];
    private readonly List<HubCompletion> _completions = [];
    private readonly HashSet<ClientConnection> _connections = [];
    private readonly CutClients _cuts;
    private readonly Thread _thread;
    private long _queuedBytes;
    private volatile bool _isStopping;

    public GatewayHub(GatewayOptions options, IDeviceStore store, EventFeed feed, GatewayMetrics metrics, TimeProvider time, ILogger log, OpBatchPool pool)
    {
        _feed = feed;
        _time = time;
        _log = log;
        _pool = pool;
        _cuts = new CutClients(time);
        _state = new HubState(options, metrics);
        _delivery = new Delivery(_state);
        Router = new Router(_state, _delivery);
        var subscribe = new SubscribeFlow(_state, _delivery);
        _sessions = new SessionFlow(_state, _delivery, Router, subscribe);
        _publish = new PublishFlow(_state, Router, store);
        _ops = new OpFlow(_sessions, _publish, subscribe, _delivery);
        _durable = new DurableState(store, _state, _sessions, time, log);
        _sweep = new KeepAliveSweep(options, time);
        _thread = new Thread(Run) { Name = "gateway-committer", IsBackground = true };
    }

    /// <summary>False while the store has failed: new connections are refused and nothing is acknowledged.</summary>
    public bool IsHealthy => _durable.IsHealthy;

    public bool IsOverloaded => Interlocked.Read(ref _queuedBytes) > _state.Options.MaximumQueuedBytes;

    public int ConnectionCount => _connections.Count;

    public long Timestamp => _time.GetTimestamp();

    /// <summary>Drawn at the beginning of a handshake. Any thread.</summary>
    public long NextTicket() => _cuts.NextTicket();

    public Router Router { get; }

    public HubState State => _state;

    /// <summary>Loads the store and begins.</summary>
    /// <exception cref="DeviceStoreException">The store cannot be used.</exception>
    public void Start()
    {
        _durable.Load();
        _thread.Start();
    }

    /// <summary>Ends every connection and stops after a last commit.</summary>
    public void Stop()
    {
        if (_isStopping)
        {
            return;
        }

        Enqueue(new HubAction(hub => hub.BreakAll(BreakReason.ShuttingDown)));
        _isStopping = true;
        Enqueue(new HubAction(static _ => { }));
        if (_thread.IsAlive)
        {
            _thread.Join();
        }
    }

    public void Dispose()
    {
        Stop();
        _inbox.Dispose();
    }

    public void Enqueue(HubItem item)
    {
        if (item is OpBatch batch)
        {
            Interlocked.Add(ref _queuedBytes, batch.Length);
        }

        _inbox.Enqueue(item);
    }

    /// <summary>Asks for a flush after the commit.</summary>
    public void MarkDirty(ClientConnection connection) => _dirty.Add(connection);

    /// <summary>Runs an action once the current group is on disk, or when it has failed.</summary>
    public void AfterCommit(Action<bool> action) => _completions.Add(new HubCompletion(action));

    /// <param name="isOnlyNow">Not for a session whose client is away.</param>
    public DeliveryOutcome? Send(string clientId, StoredMessage message, bool isOnlyNow, Action<DeliveryOutcome> completed)
    {
        if (!_durable.IsHealthy)
        {
            return DeliveryOutcome.StoreFailed;
        }

        if (!_state.Sessions.TryGetValue(clientId, out var session))
        {
            return isOnlyNow ? DeliveryOutcome.NotConnected : DeliveryOutcome.NoSession;
        }

        return session.IsConnected || !isOnlyNow
            ? _delivery.Send(session, message, message.Qos, retain: false, [], completed)
            : DeliveryOutcome.NotConnected;
    }

    /// <summary>Puts outside events into the group being built.</summary>
    /// <returns>False while the store has failed.</returns>
    public bool TryIngest(OutsideBatch batch)
    {
        if (_durable.IsHealthy)
        {
            _publish.Store(batch.Buffer, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(batch.Events));
        }

        return _durable.IsHealthy;
    }

    /// <summary>Ends the client's connection, and any that proved itself before now and has not arrived here yet.</summary>
    public void BreakClient(string clientId, BreakReason reason)
    {
        _cuts.Cut(clientId);
        if (_state.Sessions.TryGetValue(clientId, out var session) && session.Connection is { } connection)
        {
            connection.Dismiss(reason);
        }
    }

    /// <summary>An authenticated connection joins.</summary>
    public void OnConnect(ClientConnection connection)
    {
        _connections.Add(connection);
        if (!_durable.IsHealthy)
        {
            connection.IsIgnored = true;
            connection.Abort(BreakReason.StoreFailed);
            return;
        }

        if (_cuts.IsCut(connection.Info.ClientId, connection.Info.Ticket))
        {
            connection.Dismiss(BreakReason.Revoked);
            return;
        }

        _sessions.Connect(connection, out var previous);
        if (previous is not null)
        {
            previous.Dismiss(BreakReason.SessionTakenOver);
        }

        _feed.OnConnection(connection.Info, isConnected: true, _state.NowUnixMs);
    }

    /// <summary>The read loop of a connection has ended; everything it sent has been applied.</summary>
    public void OnClosed(ClientConnection connection)
    {
        _connections.Remove(connection);
        var reason = connection.Reason;
        _sessions.Disconnect(connection, isNormal: reason == BreakReason.ClientDisconnected);
        if (connection.Info is { Version: ProtocolVersion.V5, MaximumPacketSize: >= 3 } && reason.ToReasonCode() is { } code)
        {
            var span = connection.Output.GetSpan(ServerPackets.ShortPacketSize);
            if (!span.IsEmpty)
            {
                connection.Output.Advance(ServerPackets.WriteDisconnect(span, code));
            }
        }

        // The session may have a new connection, and a clean start a new session: only the name tells.
        var isStillConnected = _state.Sessions.TryGetValue(connection.Info.ClientId, out var session) && session.IsConnected;
        _feed.OnConnection(connection.Info, isStillConnected, _state.NowUnixMs);
        AfterCommit(isCommitted =>
        {
            if (isCommitted)
            {
                connection.Output.Flush();
            }

            connection.Output.Close();
            connection.Release();
        });
    }

    public void OnWritable(ClientConnection connection)
    {
        if (connection.HeldSlots > 0)
        {
            connection.BatchSlots.Release(connection.HeldSlots);
            connection.HeldSlots = 0;
        }

        if (connection.Session is { } session && ReferenceEquals(session.Connection, connection))
        {
            _delivery.Pump(session);
        }
    }

    public void OnSweep()
    {
        if (!_durable.IsHealthy)
        {
            _durable.TryRecover();
            return;
        }

        _sessions.Sweep();
        // A handshake takes ConnectTimeout at most: later arrivals have proved themselves anew.
        _cuts.Forget(_state.Options.ConnectTimeout * 2);
        foreach (var connection in _connections)
        {
            var reason = _sweep.Judge(connection);
            if (reason == BreakReason.WriteStalled)
            {
                connection.IsIgnored = true;
                connection.Abort(reason);
            }
            else if (reason != BreakReason.None)
            {
                connection.Break(reason);
            }
        }
    }

    public void Apply(OpBatch batch)
    {
        _batches.Add(batch);
        var connection = batch.Connection;
        foreach (ref readonly var op in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(batch.Ops))
        {
            if (connection.IsIgnored || connection.Session is not { } session)
            {
                return;
            }

            _ops.Apply(connection, session, batch, op);
        }
    }

    private void BreakAll(BreakReason reason)
    {
        foreach (var connection in _connections)
        {
            connection.Dismiss(reason);
        }
    }

    private void Run()
    {
        while (!_isStopping || _connections.Count > 0)
        {
            _inbox.Wait();
            RunRounds();
        }

        RunRounds();
    }

    private void RunRounds()
    {
        while (_inbox.TryDequeue(out var item))
        {
            _state.NowUnixMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
            do
            {
                ApplySafely(item);
            }
            while (_state.Writes.Events.Count < _state.Options.MaximumGroupSize && _batches.Count < MaximumBatchesInGroup && _inbox.TryDequeue(out item!));
            EndRound();
        }
    }

    private void ApplySafely(HubItem item)
    {
        try
        {
            item.Apply(this);
        }
        catch (DeviceStoreException e)
        {
            _durable.Fail(e, _connections);
        }
        catch (Exception e) when (item is OpBatch batch)
        {
            // A fault of ours in one peer's packets must not take the others down.
            GatewayLog.ConnectionFault(_log, batch.Connection.Remote, e);
            batch.Connection.Dismiss(BreakReason.InternalError);
        }
    }

    private void EndRound()
    {
        _state.Marks.Collect(_state.Writes.Marks);
        // After a failure the group is empty because it was thrown away, not because it is on disk.
        var isCommitted = _durable.IsHealthy && (_state.Writes.IsEmpty || _durable.TryCommit(_connections));
        if (isCommitted)
        {
            _feed.OnCommitted(_state.Writes.Events);
            foreach (var connection in _dirty)
            {
                connection.UnansweredInGroup = 0;
                connection.Output.Flush();
            }
        }

        foreach (var completion in _completions)
        {
            completion.Action(isCommitted);
        }

        _completions.Clear();
        _dirty.Clear();
        _state.Writes.Clear();
        foreach (var batch in _batches)
        {
            ReturnBatch(batch);
        }

        _batches.Clear();
    }

    private void ReturnBatch(OpBatch batch)
    {
        Interlocked.Add(ref _queuedBytes, -batch.Length);
        var connection = batch.Connection;
        _pool.Return(batch);
        if (connection.Output.IsCongested)
        {
            connection.HeldSlots++;
        }
        else
        {
            connection.BatchSlots.Release();
        }
    }
}

/// <summary>Something to do after the commit of a group.</summary>
/// <param name="Action">Gets true when the group is on disk.</param>
internal readonly record struct HubCompletion(Action<bool> Action);
