using System.Runtime.CompilerServices;

namespace Logistics.Routing.Search.Compiled;

/// <summary>Keeps the k items with the smallest keys; ties keep the smaller item. O(log k) an accepted offer, O(1) a refused one.</summary>
internal sealed class BoundedHeap(int capacity)
{
    private readonly double[] _keys = new double[capacity];
    private readonly int[] _items = new int[capacity];
    private int _count;

    /// <summary>An offer with a larger key is refused; infinite while there is room.</summary>
    public double Limit => _count < capacity ? double.PositiveInfinity : capacity == 0 ? double.NegativeInfinity : _keys[0];

    public void Clear() => _count = 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Offer(double key, int item)
    {
        if (_count < capacity)
        {
            int i = _count++;
            for (; i > 0 && IsAbove(key, item, (i - 1) / 2); i = (i - 1) / 2) Set(i, _keys[(i - 1) / 2], _items[(i - 1) / 2]);
            Set(i, key, item);
        }
        else if (capacity > 0 && !IsAbove(key, item, 0))
        {
            SiftDown(key, item, _count);
        }
    }

    /// <summary>Writes the items, smallest key first, pads with −1 and empties the heap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DrainTo(Span<int> target)
    {
        target.Fill(-1);
        while (_count > 0)
        {
            target[_count - 1] = _items[0];
            _count--;
            if (_count > 0) SiftDown(_keys[_count], _items[_count], _count);
        }
    }

    // The heap's top is the largest key.
    private bool IsAbove(double key, int item, int at) => key > _keys[at] || (key == _keys[at] && item > _items[at]);

    private void Set(int at, double key, int item)
    {
        _keys[at] = key;
        _items[at] = item;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SiftDown(double key, int item, int count)
    {
        int i = 0;
        while (true)
        {
            int child = (2 * i) + 1;
            if (child >= count) break;
            if (child + 1 < count && IsAbove(_keys[child + 1], _items[child + 1], child)) child++;
            if (IsAbove(key, item, child)) break;
            Set(i, _keys[child], _items[child]);
            i = child;
        }

        Set(i, key, item);
    }
}
