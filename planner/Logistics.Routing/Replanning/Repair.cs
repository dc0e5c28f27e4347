using Logistics.Routing.Checking;
using Logistics.Routing.Explaining;
using Logistics.Routing.Model;

namespace Logistics.Routing.Replanning;

/// <summary>Why a job is not where it was.</summary>
public enum TouchReason
{
    /// <summary>It came with the incident.</summary>
    Added,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>It could not stay: the incident took its vehicle, place, hour, compartment or way.</summary>
    Struck,

    /// <summary>It could have stayed and was moved for the repair's sake; these are what the budget limits.</summary>
    Disturbed,

    /// <summary>It was left out before and is served now.</summary>
    Gained,
}

/// <summary>A job whose vehicle or alternative differs from the running plan's.</summary>
/// <param name="From">Where it was; null = not served.</param>
/// <param name="To">Where it is; null = not served.</param>
public sealed record TouchedJob(int Job, TouchReason Reason, PreviousAssignment? From, PreviousAssignment? To);

/// <summary>A repaired plan.</summary>
public sealed record Repair
{
    /// <summary>The problem after the incidents, limits relieved where history breaks them.</summary>
    public required Problem Problem { get; init; }

    /// <summary>The repaired plan, history included.</summary>
    public required Plan Plan { get; init; }

    /// <summary>The running plan's cost before the incidents.</summary>
    public required long CostBefore { get; init; }

    /// <summary>Cost of only leaving out what cannot stay.</summary>
    public required long CostUnrepaired { get; init; }

    public required IReadOnlyList<TouchedJob> Touched { get; init; }

    /// <summary>Limits lifted because they cannot be kept any more.</summary>
    public required IReadOnlyList<Relief> Relieved { get; init; }

    /// <summary>What the checker finds; empty when the repair is legal.</summary>
    public required IReadOnlyList<Violation> Violations { get; init; }

    public long CostAfter => Plan.Cost.Total;

    public int Disturbed => Touched.Count(t => t.Reason == TouchReason.Disturbed);

    /// <summary>Touched jobs that nobody serves any more, cancelled ones apart.</summary>
    public IEnumerable<int> ListLost() => Touched.Where(t => t is { To: null, Reason: not TouchReason.Cancelled }).Select(t => t.Job);

    /// <summary>Why a job is not served any more, vehicle by vehicle.</summary>
    /// <param name="iterations">Search iterations that confirm a change which would serve it; 0 = none is looked for.</param>
    public UnservedExplanation Explain(int job, long iterations = 0, CancellationToken cancellation = default) => PlanExplainer.ExplainUnserved(Problem, Plan, job, iterations, cancellation);
}

/// <summary>Why an incident cannot be applied.</summary>
public enum IncidentRule
{
    /// <summary>It names a job, vehicle, place, resource or profile that the problem does not have.</summary>
    Unknown,

    /// <summary>The job is done or under way already.</summary>
    History,

    /// <summary>The problem it makes is inconsistent.</summary>
    Inconsistent,
}

/// <summary>An incident refused.</summary>
/// <param name="Index">What the incident or the error speaks of, as an index among its kind; −1 = the problem as a whole.</param>
public sealed record IncidentFault(IncidentRule Rule, int Index, string Message);

/// <summary>A repair, or why there is none.</summary>
public sealed record RepairResult(Repair? Repair, IReadOnlyList<IncidentFault> Faults);
