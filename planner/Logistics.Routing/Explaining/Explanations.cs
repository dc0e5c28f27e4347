using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Routing.Explaining;

/// <summary>Why one vehicle does not do one alternative of an unserved job, given what the vehicle does now.</summary>
/// <param name="Rules">
/// The rules broken by the insertion that breaks fewest: no position in the vehicle's present order is legal, and lifting these makes that one legal. Empty when a legal position exists.
/// </param>
/// <param name="Cost">Extra cost of the cheapest legal position against leaving the job out; negative would be a better plan. Null when none is legal.</param>
/// <param name="Message">The broken rules with their values.</param>
public sealed record Exclusion(int Vehicle, int Alternative, IReadOnlyList<ViolationKind> Rules, long? Cost, string Message);

/// <summary>Everything that keeps a job out, and the smallest change found that would serve it.</summary>
/// <param name="Exclusions">One per vehicle and alternative.</param>
/// <param name="Change">Confirmed by solving the changed problem; null when none was found.</param>
public sealed record UnservedExplanation(int Job, IReadOnlyList<Exclusion> Exclusions, ConfirmedChange? Change);

/// <summary>A change to the problem under which solving it again served the job.</summary>
/// <param name="Description">In words, with amounts; says so when other unserved jobs have to stay out.</param>
/// <param name="Size">What it was ranked by: minutes, kilometres, units; a lifted rule 60, a further vehicle 1440.</param>
/// <param name="Problem">The changed problem.</param>
/// <param name="Plan">The checked plan of the changed problem that serves the job.</param>
public sealed record ConfirmedChange(string Description, double Size, Problem Problem, Plan Plan);

/// <summary>What one job costs on its route, and what the other vehicles would ask.</summary>
/// <param name="MarginalCost">The plan's cost less its cost when the job is taken out of the route (its unserved price not counted).</param>
/// <param name="Others">One per other vehicle and alternative, as for an unserved job.</param>
public sealed record JobExplanation(int Job, int Vehicle, long MarginalCost, IReadOnlyList<Exclusion> Others);
