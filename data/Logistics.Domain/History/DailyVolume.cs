namespace Logistics.Domain;

/// <summary>How many parcels of one partner and size class went to one terminal on one day; what forecasts learn from.</summary>
/// <param name="TerminalId">Null for door deliveries.</param>
public sealed record DailyVolume(DateOnly Day, string? TerminalId, string PartnerId, SizeClass Size, int Parcels);
