using Logistics.Forecasting;
using Logistics.Forecasting.Models;
using Logistics.Forecasting.Panels;

namespace Logistics.Web.Forecasts;

/// <param name="Kind">camelCase of <see cref="CleaningKind"/>.</param>
/// <param name="Series">Terminal|partner|size; empty for the whole panel.</param>
public sealed record InputNote(string Kind, string Series, int Days, DateOnly First, string Text);

/// <param name="Weight">Share of the combined P50; 1 for the combination itself.</param>
public sealed record MethodRow(string Method, double Weight, double Wape);

/// <param name="Key">Days ahead, or small, medium, large.</param>
/// <param name="P10Days">Days whose P10 is over 0, of which <paramref name="AboveP10"/> is a share; 0 in reports stored before they were counted.</param>
public sealed record CoverageView(string Key, int Days, int P10Days, double AboveP10, double BelowP90);

/// <param name="Level">area, terminal or series.</param>
public sealed record NodeCoverageView(string Level, int Horizon, int Days, int P10Days, double AboveP10, double BelowP90);

public sealed record OriginRow(DateOnly Origin, double Wape, string BestSimple, double BestSimpleWape, double BelowP90);

/// <summary>What a training found out; stored with its run and shown on the page.</summary>
/// <param name="NoteCounts">Findings by kind over all series.</param>
/// <param name="Notes">The first findings of each kind, for reading.</param>
/// <param name="ByNode">Coverage by level of the hierarchy and days ahead; null in reports stored before it was measured.</param>
/// <param name="Reconciliation">bottomUp, minTrace or topDown, whichever erred least on held-out weeks.</param>
public sealed record ForecastReport(
    int Series, DateOnly FirstDay, DateOnly LastDay, bool IsQuick, double TrainSeconds, string Reconciliation, IReadOnlyDictionary<string, int> NoteCounts, IReadOnlyList<InputNote> Notes,
    IReadOnlyList<MethodRow> Methods, IReadOnlyList<CoverageView> ByHorizon, IReadOnlyList<CoverageView> ByLevel, IReadOnlyList<OriginRow> Origins,
    IReadOnlyList<NodeCoverageView>? ByNode)
{
    private const int NotesPerKind = 20;

    public static ForecastReport Of(CleanedPanel cleaned, VolumeForecastModel model, bool isQuick, double trainSeconds)
    {
        var panel = cleaned.Panel;
        var rehearsal = model.Rehearsal;
        var byKind = cleaned.Notes.GroupBy(n => n.Kind).OrderBy(g => g.Key).ToList();
        return new ForecastReport(
            panel.Series.Count, panel.FirstDate, panel.LastDate, isQuick, Math.Round(trainSeconds, 1), Camel(model.HierarchyFit.Method.ToString()),
            byKind.ToDictionary(g => Camel(g.Key.ToString()), g => g.Count(), StringComparer.Ordinal),
            [.. byKind.SelectMany(g => g.Take(NotesPerKind)).Select(n => new InputNote(Camel(n.Kind.ToString()), n.SeriesId, n.Count, n.First, n.Text))],
            [.. (rehearsal?.Methods ?? []).Select(m => new MethodRow(m.Method, m.Weight, m.Wape))],
            [.. (rehearsal?.Coverage ?? []).Select(c => new CoverageView(c.Horizon.ToString(System.Globalization.CultureInfo.InvariantCulture), c.Days, c.P10Days, c.AboveP10, c.BelowP90))],
            [.. (rehearsal?.Levels ?? []).Select(c => new CoverageView(c.Level, c.Days, c.P10Days, c.AboveP10, c.BelowP90))],
            [.. (rehearsal?.Origins ?? []).Select(o => new OriginRow(o.Origin, o.Wape, o.BestSimple, o.BestSimpleWape, o.BelowP90))],
            [.. model.HierarchyFit.Coverage.Select(c => new NodeCoverageView(Camel(c.Level.ToString()), c.Horizon, c.Days, c.P10Days, (double)c.AboveP10 / Math.Max(1, c.P10Days), (double)c.BelowP90 / c.Days))]);
    }

    private static string Camel(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}
