namespace Logistics.DeviceGateway.Hub;

/// <summary>Clients that were cut off, for as long as a handshake that began before may still arrive.</summary>
/// <remarks>Owned by the hub thread, but for <see cref="NextTicket"/>.</remarks>
internal sealed class CutClients(TimeProvider time)
{
    private readonly Dictionary<string, (long Ticket, long Timestamp)> _cuts = new(StringComparer.Ordinal);
    private long _ticket;

    /// <summary>Numbers that grow: they order the beginning of a handshake and the cutting of a client. Any thread.</summary>
    public long NextTicket() => Interlocked.Increment(ref _ticket);

    public void Cut(string clientId) => _cuts[clientId] = (NextTicket(), time.GetTimestamp());

    /// <summary>True when the client was cut after it drew the ticket.</summary>
    public bool IsCut(string clientId, long ticket) => _cuts.TryGetValue(clientId, out var cut) && ticket < cut.Ticket;

    /// <param name="age">Older cuts concern nobody any more.</param>
    public void Forget(TimeSpan age)
    {
        foreach (var (client, cut) in _cuts)
        {
            if (time.GetElapsedTime(cut.Timestamp) > age)
            {
                _cuts.Remove(client);
            }
        }
    }
}
