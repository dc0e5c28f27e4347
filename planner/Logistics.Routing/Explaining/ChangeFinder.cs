using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Routing.Explaining;

/// <summary>Finds the smallest change that serves a job: the least amounts by bisection over one insertion, confirmed by solving the changed problem.</summary>
internal sealed class ChangeFinder(PlanDraft draft, int job, long iterations, CancellationToken cancellation)
{
    // Confirming solves the whole problem, so only the most promising changes get there.
    private const int MaxConfirmations = 6;

    // Lifting one rule may bring the next to light (a longer shift, then a closed depot).
    private const int MaxRounds = 4;

    private const double PriceUnit = 1e-6;

    private readonly record struct Candidate(string Description, double Size, Problem Problem, Plan Plan);

    public ConfirmedChange? Find(IReadOnlyList<Insertion> insertions)
    {
        var sized = new List<Candidate>();
        foreach (var insertion in insertions)
        {
            if (!insertion.IsLegal) AddLeast(sized, insertion);
            else if (insertion.Cost >= draft.Cost) Add(sized, "", 0, draft.Problem, insertion.Vehicle, insertion.Steps);
        }

        AddVehicle(sized);
        var best = sized.OrderBy(c => c.Size).Take(MaxConfirmations).ToList();
        foreach (var candidate in best)
            if (Confirm(candidate) is { } confirmed) return confirmed;
        // What is granted may go to another job that is left out too and worth more: then it is for this job while the others stay out.
        foreach (var candidate in best)
        {
            var alone = WithoutOtherUnserved(candidate.Problem);
            if (Confirm(candidate with { Description = candidate.Description + ", the other unserved jobs staying out", Problem = alone, Plan = PlanScheduler.Price(alone, candidate.Plan.Routes) }) is { } confirmed) return confirmed;
        }

        return null;
    }

    /// <summary>Adds a mended insertion; where serving then still costs more than leaving out, the price is part of the change.</summary>
    private void Add(List<Candidate> sized, string description, double size, Problem problem, int vehicle, IReadOnlyList<BareStep> steps)
    {
        var plan = draft.Replace(problem, vehicle, steps);
        if (problem.Jobs[job].UnservedCost is not null && plan.Cost.Total >= draft.Cost)
        {
            var price = Changes.HigherPrice(problem, job);
            long missing = plan.Cost.Total - draft.Cost + 1;
            problem = price.Apply(problem, missing);
            (description, size) = (description.Length == 0 ? price.Describe(missing) : $"{description} and {price.Describe(missing)}", size + (missing * price.UnitSize));
            plan = draft.Replace(problem, vehicle, steps);
        }

        sized.Add(new Candidate(description, size, problem, plan));
    }

    /// <summary>Grants everything that bears on the broken rules, then takes back, heaviest first, all that is not needed.</summary>
    private void AddLeast(List<Candidate> sized, Insertion insertion)
    {
        var changes = new List<Change>();
        var granted = insertion;
        for (int round = 0; round < MaxRounds && !granted.IsLegal; round++)
        {
            int before = changes.Count;
            changes.AddRange(Changes.For(draft.Problem, granted, job));
            if (changes.Count == before) return;
            granted = Grant(insertion, changes, [.. changes.Select(c => c.Most)]);
        }

        if (!granted.IsLegal) return;
        long[] amounts = [.. changes.Select(c => c.Most)];
        foreach (int i in Enumerable.Range(0, changes.Count).OrderByDescending(i => changes[i].UnitSize)) TakeBack(insertion, changes, amounts, i);
        var needed = Enumerable.Range(0, changes.Count).Where(i => amounts[i] > 0).ToList();
        var problem = Apply(changes, amounts);
        Add(sized, string.Join(" and ", needed.Select(i => changes[i].Describe(amounts[i]))), needed.Sum(i => amounts[i] * changes[i].UnitSize), problem, insertion.Vehicle, insertion.Steps);
    }

