namespace Logistics.Routing.Search.Compiled;

/// <summary>One vehicle as the search reads it.</summary>
internal struct VehicleData
{
    public Legs Legs;

    /// <summary>Vehicles of one class are alike in everything but their name.</summary>
    public int Class;
    public long FixedCost;
    public long CostPerMetre;
    public long CostPerTravelSecond;
    public long CostPerSecond;
    public long CostPerOvertimeSecond;
    public int RegularSeconds;

    public long MaxDistance;
    public int MaxDuration;
    public int MaxTravel;
    public int MaxStops;
    public int MaxTasks;

    /// <summary>Any of distance, travel, stop or task limits is set.</summary>
    public bool HasCountLimits;

    /// <summary>Duration is priced or limited, so the start is worth choosing.</summary>
    public bool IsDurationPriced;

    /// <summary>A later start may be cheaper: duration is priced or limited, or a leg's metres or seconds of driving, priced or limited, depend on when it is driven.</summary>
    public bool IsStartChosen;

    /// <summary>Prices in constant time are estimates; every change is verified by an exact walk of the route.</summary>
    public bool NeedsWalk;

    public int Start;
    public int End;

    /// <summary>Reload nodes: <see cref="MaxReloads"/> for each of <see cref="ReloadDepotCount"/> depots, from here on.</summary>
    public int FirstReload;
    public int MaxReloads;
    public int ReloadDepotCount;

    /// <summary>Start of the route: begin in [EarliestStart, LatestStart]; loading not before <see cref="LoadFrom"/>.</summary>
    public int EarliestStart;
    public int LatestStart;
    public int LoadFrom;
    public int LoadUntil;

    /// <summary>The vehicle is under way: its start is history and the first trip takes nothing more from the depot.</summary>
    public bool IsUnderWay;

    /// <summary>Goods are on board before the first visit.</summary>
    public bool HasOnBoard;

    /// <summary>The first free visit at the start's place continues a stay.</summary>
    public bool StartsInStay;
    public long DistanceBefore;
    public int TasksBefore;
    public int StopsBefore;
    public long LatenessBefore;
    public bool KeepsLoadedOrder;

    /// <summary>In the order in which they are taken.</summary>
    public CompiledBreak[] Breaks;
}
