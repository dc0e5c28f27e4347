using System.Numerics;

namespace Logistics.Planning.CostSharing;

/// <summary>Tables of coalition costs: indexed by bit mask, fen, length 2^n.</summary>
public static class CoalitionCosts
{
    /// <summary>Members of the table.</summary>
    /// <exception cref="ArgumentException">The length is no power of two of at least 2, or the empty coalition costs something.</exception>
    public static int CountMembers(IReadOnlyList<long> cost)
    {
        if (cost.Count < 2 || !BitOperations.IsPow2(cost.Count)) throw new ArgumentException($"A cost table has {cost.Count} entries; 2^n for n ≥ 1 members are needed.", nameof(cost));
        if (cost[0] != 0) throw new ArgumentException($"The empty coalition costs {cost[0]} fen; it must cost 0.", nameof(cost));
        return BitOperations.Log2((uint)cost.Count);
    }

    /// <summary>Lowers each cost to what the coalition would pay by splitting up where that is cheaper.</summary>
    /// <remarks>
    /// Costs found by a search are upper bounds: a coalition planned badly may seem dearer than its parts apart, which it could always run instead. After this the table is
    /// subadditive. O(3^n); coalitions are visited by growing mask, so parts are closed before wholes.
    /// </remarks>
    public static long[] CloseUnderSplitting(IReadOnlyList<long> cost)
    {
        CountMembers(cost);
        long[] closed = [.. cost];
        for (var whole = 1; whole < closed.Length; whole++)
            for (var part = (whole - 1) & whole; part > whole - part; part = (part - 1) & whole)
                closed[whole] = Math.Min(closed[whole], closed[part] + closed[whole ^ part]);
        return closed;
    }
}
