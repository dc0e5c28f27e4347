namespace Logistics.Routing.Search.Classic;

/// <summary>What the classic search keeps to on a vehicle that makes trips, for problems that stand for another: what their own terms cannot say.</summary>
/// <param name="Rest">Its break.</param>
/// <param name="Profile">How it travels, never faster than all others do; −1 for as they do.</param>
/// <param name="CostPerWaitSecond">Cost units for a second that it neither drives nor works.</param>
/// <param name="RegularSeconds">From the beginning of the first loading to the end of the last trip, without overtime.</param>
/// <param name="CostPerOvertimeSecond">Cost units for each second beyond that.</param>
/// <param name="MaxDistance">Metres; <see cref="long.MaxValue"/> for any.</param>
/// <param name="CostPerMetreBeyond">Cost units for each metre beyond that.</param>
/// <param name="Metres">Of each leg, [from × places + to]; null where any distance may be driven.</param>
internal readonly record struct TripTerms(
    FixedRest Rest,
    int Profile = -1,
    long CostPerWaitSecond = 0,
    long RegularSeconds = int.MaxValue,
    long CostPerOvertimeSecond = 0,
    long MaxDistance = long.MaxValue,
    long CostPerMetreBeyond = 0,
    int[]? Metres = null)
{
    public static TripTerms None => new(FixedRest.None);

    /// <summary>True when the times of its trips are others than the problem says.</summary>
    public bool HasOwnTimes => !Rest.IsNone || Profile >= 0;

    /// <summary>True when time or distance is to be counted besides legs.</summary>
    public bool IsCounted => CostPerWaitSecond > 0 || CostPerOvertimeSecond > 0 || MaxDistance != long.MaxValue;
}
