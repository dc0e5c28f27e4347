using System.Runtime.CompilerServices;

namespace Logistics.Routing.Search.Classic;

/// <summary>Says at compile time whether a search looks at a feature.</summary>
internal interface IFeature
{
    static abstract bool IsOn { get; }
}

internal readonly struct On : IFeature
{
    public static bool IsOn => true;
}

internal readonly struct Off : IFeature
{
    public static bool IsOn => false;
}

/// <summary>Legs of a problem with features: machine code of its own for each set, so that a plain problem pays for none.</summary>
internal readonly struct FeaturedLegs<TLegs, TKinds, TRates, TDurations, TGroups, TTrips>(TLegs legs) : IClassicLegs
    where TLegs : struct, IClassicLegs
    where TKinds : struct, IFeature
    where TRates : struct, IFeature
    where TDurations : struct, IFeature
    where TGroups : struct, IFeature
    where TTrips : struct, IFeature
{
    private readonly TLegs _legs = legs;

    public static bool HasTimes => TLegs.HasTimes;
    public static bool IsTimeCost => TLegs.IsTimeCost;
    public static bool HasKinds => TKinds.IsOn;
    public static bool HasRates => TRates.IsOn;
    public static bool HasDurations => TDurations.IsOn;
    public static bool HasGroups => TGroups.IsOn;
    public static bool HasTrips => TTrips.IsOn;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Cost(int from, int to) => _legs.Cost(from, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CostInto(int to, int from) => _legs.CostInto(to, from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Time(int from, int to) => _legs.Time(from, to);
}
