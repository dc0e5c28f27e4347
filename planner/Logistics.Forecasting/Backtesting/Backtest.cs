using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Panels;
using Logistics.Forecasting.Simple;

namespace Logistics.Forecasting.Backtesting;

/// <summary>Which origins a backtest takes.</summary>
/// <param name="Origins">Number of origins.</param>
/// <param name="Horizon">Days ahead from each.</param>
/// <param name="StepDays">Days between origins; the last one lies a horizon before the panel's end.</param>
public sealed record BacktestPlan(int Origins = 8, int Horizon = 14, int StepDays = 28);

/// <summary>Forecasts of one origin, with those of the simple methods beside them.</summary>
/// <param name="Simple">By simple method, by series, by day.</param>
public sealed record BacktestOrigin(DateOnly Origin, IReadOnlyList<SeriesForecast> Forecasts, IReadOnlyList<double[][]> Simple, RehearsalWeights Rehearsal);

/// <summary>The experts' weights an origin's model chose.</summary>
public sealed record RehearsalWeights(IReadOnlyList<(string Expert, double Weight)> Weights);

/// <summary>Rolling-origin backtest: at each origin the panel is cut, cleaned, learned and forecast as if later days did not exist.</summary>
public static class Backtest
{
    /// <summary>The plan's origins, oldest first.</summary>
    /// <exception cref="ArgumentException">The panel is too short, or a number of the plan is not positive.</exception>
    public static IReadOnlyList<DateOnly> ListOrigins(DateOnly firstDate, DateOnly lastDate, BacktestPlan plan)
    {
        var errors = new List<string>();
        if (plan.Origins < 1) errors.Add($"Origins {plan.Origins} must be ≥ 1.");
        if (plan.StepDays < 1) errors.Add($"Step {plan.StepDays} must be ≥ 1 day.");
        if (plan.Horizon < 1) errors.Add($"Horizon {plan.Horizon} must be ≥ 1 day.");
        if (errors.Count > 0) throw new ArgumentException(string.Join(" ", errors), nameof(plan));
        var origins = Enumerable.Range(0, plan.Origins)
            .Select(k => lastDate.AddDays(-plan.Horizon - plan.StepDays * (plan.Origins - 1 - k))).ToArray();
        var days = lastDate.DayNumber - firstDate.DayNumber + 1;
        if (origins[0] < firstDate)
        {
            var fitting = days > plan.Horizon ? (days - 1 - plan.Horizon) / plan.StepDays + 1 : 0;
            throw new ArgumentException(
                $"{plan.Origins} origins, {plan.StepDays} days apart with a horizon of {plan.Horizon}, need {plan.StepDays * (plan.Origins - 1) + plan.Horizon + 1} days; the panel has {days}."
                + (fitting > 0 ? $" Maybe --origins {fitting}, or a smaller --step." : " It can be trained on and forecast, but not tested."), nameof(plan));
        }

        return origins;
    }

    /// <summary>Runs one origin. Rows after the origin are never read.</summary>
    public static BacktestOrigin RunOrigin(
        IReadOnlyList<Observation> observations, DayCalendar calendar, DateOnly origin, ForecastOptions options, IProgress<ForecastProgress>? progress = null, CancellationToken cancellation = default)
    {
        var panel = PanelCleaner.Clean(observations, origin, options.GapRule).Panel;
        var model = VolumeForecaster.Train(panel, calendar, options, progress, cancellation);
        var forecasts = model.Predict(panel, calendar, options.Horizon, cancellation);
        var simple = SimpleMethods.All.Select(method => panel.Series.Select(series =>
        {
            var forecast = new double[options.Horizon];
            method.Forecast(series.Values, forecast);
            return forecast;
        }).ToArray()).ToArray();
        return new BacktestOrigin(origin, forecasts, simple, new RehearsalWeights(model.ListWeights()));
    }
}
