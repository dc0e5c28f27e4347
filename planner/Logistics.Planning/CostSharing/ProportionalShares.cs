namespace Logistics.Planning.CostSharing;

/// <summary>Shares in proportion to a measure everybody can recompute: parcels, volume, or what each would pay alone.</summary>
public static class ProportionalShares
{
    /// <param name="totalFen">Cost to share, at least 0.</param>
    /// <param name="weights">One for each member, at least 0; all nought shares equally.</param>
    /// <returns>Shares that sum to the total exactly; remainders go to members with a fraction in index order.</returns>
    public static long[] Of(long totalFen, IReadOnlyList<long> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(totalFen);
        if (weights.Any(w => w < 0)) throw new ArgumentException("Weights must be at least 0.", nameof(weights));
        var sum = weights.Aggregate((Int128)0, (s, w) => s + w);
        return sum == 0
            ? Fen.Divide([.. weights.Select(_ => (Int128)totalFen)], weights.Count)
            : Fen.Divide([.. weights.Select(w => (Int128)totalFen * w)], sum);
    }

    /// <summary>In proportion to the cost each member would have alone: equal relative savings.</summary>
    /// <param name="cost">Cost of every coalition by bit mask, fen.</param>
    public static long[] OfStandAlone(IReadOnlyList<long> cost)
    {
        var n = CoalitionCosts.CountMembers(cost);
        return Of(cost[^1], [.. Enumerable.Range(0, n).Select(i => cost[1 << i])]);
    }
}
