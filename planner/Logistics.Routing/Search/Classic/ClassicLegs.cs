using System.Runtime.CompilerServices;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Classic;

/// <summary>Legs as the classic search reads them. Structs, so that each kind gets machine code of its own without branches on features.</summary>
internal interface IClassicLegs : IFeatureSet
{
    /// <summary>False when no route can be too late; times are not kept then.</summary>
    static abstract bool HasTimes { get; }

    /// <summary>Seconds equal costs.</summary>
    static abstract bool IsTimeCost { get; }

    int Cost(int from, int to);

    /// <summary><see cref="Cost"/>, cheap for many <paramref name="from"/> and one <paramref name="to"/>.</summary>
    int CostInto(int to, int from);

    /// <summary>Has the costs from and into a place brought near before many of them are read.</summary>
    void Fetch(int place);

    /// <summary>The same a few cache lines at a time.</summary>
    /// <param name="from">First part of a few lines.</param>
    /// <param name="to">Part behind the last.</param>
    void FetchLines(int place, int from, int to);
    int Time(int from, int to);

    /// <summary><see cref="Time"/>, cheap for many <paramref name="from"/> and one <paramref name="to"/> where it is not the cost.</summary>
    int TimeInto(int to, int from);

    /// <summary>When a leg arrives that leaves at a second.</summary>
    int Arrive(int from, int to, int leave);

    /// <summary>Latest second to leave and arrive by another; negative when there is none.</summary>
    int LeaveBy(int from, int to, int arrival);
}

/// <summary>Costs only: capacitated problems without times. Cells lie row by row, and turned for legs into one place.</summary>
internal readonly struct TimelessLegs(int[] costs, int[] costsInto, int stride) : IClassicLegs
{
    public static bool HasTimes => false;
    public static bool IsTimeCost => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Cost(int from, int to) => costs[(from * stride) + to];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CostInto(int to, int from) => costsInto[(to * stride) + from];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(int place) => CacheFetch.FetchBoth(costs, costsInto, place * stride, stride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void FetchLines(int place, int from, int to) => CacheFetch.FetchLines(costs, costsInto, place * stride, stride, from, to);

    public int Time(int from, int to) => 0;

    public int TimeInto(int to, int from) => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Arrive(int from, int to, int leave) => leave + Time(from, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int LeaveBy(int from, int to, int arrival) => arrival - Time(from, to);
}

/// <summary>One matrix for costs and seconds, as in most published instances with windows.</summary>
internal readonly struct SharedLegs(int[] costs, int[] costsInto, int stride) : IClassicLegs
{
    public static bool HasTimes => true;
    public static bool IsTimeCost => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Cost(int from, int to) => costs[(from * stride) + to];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CostInto(int to, int from) => costsInto[(to * stride) + from];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(int place) => CacheFetch.FetchBoth(costs, costsInto, place * stride, stride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void FetchLines(int place, int from, int to) => CacheFetch.FetchLines(costs, costsInto, place * stride, stride, from, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Time(int from, int to) => costs[(from * stride) + to];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TimeInto(int to, int from) => costsInto[(to * stride) + from];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Arrive(int from, int to, int leave) => leave + Time(from, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int LeaveBy(int from, int to, int arrival) => arrival - Time(from, to);
}

/// <summary>Costs and seconds apart.</summary>
internal readonly struct TimedLegs(int[] costs, int[] costsInto, int[] times, int stride) : IClassicLegs
{
    public static bool HasTimes => true;
    public static bool IsTimeCost => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Cost(int from, int to) => costs[(from * stride) + to];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CostInto(int to, int from) => costsInto[(to * stride) + from];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(int place) => CacheFetch.FetchBoth(costs, costsInto, place * stride, stride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void FetchLines(int place, int from, int to) => CacheFetch.FetchLines(costs, costsInto, place * stride, stride, from, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Time(int from, int to) => times[(from * stride) + to];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TimeInto(int to, int from) => Time(from, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Arrive(int from, int to, int leave) => leave + Time(from, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int LeaveBy(int from, int to, int arrival) => arrival - Time(from, to);
}

/// <summary>Computed when asked for: where matrices would not fit.</summary>
internal readonly struct DistantLegs(Legs legs, int perMetre, int perSecond) : IClassicLegs
{
    public static bool HasTimes => true;
    public static bool IsTimeCost => false;

    public int Cost(int from, int to) => (legs.Distance(from, to) * perMetre) + (perSecond == 0 ? 0 : legs.Duration(from, to) * perSecond);

    public int CostInto(int to, int from) => Cost(from, to);

    public void Fetch(int place)
    {
    }

    public void FetchLines(int place, int from, int to)
    {
    }

    public int Time(int from, int to) => legs.Duration(from, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TimeInto(int to, int from) => legs.DurationInto(to, from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Arrive(int from, int to, int leave) => leave + Time(from, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int LeaveBy(int from, int to, int arrival) => arrival - Time(from, to);
}

/// <summary><see cref="DistantLegs"/> of a problem without times.</summary>
internal readonly struct DistantTimelessLegs(Legs legs, int perMetre, int perSecond) : IClassicLegs
{
    public static bool HasTimes => false;
    public static bool IsTimeCost => true;

    public int Cost(int from, int to) => (legs.Distance(from, to) * perMetre) + (perSecond == 0 ? 0 : legs.Duration(from, to) * perSecond);

    public int CostInto(int to, int from) => Cost(from, to);

    public void Fetch(int place)
    {
    }

    public void FetchLines(int place, int from, int to)
    {
    }

    public int Time(int from, int to) => 0;

    public int TimeInto(int to, int from) => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Arrive(int from, int to, int leave) => leave + Time(from, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int LeaveBy(int from, int to, int arrival) => arrival - Time(from, to);
}

/// <summary>Costs of a matrix, and seconds that depend on the time of day.</summary>
internal readonly struct BandedLegs(int[] costs, int[] costsInto, int stride, Legs legs) : IClassicLegs
{
    private readonly RawLegs _raw = legs.Raw!;

    public static bool HasTimes => true;
    public static bool IsTimeCost => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Cost(int from, int to) => costs[(from * stride) + to];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CostInto(int to, int from) => costsInto[(to * stride) + from];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(int place) => CacheFetch.FetchBoth(costs, costsInto, place * stride, stride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void FetchLines(int place, int from, int to) => CacheFetch.FetchLines(costs, costsInto, place * stride, stride, from, to);

    /// <summary>Never more than the leg takes at any time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Time(int from, int to) => legs.Duration(from, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TimeInto(int to, int from) => legs.DurationInto(to, from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Arrive(int from, int to, int leave)
    {
        int cell = _raw.CellOf(from, to), duration = _raw.Durations[cell];
        return from != to && duration < Legs.Blocked && _raw.Arrive(cell, leave, duration) is >= 0 and <= CompiledProblem.Horizon and var arrival ? (int)arrival : ArriveAnyway(from, to, leave);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int LeaveBy(int from, int to, int arrival)
    {
        int cell = _raw.CellOf(from, to), duration = _raw.Durations[cell];
        return from != to && duration < Legs.Blocked && _raw.LastLeave(cell, arrival, duration) is >= 0 and var leave ? leave : DrivenLeg.LastLeave(legs, from, to, arrival);
    }

    // Over the border of a band.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ArriveAnyway(int from, int to, int leave)
    {
        DrivenLeg.TryDrive(legs, from, to, leave, out var leg);
        return leg.Arrival;
    }
}
