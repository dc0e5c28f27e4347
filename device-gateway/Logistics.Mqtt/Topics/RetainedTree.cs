namespace Logistics.Mqtt.Topics;

/// <summary>Retained messages by topic, found by filter. Not thread-safe.</summary>
public sealed class RetainedTree<TMessage> : LevelTree<TMessage>
    where TMessage : class
{
    /// <summary>Appends the messages whose topic the filter matches.</summary>
    public void Match(ReadOnlySpan<byte> filter, List<TMessage> matches) => Match(Root, filter, matches, isFirst: true);

    private static void Match(Node node, ReadOnlySpan<byte> rest, List<TMessage> matches, bool isFirst)
    {
        var level = TopicRules.NextLevel(ref rest, out var isLast);
        if (level is [(byte)'#'])
        {
            AddBelow(node, matches, isFirst);
            return;
        }

        if (level is not [(byte)'+'])
        {
            Step(node.FindLiteral(level), rest, isLast, matches);
            return;
        }

        foreach (var child in node.LiteralChildren ?? Enumerable.Empty<Node>())
        {
            // A leading wildcard does not reach topics that start with $ (4.7.2).
            if (!isFirst || child.Level is not [(byte)'$', ..])
            {
                Step(child, rest, isLast, matches);
            }
        }
    }

    private static void Step(Node? child, ReadOnlySpan<byte> rest, bool isLast, List<TMessage> matches)
    {
        if (child is null)
        {
            return;
        }

        if (!isLast)
        {
            Match(child, rest, matches, isFirst: false);
        }
        else if (child.Value is { } message)
        {
            matches.Add(message);
        }
    }

    private static void AddBelow(Node node, List<TMessage> matches, bool isFirst)
    {
        if (node.Value is { } message)
        {
            matches.Add(message);
        }

        foreach (var child in node.LiteralChildren ?? Enumerable.Empty<Node>())
        {
            if (!isFirst || child.Level is not [(byte)'$', ..])
            {
                AddBelow(child, matches, isFirst: false);
            }
        }
    }
}
