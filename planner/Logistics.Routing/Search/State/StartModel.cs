namespace Logistics.Routing.Search.State;

/// <summary>What a walked route would cost if it began later, without walking it again.</summary>
/// <remarks>
/// An activity moves with the start once the waiting before it is used up: start(x) = start + max(0, x − absorbed). Where nothing else depends on the second – one window a visit, no
/// breaks, bands, closures, slots or rides – this is exact for every shift x up to the slack, and the cost is convex and piecewise linear in x, because lateness, duration and overtime
/// are. So the cheapest start is found by bisection over its slope. Elsewhere it is exact up to the next event and a good guess beyond. Owned by one walk.
/// </remarks>
internal sealed class StartModel
{
    private long[] _late = new long[16];
    private long[] _absorbed = new long[16];
    private long[] _price = new long[16];
    private int _count;

    /// <summary>Forgets what may be late.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds an activity that costs something when it is late.</summary>
    /// <param name="late">Seconds it is late now; negative when it is early.</param>
    /// <param name="absorbed">Seconds by which the start may be later before it moves.</param>
    /// <param name="price">Cost of a second of lateness.</param>
    public void Add(long late, long absorbed, long price)
    {
        if (_count == _late.Length)
        {
            Array.Resize(ref _late, _count * 2);
            Array.Resize(ref _absorbed, _count * 2);
            Array.Resize(ref _price, _count * 2);
        }

        (_late[_count], _absorbed[_count], _price[_count]) = (late, absorbed, price);
        _count++;
    }

    /// <summary>The cheapest shift in [least, most]; of several the largest, which makes the shortest route.</summary>
    /// <param name="duration">Seconds the route takes now.</param>
    /// <param name="absorbed">Seconds by which the start may be later before the end moves.</param>
    /// <param name="regular">Seconds without overtime.</param>
    public long FindBest(long least, long most, long duration, long absorbed, long perSecond, long regular, long perOvertimeSecond)
    {
        // Behind the waiting that a later start saves, only lateness can change.
        most = Math.Min(most, Math.Max(least, absorbed));
        long low = least, high = most;
        while (low < high)
        {
            long middle = low + ((high - low + 1) / 2);
            if (Slope(middle, duration, perSecond, regular, perOvertimeSecond) <= 0) low = middle;
            else high = middle - 1;
        }

        return low;
    }

    /// <summary>What shifting by x instead of x − 1 costs, while the end does not move.</summary>
    private long Slope(long x, long duration, long perSecond, long regular, long perOvertimeSecond)
    {
        long slope = -perSecond;
        if (duration - x >= regular) slope -= perOvertimeSecond;
        for (int i = 0; i < _count; i++)
            if (x > _absorbed[i] && _late[i] + x - _absorbed[i] > 0) slope += _price[i];
        return slope;
    }
}
