using System.Numerics;
using Logistics.Domain;
using Logistics.Planning.Days;

namespace Logistics.Planning.CostSharing;

/// <summary>What every coalition of partners would pay for a day: the cost game behind the settlement.</summary>
/// <param name="PartnerIds">Members in bit order; only partners with parcels that day.</param>
/// <param name="CostFen">Cost of every coalition by bit mask, closed under splitting.</param>
/// <param name="UnservedByCoalition">Parcels left out, by bit mask; a coalition with many is not comparable.</param>
public sealed record PartnerGame(IReadOnlyList<string> PartnerIds, IReadOnlyList<long> CostFen, IReadOnlyList<int> UnservedByCoalition)
{
    /// <summary>Plans the day once for each coalition, with the same fleet, terminals and search effort.</summary>
    /// <remarks>
    /// A coalition's cost is what its plan costs to run (vehicles, metres, hours) and the prizes of what it leaves out. Plans are found by search, so costs are upper bounds;
    /// more effort makes the shares steadier. 2^n − 1 solves for n partners, at most <see cref="ShapleyValue.MaxExactMembers"/>.
    /// </remarks>
    /// <param name="progress">Called with the number of coalitions done and of all.</param>
    public static async Task<PartnerGame> PlanAsync(DayPlanner planner, DayInput day, SolveSettings effort, IdFactory ids, Action<int, int>? progress, CancellationToken cancellation)
    {
        string[] partners = [.. day.Parcels.Select(p => p.PartnerId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (partners.Length is 0 or > ShapleyValue.MaxExactMembers)
            throw new ArgumentException($"{partners.Length} partners have parcels; the game is planned for 1 to {ShapleyValue.MaxExactMembers}.", nameof(day));
        var cost = new long[1 << partners.Length];
        var unserved = new int[cost.Length];
        var bit = partners.Index().ToDictionary(p => p.Item, p => 1 << p.Index, StringComparer.Ordinal);
        // Larger coalitions last: they take longest and a cancelled run has lost least.
        foreach (var (done, coalition) in Enumerable.Range(1, cost.Length - 1).OrderBy(c => BitOperations.PopCount((uint)c)).Index())
        {
            cancellation.ThrowIfCancellationRequested();
            var part = day with { Parcels = [.. day.Parcels.Where(p => (bit[p.PartnerId] & coalition) != 0)], Base = null, Edits = [] };
            var model = await planner.BuildAsync(part, cancellation);
            var outcome = planner.Solve(model, effort, new PlanHeader($"coalition_{coalition}", 1, "", "settlement"), ids, null, cancellation);
            cost[coalition] = outcome.DayPlan.Cost.OperatingFen() + outcome.DayPlan.Cost.UnservedFen;
            unserved[coalition] = outcome.DayPlan.Unassigned.Count;
            progress?.Invoke(done + 1, cost.Length - 1);
        }

        return new PartnerGame(partners, CoalitionCosts.CloseUnderSplitting(cost), unserved);
    }
}
