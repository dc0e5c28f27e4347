namespace Logistics.Forecasting.Panels;

/// <summary>One day's volume of one series as it was handed in, before any cleaning.</summary>
/// <param name="SeriesId">Any text; parts separated by "-", "|" or "/" are read as groups (terminal, partner, size class).</param>
/// <param name="Date">Local calendar day.</param>
/// <param name="Volume">Parcels that day; may be wrong in any way, see <see cref="PanelCleaner"/>.</param>
public readonly record struct Observation(string SeriesId, DateOnly Date, double Volume);
