namespace Logistics.Mqtt.Topics;

/// <summary>Rules for topic names and filters (4.7), on UTF-8 that has been checked already.</summary>
public static class TopicRules
{
    private const byte Separator = (byte)'/';
    private const byte SingleLevel = (byte)'+';
    private const byte MultiLevel = (byte)'#';

    /// <summary>True for a name one may publish to: not empty, no wildcard.</summary>
    public static bool IsValidName(ReadOnlySpan<byte> topic) => !topic.IsEmpty && !topic.ContainsAny(SingleLevel, MultiLevel);

    /// <summary>True for a filter: not empty; <c>+</c> fills its level; <c>#</c> fills the last.</summary>
    public static bool IsValidFilter(ReadOnlySpan<byte> filter)
    {
        if (filter.IsEmpty)
        {
            return false;
        }

        for (var i = 0; i < filter.Length; i++)
        {
            var b = filter[i];
            if (b is not (SingleLevel or MultiLevel))
            {
                continue;
            }

            var startsLevel = i == 0 || filter[i - 1] == Separator;
            var endsLevel = i == filter.Length - 1 || (b == SingleLevel && filter[i + 1] == Separator);
            if (!startsLevel || !endsLevel)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Number of levels: separators plus one.</summary>
    public static int CountLevels(ReadOnlySpan<byte> topic) => topic.Count(Separator) + 1;

    /// <summary>True when the filter matches the name; a leading wildcard never matches a name that starts with <c>$</c>.</summary>
    public static bool Matches(ReadOnlySpan<byte> filter, ReadOnlySpan<byte> topic)
    {
        if (topic.IsEmpty || filter.IsEmpty || (topic[0] == '$' && filter[0] is SingleLevel or MultiLevel))
        {
            return false;
        }

        while (true)
        {
            var filterLevel = NextLevel(ref filter, out var filterEnds);
            if (filterLevel is [MultiLevel])
            {
                return true;
            }

            var topicLevel = NextLevel(ref topic, out var topicEnds);
            if (filterLevel is not [SingleLevel] && !filterLevel.SequenceEqual(topicLevel))
            {
                return false;
            }

            if (topicEnds)
            {
                // "a/#" matches its parent "a" too (4.7.1.2).
                return filterEnds || filter is [MultiLevel];
            }

            if (filterEnds)
            {
                return false;
            }
        }
    }

    /// <summary>Cuts the first level off.</summary>
    /// <param name="rest">Becomes what follows the separator.</param>
    /// <param name="isLast">True when there was no separator.</param>
    public static ReadOnlySpan<byte> NextLevel(scoped ref ReadOnlySpan<byte> rest, out bool isLast)
    {
        var end = rest.IndexOf(Separator);
        isLast = end < 0;
        var level = isLast ? rest : rest[..end];
        rest = isLast ? default : rest[(end + 1)..];
        return level;
    }
}
