using System.Runtime.CompilerServices;

namespace Logistics.Routing.Search.Classic;

/// <summary>Legs of a problem with features.</summary>
internal readonly struct FeaturedLegs<TLegs, TFeatures>(TLegs legs) : IClassicLegs
    where TLegs : struct, IClassicLegs
    where TFeatures : struct, IFeatureSet
{
    private readonly TLegs _legs = legs;

    public static bool HasTimes => TLegs.HasTimes;
    public static bool IsTimeCost => TLegs.IsTimeCost;
    public static bool HasKinds => TFeatures.HasKinds;
    public static bool HasRates => TFeatures.HasRates;
    public static bool HasDurations => TFeatures.HasDurations;
    public static bool HasGroups => TFeatures.HasGroups;
    public static bool HasTrips => TFeatures.HasTrips;
    public static bool HasStays => TFeatures.HasStays;
    public static bool HasShares => TFeatures.HasShares;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Cost(int from, int to) => _legs.Cost(from, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CostInto(int to, int from) => _legs.CostInto(to, from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(int place) => _legs.Fetch(place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void FetchLines(int place, int from, int to) => _legs.FetchLines(place, from, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Time(int from, int to) => _legs.Time(from, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TimeInto(int to, int from) => _legs.TimeInto(to, from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Arrive(int from, int to, int leave) => _legs.Arrive(from, to, leave);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int LeaveBy(int from, int to, int arrival) => _legs.LeaveBy(from, to, arrival);
}
