using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Features;

/// <summary>How training rows are drawn from a panel.</summary>
public sealed record TrainingRowOptions
{
    /// <summary>Most rows drawn.</summary>
    public int Budget { get; init; } = 100_000;

    /// <summary>Days of history a series needs before a row's origin.</summary>
    public int MinAge { get; init; } = 7;

    /// <summary>A row's weight is its level to this power: 1 is what total absolute error counts, 0 treats all series alike.</summary>
    public double LevelPower { get; init; } = 0.7;

    /// <summary>Days in which a row's weight halves.</summary>
    public double HalfLifeDays { get; init; } = 400;

    public LevelKind Level { get; init; }

    /// <summary>Hides what happened at the promotion before. Two or three promotions a history are too few to trust it everywhere.</summary>
    public bool HidesPromotionAnalog { get; init; }

    public ulong Seed { get; init; } = 1;
}

/// <summary>Training rows of a panel: features, target ÷ level, weight.</summary>
public sealed record TrainingRows(FeatureTable Table, double[] Targets, double[] Weights, ForecastPoint[] Points)
{
    /// <summary>Draws (series, origin, horizon) evenly among those whose target day is at most <paramref name="lastTarget"/>.</summary>
    public static TrainingRows Draw(FeatureBuilder builder, int lastTarget, TrainingRowOptions options, CancellationToken cancellation = default)
    {
        var points = DrawPoints(builder, lastTarget, options);
        var table = new FeatureTable(builder.Columns);
        table.Reserve(points.Length);
        var hidden = Enumerable.Range(0, table.Width).Where(c => options.HidesPromotionAnalog && builder.Columns[c].Name.EndsWith("promotion_analog", StringComparison.Ordinal)).ToArray();
        var targets = new double[points.Length];
        var weights = new double[points.Length];
        for (var i = 0; i < points.Length; i++)
        {
            if (i % 4096 == 0) cancellation.ThrowIfCancellationRequested();
            var point = points[i];
            var row = table.AddRow();
            builder.Write(point, row);
            foreach (var column in hidden) row[column] = float.NaN;
            targets[i] = builder.Learned.Series[point.Series][point.Target] / point.Scale;
            weights[i] = Math.Pow(point.Scale, options.LevelPower) * Math.Pow(0.5, (lastTarget - point.Target) / options.HalfLifeDays);
        }

        var mean = weights.Length > 0 ? weights.Average() : 1;
        for (var i = 0; i < weights.Length; i++) weights[i] = Math.Max(weights[i] / mean, 1e-6);
        return new TrainingRows(table, targets, weights, points);
    }

    private static ForecastPoint[] DrawPoints(FeatureBuilder builder, int lastTarget, TrainingRowOptions options)
    {
        var panel = builder.Panel;
        long candidates = 0;
        foreach (var series in panel.Series) candidates += Origins(series.FirstDay) * (long)builder.MaxHorizon;
        var share = candidates == 0 ? 0 : Math.Min(1, (double)options.Budget / candidates);
        var random = new SeededRandom(options.Seed);
        var points = new List<ForecastPoint>(options.Budget);
        for (var s = 0; s < panel.Series.Count; s++)
        {
            var first = panel.Series[s].FirstDay + options.MinAge - 1;
            for (var origin = first; origin < lastTarget; origin++)
            {
                var scale = builder.Scale(s, origin, options.Level);
                for (var h = 1; h <= builder.MaxHorizon && origin + h <= lastTarget; h++)
                {
                    if (random.NextDouble() >= share || scale <= 0) continue;
                    points.Add(new ForecastPoint(s, origin, origin + h, scale));
                }
            }
        }

        return [.. points];

        long Origins(int firstDay) => Math.Max(0, lastTarget - firstDay - options.MinAge + 1);
    }
}
