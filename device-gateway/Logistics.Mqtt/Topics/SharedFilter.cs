namespace Logistics.Mqtt.Topics;

/// <summary>A subscription filter taken apart: <c>$share/{group}/{filter}</c> or a plain filter (4.8.2).</summary>
public readonly ref struct SharedFilter
{
    private SharedFilter(ReadOnlySpan<byte> group, ReadOnlySpan<byte> filter)
    {
        Group = group;
        Filter = filter;
    }

    /// <summary>Empty for a filter that is not shared.</summary>
    public ReadOnlySpan<byte> Group { get; }

    public ReadOnlySpan<byte> Filter { get; }

    public bool IsShared => !Group.IsEmpty;

    /// <summary>Takes a filter apart that is known to be valid.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static SharedFilter Parse(ReadOnlySpan<byte> text) =>
        TryParse(text, out var result) ? result : throw new ArgumentException("The topic filter breaks a rule of MQTT 4.7.", nameof(text));

    /// <summary>False when the filter, the group or the part behind the group breaks a rule.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out SharedFilter result)
    {
        result = new SharedFilter(default, text);
        if (!text.StartsWith("$share/"u8))
        {
            return TopicRules.IsValidFilter(text);
        }

        var rest = text["$share/"u8.Length..];
        var group = TopicRules.NextLevel(ref rest, out var isLast);
        result = new SharedFilter(group, rest);
        return !isLast && TopicRules.IsValidName(group) && TopicRules.IsValidFilter(rest);
    }
}