    /// <summary>Bisects one amount down to the least that is still legal with the others as they are.</summary>
    private void TakeBack(Insertion insertion, List<Change> changes, long[] amounts, int index)
    {
        long least = amounts[index], tooLittle = -1;
        while (least - tooLittle > 1)
        {
            long middle = tooLittle + ((least - tooLittle) / 2);
            amounts[index] = middle;
            if (Grant(insertion, changes, amounts).IsLegal) least = middle;
            else tooLittle = middle;
        }

        amounts[index] = least;
    }

    private Insertion Grant(Insertion insertion, List<Change> changes, long[] amounts) =>
        Insertions.Try(draft, Apply(changes, amounts), job, insertion.Alternative, insertion.Vehicle, insertion.Steps);

    private Problem Apply(List<Change> changes, long[] amounts)
    {
        var problem = draft.Problem;
        for (int i = 0; i < changes.Count; i++)
            if (amounts[i] > 0) problem = changes[i].Apply(problem, amounts[i]);
        return problem;
    }

    /// <summary>A further vehicle like one in use, with whatever else it would still need.</summary>
    private void AddVehicle(List<Candidate> sized)
    {
        for (int like = 0; like < draft.Problem.Vehicles.Count; like++)
        {
            // A vehicle that stands idle is no help twice.
            if (draft.FindRoute(like) is null) continue;
            var change = Changes.OneMoreVehicle(draft.Problem, like);
            var wider = new PlanDraft(change.Apply(draft.Problem, 1), draft.Plan);
            int added = wider.Problem.Vehicles.Count - 1;
            var finder = new ChangeFinder(wider, job, iterations, cancellation);
            var found = new List<Candidate>();
            for (int a = 0; a < wider.Problem.Jobs[job].Alternatives.Count; a++)
            {
                var insertion = Insertions.FindBest(wider, wider.Problem, job, a, added);
                if (insertion.IsLegal) finder.Add(found, "", 0, wider.Problem, added, insertion.Steps);
                else finder.AddLeast(found, insertion);
            }

            foreach (var candidate in found)
                sized.Add(candidate with { Description = candidate.Description.Length == 0 ? change.Describe(1) : $"{change.Describe(1)} and {candidate.Description}", Size = change.UnitSize + candidate.Size });
            if (found.Count > 0) return;
        }
    }

    private Problem WithoutOtherUnserved(Problem problem) => problem with
    {
        Jobs = [.. problem.Jobs.Select((j, i) => i == job || !draft.Plan.Unserved.Contains(i) ? j : j with { UnservedCost = j.UnservedCost ?? 0, Alternatives = [.. j.Alternatives.Select(a => a with { AllowedVehicles = [] })] })],
    };

    /// <summary>Solves the changed problem. A plan without the job may turn out cheaper than the known one: then the price that outweighs it is part of the change.</summary>
    private ConfirmedChange? Confirm(Candidate candidate)
    {
        var (description, size, problem, start) = candidate;
        if (ProblemValidator.Validate(problem).Count > 0) return null;
        long raised = 0;
        for (int round = 0; round < MaxRounds; round++)
        {
            var plan = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = iterations, WarmStart = start }, cancellation).Plan;
            if (!plan.Unserved.Contains(job))
                return Insertions.IsLegalFor(problem, plan, job) ? new ConfirmedChange(WithPrice(description, raised), size + (raised * PriceUnit), problem, plan) : null;
            if (problem.Jobs[job].UnservedCost is null || !Insertions.IsLegalFor(problem, plan, job)) return null;
            var price = Changes.HigherPrice(problem, job);
            long missing = Math.Max(1, start.Cost.Total - plan.Cost.Total + 1);
            raised += missing;
            problem = price.Apply(problem, missing);
            start = PlanScheduler.Price(problem, start.Routes);
        }

        return null;
    }

    private string WithPrice(string description, long raised) => raised == 0 ? description
        : description.Length == 0 ? Changes.HigherPrice(draft.Problem, job).Describe(raised) : $"{description} and {Changes.HigherPrice(draft.Problem, job).Describe(raised)}";
}
