using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Features;
using Logistics.Forecasting.Hierarchies;
using Logistics.Forecasting.Models;
using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting;

/// <summary>Trains the volume model of a panel.</summary>
/// <remarks>
/// Two passes. The first learns from all but the last weeks and forecasts those, which gives the experts' weights and the calibration of the
/// quantiles on days it has not seen; the second learns from everything. Deterministic by the options' seed; single-threaded; pure.
/// </remarks>
public static class VolumeForecaster
{
    // Held-out origins are a week apart, so that every weekday is a first day once.
    private const int RehearsalOrigins = 8;
    private const int RehearsalStep = 7;
    private const int ShortestTraining = 35;

    // Enough days for weights and calibration; beyond this more series only cost time.
    private const int RehearsalSeries = 1500;

    /// <param name="panel">History; its last day is the origin. Nothing after it exists for the model.</param>
    /// <param name="calendar">Holidays and promotions, past and planned.</param>
    /// <exception cref="ArgumentException">An option breaks a rule; the message lists all.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two trees.</exception>
    public static VolumeForecastModel Train(
        VolumePanel panel, DayCalendar calendar, ForecastOptions? options = null, IProgress<ForecastProgress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new ForecastOptions();
        var errors = options.Validate();
        if (errors.Count > 0) throw new ArgumentException(string.Join(" ", errors), nameof(options));

        var classes = FeatureClasses.Of(panel, calendar);
        var builder = new FeatureBuilder(panel, calendar, classes, options.Horizon);
        var origins = FindRehearsalOrigins(panel.Days, options.Horizon);
        var rehearsalMembers = (options.Members + 1) / 2;
        var rehearsalNetworks = (options.Networks + 1) / 2;
        var total = LearnedModels.Count(options.Members, options.Networks) + (origins.Length > 0 ? LearnedModels.Count(rehearsalMembers, rehearsalNetworks) : 0) + 1;
        var done = 0;

        var combination = Combination.Unproven;
        RehearsalReport? report = null;
        var hierarchyFit = HierarchyFit.Unmeasured;
        if (origins.Length > 0)
        {
            var rehearsal = LearnedModels.Train(builder, origins[0], options, rehearsalMembers, rehearsalNetworks, () => Step("rehearsal"), cancellation);
            var outcome = Rehearsal.Run(builder, rehearsal, origins, SampleSeries(panel, origins[0]), options.Horizon, cancellation);
            (combination, report) = (outcome.Combination, outcome.Report);
            if (options.Hierarchy is not null) hierarchyFit = HierarchyRehearsal.Run(builder, options.Hierarchy, calendar, classes, rehearsal, combination, origins, cancellation);
        }

        Step("rehearsal evaluated");
        var models = LearnedModels.Train(builder, panel.Days - 1, options, options.Members, options.Networks, () => Step("training"), cancellation);
        return new VolumeForecastModel(options.Horizon, panel.LastDate, classes, models, combination, report, hierarchyFit);

        void Step(string step) => progress?.Report(new ForecastProgress(step, Math.Min(++done, total), total));
    }

    private static int[] FindRehearsalOrigins(int days, int horizon)
    {
        var origins = new List<int>();
        for (var k = 0; k < RehearsalOrigins; k++)
        {
            var origin = days - 1 - horizon - k * RehearsalStep;
            if (origin >= ShortestTraining) origins.Add(origin);
        }

        origins.Reverse();
        return origins.Count >= 2 ? [.. origins] : [];
    }

    private static int[] SampleSeries(VolumePanel panel, int firstOrigin)
    {
        var known = Enumerable.Range(0, panel.Series.Count).Where(s => panel.Series[s].FirstDay <= firstOrigin - 14).ToArray();
        var stride = Math.Max(1, known.Length / RehearsalSeries);
        return [.. known.Where((_, i) => i % stride == 0)];
    }
}
