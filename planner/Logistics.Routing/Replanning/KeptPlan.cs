using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Replanning;

/// <summary>What of a plan can stay as it is under a problem that has changed.</summary>
/// <param name="Plan">The plan timed anew, without the jobs that no longer fit where they are.</param>
/// <param name="Assignment">Vehicle and alternative of each job that stays, by job; null for all others.</param>
internal sealed record KeptPlan(Plan Plan, IReadOnlyList<PreviousAssignment?> Assignment)
{
    /// <summary>Goes through each route in its order and keeps every job that fits with those kept before it.</summary>
    public static KeptPlan Of(Problem problem, Plan plan)
    {
        var compiled = new CompiledProblem(problem);
        var solution = new Solution(compiled);
        solution.Begin();
        new WarmStarter(compiled, solution).Load(plan);
        solution.Commit();
        var changed = new ChangedRoutes(compiled.Vehicles.Length);
        for (int v = 0; v < compiled.Vehicles.Length; v++) changed.Add(v);
        var kept = new Snapshot(compiled);
        kept.Take(solution, solution.Cost, changed);
        var assignment = new PreviousAssignment?[problem.Jobs.Count];
        for (int j = 0; j < assignment.Length; j++)
            if (solution.Jobs.AlternativeOf[j] is var a and >= 0) assignment[j] = new PreviousAssignment(solution.Jobs.VehicleOf[j], compiled.Jobs.IndexInJob[a]);
        return new KeptPlan(new PlanExporter(compiled).Export(kept), assignment);
    }
}
