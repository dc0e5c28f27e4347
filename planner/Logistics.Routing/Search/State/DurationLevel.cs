namespace Logistics.Routing.Search.State;

/// <summary>Makes short routes longer where balance by duration pays for it: the vehicle is at its depot earlier than it begins to load.</summary>
/// <remarks>
/// All routes shorter than a level are raised to it. What that costs is convex in the level – more routes are paid for, and overtime begins – while the balance saves the same for every
/// second, so the best level is found by bisection over the slope. No route is raised above the longest, nor further than its shift allows.
/// </remarks>
internal sealed class DurationLevel
{
    private readonly List<Member> _members = [];
    private long _longest;

    /// <summary>One used route: its duration, by how much it may be longer, and what a second costs.</summary>
    private readonly record struct Member(long Duration, long Room, long PerSecond, long Regular, long PerOvertimeSecond)
    {
        public long CostOf(long seconds) => seconds <= 0 ? 0 : (seconds * PerSecond) + ((Math.Max(0, Duration + seconds - Regular) - Math.Max(0, Duration - Regular)) * PerOvertimeSecond);
    }

    /// <summary>Duration that shorter routes are raised to.</summary>
    public long Level { get; private set; }

    public void Clear()
    {
        _members.Clear();
        _longest = 0;
    }

    public void Add(long duration, long room, long perSecond, long regular, long perOvertimeSecond)
    {
        _members.Add(new Member(duration, room, perSecond, regular, perOvertimeSecond));
        _longest = Math.Max(_longest, duration);
    }

    /// <summary>Finds the best level and what it costs, longer routes and the balance that is left together.</summary>
    public long Settle(long costPerUnit)
    {
        Level = 0;
        if (_members.Count == 0) return 0;
        long low = long.MaxValue, high = _longest;
        foreach (var member in _members)
        {
            low = Math.Min(low, member.Duration);
            high = Math.Min(high, member.Duration + member.Room);
        }

        while (low < high)
        {
            long middle = low + ((high - low + 1) / 2);
            if (CostAt(middle, costPerUnit) <= CostAt(middle - 1, costPerUnit)) low = middle;
            else high = middle - 1;
        }

        Level = low;
        return CostAt(low, costPerUnit);
    }

    private long CostAt(long level, long costPerUnit)
    {
        long cost = (_longest - level) * costPerUnit;
        foreach (var member in _members) cost += member.CostOf(level - member.Duration);
        return cost;
    }
}
