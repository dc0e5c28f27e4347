using Logistics.Routing.Model;

namespace Logistics.Routing.Search.Stops;

/// <summary>Plans the stops of each group of vehicles anew by the classic search on a relaxation, whenever stops have been made up anew: in the same time it makes several times the steps.</summary>
/// <remarks>It begins with as few vehicles as are soon found to do. The routes found are loaded under the exact rules and polished for a while; they are kept when they are cheaper than the best by then, and given up otherwise.</remarks>
internal sealed class RelaxedSearch(StopSearch search, Annealing annealing, Budget budget, SearchOptions options, int island)
{
    // From here on what the relaxation leaves out of the cost is more than what it could still gain.
    private const double Until = 0.8;

    // Which vehicles make which trips is settled while the relaxation is hot: one that begins as cold as other problems do, or colder each time, keeps what the first one happened upon.
    private const double Heat = 4;

    // Steps of the relaxation that take as long as an exact one.
    private const long IterationsPerStep = 6;

    /// <param name="share">Part of the budget for the relaxation.</param>
    /// <param name="best">Cost of the best plan.</param>
    /// <param name="keep">Called when the current plan is cheaper than that.</param>
    /// <param name="isAlive">Called now and then while the relaxation is searched.</param>
    /// <returns>False when no part of the problem has a relaxation.</returns>
    public bool TryRun(double share, Func<long> best, Action keep, Action isAlive, int maxUsed, CancellationToken cancellation)
    {
        if (budget.Spent >= Until) return true;
        bool isAny = false;
        // One group after the other: what is lost of one plan under the exact rules does not cost the others.
        foreach (var relaxation in search.Relax())
        {
            isAny = true;
            double part = (double)relaxation.Count / search.JobCount;
            search.Mark();
            search.Replace(relaxation.Vehicles, [.. relaxation.Restore(Solve(relaxation, share * part, isAlive, cancellation))]);
            var polisher = new StopPolisher(search, annealing, budget, part);
            polisher.Complete(maxUsed);
            search.Release(isBack: !polisher.TryPolish(best, keep), maxUsed);
        }

        return isAny;
    }

    private Plan Solve(StopRelaxation relaxation, double share, Action isAlive, CancellationToken cancellation)
    {
        double begun = options.ElapsedSeconds?.Invoke() ?? 0;
        var result = RouteSearch.Solve(relaxation.Problem, new SearchOptions
        {
            Seed = options.Seed + (ulong)island,
            ElapsedSeconds = options.ElapsedSeconds is { } clock ? () => clock() - begun : null,
            MaxSeconds = options.MaxSeconds * share,
            MaxIterations = options.MaxIterations == long.MaxValue ? long.MaxValue : IterationsPerStep * Math.Max(1, (long)(share * options.MaxIterations)),
            WarmStart = relaxation.FindStart(),
            Heat = Heat,
            Terms = relaxation.Terms,
            SavesVehicles = true,
            Progress = progress =>
            {
                if (!progress.IsImproved) isAlive();
            },
        }, cancellation);
        budget.Add(result.Iterations / IterationsPerStep);
        return result.Plan;
    }
}
