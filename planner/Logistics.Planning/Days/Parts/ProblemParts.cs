using Logistics.Routing.Model;

namespace Logistics.Planning.Days.Parts;

/// <summary>Cuts a problem where no job could be done by vehicles of either side: in a day of many hubs, hub by hub.</summary>
/// <remarks>
/// Costs and rules of the parts add up to those of the whole, except for resources that several parts use, such as lockers between two hubs: each part gets units in proportion to what its jobs
/// would ask for, so the parts together never use more than there is.
/// </remarks>
internal static class ProblemParts
{
    /// <summary>The parts, largest first; null when the problem is one or has rules that speak of the whole.</summary>
    public static List<ProblemPart>? Find(Problem problem)
    {
        var isWhole = problem.Balance is not null || problem.Disturbance is not null || problem.ServiceLevels.Count > 0
            || problem.Vehicles.Any(v => v.Committed is not null) || problem.Jobs.Any(j => j.Alternatives.Any(a => a.AllowedVehicles is null));
        if (isWhole || problem.Vehicles.Count == 0) return null;
        var partOf = Join(problem);
        List<int> roots = [.. partOf.Distinct()];
        if (roots.Count < 2) return null;
        var index = roots.Index().ToDictionary(r => r.Item, r => r.Index);
        // What nobody may carry stays out in any part.
        var jobs = roots.ConvertAll(_ => new List<int>());
        for (var job = 0; job < problem.Jobs.Count; job++)
        {
            var allowed = problem.Jobs[job].Alternatives.Select(a => a.AllowedVehicles!).FirstOrDefault(l => l.Count > 0);
            jobs[allowed is null ? 0 : index[partOf[allowed[0]]]].Add(job);
        }

        var shares = ResourceShares.Of(problem, jobs);
        return [.. Enumerable.Range(0, roots.Count).Where(p => jobs[p].Count > 0).OrderByDescending(p => jobs[p].Count)
            .Select(p => new ProblemPart(problem, [.. Enumerable.Range(0, partOf.Length).Where(v => partOf[v] == roots[p])], [.. jobs[p]], shares[p]))];
    }

    /// <summary>For each vehicle the first of those it shares jobs or a depot with, by whatever chain.</summary>
    private static int[] Join(Problem problem)
    {
        var root = Enumerable.Range(0, problem.Vehicles.Count).ToArray();
        var known = new HashSet<IReadOnlyList<int>>(ReferenceEqualityComparer.Instance);
        foreach (var job in problem.Jobs)
        {
            var first = -1;
            foreach (var allowed in job.Alternatives.Select(a => a.AllowedVehicles!))
            {
                if (allowed.Count == 0) continue;
                if (first >= 0) Union(first, allowed[0]);
                first = allowed[0];
                if (known.Add(allowed)) foreach (var vehicle in allowed) Union(first, vehicle);
            }
        }

        // Bays are shared by the clock.
        foreach (var depot in problem.Vehicles.Index().Where(v => v.Item.StartDepot is not null).GroupBy(v => v.Item.StartDepot))
            foreach (var (vehicle, _) in depot) Union(depot.First().Index, vehicle);
        for (var v = 0; v < root.Length; v++) root[v] = Find(v);
        return root;

        int Find(int v)
        {
            while (root[v] != v) v = root[v] = root[root[v]];
            return v;
        }

        void Union(int a, int b)
        {
            (a, b) = (Find(a), Find(b));
            root[Math.Max(a, b)] = Math.Min(a, b);
        }
    }
}
