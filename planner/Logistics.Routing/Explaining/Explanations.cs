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

/// <summary>One stop of a route: the stay at a place and what it costs.</summary>
/// <param name="Jobs">Jobs handled there, a pair at both of its stops.</param>
/// <param name="MarginalCost">What the plan would save without these jobs (their unserved prices not counted).</param>
public sealed record StopExplanation(int Place, IReadOnlyList<int> Jobs, long MarginalCost);

/// <summary>What it would mean if another vehicle drove a route: an idle one takes it over, a used one gives its own in exchange.</summary>
/// <param name="Rules">Rules that the exchange breaks; empty when it is legal.</param>
/// <param name="ExtraCost">What the plan would cost more; negative is a gain the search has missed. Null when it is not legal.</param>
public sealed record VehicleAlternative(int Vehicle, bool IsExchange, IReadOnlyList<ViolationKind> Rules, long? ExtraCost, string Message);

/// <summary>What each stop of a route costs, and why this vehicle drives it: every other one is refused by a rule or dearer.</summary>
public sealed record RouteExplanation(int Vehicle, IReadOnlyList<StopExplanation> Stops, IReadOnlyList<VehicleAlternative> Others);
