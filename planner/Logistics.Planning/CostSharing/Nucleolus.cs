namespace Logistics.Planning.CostSharing;

/// <summary>Nucleolus: the shares that make the unhappiest coalition as happy as can be, then the next, and so on.</summary>
/// <remarks>
/// Schmeidler (1969). A coalition's unhappiness is what its members pay above its own cost. Found by a chain of linear programs (Kopelowitz 1967, Maschler, Peleg &amp;
/// Shapley 1979): the least largest excess is found, coalitions that meet it in every optimum – those with a positive multiplier – are fixed, and the rest is lowered further
/// until the shares are unique. Lies in the core whenever that is not empty.
/// </remarks>
public static class Nucleolus
{
    public const int MaxMembers = 8;
    private const double Tolerance = 1e-9;

    /// <param name="cost">Cost of every coalition by bit mask; fen; length 2^n, cost[0] = 0.</param>
    /// <returns>Share per member in fen; sums to cost[2^n − 1] exactly, each within a fen of the true value.</returns>
    public static long[] Of(IReadOnlyList<long> cost)
    {
        var n = CoalitionCosts.CountMembers(cost);
        if (n > MaxMembers) throw new ArgumentException($"{n} members: at most {MaxMembers}.", nameof(cost));
        if (n == 1) return [cost[1]];

        // Costs near one keep the tolerance meaningful.
        var scale = Math.Max(1.0, cost.Max(c => Math.Abs((double)c)));
        var total = cost.Count - 1;
        var open = Enumerable.Range(1, total - 1).ToList();
        var settled = new List<(int Coalition, double Pays)> { (total, cost[total] / scale) };
        var shares = new double[n];
        while (open.Count > 0 && LinearSystem.Rank([.. settled.Select(s => Indicator(s.Coalition, n))]) < n)
        {
            var (excess, x, multipliers) = LowerLargestExcess(cost, scale, n, open, settled);
            shares = x;
            var tight = new List<int>();
            for (var k = 0; k < open.Count; k++)
                if (multipliers[k] > Tolerance) tight.Add(open[k]);
            if (tight.Count == 0) throw new InvalidOperationException("A linear program of the nucleolus came back without a binding coalition.");
            foreach (var coalition in tight) settled.Add((coalition, (cost[coalition] / scale) + excess));
            open.RemoveAll(tight.Contains);
        }

        if (LinearSystem.Rank([.. settled.Select(s => Indicator(s.Coalition, n))]) == n)
            shares = LinearSystem.LeastSquares([.. settled.Select(s => Indicator(s.Coalition, n))], [.. settled.Select(s => s.Pays)]);
        return Fen.Round([.. shares.Select(s => s * scale)], cost[total]);
    }

    /// <summary>min ε over shares with x(S) ≤ cost(S) + ε for open S and x(S) as settled, by its dual, whose prices are the shares.</summary>
    private static (double Excess, double[] Shares, double[] Multipliers) LowerLargestExcess(
        IReadOnlyList<long> cost, double scale, int n, List<int> open, List<(int Coalition, double Pays)> settled)
    {
        // Dual: max −Σ y_S·c(S) + Σ z_F·pays(F), Σ y_S = 1, and for each member Σ_{F∋i} z_F − Σ_{S∋i} y_S = 0; y ≥ 0, z free (as a difference).
        int columns = open.Count + (2 * settled.Count), rows = n + 1;
        var a = new double[rows, columns];
        double[] b = new double[rows], objective = new double[columns];
        b[n] = 1;
        for (var k = 0; k < open.Count; k++)
        {
            objective[k] = -cost[open[k]] / scale;
            a[n, k] = 1;
            for (var i = 0; i < n; i++) a[i, k] = -(open[k] >> i & 1);
        }

        for (var f = 0; f < settled.Count; f++)
        {
            int plus = open.Count + (2 * f), minus = plus + 1;
            (objective[plus], objective[minus]) = (settled[f].Pays, -settled[f].Pays);
            for (var i = 0; i < n; i++) (a[i, plus], a[i, minus]) = (settled[f].Coalition >> i & 1, -(settled[f].Coalition >> i & 1));
        }

        var answer = Simplex.Maximise(a, b, objective);
        return (answer.Value, answer.Prices[..n], answer.Solution[..open.Count]);
    }

    private static double[] Indicator(int coalition, int n) => [.. Enumerable.Range(0, n).Select(i => (double)(coalition >> i & 1))];
}
