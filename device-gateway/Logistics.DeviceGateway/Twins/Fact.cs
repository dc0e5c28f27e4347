using System.Text.Json.Serialization;
using Logistics.DeviceGateway.Meaning;

namespace Logistics.DeviceGateway.Twins;

/// <summary>What one event said of one thing.</summary>
/// <param name="AtUnixMs">The device's clock.</param>
/// <param name="IsSnapshot">Said by a snapshot and not by an event of its own.</param>
public sealed record Said<T>(
    [property: JsonPropertyName("v")] T Value,
    [property: JsonPropertyName("b")] long Boot,
    [property: JsonPropertyName("s")] long Sequence,
    [property: JsonPropertyName("t")] long AtUnixMs,
    [property: JsonPropertyName("x"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsSnapshot = false)
{
    /// <summary>The later in the device's own order; of one event said twice, either.</summary>
    public bool IsAfter(Said<T>? other) => other is null || Boot > other.Boot || (Boot == other.Boot && Sequence > other.Sequence);

    public bool IsSameEvent(Said<T> other) => Boot == other.Boot && Sequence == other.Sequence;
}

/// <summary>A fact about a device: what holds, what was said before it, and the last event that was not a snapshot.</summary>
/// <param name="Event">Null when <paramref name="Now"/> is that event, or there was none.</param>
/// <remarks>
/// Three maxima over the set of everything said, by the device's own order. A maximum does not depend on the order in which things
/// arrive or on how often, so neither does the fact.
/// </remarks>
public sealed record Fact<T>(
    [property: JsonPropertyName("now")] Said<T> Now,
    [property: JsonPropertyName("was")] Said<T>? Before = null,
    [property: JsonPropertyName("evt")] Said<T>? Event = null)
{
    /// <summary>True when a snapshot found something else than was known: nobody reported the change.</summary>
    public bool IsDifference => Now.IsSnapshot && Before is not null && !EqualityComparer<T>.Default.Equals(Now.Value, Before.Value);

    /// <summary>Since when it is known to be so.</summary>
    public long SinceUnixMs => Now.IsSnapshot && Event is not null && EqualityComparer<T>.Default.Equals(Event.Value, Now.Value) ? Event.AtUnixMs : Now.AtUnixMs;

    /// <summary>The fact with one more thing said.</summary>
    public Fact<T> With(Said<T> said)
    {
        if (said.IsSameEvent(Now) || (Before is { } before && said.IsSameEvent(before)))
        {
            return this;
        }

        var lastEvent = Now.IsSnapshot ? Event : Now;
        if (!said.IsSnapshot && said.IsAfter(lastEvent))
        {
            lastEvent = said;
        }

        var (now, was) = said.IsAfter(Now) ? (said, Now) : (Now, said.IsAfter(Before) ? said : Before);
        return new Fact<T>(now, was, now.IsSnapshot ? lastEvent : null);
    }
}
