using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Moves;

/// <summary>Where and how a job could be inserted, and what that costs.</summary>
internal struct Candidate
{
    public const int None = -1;

    /// <summary>Change of the total cost against leaving the job out for nothing.</summary>
    public long Price;

    /// <summary>Global alternative index, −1 when there is no candidate.</summary>
    public int Alternative;

    /// <summary>Node the first visit follows; when a reload is put in before it, the node the reload follows.</summary>
    public int AfterFirst;

    /// <summary>Node the second visit of a pair follows; may be the first visit.</summary>
    public int AfterSecond;

    /// <summary>Reload node put in beside the visit, −1 for none.</summary>
    public int Reload;

    /// <summary>One more than the idle vehicle that takes the whole route over, because the job calls for it; 0 when the route keeps its own.</summary>
    public int VehiclePlusOne;

    /// <summary>What the walk that found the price knows of the route.</summary>
    public WalkedRoute Walked;

    /// <summary>The reload comes before the visit rather than behind it.</summary>
    public bool IsReloadFirst;
}
