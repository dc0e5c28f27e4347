using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Routing.Explaining;

/// <summary>Finds the smallest single change that serves a job: the least amount by bisection over one insertion, confirmed by solving the changed problem.</summary>
internal sealed class ChangeFinder(PlanDraft draft, int job, long iterations, CancellationToken cancellation)
{
    // Confirming solves the whole problem, so only the most promising changes get there.
    private const int MaxConfirmations = 6;

    public ConfirmedChange? Find(IReadOnlyList<Insertion> insertions)
    {
        var sized = new List<(string Description, double Size, Problem Problem, Plan Plan)>();
        foreach (var insertion in insertions)
        {
            if (insertion.IsLegal) AddPrice(sized, insertion);
            else
                foreach (var change in Changes.For(draft.Problem, insertion, job)) AddLeast(sized, insertion, change);
        }

        AddVehicle(sized);
        foreach (var candidate in sized.OrderBy(c => c.Size).Take(MaxConfirmations))
            if (Confirm(candidate.Problem, candidate.Plan) is { } plan) return new ConfirmedChange(candidate.Description, candidate.Size, candidate.Problem, plan);
        return null;
    }

    /// <summary>A legal position that is not worth its cost: the price is what keeps the job out.</summary>
    private void AddPrice(List<(string, double, Problem, Plan)> sized, Insertion insertion)
    {
        if (draft.Problem.Jobs[job].UnservedCost is null || insertion.Cost < draft.Cost) return;
        var change = Changes.HigherPrice(draft.Problem, job);
        long missing = insertion.Cost - draft.Cost + 1;
        var problem = change.Apply(draft.Problem, missing);
        sized.Add((change.Describe(missing), missing * change.UnitSize, problem, draft.Replace(problem, insertion.Vehicle, insertion.Steps)));
    }

    private void AddLeast(List<(string, double, Problem, Plan)> sized, Insertion insertion, Change change)
    {
        if (!IsMended(insertion, change, change.Most)) return;
        long least = change.Most, tooLittle = 0;
        while (least - tooLittle > 1)
        {
            long middle = tooLittle + ((least - tooLittle) / 2);
            if (IsMended(insertion, change, middle)) least = middle;
            else tooLittle = middle;
        }

        var problem = change.Apply(draft.Problem, least);
        sized.Add((change.Describe(least), least * change.UnitSize, problem, draft.Replace(problem, insertion.Vehicle, insertion.Steps)));
    }

    private bool IsMended(Insertion insertion, Change change, long amount) =>
        Insertions.Try(draft, change.Apply(draft.Problem, amount), job, insertion.Alternative, insertion.Vehicle, insertion.Steps).IsLegal;

    private void AddVehicle(List<(string, double, Problem, Plan)> sized)
    {
        for (int like = 0; like < draft.Problem.Vehicles.Count; like++)
        {
            // A vehicle that stands idle is no help twice.
            if (draft.FindRoute(like) is null) continue;
            var change = Changes.OneMoreVehicle(draft.Problem, like);
            var problem = change.Apply(draft.Problem, 1);
            for (int a = 0; a < problem.Jobs[job].Alternatives.Count; a++)
            {
                var insertion = Insertions.FindBest(draft, problem, job, a, problem.Vehicles.Count - 1);
                if (!insertion.IsLegal) continue;
                sized.Add((change.Describe(1), change.UnitSize, problem, insertion.Plan));
                return;
            }
        }
    }

    private Plan? Confirm(Problem problem, Plan start)
    {
        if (ProblemValidator.Validate(problem).Count > 0) return null;
        var result = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = iterations, WarmStart = start }, cancellation);
        return !result.Plan.Unserved.Contains(job) && Insertions.IsLegalFor(problem, result.Plan, job) ? result.Plan : null;
    }
}
