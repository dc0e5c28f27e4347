namespace Logistics.Domain;

/// <summary>How far a stored forecast reaches: everything, one terminal, or one partner and size class at a terminal.</summary>
public enum ForecastScope
{
    /// <summary>The whole service area.</summary>
    Area,

    /// <summary>A terminal, or all doors together.</summary>
    Terminal,

    /// <summary>A partner's parcels of one size class at a terminal, or at doors.</summary>
    Series,
}

/// <summary>Forecast of one node of the hierarchy for the days after the run's origin; parcels a day.</summary>
/// <param name="TerminalId">Null for doors, and for the area.</param>
/// <param name="PartnerId">Set for series only.</param>
/// <param name="Size">Set for series only.</param>
/// <param name="P10">One value for each day after the origin; 0 ≤ P10 ≤ P50 ≤ P90.</param>
/// <remarks>P50s add up from series to terminal to area; outer quantiles do not, since not all peaks fall together.</remarks>
public sealed record ForecastSeries(
    ForecastScope Scope, string? TerminalId, string? PartnerId, SizeClass? Size, IReadOnlyList<double> P10, IReadOnlyList<double> P50, IReadOnlyList<double> P90);

/// <summary>One training with the forecasts it made.</summary>
/// <param name="Origin">Last day whose volumes it knew.</param>
/// <param name="Horizon">Days forecast after the origin.</param>
/// <param name="ReportJson">What was measured and noted while training; written and read by the host.</param>
public sealed record ForecastRun(string Id, string AreaId, DateOnly Origin, int Horizon, DateTimeOffset CreatedAt, string ReportJson);

/// <summary>What one day is expected to bring of one partner and size class to one terminal.</summary>
/// <param name="TerminalId">Null for doors.</param>
public sealed record VolumeForecast(DateOnly Day, string? TerminalId, string PartnerId, SizeClass Size, double P10, double P50, double P90);

/// <summary>What one day is expected to bring to one terminal in all; P90 is that of the sum, not the sum of P90s.</summary>
/// <param name="TerminalId">Null for doors.</param>
public sealed record TerminalForecast(DateOnly Day, string? TerminalId, double P10, double P50, double P90);
