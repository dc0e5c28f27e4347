using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search;

/// <summary>Ruin and recreate over a solution of its own: what an island does again and again. Owned by one thread.</summary>
internal abstract class LocalSearch
{
    /// <summary>Cost of the current solution, jobs left out included.</summary>
    public long Cost { get; protected set; }

    /// <summary>Routes that can be dropped: vehicles in use, unless the search says otherwise.</summary>
    public abstract int UsedCount { get; }

    /// <summary>True when nothing that must be served is left out and every level of service is kept.</summary>
    public abstract bool IsComplete { get; }

    /// <summary>Takes a solution over.</summary>
    /// <param name="maxUsed">Most vehicles that insertions may use; without room for another they are not tempted by one.</param>
    public abstract void Load(Snapshot best, int maxUsed);

    /// <summary>One ruin and repair, kept when the annealing accepts it; true when it was.</summary>
    public abstract bool TryStep(Annealing annealing);

    /// <summary>Copies the current solution to a snapshot that differs only in routes changed since the last copy.</summary>
    public abstract void KeepIn(Snapshot best);

    /// <summary>Takes out the route whose jobs are easiest to place and allows no vehicle in its stead; what fits elsewhere goes there.</summary>
    public abstract void DropRoute(AbsenceCounts absences);

    /// <summary>One ruin and repair, kept when what it leaves out is easier to place than what was left out before.</summary>
    public abstract void TryPlace(AbsenceCounts absences, Annealing annealing);
}
