using Logistics.Domain;
using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Hierarchies;
using Logistics.Forecasting.Panels;
using Logistics.Planning.Forecasts;

namespace Logistics.Web.Forecasts;

/// <summary>Which part of the volumes a question is about; null parts mean all.</summary>
/// <param name="Terminal">A terminal's id, or <see cref="ForecastNames.Doors"/>.</param>
public sealed record ForecastSelection(string? Terminal, string? Partner, SizeClass? Size)
{
    private const string Selected = "selected";

    /// <summary>The panel to ask the model about: the whole one for a series it holds, else the sum of what is selected; null when nothing is.</summary>
    public (VolumePanel Panel, string Id)? FindPanel(ForecastContext context)
    {
        if (Terminal is not null && Partner is not null && Size is { } size)
        {
            var name = ForecastNames.Series(ForecastNames.TerminalOf(Terminal), Partner, size);
            return context.Panel.FindSeries(name) is null ? null : (context.Panel, name);
        }

        return ForecastHistory.Sum(context.Panel, Selected, Includes) is { } sum ? (sum, Selected) : null;
    }

    /// <summary>The history of what is selected; empty when there is none.</summary>
    public VolumeSeries? FindHistory(ForecastContext context) => ForecastHistory.Sum(context.Panel, Selected, Includes)?.Series[0];

    /// <summary>P10, P50 and P90 by day. P50s add up; the spread of a sum comes from that of its series and from what moves them together.</summary>
    public IReadOnlyList<DayQuantiles> Forecast(ForecastContext context, DayCalendar calendar)
    {
        var run = context.Run;
        if (FindStored(context) is { } stored) return [.. Enumerable.Range(0, run.Horizon).Select(i => new DayQuantiles(run.Origin.AddDays(i + 1), stored.P10[i], stored.P50[i], stored.P90[i]))];
        var parts = context.Series.Where(s => s.Scope == ForecastScope.Series && Includes(s.TerminalId, s.PartnerId!, s.Size!.Value)).ToList();
        return parts.Count == 0 ? [] : [.. Enumerable.Range(0, run.Horizon).Select(i => SumOf(parts, i, run.Origin, context, calendar))];
    }

    /// <summary>The sum of forecasts of series for a day.</summary>
    /// <param name="index">Days after the day after the origin.</param>
    public DayQuantiles SumOf(IReadOnlyList<ForecastSeries> parts, int index, DateOnly origin, ForecastContext context, DayCalendar calendar)
    {
        var day = origin.AddDays(index + 1);
        var middle = parts.Sum(s => s.P50[index]);
        var (down, up) = context.Model.HierarchyFit.Shared.Distances(
            Terminal is null ? HierarchyLevel.Area : HierarchyLevel.Terminal, calendar.NearnessOf(day, context.Panel.FirstDate, origin), middle, [.. parts.Select(s => (s.P50[index] - s.P10[index], s.P90[index] - s.P50[index]))]);
        return new DayQuantiles(day, Math.Max(0, middle - down), middle, middle + up);
    }

    public bool Includes(string? terminalId, string partnerId, SizeClass size) =>
        (Terminal is null || Terminal == (terminalId ?? ForecastNames.Doors)) && (Partner is null || Partner == partnerId) && (Size is null || Size == size);

    private ForecastSeries? FindStored(ForecastContext context)
    {
        ForecastScope? scope = (Terminal, Partner, Size) switch
        {
            (null, null, null) => ForecastScope.Area,
            (not null, null, null) => ForecastScope.Terminal,
            (not null, not null, not null) => ForecastScope.Series,
            _ => null,
        };
        var terminal = Terminal is null ? null : ForecastNames.TerminalOf(Terminal);
        return scope is null ? null : context.Series.FirstOrDefault(s => s.Scope == scope && s.TerminalId == terminal && s.PartnerId == Partner && s.Size == Size);
    }
}
