using Logistics.Forecasting.Networks;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Tests.Networks;

public sealed class NetworkTrainerTests
{
    private const int Rows = 6000;

    // The ratio doubles on class 1 and follows the first column; its noise is lognormal with deviation 0.2.
    private static (FeatureTable Table, double[] Targets, double[] Weights) Data()
    {
        var random = new SeededRandom(11);
        var table = new FeatureTable([new FeatureColumn("ratio"), new FeatureColumn("class", IsCategorical: true), new FeatureColumn("day", Meaning: ColumnMeaning.Distance)]);
        var targets = new double[Rows];
        for (var i = 0; i < Rows; i++)
        {
            var row = table.AddRow();
            row[0] = (float)Math.Exp(0.4 * random.NextNormal());
            row[1] = random.Next(2);
            row[2] = random.Next(4) == 0 ? float.NaN : random.Next(20);
            targets[i] = row[0] * (1 + row[1]) * Math.Exp(0.2 * random.NextNormal());
        }

        return (table, targets, [.. Enumerable.Repeat(1.0, Rows)]);
    }

    private static double[][] Predict(QuantileNetwork network, FeatureTable table)
    {
        double[][] sums = [new double[table.Rows], new double[table.Rows], new double[table.Rows]];
        network.AddTo(table.Values, table.Width, sums);
        return sums;
    }

    [Fact]
    public void Network_learns_the_quantiles_of_a_noisy_product()
    {
        var (table, targets, weights) = Data();
        var forecast = Predict(NetworkTrainer.Train(table, targets, weights, new NetworkOptions { Epochs = 15 }), table);

        double error = 0;
        int below10 = 0, below90 = 0;
        for (var i = 0; i < Rows; i++)
        {
            var row = table.Row(i);
            error += Math.Abs(forecast[1][i] / (row[0] * (1 + row[1])) - 1) / Rows;
            if (targets[i] < forecast[0][i]) below10++;
            if (targets[i] <= forecast[2][i]) below90++;
        }

        // The median of the noise is 1, so the true median forecast is the product itself; 10 % is half the noise's deviation.
        Assert.InRange(error, 0, 0.1);
        Assert.InRange((double)below10 / Rows, 0.05, 0.15);
        Assert.InRange((double)below90 / Rows, 0.85, 0.95);
    }

    // Three rows in four are 0, the others 1 to 9: P10 and P50 are 0, and P90 is the sixth tenth of 1 to 9.
    [Fact]
    public void Median_of_zero_leaves_P90_where_it_belongs()
    {
        var (table, _, weights) = Data();
        var random = new SeededRandom(3);
        double[] targets = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(4) > 0 ? 0 : 1 + 8 * random.NextDouble())];
        var forecast = Predict(NetworkTrainer.Train(table, targets, weights, new NetworkOptions { Epochs = 60 }), table);

        Assert.InRange(forecast[1].Average(), 0, 0.1);
        Assert.InRange(targets.Zip(forecast[2]).Count(p => p.First <= p.Second) / (double)Rows, 0.87, 0.93);
    }

    [Fact]
    public void Same_seed_gives_the_same_network_and_another_does_not()
    {
        var (table, targets, weights) = Data();
        double[] Median(ulong seed) => Predict(NetworkTrainer.Train(table, targets, weights, new NetworkOptions { Epochs = 1, Seed = seed }), table)[1];

        Assert.Equal(Median(1), Median(1));
        Assert.NotEqual(Median(1), Median(2));
    }

    [Fact]
    public void Rows_unlike_any_seen_get_finite_forecasts()
    {
        var (table, targets, weights) = Data();
        var network = NetworkTrainer.Train(table, targets, weights, new NetworkOptions { Epochs = 1 });
        var strange = new FeatureTable(table.Columns);
        float[][] rows = [[float.NaN, float.NaN, float.NaN], [1e30f, 99, -1e9f], [0, 0, 0]];
        foreach (var row in rows) row.CopyTo(strange.AddRow());

        Assert.All(Predict(network, strange).SelectMany(q => q), v => Assert.True(double.IsFinite(v) && v > 0));
    }
}
