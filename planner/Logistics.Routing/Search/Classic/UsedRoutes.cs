namespace Logistics.Routing.Search.Classic;

/// <summary>The routes that serve somebody, in no particular order.</summary>
internal sealed class UsedRoutes
{
    private readonly int[] _list;
    private readonly int[] _slotOf;
    private int _count;

    public UsedRoutes(int vehicles)
    {
        (_list, _slotOf) = (new int[vehicles], new int[vehicles]);
        Array.Fill(_slotOf, -1);
    }

    public ReadOnlySpan<int> List => _list.AsSpan(0, _count);

    public void Set(int route, bool isUsed)
    {
        if (isUsed == _slotOf[route] >= 0) return;
        if (isUsed)
        {
            _slotOf[route] = _count;
            _list[_count++] = route;
            return;
        }

        int last = _list[--_count];
        _list[_slotOf[route]] = last;
        _slotOf[last] = _slotOf[route];
        _slotOf[route] = -1;
    }
}
