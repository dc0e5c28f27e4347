using Logistics.DeviceGateway.Connections;
using Logistics.DeviceGateway.Observing;
using Logistics.Domain.Devices;
using Microsoft.Extensions.Logging;

namespace Logistics.DeviceGateway.Hub;

/// <summary>The store behind the hub's memory: commits groups, and decides what a failure means. On the hub's thread; its health may be read from any.</summary>
internal sealed class DurableState(IDeviceStore store, HubState state, SessionFlow sessions, TimeProvider time, ILogger log)
{
    private volatile bool _isHealthy;

    // After a failed fsync only a new process may trust the store again.
    private bool _isPermanentlyFailed;

    /// <summary>False while the store has failed: new connections are refused and nothing is acknowledged.</summary>
    public bool IsHealthy => _isHealthy;

    /// <summary>Commits the group. After a failure nothing of it is known to be on disk, and every connection is cut.</summary>
    public bool TryCommit(IReadOnlyCollection<ClientConnection> connections)
    {
        try
        {
            var started = time.GetTimestamp();
            store.Commit(state.Writes);
            state.Metrics.Committed(state.Writes.Events.Count, time.GetElapsedTime(started));
            store.Maintain();
            return true;
        }
        catch (DeviceStoreException e)
        {
            Fail(e, connections);
            return false;
        }
    }

    /// <summary>Throws memory away and cuts everybody off.</summary>
    public void Fail(DeviceStoreException error, IReadOnlyCollection<ClientConnection> connections)
    {
        if (!_isHealthy)
        {
            return;
        }

        // No acknowledgement, no negative one either: close, and let the clients send again.
        _isHealthy = false;
        GatewayLog.StoreFailed(log, error.IsPermanent, error);
        state.Metrics.StoreFailed();
        _isPermanentlyFailed = error.IsPermanent;
        foreach (var connection in connections)
        {
            connection.IsIgnored = true;
            connection.Session = null;
            connection.Abort(BreakReason.StoreFailed);
        }

        sessions.Abandon();
        state.Clear();
    }

    /// <summary>Tries the store again, unless only a new process may.</summary>
    public void TryRecover()
    {
        if (_isPermanentlyFailed)
        {
            return;
        }

        try
        {
            Load();
            GatewayLog.StoreRecovered(log);
        }
        catch (DeviceStoreException e)
        {
            GatewayLog.StoreStillFailed(log, e.Message);
        }
    }

    /// <exception cref="DeviceStoreException">The store cannot be used.</exception>
    public void Load()
    {
        state.Clear();
        state.NowUnixMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var stored = store.Load();
        sessions.Restore(stored);
        _isHealthy = true;
    }
}
