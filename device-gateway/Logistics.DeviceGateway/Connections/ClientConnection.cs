using System.IO.Pipelines;
using Logistics.DeviceGateway.Hub;
using Logistics.DeviceGateway.Security;

namespace Logistics.DeviceGateway.Connections;

/// <summary>One authenticated connection, shared by its read loop and the hub.</summary>
/// <remarks>
/// The read loop owns the input, the hub owns the output and every member under "hub". A connection dies in one way:
/// <see cref="Break"/> names the reason and ends the read loop; the hub, when it has answered all that was read, writes the
/// last packets and completes <see cref="Released"/>; only then is the transport closed.
/// </remarks>
internal sealed class ClientConnection
{
    /// <summary>Batches a connection may have at the hub; the third waits, and with it the socket.</summary>
    public const int MaximumBatches = 2;

    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PipeReader _input;
    private readonly Action _abort;
    private int _reason;

    public ClientConnection(IDuplexPipe transport, Action abort, string remote, ConnectInfo info, DeviceAccess access, GatewayHub hub)
    {
        _input = transport.Input;
        _abort = abort;
        Remote = remote;
        Info = info;
        Access = access;
        Output = new ConnectionOutput(transport.Output, hub, this);
        Aliases = info.TopicAliasMaximum > 0 ? new OutboundAliases(info.TopicAliasMaximum) : null;
    }

    public string Remote { get; }

    public ConnectInfo Info { get; }

    public DeviceAccess Access { get; }

    public BreakReason Reason => (BreakReason)Volatile.Read(ref _reason);

    /// <summary>Completed by the hub when it no longer touches the output.</summary>
    public Task Released => _released.Task;

    public SemaphoreSlim BatchSlots { get; } = new(MaximumBatches, MaximumBatches);

    /// <summary>When the last complete packet arrived; <see cref="TimeProvider"/> timestamp. Written by the read loop.</summary>
    public long LastPacketAt;

    /// <summary>When the packet now arriving began; 0 for none. Written by the read loop.</summary>
    public long PartialSince;

    /// <summary>True while the read loop waits for the hub: the peer cannot be blamed for silence.</summary>
    public volatile bool IsPaused;

    // hub
    public ConnectionOutput Output { get; }

    /// <summary>Null when the client wants none.</summary>
    public OutboundAliases? Aliases { get; }

    public Session? Session { get; set; }

    /// <summary>Set when the hub ended it: what is still queued from it is not looked at.</summary>
    public bool IsIgnored { get; set; }

    /// <summary>QoS 1 messages of the group being built, whose acknowledgements have not left.</summary>
    public int UnansweredInGroup { get; set; }

    /// <summary>Slots to give back when the output moves again.</summary>
    public int HeldSlots { get; set; }

    /// <summary>Breaks it, and takes nothing more of what has arrived. On the hub's thread.</summary>
    public void Dismiss(BreakReason reason)
    {
        IsIgnored = true;
        Break(reason);
    }

    /// <summary>Ends the connection. The first reason counts. Any thread.</summary>
    public void Break(BreakReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, (int)BreakReason.None) == (int)BreakReason.None)
        {
            _input.CancelPendingRead();
        }
    }

    /// <summary>Ends the connection without letting another byte out: for a store failure or a peer that does not read.</summary>
    public void Abort(BreakReason reason)
    {
        Break(reason);
        Output.Close();
        _abort();
    }

    /// <summary>The hub has no more to say.</summary>
    public void Release() => _released.TrySetResult();
}
