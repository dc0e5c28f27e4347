using System.Runtime.CompilerServices;

namespace Logistics.Routing.Search.Classic;

/// <summary>Legs of a problem with delivery options: places to choose from, stops and what jobs share. Machine code of its own for each set, as with <see cref="FeaturedLegs{TLegs, TKinds, TRates, TDurations, TGroups, TTrips}"/>.</summary>
internal readonly struct OptionLegs<TLegs, TGroups, TStays, TShares>(TLegs legs) : IClassicLegs
    where TLegs : struct, IClassicLegs
    where TGroups : struct, IFeature
    where TStays : struct, IFeature
    where TShares : struct, IFeature
{
    private readonly TLegs _legs = legs;

    public static bool HasTimes => TLegs.HasTimes;
    public static bool IsTimeCost => TLegs.IsTimeCost;
    public static bool HasGroups => TGroups.IsOn;
    public static bool HasStays => TStays.IsOn;
    public static bool HasShares => TShares.IsOn;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Cost(int from, int to) => _legs.Cost(from, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CostInto(int to, int from) => _legs.CostInto(to, from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Time(int from, int to) => _legs.Time(from, to);
}
