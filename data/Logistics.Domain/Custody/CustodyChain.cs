using System.Security.Cryptography;
using System.Text;

namespace Logistics.Domain;

/// <summary>One entry of a parcel's ledger: the hand-over, when it was recorded, and a digest over it and everything before.</summary>
/// <param name="Index">0-based.</param>
/// <param name="PreviousHash">Hash of the entry before; <see cref="CustodyChain.Genesis"/> for the first.</param>
public sealed record CustodyLink(string ParcelId, int Index, CustodyEvent Event, DateTimeOffset RecordedAt, string PreviousHash, string Hash);

/// <summary>The hash chain of a parcel's ledger, in the order of recording.</summary>
/// <remarks>
/// The chain proves that no entry was changed, removed from the middle or slipped in. That its end was not cut off is proved by the digest of
/// all heads that the day's closing keeps (<see cref="HeadsDigest"/>).
/// </remarks>
public static class CustodyChain
{
    /// <summary>What the first link's previous hash is.</summary>
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>The next link after <paramref name="last"/>.</summary>
    public static CustodyLink Append(CustodyLink? last, CustodyEvent e, DateTimeOffset recordedAt)
    {
        var index = last is null ? 0 : last.Index + 1;
        var previous = last?.Hash ?? Genesis;
        return new CustodyLink(e.ParcelId, index, e, recordedAt, previous, HashOf(e.ParcelId, index, e, recordedAt, previous));
    }

    /// <summary>The index of the first link that was tampered with, or null when the chain holds.</summary>
    public static int? FindBreak(IReadOnlyList<CustodyLink> links)
    {
        var previous = Genesis;
        for (var i = 0; i < links.Count; i++)
        {
            var link = links[i];
            if (link.Index != i || link.PreviousHash != previous || link.Event.ParcelId != link.ParcelId
                || link.Hash != HashOf(link.ParcelId, i, link.Event, link.RecordedAt, previous))
            {
                return i;
            }
            previous = link.Hash;
        }
        return null;
    }

    /// <summary>One digest over the heads of many chains, in parcel order.</summary>
    public static string HeadsDigest(IEnumerable<(string ParcelId, string Head)> heads)
    {
        var text = new StringBuilder();
        foreach (var (parcel, head) in heads.OrderBy(h => h.ParcelId, StringComparer.Ordinal)) text.Append(parcel).Append('=').Append(head).Append('\n');
        return Digest(text.ToString());
    }

    private static string HashOf(string parcelId, int index, CustodyEvent e, DateTimeOffset recordedAt, string previous)
    {
        var text = new StringBuilder();
        foreach (var part in new[]
        {
            previous, parcelId, index.ToString(System.Globalization.CultureInfo.InvariantCulture), e.EventId, e.ParcelId, Ms(e.At), e.From?.Kind.ToString(), e.From?.Id,
            e.To.Kind.ToString(), e.To.Id, e.Actor, e.Evidence, Ms(recordedAt),
        })
        {
            // Lengths go first, so that no two entries read the same.
            text.Append(part?.Length ?? -1).Append(':').Append(part).Append('|');
        }
        return Digest(text.ToString());
    }

    private static string Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
