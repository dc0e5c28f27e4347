using Logistics.Domain.Devices;

namespace Logistics.DeviceSimulator.Day;

/// <summary>What a device keeps over a power cut: events not yet acknowledged, commands seen, and its boot count. Owned by its device.</summary>
internal sealed class Flash(long firstBoot)
{
    private readonly List<SentEvent> _waiting = [];
    private long _sequence = -1;

    public long Boot { get; private set; } = firstBoot;

    public CommandInbox Inbox { get; set; } = CommandInbox.Empty;

    /// <summary>Not acknowledged, in the order they happened.</summary>
    public IReadOnlyList<SentEvent> Waiting => _waiting;

    /// <summary>Everything that was ever acknowledged.</summary>
    public List<SentEvent> Acknowledged { get; } = [];

    public SentEvent Note(string topic, Func<long, long, byte[]> payload)
    {
        _sequence++;
        var noted = new SentEvent(Boot, _sequence, topic, payload(Boot, _sequence));
        _waiting.Add(noted);
        return noted;
    }

    public void Acknowledge(SentEvent acknowledged)
    {
        // A repeat of it may have been acknowledged before.
        if (_waiting.Remove(acknowledged))
        {
            Acknowledged.Add(acknowledged);
        }
    }

    public void Restart()
    {
        Boot++;
        _sequence = -1;
    }
}

/// <summary>One event with its identity, as it is sent, however often.</summary>
internal sealed record SentEvent(long Boot, long Sequence, string Topic, byte[] Payload);
