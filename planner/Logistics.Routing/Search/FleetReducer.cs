using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search;

/// <summary>Serves every mandatory job with as few vehicles as it can: takes a route away and searches, with jobs left out, until all fit again.</summary>
/// <remarks>
/// Absence counters (Christiaens and Vanden Berghe 2020, §4.4): jobs that are hard to place gain weight, and a solution is kept when the weight of what it leaves out falls.
/// Used where vehicles dominate the cost, or where the first solution could not serve all.
/// </remarks>
internal sealed class FleetReducer(CompiledProblem problem, Solution solution, StringRuin ruin, Recreate recreate, Inserter inserter, Annealing annealing, Budget budget)
{
    private readonly AbsenceCounts _absences = new(problem.Jobs.Count);
    private readonly int _fewest = FleetBound.Find(problem);

    /// <summary>True when one vehicle less is worth more than what its route costs to drive.</summary>
    public static bool IsWorthwhile(CompiledProblem problem, Solution solution)
    {
        long fixedCost = 0, driven = 0;
        for (int v = 0; v < solution.Routes.Length; v++)
        {
            if (!solution.Routes[v].IsUsed) continue;
            fixedCost += problem.Vehicles[v].FixedCost;
            driven += solution.Routes[v].Cost - problem.Vehicles[v].FixedCost;
        }

        return fixedCost > 2 * driven;
    }

    /// <summary>Searches until <paramref name="until"/> of the budget is spent or no route can be saved.</summary>
    /// <param name="keep">Called whenever everything fits.</param>
    /// <returns>Vehicles in use when everything last fitted; −1 when it never did.</returns>
    public int Run(double until, bool reduces, Action keep)
    {
        int fewest = -1;
        if (solution.Jobs.AbsentMandatory == 0) fewest = solution.Idle.UsedCount;
        if (fewest < 0) inserter.MaxUsed = int.MaxValue;
        while (fewest < 0 || (reduces && fewest > _fewest))
        {
            if (fewest >= 0) DropRoute(fewest);
            if (!PlaceAll(until)) break;
            fewest = solution.Idle.UsedCount;
            keep();
        }

        inserter.MaxUsed = int.MaxValue;
        return fewest;
    }

    private void DropRoute(int used)
    {
        int route = -1;
        long least = long.MaxValue;
        for (int v = 0; v < solution.Routes.Length; v++)
        {
            if (!solution.Routes[v].IsUsed || problem.Vehicles[v].IsUnderWay) continue;
            long weight = 0;
            for (int n = solution.Nodes[problem.Vehicles[v].Start].Next; n != problem.Vehicles[v].End; n = solution.Nodes[n].Next)
                if (problem.Nodes[n].Alternative >= 0) weight += _absences.WeightOf(problem.Jobs.JobOf[problem.Nodes[n].Alternative]);
            if (weight < least) (least, route) = (weight, v);
        }

        inserter.MaxUsed = used - 1;
        if (route < 0) return;
        solution.Begin();
        for (int n = solution.Nodes[problem.Vehicles[route].Start].Next; n != problem.Vehicles[route].End; n = solution.Nodes[problem.Vehicles[route].Start].Next)
        {
            if (problem.Nodes[n].Kind == NodeKind.Visit) solution.Unlink(problem.Jobs.JobOf[problem.Nodes[n].Alternative]);
            else solution.UnlinkReload(n);
        }

        solution.Refresh(route);
        recreate.RunAll();
        solution.Commit();
    }

    private bool PlaceAll(double until)
    {
        long current = solution.Cost, weight = SumAbsences();
        int absent = solution.Jobs.AbsentMandatory;
        while (absent > 0)
        {
            if (budget.IsOver || budget.Spent >= until) return false;
            if (budget.IsFresh) annealing.Cool(budget.Spent);
            solution.Begin();
            ruin.Run();
            recreate.Run(ruin.Removed);
            budget.Count();
            long cost = solution.Cost, sum = SumAbsences();
            int count = solution.Jobs.AbsentMandatory;
            _absences.Count(solution.Jobs.Absent);
            if (count == 0 || sum < weight || (count == absent && annealing.Accepts(cost, current)))
            {
                solution.Commit();
                (current, absent) = (cost, count);
                weight = SumAbsences();
            }
            else
            {
                solution.Rollback();
                weight = SumAbsences();
            }
        }

        return solution.Jobs.FindPenalty() == 0;
    }

    private long SumAbsences()
    {
        long sum = 0;
        foreach (int job in solution.Jobs.Absent)
            if (problem.Jobs.UnservedCost[job] < 0) sum += _absences.WeightOf(job);
        return sum;
    }
}
