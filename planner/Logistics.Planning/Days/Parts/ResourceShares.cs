using Logistics.Routing.Model;

namespace Logistics.Planning.Days.Parts;

/// <summary>Deals the shared resources out to the parts of a problem, so that together they never use more than there is.</summary>
internal static class ResourceShares
{
    // Against units that jobs left out ask for, those that are served already and might be served elsewhere count little.
    private const double ServedWeight = 0.01;

    /// <param name="jobsOfPart">Jobs of each part.</param>
    /// <returns>For each part all resources with what it may use of them, in proportion to what its jobs would ask for.</returns>
    public static IReadOnlyList<IReadOnlyList<SharedResource>> Of(Problem problem, List<List<int>> jobsOfPart) =>
        Deal(problem, jobsOfPart.ConvertAll(jobs => Asked(problem, jobs, _ => 1)), null);

    /// <summary>The same for parts that have a plan: each keeps what it uses, and what is free goes to those that left jobs out for which they might need it.</summary>
    /// <param name="plans">The parts' plans in the numbers of the whole.</param>
    public static IReadOnlyList<IReadOnlyList<SharedResource>> Again(Problem problem, List<List<int>> jobsOfPart, List<(IReadOnlyList<Route> Routes, HashSet<int> Unserved)> plans) =>
        Deal(problem, [.. jobsOfPart.Zip(plans, (jobs, plan) => Asked(problem, jobs, job => plan.Unserved.Contains(job) ? 1 : ServedWeight))], plans.ConvertAll(p => Used(problem, p.Routes)));

    private static IReadOnlyList<IReadOnlyList<SharedResource>> Deal(Problem problem, List<double[]> asked, List<int[][]>? used)
    {
        var shares = asked.ConvertAll(_ => new SharedResource[problem.Resources.Count]);
        for (var r = 0; r < problem.Resources.Count; r++)
        {
            var resource = problem.Resources[r];
            double total = asked.Sum(a => a[r]), before = 0;
            // What nobody asks for, a dock for one, all see whole: only one part can use it.
            if (total == 0)
            {
                foreach (var share in shares) share[r] = resource;
                continue;
            }

            int[] free = [.. resource.CapacityByClass.Select((units, c) => units - (used?.Sum(u => u[r][c]) ?? 0))];
            var dealt = new int[free.Length];
            for (var p = 0; p < shares.Count; p++)
            {
                // Rounding the running sum gives every unit to somebody and none twice.
                before += asked[p][r];
                var part = p == shares.Count - 1 ? 1 : before / total;
                var own = new int[free.Length];
                for (var c = 0; c < free.Length; c++)
                {
                    var upTo = (int)Math.Round(free[c] * part);
                    own[c] = upTo - dealt[c] + (used?[p][r][c] ?? 0);
                    dealt[c] = upTo;
                }

                shares[p][r] = resource with { CapacityByClass = own };
            }
        }

        return shares;
    }

    /// <summary>Units by resource: a job asks for what its alternatives would use on average.</summary>
    private static double[] Asked(Problem problem, List<int> jobs, Func<int, double> weight)
    {
        var units = new double[problem.Resources.Count];
        foreach (var job in jobs)
        {
            var alternatives = problem.Jobs[job].Alternatives;
            foreach (var use in alternatives.SelectMany(a => a.Visits).SelectMany(v => v.Uses)) units[use.Resource] += weight(job) * use.Units / alternatives.Count;
        }

        return units;
    }

    private static int[][] Used(Problem problem, IReadOnlyList<Route> routes)
    {
        int[][] used = [.. problem.Resources.Select(r => new int[r.CapacityByClass.Count])];
        foreach (var step in routes.SelectMany(r => r.Steps).Where(s => s.Kind == StepKind.Visit))
        {
            var uses = RoutePeeling.UsesOf(problem, step);
            for (var u = 0; u < uses.Count; u++) used[uses[u].Resource][u < step.GivenClasses.Count ? step.GivenClasses[u] : uses[u].SizeClass] += uses[u].Units;
        }

        return used;
    }
}
