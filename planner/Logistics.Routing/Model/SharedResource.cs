namespace Logistics.Routing.Model;

/// <summary>Something many visits share across routes: a locker's compartments, a partner's quota, dock slots.</summary>
/// <remarks>
/// Classes are nested by size: a use of class c may be given a unit of class c or any larger one. So a set of uses fits exactly when, for every c,
/// the units used of classes ≥ c are at most the capacity of classes ≥ c (Hall's condition on a chain).
/// </remarks>
public sealed record SharedResource
{
    public required string Id { get; init; }

    /// <summary>Units per class, smallest class first.</summary>
    public required IReadOnlyList<int> CapacityByClass { get; init; }

    /// <summary>Length of one slot, seconds: the capacity holds for each slot [k·s, (k+1)·s) apart, and a use counts in the slot its start falls in. 0 = one slot for all time.</summary>
    public int SlotSeconds { get; init; }
}

/// <summary>Units of one class of one resource.</summary>
public readonly record struct ResourceUse(int Resource, int SizeClass, int Units = 1);
