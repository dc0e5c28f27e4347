using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Features;
using Logistics.Forecasting.Hierarchies;
using Logistics.Forecasting.Models;
using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting;

/// <summary>A trained volume model. Immutable; thread-safe.</summary>
public sealed class VolumeForecastModel
{
    internal const int SeriesPerBatch = 500;

    internal VolumeForecastModel(int horizon, DateOnly trainedUntil, FeatureClasses classes, LearnedModels models, Combination combination, RehearsalReport? report, VolumeForecastModel? sums, HierarchyFit hierarchyFit)
    {
        Horizon = horizon;
        TrainedUntil = trainedUntil;
        Classes = classes;
        Models = models;
        Combination = combination;
        Rehearsal = report;
        Sums = sums;
        HierarchyFit = hierarchyFit;
    }

    /// <summary>Furthest day ahead it can forecast.</summary>
    public int Horizon { get; }

    /// <summary>Last day it learned from.</summary>
    public DateOnly TrainedUntil { get; }

    /// <summary>Accuracy on held-out weeks; null if the history was too short for any.</summary>
    public RehearsalReport? Rehearsal { get; }

    /// <summary>How a hierarchy is reconciled, as measured on held-out weeks.</summary>
    public HierarchyFit HierarchyFit { get; }

    /// <summary>Forecasts areas and terminals; null if it was trained without a hierarchy.</summary>
    internal VolumeForecastModel? Sums { get; }

    internal FeatureClasses Classes { get; }

    internal LearnedModels Models { get; }

    internal Combination Combination { get; }

    /// <summary>Forecasts every series of the panel for the days after its last day.</summary>
    /// <param name="panel">History up to the origin; may be newer than what the model was trained on, and hold new series.</param>
    /// <param name="horizon">Days ahead, 1 to <see cref="Horizon"/>.</param>
    public IReadOnlyList<SeriesForecast> Predict(VolumePanel panel, DayCalendar calendar, int? horizon = null, CancellationToken cancellation = default) =>
        [.. PredictParts(panel, calendar, horizon, cancellation).Select(Combination.Rounding.Apply)];

    /// <summary>As <see cref="Predict"/>, for sums: P50s are left between whole numbers.</summary>
    internal IReadOnlyList<SeriesForecast> PredictParts(VolumePanel panel, DayCalendar calendar, int? horizon, CancellationToken cancellation)
    {
        var days = horizon ?? Horizon;
        if (days < 1 || days > Horizon) throw new ArgumentOutOfRangeException(nameof(horizon), days, $"The model forecasts 1 to {Horizon} days ahead.");
        var builder = new FeatureBuilder(panel, calendar, Classes, Horizon);
        var needed = ExpertWeights.NeededSimple(Combination.Weights, Combination.Tilt);
        var result = new List<SeriesForecast>(panel.Series.Count);
        for (var first = 0; first < panel.Series.Count; first += SeriesPerBatch)
        {
            cancellation.ThrowIfCancellationRequested();
            var series = Enumerable.Range(first, Math.Min(SeriesPerBatch, panel.Series.Count - first)).ToArray();
            var batch = ForecastBatch.Make(builder, Models, series, panel.Days - 1, days, needed);
            var raw = Combination.Combine(panel, batch);
            for (var i = 0; i < series.Length; i++) result.Add(ToForecast(panel, batch, raw, i));
        }

        return result;
    }

    /// <summary>Share of each expert in the P50.</summary>
    public IReadOnlyList<(string Expert, double Weight)> ListWeights() => [.. ExpertWeights.Names.Zip(Combination.Weights)];

    private SeriesForecast ToForecast(VolumePanel panel, ForecastBatch batch, RawQuantiles raw, int index)
    {
        var n = batch.Horizon;
        var (p10, p50, p90) = (new double[n], new double[n], new double[n]);
        for (var h = 0; h < n; h++)
        {
            var i = index * n + h;
            p50[h] = raw.P50[i];
            (p10[h], p90[h]) = Combination.Calibration.Apply(batch.Scales[index], h + 1, raw.P10[i], raw.P50[i], raw.P90[i]);
        }

        return new SeriesForecast(panel.Series[batch.Series[index]].Id, panel.LastDate.AddDays(1), p10, p50, p90);
    }
}
