namespace Logistics.Forecasting.Dwell;

/// <summary>How long one parcel lay in its compartment.</summary>
/// <param name="TerminalId">Where.</param>
/// <param name="Weekday">Local weekday of the deposit.</param>
/// <param name="Hours">Hours until it was collected, or until now if it is still there; ≥ 0.</param>
/// <param name="IsCollected">False while it is still there: its true stay is longer.</param>
public readonly record struct DwellRecord(string TerminalId, DayOfWeek Weekday, double Hours, bool IsCollected);
