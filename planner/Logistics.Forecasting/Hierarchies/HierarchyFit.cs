namespace Logistics.Forecasting.Hierarchies;

/// <summary>How one hierarchy is reconciled, as its backtest decided.</summary>
/// <param name="Method">The method with the smaller error at the areas and terminals.</param>
/// <param name="RelativeVariances">By node id: mean squared error ÷ squared level, measured on held-out weeks.</param>
/// <param name="Wapes">Error of areas and terminals by <see cref="ReconciliationMethod"/>.</param>
/// <param name="Coverage">Of held-out days, by level and horizon.</param>
/// <param name="Shared">How far sums stray together, for the spread of areas and terminals.</param>
public sealed record HierarchyFit(
    ReconciliationMethod Method, IReadOnlyDictionary<string, double> RelativeVariances, IReadOnlyList<double> Wapes, SharedErrors Shared,
    IReadOnlyList<NodeCoverage> Coverage)
{
    // A node never measured is as uncertain as a middling series.
    private const double UnknownVariance = 0.09;

    /// <summary>Bottom-up, for a model that saw no held-out weeks.</summary>
    public static HierarchyFit Unmeasured { get; } = new(ReconciliationMethod.BottomUp, new Dictionary<string, double>(StringComparer.Ordinal), [double.NaN, double.NaN, double.NaN], SharedErrors.Unmeasured, []);

    /// <summary>Error variance by node for forecasts of a day.</summary>
    public double[] Variances(VolumeHierarchy hierarchy, ReadOnlySpan<double> levels)
    {
        var variances = new double[levels.Length];
        for (var n = 0; n < variances.Length; n++)
            variances[n] = RelativeVariances.GetValueOrDefault(hierarchy.Nodes[n].Id, UnknownVariance) * Math.Max(levels[n] * levels[n], 1e-6);
        return variances;
    }

    /// <summary>Measures all methods and the spread of sums on held-out days.</summary>
    internal static HierarchyFit Measure(VolumeHierarchy hierarchy, IReadOnlyList<HeldOutDay> days)
    {
        var nodes = hierarchy.Nodes.Count;
        var relative = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var n = 0; n < nodes; n++)
        {
            double squares = 0, level = 0;
            foreach (var day in days)
            {
                squares += (day.Forecast[n] - day.Actual[n]) * (day.Forecast[n] - day.Actual[n]);
                level += day.Forecast[n];
            }

            level /= days.Count;
            relative[hierarchy.Nodes[n].Id] = Math.Clamp(squares / days.Count / Math.Max(level * level, 1e-6), 1e-4, 100);
        }

        var fit = Unmeasured with { RelativeVariances = relative };
        var methods = Enum.GetValues<ReconciliationMethod>();
        var reconciled = Array.ConvertAll(methods, m => days.Select(d => Reconciled(d, m)).ToArray());
        var wapes = Array.ConvertAll(reconciled, SumError);
        var method = methods.MinBy(m => double.IsNaN(wapes[(int)m]) ? double.PositiveInfinity : wapes[(int)m]);
        var middles = reconciled[(int)method];
        var spreads = days.Zip(middles, (d, middle) => d.Spread(middle)).ToArray();
        var shared = SharedErrors.Fit([.. days.Select((d, i) => (d.Nearness, d.SharedNeeded(middles[i], spreads[i])))]);
        return new HierarchyFit(method, relative, wapes, shared, NodeCoverage.Sum(days.SelectMany(Coverage)));

        IEnumerable<NodeCoverage> Coverage(HeldOutDay day, int i) =>
            [day.SumCoverage(HierarchyLevel.Area, middles[i], spreads[i], shared), day.SumCoverage(HierarchyLevel.Terminal, middles[i], spreads[i], shared), day.SeriesCoverage];

        double[] Reconciled(HeldOutDay day, ReconciliationMethod by)
        {
            double[] values = [.. day.Forecast];
            Reconciler.Reconcile(hierarchy, by, values, fit.Variances(hierarchy, values));
            return values;
        }

        double SumError(double[][] forecasts)
        {
            double error = 0, total = 0;
            for (var d = 0; d < days.Count; d++)
            {
                for (var n = 0; n < nodes; n++)
                {
                    if (hierarchy.Nodes[n].Level == HierarchyLevel.Series) continue;
                    error += Math.Abs(forecasts[d][n] - days[d].Actual[n]);
                    total += days[d].Actual[n];
                }
            }

            return total > 0 ? error / total : double.NaN;
        }
    }
}
