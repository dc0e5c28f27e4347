namespace Logistics.Mqtt.Topics;

/// <summary>A tree keyed by topic levels; filters and retained topics both live in one. Not thread-safe.</summary>
/// <remarks>Paths are limited in depth by the caller, which bounds every recursion here.</remarks>
/// <typeparam name="TValue">What a path holds; null where a node is only on the way.</typeparam>
public class LevelTree<TValue>
    where TValue : class
{
    protected Node Root { get; } = new(null, []);

    /// <summary>Number of paths that hold a value.</summary>
    public int Count { get; private set; }

    public TValue? Find(ReadOnlySpan<byte> path) => FindNode(path)?.Value;

    public void Set(ReadOnlySpan<byte> path, TValue value)
    {
        var node = Root;
        var rest = path;
        bool isLast;
        do
        {
            var level = TopicRules.NextLevel(ref rest, out isLast);
            node = node.FindChild(level) ?? node.AddChild(level);
        }
        while (!isLast);
        Count += node.Value is null ? 1 : 0;
        node.Value = value;
    }

    /// <summary>Removes the value and every node that only led to it.</summary>
    /// <returns>False when the path held nothing.</returns>
    public bool Remove(ReadOnlySpan<byte> path)
    {
        var node = FindNode(path);
        if (node?.Value is null)
        {
            return false;
        }

        node.Value = null;
        Count--;
        while (node is { Parent: { } parent, Value: null, HasChildren: false })
        {
            parent.RemoveChild(node);
            node = parent;
        }

        return true;
    }

    private Node? FindNode(ReadOnlySpan<byte> path)
    {
        var node = Root;
        var rest = path;
        bool isLast;
        do
        {
            var next = node.FindChild(TopicRules.NextLevel(ref rest, out isLast));
            if (next is null)
            {
                return null;
            }

            node = next;
        }
        while (!isLast);
        return node;
    }

    /// <summary>One level of a path.</summary>
    protected sealed class Node(Node? parent, byte[] level)
    {
        private Dictionary<byte[], Node>? _children;
        private Dictionary<byte[], Node>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

        public Node? Parent { get; } = parent;

        public byte[] Level { get; } = level;

        public TValue? Value { get; set; }

        /// <summary>The children under <c>+</c> and <c>#</c>, apart so that matching a topic needs no lookup for them.</summary>
        public Node? SingleLevel { get; private set; }

        public Node? MultiLevel { get; private set; }

        public bool HasChildren => SingleLevel is not null || MultiLevel is not null || _children is { Count: > 0 };

        public Dictionary<byte[], Node>.ValueCollection? LiteralChildren => _children?.Values;

        public Node? FindChild(ReadOnlySpan<byte> level) => level switch
        {
            [(byte)'+'] => SingleLevel,
            [(byte)'#'] => MultiLevel,
            _ => FindLiteral(level),
        };

        public Node? FindLiteral(ReadOnlySpan<byte> level) =>
            _children is not null && _lookup.TryGetValue(level, out var child) ? child : null;

        public Node AddChild(ReadOnlySpan<byte> level)
        {
            var child = new Node(this, level.ToArray());
            switch (level)
            {
                case [(byte)'+']:
                    SingleLevel = child;
                    break;
                case [(byte)'#']:
                    MultiLevel = child;
                    break;
                default:
                    if (_children is null)
                    {
                        _children = new Dictionary<byte[], Node>(LevelComparer.Instance);
                        _lookup = _children.GetAlternateLookup<ReadOnlySpan<byte>>();
                    }

                    _children.Add(child.Level, child);
                    break;
            }

            return child;
        }

        public void RemoveChild(Node child)
        {
            if (ReferenceEquals(child, SingleLevel))
            {
                SingleLevel = null;
            }
            else if (ReferenceEquals(child, MultiLevel))
            {
                MultiLevel = null;
            }
            else
            {
                _children?.Remove(child.Level);
            }
        }
    }
}
