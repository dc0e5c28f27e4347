using Logistics.Forecasting.Features;
using Logistics.Forecasting.Panels;
using Logistics.Forecasting.Simple;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Models;

/// <summary>Raw forecasts of every expert for some series from one origin: trees and simple methods, before they are combined.</summary>
/// <remarks>Arrays hold series × horizon values in parcels, horizon running fastest.</remarks>
internal sealed class ForecastBatch
{
    private ForecastBatch(int[] series, int origin, int horizon, double[] scales, double[][] trees, double[][] networks, double[][] simple)
    {
        Series = series;
        Origin = origin;
        Horizon = horizon;
        Scales = scales;
        Trees = trees;
        Networks = networks;
        Simple = simple;
    }

    public int[] Series { get; }

    public int Origin { get; }

    public int Horizon { get; }

    /// <summary>Level of each series; 0 when it never had a parcel or is closed.</summary>
    public double[] Scales { get; }

    /// <summary>By <see cref="MemberKind"/>.</summary>
    public double[][] Trees { get; }

    /// <summary>By <see cref="MemberKind"/>; the trees' own values where there are no networks.</summary>
    public double[][] Networks { get; }

    /// <summary>By position in <see cref="SimpleMethods.All"/>.</summary>
    public double[][] Simple { get; }

    public int Count => Series.Length * Horizon;

    /// <param name="neededSimple">Simple methods to run, by position; the others stay 0. Null runs all.</param>
    public static ForecastBatch Make(FeatureBuilder builder, LearnedModels models, int[] series, int origin, int horizon, bool[]? neededSimple = null)
    {
        var panel = builder.Panel;
        var scales = new double[series.Length];
        for (var i = 0; i < series.Length; i++) scales[i] = LiveScale(builder, panel.Series[series[i]], series[i], origin);
        var levels = Enum.GetValues<LevelKind>();
        var tables = new FeatureTable[levels.Length];
        var rowScales = new double[levels.Length][];
        foreach (var level in levels)
        {
            var table = tables[(int)level] = new FeatureTable(builder.Columns);
            table.Reserve(series.Length * horizon);
            rowScales[(int)level] = new double[series.Length * horizon];
            for (var i = 0; i < series.Length; i++)
            {
                // A series without a level still needs rows; their forecasts are multiplied by 0.
                var scale = scales[i] > 0 ? builder.Scale(series[i], origin, level) : 0;
                for (var h = 1; h <= horizon; h++)
                {
                    builder.Write(new ForecastPoint(series[i], origin, origin + h, scale > 0 ? scale : 1), table.AddRow());
                    rowScales[(int)level][i * horizon + h - 1] = scale;
                }
            }
        }

        var trees = WithSales(models.Trees.Predict(tables, rowScales));
        var networkLevel = (int)NetworkEnsemble.Level;
        var networks = models.Networks.Predict(tables[networkLevel], rowScales[networkLevel]) is { } predicted ? WithSales(predicted) : trees;
        // The simple methods know no calendar.
        var events = builder.EventsAt(origin);
        double[][] simple = [.. SimpleMethods.All.Select(_ => new double[series.Length * horizon])];
        for (var i = 0; i < series.Length; i++)
        {
            if (scales[i] <= 0) continue;
            var values = builder.Learned.Series[series[i]];
            var plain = events.TakenOut(values.Values.AsSpan(0, origin - values.FirstDay + 1), values.FirstDay);
            for (var m = 0; m < simple.Length; m++)
            {
                if (neededSimple is not null && !neededSimple[m]) continue;
                var forecast = simple[m].AsSpan(i * horizon, horizon);
                SimpleMethods.All[m].Forecast(plain, forecast);
                events.PutBack(forecast, origin + 1);
            }
        }

        return new ForecastBatch(series, origin, horizon, scales, trees, networks, WithSales(simple));

        double[][] WithSales(double[][] forecasts)
        {
            if (builder.Sales is not { } sales) return forecasts;
            foreach (var forecast in forecasts)
                for (var i = 0; i < series.Length; i++) sales.PutBack(series[i], forecast.AsSpan(i * horizon, horizon), origin + 1);
            return forecasts;
        }
    }

    /// <summary>What came on the days forecast; needs a panel that reaches past the origin by the horizon.</summary>
    public double[] Actual(VolumePanel panel)
    {
        var actual = new double[Count];
        for (var i = 0; i < actual.Length; i++) actual[i] = panel.Series[Series[i / Horizon]][Origin + 1 + i % Horizon];
        return actual;
    }

    private static double LiveScale(FeatureBuilder builder, VolumeSeries series, int index, int origin) =>
        PanelInspector.ClosedDays(series.Values.AsSpan(0, origin - series.FirstDay + 1)) > 0 ? 0 : builder.Scale(index, origin);
}
