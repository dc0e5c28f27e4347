namespace Logistics.Routing.Search.Classic.Pool;

/// <summary>Routes met by the search, each set of visits once with its cheapest order. When full, the older half is forgotten.</summary>
/// <remarks>Owned by one thread. Memory: 4 bytes × nodes + 32 bytes × routes of its capacity, whatever the size of the problem; nothing is allocated once it is made.</remarks>
internal sealed class RoutePool
{
    private readonly ulong[] _labels;
    private readonly int[] _nodes;
    private readonly int[] _first;
    private readonly int[] _class;
    private readonly long[] _cost;
    private readonly ulong[] _key;
    private readonly int[] _table;

    /// <param name="nodeCount">Visits of the problem.</param>
    /// <param name="maxRoutes">Most routes kept; a power of two.</param>
    /// <param name="maxNodes">Most visits kept in all routes together.</param>
    public RoutePool(int nodeCount, int maxRoutes, int maxNodes)
    {
        var rng = new Rng(0x9E37);
        _labels = new ulong[nodeCount];
        for (int n = 0; n < nodeCount; n++) _labels[n] = rng.Next();
        _nodes = new int[Math.Max(maxNodes, 2 * nodeCount)];
        _first = new int[maxRoutes + 1];
        _class = new int[maxRoutes];
        _cost = new long[maxRoutes];
        _key = new ulong[maxRoutes];
        _table = new int[2 * maxRoutes];
        Array.Fill(_table, -1);
    }

    public int Count { get; private set; }

    /// <summary>Routes that were new when they came, forgotten ones among them.</summary>
    public long Met { get; private set; }

    /// <summary>Visits of a route in order.</summary>
    public ReadOnlySpan<int> NodesOf(int route) => _nodes.AsSpan(_first[route], _first[route + 1] - _first[route]);

    public long CostOf(int route) => _cost[route];

    /// <summary>Class of the vehicles that may drive it.</summary>
    public int ClassOf(int route) => _class[route];

    public void Clear()
    {
        Count = 0;
        Array.Fill(_table, -1);
    }

    /// <summary>Keeps a route, or its order where its visits are known in a dearer one.</summary>
    public void Add(ReadOnlySpan<int> nodes, long cost, int vehicleClass)
    {
        ulong key = KeyOf(nodes, vehicleClass);
        int slot = FindSlot(key);
        if (_table[slot] is var known && known >= 0)
        {
            // Equal keys of different lengths are a collision of 64 bits; the one met first stays.
            if (cost >= _cost[known] || nodes.Length != _first[known + 1] - _first[known]) return;
            _cost[known] = cost;
            nodes.CopyTo(_nodes.AsSpan(_first[known]));
            return;
        }

        if (Count == _cost.Length || _first[Count] + nodes.Length > _nodes.Length)
        {
            ForgetOlderHalf();
            slot = FindSlot(key);
        }

        _table[slot] = Count;
        (_key[Count], _cost[Count], _class[Count]) = (key, cost, vehicleClass);
        nodes.CopyTo(_nodes.AsSpan(_first[Count]));
        _first[Count + 1] = _first[Count] + nodes.Length;
        Count++;
        Met++;
    }

    /// <summary>The route with these visits, in whatever order, or −1.</summary>
    public int Find(ReadOnlySpan<int> nodes, int vehicleClass) => _table[FindSlot(KeyOf(nodes, vehicleClass))];

    /// <summary>Takes another pool's routes over.</summary>
    public void AddAll(RoutePool other)
    {
        for (int r = 0; r < other.Count; r++) Add(other.NodesOf(r), other.CostOf(r), other.ClassOf(r));
    }

    private ulong KeyOf(ReadOnlySpan<int> nodes, int vehicleClass)
    {
        ulong key = (ulong)(vehicleClass + 1) * 0x9E3779B97F4A7C15;
        foreach (int n in nodes) key += _labels[n];
        return key;
    }

    private int FindSlot(ulong key)
    {
        int mask = _table.Length - 1, slot = (int)(key >> 20) & mask;
        while (_table[slot] >= 0 && _key[_table[slot]] != key) slot = (slot + 1) & mask;
        return slot;
    }

    private void ForgetOlderHalf()
    {
        int forgotten = (Count + 1) / 2, kept = Count - forgotten, offset = _first[forgotten];
        _nodes.AsSpan(offset, _first[Count] - offset).CopyTo(_nodes);
        _class.AsSpan(forgotten, kept).CopyTo(_class);
        _cost.AsSpan(forgotten, kept).CopyTo(_cost);
        _key.AsSpan(forgotten, kept).CopyTo(_key);
        for (int r = 0; r <= kept; r++) _first[r] = _first[forgotten + r] - offset;
        Count = kept;
        Array.Fill(_table, -1);
        for (int r = 0; r < kept; r++) _table[FindSlot(_key[r])] = r;
    }
}
