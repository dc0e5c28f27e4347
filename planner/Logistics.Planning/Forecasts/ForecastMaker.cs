using Logistics.Domain;
using Logistics.Forecasting;
using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Hierarchies;
using Logistics.Forecasting.Panels;

namespace Logistics.Planning.Forecasts;

/// <summary>Trains the area's model and turns its forecasts into rows to store. Pure; runs on the calling thread.</summary>
public static class ForecastMaker
{
    /// <summary>For a first forecast that should be there while the demo is looked at; the nightly one may take its time.</summary>
    public static ForecastOptions Quick { get; } = new() { Members = 1, Networks = 1, RowBudget = 60_000, Trees = 120, NetworkEpochs = 4 };

    /// <exception cref="OperationCanceledException">Cancelled between two trees.</exception>
    public static VolumeForecastModel Train(
        string areaId, VolumePanel panel, DayCalendar calendar, ForecastOptions options, IProgress<ForecastProgress>? progress, CancellationToken cancellation) =>
        VolumeForecaster.Train(panel, calendar, options with { Hierarchy = ForecastNames.Hierarchy(areaId, panel.Series.Select(s => s.Id)) }, progress, cancellation);

    /// <summary>Forecasts of the area, of every terminal and of every series, P50s adding up.</summary>
    public static IReadOnlyList<ForecastSeries> Predict(string areaId, VolumeForecastModel model, VolumePanel panel, DayCalendar calendar, CancellationToken cancellation)
    {
        var hierarchy = ForecastNames.Hierarchy(areaId, panel.Series.Select(s => s.Id));
        return [.. HierarchyForecaster.Predict(model, panel, hierarchy, calendar, cancellation: cancellation).Select(ToSeries)];
    }

    private static ForecastSeries ToSeries(NodeForecast node)
    {
        var f = node.Forecast;
        switch (node.Level)
        {
            case HierarchyLevel.Area:
                return new ForecastSeries(ForecastScope.Area, null, null, null, f.P10, f.P50, f.P90);
            case HierarchyLevel.Terminal:
                var id = f.SeriesId[(f.SeriesId.IndexOf(':', StringComparison.Ordinal) + 1)..];
                return new ForecastSeries(ForecastScope.Terminal, ForecastNames.TerminalOf(id), null, null, f.P10, f.P50, f.P90);
            default:
                var (terminal, partner, size) = ForecastNames.Read(f.SeriesId);
                return new ForecastSeries(ForecastScope.Series, terminal, partner, size, f.P10, f.P50, f.P90);
        }
    }
}
