namespace Logistics.Domain;

/// <summary>One parcel as the day's closing sees it.</summary>
/// <param name="WasLoaded">Whether a vehicle had it that day.</param>
/// <param name="VehicleId">The vehicle that had it; null when none.</param>
public sealed record ClosingParcel(string ParcelId, string Waybill, string PartnerId, string? VehicleId, bool WasLoaded, ParcelState State);

/// <summary>The day's sum: what was loaded must be somewhere.</summary>
/// <param name="Loaded">Parcels a vehicle took.</param>
/// <param name="Delivered">Of them: in a terminal or with the recipient.</param>
/// <param name="Returned">Of them: back at the hub, or promised again for another day.</param>
/// <param name="Missing">Of them: declared missing.</param>
/// <param name="NotLoaded">Parcels of the day that never left the hub.</param>
public readonly record struct DaySum(int Loaded, int Delivered, int Returned, int Missing, int NotLoaded)
{
    /// <summary>Loaded parcels nobody has accounted for: still on a vehicle as far as the ledger knows.</summary>
    public int Unaccounted() => Loaded - Delivered - Returned - Missing;

    public static DaySum operator +(DaySum a, DaySum b) =>
        new(a.Loaded + b.Loaded, a.Delivered + b.Delivered, a.Returned + b.Returned, a.Missing + b.Missing, a.NotLoaded + b.NotLoaded);

    public static DaySum Add(DaySum left, DaySum right) => left + right;
}

/// <summary>The day's arithmetic: total, by vehicle and by partner, and the parcels that keep it from adding up.</summary>
/// <param name="ByVehicle">Loaded parcels only.</param>
/// <param name="Unaccounted">Loaded, and neither delivered nor returned nor missing.</param>
public sealed record DayBalance(
    DaySum Total, IReadOnlyDictionary<string, DaySum> ByVehicle, IReadOnlyDictionary<string, DaySum> ByPartner, IReadOnlyList<ClosingParcel> Unaccounted)
{
    /// <summary>Loaded = delivered + returned + missing.</summary>
    public bool IsBalanced => Total.Unaccounted() == 0;

    public static DayBalance Of(IReadOnlyCollection<ClosingParcel> parcels)
    {
        var loaded = parcels.Where(p => p.WasLoaded).ToList();
        return new DayBalance(
            Sum(parcels),
            loaded.Where(p => p.VehicleId is not null).GroupBy(p => p.VehicleId!).ToDictionary(g => g.Key, Sum),
            parcels.GroupBy(p => p.PartnerId).ToDictionary(g => g.Key, Sum),
            [.. loaded.Where(p => IsUnaccounted(p.State)).OrderBy(p => p.Waybill, StringComparer.Ordinal)]);
    }

    private static bool IsUnaccounted(ParcelState state) => SumOf(state) == default;

    private static DaySum Sum(IEnumerable<ClosingParcel> parcels) => parcels.Aggregate(
        default(DaySum), (sum, p) => sum + (p.WasLoaded ? SumOf(p.State) with { Loaded = 1 } : new DaySum(0, 0, 0, 0, 1)));

    private static DaySum SumOf(ParcelState state) => state switch
    {
        ParcelState.Deposited or ParcelState.HandedOver or ParcelState.Collected or ParcelState.Overdue => new DaySum(0, 1, 0, 0, 0),
        // Promised or planned again, or cancelled after loading, is only possible by way of Returned.
        ParcelState.Returned or ParcelState.Promised or ParcelState.Planned or ParcelState.Cancelled => new DaySum(0, 0, 1, 0, 0),
        ParcelState.Missing => new DaySum(0, 0, 0, 1, 0),
        _ => default,
    };
}
