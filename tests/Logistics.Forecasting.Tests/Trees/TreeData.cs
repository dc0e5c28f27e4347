using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Tests.Trees;

/// <summary>Small tables for tree tests.</summary>
internal static class TreeData
{
    /// <summary>One numeric column.</summary>
    public static FeatureTable Column(params float[] values) => Table([new FeatureColumn("x")], [.. values.Select(v => new[] { v })]);

    public static FeatureTable Table(FeatureColumn[] columns, float[][] rows)
    {
        var table = new FeatureTable(columns);
        foreach (var row in rows) row.CopyTo(table.AddRow());
        return table;
    }

    /// <summary>A smooth function of three numbers and a class, with noise and holes.</summary>
    public static (FeatureTable Table, double[] Targets) Noisy(int rows, ulong seed)
    {
        var random = new SeededRandom(seed);
        var table = new FeatureTable([new("a"), new("b"), new("c"), new("class", IsCategorical: true)]);
        var targets = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            var (a, b, c, k) = (random.NextDouble() * 10, random.NextDouble(), random.NextNormal(), random.Next(6));
            targets[i] = Math.Abs(a + 3 * (b > 0.5 ? 1 : 0) * a / 5 + (k % 2 == 0 ? 4 : 0) + 0.5 * random.NextNormal());
            var row = table.AddRow();
            row[0] = random.NextDouble() < 0.1 ? float.NaN : (float)a;
            (row[1], row[2], row[3]) = ((float)b, (float)c, k);
        }

        return (table, targets);
    }

    /// <summary>Settings under which a tree does exactly what arithmetic says.</summary>
    public static BoostingOptions Exact { get; } = new() { Trees = 1, LearningRate = 1, L2 = 0, MinLeafRows = 1, MaxLeaves = 2 };

    public static double[] Predict(BoostedTrees model, FeatureTable table)
    {
        var results = new double[table.Rows];
        model.Predict(table.Values, results);
        return results;
    }
}
