namespace Logistics.Planning.CostSharing;

/// <summary>Rounds exact fractions to whole fen without losing one.</summary>
internal static class Fen
{
    /// <summary>Numerators over one denominator, rounded down; the fen left over go, one each, to members with a fraction in index order.</summary>
    /// <remarks>The numerators' sum must be a multiple of the denominator; then the shares sum to the quotient exactly.</remarks>
    public static long[] Divide(ReadOnlySpan<Int128> numerators, Int128 denominator)
    {
        var shares = new long[numerators.Length];
        Int128 remainder = 0;
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = checked((long)FloorDivide(numerators[i], denominator));
            remainder += numerators[i] - (shares[i] * denominator);
        }

        var left = (long)(remainder / denominator);
        for (var i = 0; i < shares.Length && left > 0; i++)
        {
            if (numerators[i] == shares[i] * denominator) continue;
            shares[i]++;
            left--;
        }

        return shares;
    }

    /// <summary>Real shares rounded to fen that sum to <paramref name="total"/>: largest fractions are rounded up, ties by index.</summary>
    public static long[] Round(ReadOnlySpan<double> shares, long total)
    {
        var exact = shares.ToArray();
        var rounded = Array.ConvertAll(exact, s => (long)Math.Floor(s));
        var left = total - rounded.Sum();
        foreach (var i in Enumerable.Range(0, exact.Length).OrderByDescending(i => exact[i] - rounded[i]).ThenBy(i => i))
        {
            if (left == 0) break;
            // More than one fen can be missing each only if the shares did not sum to the total to begin with.
            var step = Math.Sign(left);
            rounded[i] += step;
            left -= step;
        }

        if (left != 0) throw new ArgumentException($"Shares sum to {exact.Sum()}, which is not {total} fen.", nameof(shares));
        return rounded;
    }

    private static Int128 FloorDivide(Int128 a, Int128 b) => (a / b) - (a % b < 0 ? 1 : 0);
}
