namespace Logistics.Routing.Search.Classic;

/// <summary>What a search looks at besides legs, windows and one load, said at compile time: each set gets machine code of its own, so that a plain problem pays for none.</summary>
internal interface IFeatureSet
{
    /// <summary>Vehicles differ in depots, capacity, price or what they may serve.</summary>
    static virtual bool HasKinds => false;

    /// <summary>Vehicles of some kinds cost more than others, and more is to be known of a visit's price than its detour.</summary>
    static virtual bool HasRates => false;

    /// <summary>Some routes may not last longer than a limit.</summary>
    static virtual bool HasDurations => false;

    /// <summary>Some jobs can be done at one of several places, or cost something wherever they are done.</summary>
    static virtual bool HasGroups => false;

    /// <summary>A vehicle may make several trips, or goods are ready late: routes are trips.</summary>
    static virtual bool HasTrips => false;

    /// <summary>Parking is paid once a stop, or windows hold for a stop's arrival only.</summary>
    static virtual bool HasStays => false;

    /// <summary>Jobs share resources, or a level of service is asked for.</summary>
    static virtual bool HasShares => false;
}

/// <summary>One switch of a set.</summary>
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

internal readonly struct TripFeatures<TKinds> : IFeatureSet
    where TKinds : struct, IFeature
{
    public static bool HasTrips => true;
    public static bool HasKinds => TKinds.IsOn;
    public static bool HasRates => TKinds.IsOn;
}

internal readonly struct KindFeatures<TKinds, TRates, TDurations, TGroups> : IFeatureSet
    where TKinds : struct, IFeature
    where TRates : struct, IFeature
    where TDurations : struct, IFeature
    where TGroups : struct, IFeature
{
    public static bool HasKinds => TKinds.IsOn;
    public static bool HasRates => TRates.IsOn;
    public static bool HasDurations => TDurations.IsOn;
    public static bool HasGroups => TGroups.IsOn;
}

/// <summary>Delivery options: places to choose from, stops, and what jobs share.</summary>
internal readonly struct OptionFeatures<TGroups, TStays, TShares> : IFeatureSet
    where TGroups : struct, IFeature
    where TStays : struct, IFeature
    where TShares : struct, IFeature
{
    public static bool HasGroups => TGroups.IsOn;
    public static bool HasStays => TStays.IsOn;
    public static bool HasShares => TShares.IsOn;
}
