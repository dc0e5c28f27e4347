namespace Logistics.Domain;

/// <summary>A closed day: its sums, who closed it, and a digest of every custody chain as it stood.</summary>
/// <param name="LedgerDigest">See <see cref="CustodyChain.HeadsDigest"/>.</param>
/// <param name="SignedReason">Why it was closed although it did not add up; null when it did.</param>
public sealed record DayClosing(
    string AreaId, DateOnly Day, DateTimeOffset ClosedAt, string ClosedBy, DaySum Total,
    IReadOnlyDictionary<string, DaySum> ByVehicle, IReadOnlyDictionary<string, DaySum> ByPartner, string LedgerDigest, string? SignedReason)
{
    /// <summary>Ids of the parcels nobody accounted for.</summary>
    public IReadOnlyList<string> Unaccounted { get; init; } = [];

    /// <summary>Closes the day when it adds up, or when somebody signs for the difference with a reason.</summary>
    public static Outcome<DayClosing> Close(
        string areaId, DateOnly day, DayBalance balance, string ledgerDigest, string actor, string? signedReason, DateTimeOffset at)
    {
        if (!balance.IsBalanced && string.IsNullOrWhiteSpace(signedReason))
        {
            var t = balance.Total;
            return new Refusal("day.unbalanced", FormattableString.Invariant(
                $"{day:yyyy-MM-dd} does not add up: {t.Loaded} loaded, but {t.Delivered} delivered + {t.Returned} returned + {t.Missing} missing = {t.Loaded - t.Unaccounted()}. ")
                + $"{t.Unaccounted()} unaccounted for, the first {balance.Unaccounted[0].Waybill}. Find them, declare them missing, or sign with a reason.");
        }
        return new DayClosing(areaId, day, at, actor, balance.Total, balance.ByVehicle, balance.ByPartner, ledgerDigest, balance.IsBalanced ? null : signedReason!.Trim())
        {
            Unaccounted = [.. balance.Unaccounted.Select(p => p.ParcelId)],
        };
    }
}
