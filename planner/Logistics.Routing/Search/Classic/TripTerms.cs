namespace Logistics.Routing.Search.Classic;

/// <summary>What the classic search keeps to on a vehicle that makes trips, for problems that stand for another: what their own terms cannot say.</summary>
/// <param name="Rest">Its break.</param>
/// <param name="CostPerWaitSecond">Cost units for a second that it neither drives nor works.</param>
/// <param name="RegularSeconds">From the beginning of the first loading to the end of the last trip, without overtime.</param>
/// <param name="CostPerOvertimeSecond">Cost units for each second beyond that.</param>
/// <param name="MostDriven">What its legs may cost altogether.</param>
internal readonly record struct TripTerms(FixedRest Rest, long CostPerWaitSecond = 0, long RegularSeconds = int.MaxValue, long CostPerOvertimeSecond = 0, long MostDriven = long.MaxValue)
{
    public static TripTerms None => new(FixedRest.None);

    /// <summary>True when time or distance is to be counted besides legs.</summary>
    public bool IsCounted => CostPerWaitSecond > 0 || CostPerOvertimeSecond > 0 || MostDriven != long.MaxValue;
}
