namespace Logistics.Routing.Search.State;

/// <summary>The set of routes changed since it was last cleared.</summary>
internal sealed class ChangedRoutes(int vehicles)
{
    private readonly int[] _list = new int[vehicles];
    private readonly bool[] _isListed = new bool[vehicles];
    private int _count;

    public ReadOnlySpan<int> List => _list.AsSpan(0, _count);

    public void Add(int route)
    {
        if (_isListed[route]) return;
        _isListed[route] = true;
        _list[_count++] = route;
    }

    public void Clear()
    {
        foreach (int route in List) _isListed[route] = false;
        _count = 0;
    }
}
