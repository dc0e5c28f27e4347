namespace Logistics.Planning.Exact.Assignments;

/// <summary>Which candidates are legal, what they cost, and what is wrong with the input.</summary>
public static class AssignmentCosts
{
    /// <summary>Candidates that the rules allow: with consent, near enough, and with a compartment that fits at all.</summary>
    public static IEnumerable<AssignmentCandidate> ListLegal(AssignmentProblem problem, AssignmentParcel parcel) => parcel.Candidates.Where(c =>
        c.HasConsent
        && c.WalkMetres <= problem.MaxWalkMetres
        && problem.Terminals[c.Terminal].FreeCompartments.Skip(parcel.SizeClass).Sum() > 0);

    /// <summary>Cost of a candidate.</summary>
    public static long Cost(AssignmentProblem problem, AssignmentCandidate candidate) =>
        candidate.PreferenceCost + (candidate.WalkMetres * problem.CostPerWalkedMetre);

    /// <summary>Cost of a whole choice, one entry per parcel in the problem's order; null is no terminal.</summary>
    /// <exception cref="ArgumentException">A parcel goes to a terminal that is no legal candidate.</exception>
    public static long Total(AssignmentProblem problem, IReadOnlyList<int?> terminals)
    {
        var total = 0L;
        foreach (var (parcel, terminal) in problem.Parcels.Zip(terminals))
        {
            if (terminal is not { } chosen)
            {
                total += parcel.OtherwiseCost;
                continue;
            }

            var candidate = ListLegal(problem, parcel).FirstOrDefault(c => c.Terminal == chosen)
                ?? throw new ArgumentException($"Parcel {parcel.Id}: terminal {problem.Terminals[chosen].Id} is not a legal candidate.", nameof(terminals));
            total += Cost(problem, candidate);
        }

        return total;
    }

    /// <summary>One sentence per error; empty if the problem is sound.</summary>
    public static IReadOnlyList<string> ListErrors(AssignmentProblem problem)
    {
        var errors = new List<string>();
        foreach (var terminal in problem.Terminals)
        {
            if (terminal.FreeCompartments.Count != problem.SizeClasses.Count)
                errors.Add($"Terminal {terminal.Id}: {terminal.FreeCompartments.Count} compartment counts must be one per size class ({problem.SizeClasses.Count}).");
            if (terminal.FreeCompartments.Any(n => n < 0)) errors.Add($"Terminal {terminal.Id}: compartment counts must be ≥ 0.");
            foreach (var quota in terminal.Quotas.Where(q => q.Value < 0)) errors.Add($"Terminal {terminal.Id}: quota {quota.Value} of {quota.Key} must be ≥ 0.");
        }

        foreach (var parcel in problem.Parcels)
        {
            if (parcel.SizeClass < 0 || parcel.SizeClass >= problem.SizeClasses.Count)
                errors.Add($"Parcel {parcel.Id}: size class {parcel.SizeClass} must be 0 to {problem.SizeClasses.Count - 1}.");
            if (parcel.OtherwiseCost < 0) errors.Add($"Parcel {parcel.Id}: cost {parcel.OtherwiseCost} without a terminal must be ≥ 0.");
            foreach (var candidate in parcel.Candidates)
            {
                if (candidate.Terminal < 0 || candidate.Terminal >= problem.Terminals.Count) errors.Add($"Parcel {parcel.Id}: terminal {candidate.Terminal} must be 0 to {problem.Terminals.Count - 1}.");
                if (candidate.PreferenceCost < 0 || candidate.WalkMetres < 0) errors.Add($"Parcel {parcel.Id}: preference cost {candidate.PreferenceCost} and walk {candidate.WalkMetres} m must be ≥ 0.");
            }

            if (parcel.Candidates.DistinctBy(c => c.Terminal).Count() < parcel.Candidates.Count)
                errors.Add($"Parcel {parcel.Id}: a terminal occurs twice among its candidates.");
        }

        foreach (var group in problem.Parcels.GroupBy(p => p.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
            errors.Add($"Parcel {group.Key}: the id occurs {group.Count()} times; it must be unique.");
        return errors;
    }
}
