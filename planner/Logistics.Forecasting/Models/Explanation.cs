namespace Logistics.Forecasting.Models;

/// <summary>What moved one day's forecast.</summary>
/// <param name="Date">Day forecast.</param>
/// <param name="BaseVolume">What the trees would say knowing nothing but the level, parcels.</param>
/// <param name="Drivers">Features by the parcels they add or take, largest effect first.</param>
public sealed record Explanation(string SeriesId, DateOnly Date, double BaseVolume, IReadOnlyList<Driver> Drivers);

/// <param name="Feature">Column name, see docs/forecasting.md.</param>
/// <param name="Value">The feature's value, NaN when missing.</param>
/// <param name="Parcels">Effect on the median trees' forecast.</param>
public sealed record Driver(string Feature, double Value, double Parcels);
