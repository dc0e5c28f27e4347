using System.Numerics;

namespace Logistics.Planning.CostSharing;

/// <summary>A sampled share with the error it may have.</summary>
/// <param name="ShareFen">Shares; sum to the whole coalition's cost exactly.</param>
/// <param name="HalfWidthFen">Half the 95 % confidence interval of each share, before rounding.</param>
/// <param name="Orders">Orders of arrival looked at.</param>
public sealed record SampledShares(IReadOnlyList<long> ShareFen, IReadOnlyList<double> HalfWidthFen, int Orders);

/// <summary>Shapley value: a member pays the mean, over all orders of arrival, of what it adds to the cost.</summary>
/// <remarks>Shapley (1953), "A value for n-person games".</remarks>
public static class ShapleyValue
{
    /// <summary>Most members for the exact value: 2^8 coalitions.</summary>
    public const int MaxExactMembers = 8;

    /// <summary>Shares a coalition's cost among its members.</summary>
    /// <param name="cost">Cost of every coalition, indexed by bit mask; fen; length 2^n, cost[0] = 0.</param>
    /// <returns>Share per member in fen; sums to cost[2^n − 1] exactly.</returns>
    /// <remarks>O(2^n · n) in exact integers. Remainders go to the members in index order.</remarks>
    public static long[] Exact(IReadOnlyList<long> cost)
    {
        var n = CoalitionCosts.CountMembers(cost);
        if (n > MaxExactMembers) throw new ArgumentException($"{n} members: the exact value is for at most {MaxExactMembers}; sample instead.", nameof(cost));
        var factorial = new Int128[n + 1];
        factorial[0] = 1;
        for (var i = 1; i <= n; i++) factorial[i] = factorial[i - 1] * i;

        var numerators = new Int128[n];
        for (var coalition = 0; coalition < cost.Count; coalition++)
        {
            var size = BitOperations.PopCount((uint)coalition);
            for (var i = 0; i < n; i++)
            {
                if ((coalition >> i & 1) != 0) continue;
                numerators[i] += factorial[size] * factorial[n - size - 1] * (cost[coalition | 1 << i] - cost[coalition]);
            }
        }

        return Fen.Divide(numerators, factorial[n]);
    }

    /// <summary>Estimates the shares from random orders of arrival, each looked at forwards and backwards.</summary>
    /// <param name="members">Members, in [1, 64].</param>
    /// <param name="cost">Cost of a coalition given as bit mask, fen; asked once for each coalition met, nought for the empty one.</param>
    /// <param name="pairs">Random orders, at least 2; each costs up to 2 · members evaluations.</param>
    /// <remarks>
    /// Castro, Gómez &amp; Tejada (2009); pairs of opposite orders lower the variance (antithetic variates). The error stated is 1.96 standard errors of the pairs' means. With the
    /// same seed the answer is the same.
    /// </remarks>
    public static SampledShares Sample(int members, Func<ulong, long> cost, int pairs, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(members, 64);
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs, 2);
        var random = new Random(seed);
        var known = new Dictionary<ulong, long> { [0] = 0 };
        var sums = new Int128[members];
        double[] means = new double[members], squares = new double[members];
        var order = Enumerable.Range(0, members).ToArray();
        var pair = new long[members];
        for (var p = 1; p <= pairs; p++)
        {
            random.Shuffle(order);
            Array.Clear(pair);
            AddOrder(order, pair);
            Array.Reverse(order);
            AddOrder(order, pair);
            for (var i = 0; i < members; i++)
            {
                sums[i] += pair[i];
                // Welford (1962): the running variance of the pairs' means.
                var mean = pair[i] / 2.0;
                var step = mean - means[i];
                means[i] += step / p;
                squares[i] += step * (mean - means[i]);
            }
        }

        double[] halfWidths = [.. squares.Select(s => 1.96 * Math.Sqrt(s / (pairs - 1) / pairs))];
        return new SampledShares(Fen.Divide(sums, 2 * pairs), halfWidths, 2 * pairs);

        void AddOrder(int[] arrivals, long[] into)
        {
            var coalition = 0UL;
            foreach (var member in arrivals)
            {
                var before = CostOf(coalition);
                coalition |= 1UL << member;
                into[member] += CostOf(coalition) - before;
            }
        }

        long CostOf(ulong coalition)
        {
            if (!known.TryGetValue(coalition, out var value)) known[coalition] = value = cost(coalition);
            return value;
        }
    }
}
