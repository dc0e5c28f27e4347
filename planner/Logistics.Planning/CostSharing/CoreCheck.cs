namespace Logistics.Planning.CostSharing;

/// <summary>A coalition that would pay less by leaving.</summary>
/// <param name="Coalition">Members as bit mask.</param>
/// <param name="PaysFen">What its members pay together under the shares.</param>
/// <param name="CostFen">What they would pay on their own.</param>
public sealed record CoreViolation(int Coalition, long PaysFen, long CostFen)
{
    public long GainFen => PaysFen - CostFen;
}

/// <summary>The questions a partner asks of its share.</summary>
/// <param name="SumsToTotal">Shares sum to the whole cost, to the fen.</param>
/// <param name="PayMoreThanAlone">Members that pay more than alone.</param>
/// <param name="Violations">Coalitions better off leaving, largest gain first; empty when the shares lie in the core.</param>
/// <param name="LargestExcessFen">The most any proper coalition pays above its own cost; at most 0 in the core. Nought for a single member.</param>
public sealed record CoreCheck(bool SumsToTotal, IReadOnlyList<int> PayMoreThanAlone, IReadOnlyList<CoreViolation> Violations, long LargestExcessFen)
{
    public bool IsInCore => SumsToTotal && Violations.Count == 0;

    /// <param name="cost">Cost of every coalition by bit mask, fen.</param>
    /// <param name="shares">Share of each member, fen.</param>
    public static CoreCheck Of(IReadOnlyList<long> cost, IReadOnlyList<long> shares)
    {
        var n = CoalitionCosts.CountMembers(cost);
        if (shares.Count != n) throw new ArgumentException($"{shares.Count} shares for {n} members.", nameof(shares));
        var violations = new List<CoreViolation>();
        var largest = n == 1 ? 0 : long.MinValue;
        for (var coalition = 1; coalition < cost.Count - 1; coalition++)
        {
            long pays = 0;
            for (var i = 0; i < n; i++)
                if ((coalition >> i & 1) != 0) pays += shares[i];
            largest = Math.Max(largest, pays - cost[coalition]);
            if (pays > cost[coalition]) violations.Add(new CoreViolation(coalition, pays, cost[coalition]));
        }

        return new CoreCheck(
            shares.Sum() == cost[^1],
            [.. Enumerable.Range(0, n).Where(i => shares[i] > cost[1 << i])],
            [.. violations.OrderByDescending(v => v.GainFen).ThenBy(v => v.Coalition)],
            largest);
    }
}
