using Logistics.Domain;
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

    /// <summary>P10, P50 and P90 by day. P50s add up; the spread of a sum that is no node of the hierarchy is the model's for that sum.</summary>
    public IReadOnlyList<DayQuantiles> Forecast(ForecastContext context, Forecasting.Calendars.DayCalendar calendar)
    {
        var run = context.Run;
        if (FindStored(context) is { } stored) return [.. Enumerable.Range(0, run.Horizon).Select(i => new DayQuantiles(run.Origin.AddDays(i + 1), stored.P10[i], stored.P50[i], stored.P90[i]))];
        if (FindPanel(context) is not { } asked) return [];
        var middle = new double[run.Horizon];
        foreach (var s in context.Series)
        {
            if (s.Scope != ForecastScope.Series || !Includes(s.TerminalId, s.PartnerId!, s.Size!.Value)) continue;
            for (var i = 0; i < middle.Length; i++) middle[i] += s.P50[i];
        }

        var own = context.Model.Predict(asked.Panel, calendar)[0];
        return [.. middle.Select((m, i) => new DayQuantiles(
            run.Origin.AddDays(i + 1),
            own.P50[i] > 0 ? m * own.P10[i] / own.P50[i] : 0,
            m,
            own.P50[i] > 0 ? m * own.P90[i] / own.P50[i] : m + own.P90[i]))];
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
