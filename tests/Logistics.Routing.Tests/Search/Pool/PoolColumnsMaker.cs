using System.Numerics;
using Logistics.Routing.Search.Classic.Pool;

namespace Logistics.Routing.Tests.Search.Pool;

/// <summary>Small random pools and what is true of them.</summary>
internal static class PoolColumnsMaker
{
    public const int Jobs = 10;

    /// <summary>Each job alone, dear, as columns 0 to 9; then random routes of up to four jobs.</summary>
    public static PoolColumns Make(int seed, int count)
    {
        var random = new Random(seed);
        var first = new List<int> { 0 };
        var jobs = new List<int>();
        var cost = new List<long>();
        for (int c = 0; c < Jobs + count; c++)
        {
            int size = c < Jobs ? 1 : 1 + random.Next(4);
            jobs.AddRange(c < Jobs ? [c] : Enumerable.Range(0, Jobs).OrderBy(_ => random.Next()).Take(size).Order());
            first.Add(jobs.Count);
            cost.Add(c < Jobs ? 60 : 20 + (10 * size) + random.Next(30));
        }

        return new PoolColumns(Jobs, [.. first], [.. jobs], [.. cost]);
    }

    /// <summary>Cost of the cheapest partition, by dynamic programming over sets of jobs.</summary>
    public static long FindOptimum(PoolColumns columns)
    {
        var best = new long[1 << Jobs];
        Array.Fill(best, int.MaxValue);
        best[0] = 0;
        for (int set = 1; set < best.Length; set++)
        {
            int lowest = 1 << BitOperations.TrailingZeroCount(set);
            for (int c = 0; c < columns.Count; c++)
            {
                int mask = 0;
                foreach (int j in columns.JobsOf(c)) mask |= 1 << j;
                if ((mask & lowest) != 0 && (mask & ~set) == 0) best[set] = Math.Min(best[set], best[set ^ mask] + columns.Cost[c]);
            }
        }

        return best[^1];
    }
}
