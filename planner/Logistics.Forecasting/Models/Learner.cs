using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Features;
using Logistics.Forecasting.Hierarchies;
using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Models;

/// <summary>All that two passes over a panel taught: the final models, and those of the rehearsal with what it decided.</summary>
/// <param name="Builder">Of the panel learned from.</param>
/// <param name="HeldOut">Models that saw nothing of the held-out weeks; null if none could be held out.</param>
internal sealed record Learner(FeatureBuilder Builder, FeatureClasses Classes, LearnedModels Final, LearnedModels? HeldOut, Combination Combination, RehearsalReport? Report)
{
    // Enough days for weights and calibration; beyond this more series only cost time.
    private const int RehearsalSeries = 1500;

    /// <param name="origins">Held-out origins, ascending; empty if the history is too short.</param>
    /// <param name="onStep">Told of each model trained, and of the rehearsal.</param>
    public static Learner Learn(VolumePanel panel, DayCalendar calendar, ForecastOptions options, int[] origins, Action<string> onStep, CancellationToken cancellation)
    {
        var classes = FeatureClasses.Of(panel, calendar);
        var builder = new FeatureBuilder(panel, calendar, classes, options.Horizon);
        var combination = Combination.Unproven;
        RehearsalReport? report = null;
        LearnedModels? rehearsal = null;
        if (origins.Length > 0)
        {
            rehearsal = LearnedModels.Train(builder, origins[0], options, Fewer(options.Members), Fewer(options.Networks), () => onStep("rehearsal"), cancellation);
            var outcome = Rehearsal.Run(builder, rehearsal, origins, SampleSeries(panel, origins[0]), options.Horizon, cancellation);
            (combination, report) = (outcome.Combination, outcome.Report);
        }

        onStep("rehearsal evaluated");
        var models = LearnedModels.Train(builder, panel.Days - 1, options, options.Members, options.Networks, () => onStep("training"), cancellation);
        return new Learner(builder, classes, models, rehearsal, combination, report);
    }

    /// <summary>Draws or networks that a rehearsal makes do with.</summary>
    public static int Fewer(int count) => (count + 1) / 2;

    /// <param name="sums">Model of the areas and terminals above the series, if there are any.</param>
    public VolumeForecastModel ToModel(VolumeForecastModel? sums, HierarchyFit fit) =>
        new(Builder.MaxHorizon, Builder.Panel.LastDate, Classes, Final, Combination, Report, sums, fit);

    private static int[] SampleSeries(VolumePanel panel, int firstOrigin)
    {
        var known = Enumerable.Range(0, panel.Series.Count).Where(s => panel.Series[s].FirstDay <= firstOrigin - 14).ToArray();
        var stride = Math.Max(1, known.Length / RehearsalSeries);
        return [.. known.Where((_, i) => i % stride == 0)];
    }
}
