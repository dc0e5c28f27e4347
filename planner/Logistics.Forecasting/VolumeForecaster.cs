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

        var sums = options.Hierarchy?.Aggregate(panel);
        var forSums = options.ForSums();
        var origins = FindRehearsalOrigins(panel.Days, options.Horizon);
        var total = CountSteps(options, origins) + (sums is null ? 0 : CountSteps(forSums, origins));
        var done = 0;

        var own = Learner.Learn(panel, calendar, options, origins, Step, cancellation);
        if (sums is null) return own.ToModel(null, HierarchyFit.Unmeasured);
        // Sums are a panel of their own kind: large steady series, of which a model of sparse ones knows nothing.
        var above = Learner.Learn(sums, calendar, forSums, origins, Step, cancellation);
        var fit = HierarchyRehearsal.Run(own, above, options.Hierarchy!, calendar, origins, cancellation);
        return own.ToModel(above.ToModel(null, HierarchyFit.Unmeasured), fit);

        void Step(string step) => progress?.Report(new ForecastProgress(step, Math.Min(++done, total), total));
    }

    private static int CountSteps(ForecastOptions options, int[] origins) =>
        LearnedModels.Count(options.Members, options.Networks, options.IsForSums) + (origins.Length > 0 ? LearnedModels.Count(Learner.Fewer(options.Members), Learner.Fewer(options.Networks), options.IsForSums) : 0) + 1;

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
}
