using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Logistics.Web.Live;

/// <summary>Something that happened, for the pages that are open.</summary>
/// <param name="Type">solve, board, plan, schedule, device, command, gateway, roster or forecast.</param>
/// <param name="Data">Serialised when it is sent; must not change afterwards.</param>
/// <param name="PartnerId">Set when it concerns one partner's things; null = for staff only.</param>
public sealed record LiveEvent(string Type, object Data, string? PartnerId = null);

/// <summary>Fans events out to the open pages. Thread-safe; publishing never waits.</summary>
/// <remarks>A page that reads too slowly loses its oldest events: every event is a hint to look again, or a newer state of the same thing.</remarks>
public sealed class LiveFeed
{
    private const int PendingEvents = 256;

    private readonly ConcurrentDictionary<Channel<LiveEvent>, byte> _subscribers = new();

    public int SubscriberCount => _subscribers.Count;

    public void Publish(LiveEvent happened)
    {
        foreach (var subscriber in _subscribers.Keys) subscriber.Writer.TryWrite(happened);
    }

    public void Publish(string type, object data) => Publish(new LiveEvent(type, data));

    /// <summary>Events from this call on that <paramref name="mayRead"/> lets through, until cancelled, which must come.</summary>
    public IAsyncEnumerable<LiveEvent> Listen(Func<LiveEvent, bool> mayRead, CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<LiveEvent>(new BoundedChannelOptions(PendingEvents) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _subscribers.TryAdd(channel, 0);
        // Completing the channel on cancel makes going away an end, not an exception.
        cancellationToken.Register(() =>
        {
            _subscribers.TryRemove(channel, out _);
            channel.Writer.TryComplete();
        });
        return ReadAsync(channel, mayRead);
    }

    private static async IAsyncEnumerable<LiveEvent> ReadAsync(Channel<LiveEvent> channel, Func<LiveEvent, bool> mayRead)
    {
        await foreach (var happened in channel.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (mayRead(happened)) yield return happened;
        }
    }
}
