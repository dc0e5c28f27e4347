namespace Logistics.Planning.CostSharing;

/// <summary>Small dense linear algebra for the nucleolus.</summary>
internal static class LinearSystem
{
    private const double Epsilon = 1e-9;

    /// <summary>Rank by elimination with row pivoting.</summary>
    public static int Rank(double[][] rows)
    {
        var m = rows.Select(r => (double[])r.Clone()).ToArray();
        var rank = 0;
        for (var column = 0; column < m[0].Length && rank < m.Length; column++)
        {
            var pivot = Enumerable.Range(rank, m.Length - rank).MaxBy(r => Math.Abs(m[r][column]));
            if (Math.Abs(m[pivot][column]) < Epsilon) continue;
            (m[rank], m[pivot]) = (m[pivot], m[rank]);
            for (var r = rank + 1; r < m.Length; r++) Subtract(m[r], m[rank], column);
            rank++;
        }

        return rank;
    }

    /// <summary>The x closest to A x = b, for A of full column rank, by the normal equations.</summary>
    public static double[] LeastSquares(double[][] a, double[] b)
    {
        var n = a[0].Length;
        var m = new double[n][];
        for (var i = 0; i < n; i++)
        {
            m[i] = new double[n + 1];
            for (var r = 0; r < a.Length; r++)
            {
                for (var j = 0; j < n; j++) m[i][j] += a[r][i] * a[r][j];
                m[i][n] += a[r][i] * b[r];
            }
        }

        for (var column = 0; column < n; column++)
        {
            var pivot = Enumerable.Range(column, n - column).MaxBy(r => Math.Abs(m[r][column]));
            (m[column], m[pivot]) = (m[pivot], m[column]);
            for (var r = 0; r < n; r++)
                if (r != column) Subtract(m[r], m[column], column);
        }

        return [.. Enumerable.Range(0, n).Select(i => m[i][n] / m[i][i])];
    }

    private static void Subtract(double[] row, double[] pivot, int column)
    {
        var factor = row[column] / pivot[column];
        if (factor == 0) return;
        for (var k = 0; k < row.Length; k++) row[k] -= factor * pivot[k];
    }
}
