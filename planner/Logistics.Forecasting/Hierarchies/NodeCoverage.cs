namespace Logistics.Forecasting.Hierarchies;

/// <summary>How many held-out days of a level's nodes, so many days ahead, fell on the right side of their outer quantiles.</summary>
/// <param name="Horizon">Days ahead, from 1.</param>
/// <param name="Days">Node × day pairs measured.</param>
/// <param name="P10Days">Of these, those whose P10 is over 0: nothing can come below 0.</param>
/// <param name="AboveP10">Of those, at or above P10; nine in ten is right.</param>
/// <param name="BelowP90">Of all, at or below P90; nine in ten is right.</param>
public sealed record NodeCoverage(HierarchyLevel Level, int Horizon, int Days, int P10Days, int AboveP10, int BelowP90)
{
    /// <summary>Adds up what was measured on several days, by level and horizon.</summary>
    internal static IReadOnlyList<NodeCoverage> Sum(IEnumerable<NodeCoverage> parts) =>
    [
        .. parts.GroupBy(p => (p.Level, p.Horizon)).OrderBy(g => g.Key)
            .Select(g => new NodeCoverage(g.Key.Level, g.Key.Horizon, g.Sum(p => p.Days), g.Sum(p => p.P10Days), g.Sum(p => p.AboveP10), g.Sum(p => p.BelowP90))).Where(c => c.Days > 0),
    ];
}
