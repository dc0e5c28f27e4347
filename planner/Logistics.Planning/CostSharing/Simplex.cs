namespace Logistics.Planning.CostSharing;

/// <summary>A small dense simplex for programs of a few rows and hundreds of columns.</summary>
/// <remarks>Two phases on a full tableau; Bland's rule (1977), so it always ends. Not for large or badly scaled programs.</remarks>
internal static class Simplex
{
    private const double Epsilon = 1e-10;

    /// <param name="Solution">An optimal vertex.</param>
    /// <param name="Prices">Multiplier of each row: what one more unit of its right side is worth.</param>
    public sealed record Answer(double Value, double[] Solution, double[] Prices);

    /// <summary>max c·x with A x = b, x ≥ 0 and b ≥ 0.</summary>
    /// <exception cref="InvalidOperationException">There is no solution, or no best one.</exception>
    public static Answer Maximise(double[,] a, double[] b, double[] c)
    {
        int rows = b.Length, columns = c.Length, width = columns + rows + 1;
        var tableau = new double[rows, width];
        var basis = new int[rows];
        for (var r = 0; r < rows; r++)
        {
            for (var k = 0; k < columns; k++) tableau[r, k] = a[r, k];
            // One artificial column a row: its final entries hold the inverse of the basis.
            tableau[r, columns + r] = 1;
            tableau[r, width - 1] = b[r];
            basis[r] = columns + r;
        }

        var artificial = new double[columns + rows];
        for (var r = 0; r < rows; r++) artificial[columns + r] = -1;
        Run(tableau, basis, artificial, columns + rows);
        if (Enumerable.Range(0, rows).Any(r => basis[r] >= columns && tableau[r, width - 1] > 1e-7)) throw new InvalidOperationException("The linear program has no solution.");
        DriveOut(tableau, basis, columns);

        var full = new double[columns + rows];
        c.CopyTo(full, 0);
        Run(tableau, basis, full, columns);
        var x = new double[columns];
        var prices = new double[rows];
        for (var r = 0; r < rows; r++)
        {
            if (basis[r] < columns) x[basis[r]] = tableau[r, width - 1];
            for (var k = 0; k < rows; k++) prices[k] += full[basis[r]] * tableau[r, columns + k];
        }

        return new Answer(c.Zip(x, (p, q) => p * q).Sum(), x, prices);
    }

    private static void Run(double[,] tableau, int[] basis, double[] c, int allowed)
    {
        int rows = basis.Length, last = tableau.GetLength(1) - 1;
        while (true)
        {
            var entering = -1;
            for (var k = 0; k < allowed && entering < 0; k++)
            {
                var gain = c[k];
                for (var r = 0; r < rows; r++) gain -= c[basis[r]] * tableau[r, k];
                if (gain > Epsilon) entering = k;
            }

            if (entering < 0) return;
            var leaving = -1;
            var least = double.PositiveInfinity;
            for (var r = 0; r < rows; r++)
            {
                if (tableau[r, entering] <= Epsilon) continue;
                var ratio = tableau[r, last] / tableau[r, entering];
                if (ratio < least - Epsilon || (ratio < least + Epsilon && leaving >= 0 && basis[r] < basis[leaving])) (least, leaving) = (Math.Min(least, ratio), r);
            }

            if (leaving < 0) throw new InvalidOperationException("The linear program has no best solution.");
            Pivot(tableau, basis, leaving, entering);
        }
    }

    // An artificial column left in the basis at nought would price its row wrongly; a row without any other entry is redundant and harmless.
    private static void DriveOut(double[,] tableau, int[] basis, int columns)
    {
        for (var r = 0; r < basis.Length; r++)
        {
            if (basis[r] < columns) continue;
            for (var k = 0; k < columns; k++)
            {
                if (Math.Abs(tableau[r, k]) <= 1e-7) continue;
                Pivot(tableau, basis, r, k);
                break;
            }
        }
    }

    private static void Pivot(double[,] tableau, int[] basis, int row, int column)
    {
        int rows = basis.Length, width = tableau.GetLength(1);
        var pivot = tableau[row, column];
        for (var k = 0; k < width; k++) tableau[row, k] /= pivot;
        for (var r = 0; r < rows; r++)
        {
            var factor = tableau[r, column];
            if (r == row || factor == 0) continue;
            for (var k = 0; k < width; k++) tableau[r, k] -= factor * tableau[row, k];
        }

        basis[row] = column;
    }
}
