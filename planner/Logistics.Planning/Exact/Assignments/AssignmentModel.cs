using Logistics.OrTools.Modelling;

namespace Logistics.Planning.Exact.Assignments;

/// <summary>The assignment as a CP-SAT model: one truth per parcel and legal candidate.</summary>
/// <remarks>
/// Compartment classes need no variables. With nested classes a set of parcels fits a terminal if and only if, for each class k,
/// the parcels of class k and above are at most the compartments of class k and above (Hall's condition on a chain); these few
/// counts are a far stronger model than a truth per compartment class, and <see cref="CompartmentAllocation"/> recovers the classes.
/// </remarks>
internal sealed class AssignmentModel
{
    public AssignmentModel(AssignmentProblem problem)
    {
        Choices = new List<(int Terminal, long Cost, Literal IsChosen)>[problem.Parcels.Count];
        var objective = new LinearSum();
        for (var p = 0; p < problem.Parcels.Count; p++)
        {
            var parcel = problem.Parcels[p];
            // A candidate that is dearer than no terminal at all is never chosen by an optimum.
            var choices = AssignmentCosts.ListLegal(problem, parcel)
                .Select(c => (c.Terminal, Cost: AssignmentCosts.Cost(problem, c)))
                .Where(c => c.Cost <= parcel.OtherwiseCost)
                .Select(c => (c.Terminal, c.Cost, Builder.NewBool()))
                .ToList();
            Choices[p] = choices;
            Builder.AddAtMostOne(choices.Select(c => c.Item3));
            // Savings against no terminal: the constant keeps the objective the true cost.
            objective.Add(parcel.OtherwiseCost);
            foreach (var (_, cost, isChosen) in choices) objective.Add(isChosen, cost - parcel.OtherwiseCost);
        }

        for (var t = 0; t < problem.Terminals.Count; t++) AddTerminal(problem, t);
        Builder.Minimize(objective);
    }

    public CpModelBuilder Builder { get; } = new("assignment");

    /// <summary>Choices of each parcel.</summary>
    public List<(int Terminal, long Cost, Literal IsChosen)>[] Choices { get; }

    /// <summary>A legal assignment at once: the parcels with most to lose choose first. One value per variable.</summary>
    public long[] FindStart()
    {
        var values = new long[Builder.Model.Variables.Count];
        var left = new List<long>();
        var limitsOf = new List<int>[values.Length];
        foreach (var limit in Builder.Model.Constraints.Where(c => c.Linear is not null).Select(c => c.Linear))
        {
            foreach (var variable in limit.Vars) (limitsOf[variable] ??= []).Add(left.Count);
            left.Add(limit.Domain[1]);
        }

        // What a parcel loses if its first wish is gone.
        foreach (var choices in Choices.Where(c => c.Count > 0).Select(c => c.OrderBy(o => o.Cost).ToList()).OrderByDescending(c => c.Count > 1 ? c[1].Cost - c[0].Cost : long.MaxValue))
        {
            var free = choices.Select(c => c.IsChosen.Index).Where(v => limitsOf[v]?.TrueForAll(l => left[l] > 0) ?? true).DefaultIfEmpty(-1).First();
            if (free < 0) continue;
            values[free] = 1;
            foreach (var limit in limitsOf[free] ?? []) left[limit]--;
        }

        return values;
    }

    private void AddTerminal(AssignmentProblem problem, int terminal)
    {
        var arriving = Choices
            .SelectMany((choices, p) => choices.Where(c => c.Terminal == terminal).Select(c => (Parcel: problem.Parcels[p], c.IsChosen)))
            .ToList();
        for (var k = 0; k < problem.SizeClasses.Count; k++)
            AddLimit(arriving.Where(a => a.Parcel.SizeClass >= k).Select(a => a.IsChosen), problem.Terminals[terminal].FreeCompartments.Skip(k).Sum());
        foreach (var (partner, quota) in problem.Terminals[terminal].Quotas)
            AddLimit(arriving.Where(a => a.Parcel.PartnerId == partner).Select(a => a.IsChosen), quota);
    }

    private void AddLimit(IEnumerable<Literal> literals, int most)
    {
        var sum = LinearSum.CountOf(literals);
        if (sum.Count > most) Builder.AddLinear(sum, 0, most);
    }
}
