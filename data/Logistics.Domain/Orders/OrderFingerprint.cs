using System.Security.Cryptography;
using System.Text;

namespace Logistics.Domain;

/// <summary>A digest of what a partner ordered, blind to what the system added; equal digests mean "the same order again".</summary>
public static class OrderFingerprint
{
    /// <returns>32 lower-case hex digits (128 bits of SHA-256).</returns>
    public static string Of(Parcel p)
    {
        var text = new StringBuilder(320);
        Add(text, p.PartnerId);
        Add(text, p.Waybill);
        Add(text, p.HubId);
        Add(text, p.Day.DayNumber);
        Add(text, p.ReleaseAt.ToUnixTimeMilliseconds());
        Add(text, p.Promise.Start.ToUnixTimeMilliseconds());
        Add(text, p.Promise.End.ToUnixTimeMilliseconds());
        Add(text, p.Recipient.Name);
        Add(text, p.Recipient.Phone);
        Add(text, p.Recipient.Address);
        Add(text, p.Recipient.District);
        // 10⁻⁷ degrees is a centimetre: finer differences are conversion noise.
        Add(text, (long)Math.Round(p.Recipient.Location.Lon * 1e7));
        Add(text, (long)Math.Round(p.Recipient.Location.Lat * 1e7));
        Add(text, p.Epc);
        Add(text, (int)p.Flow);
        Add(text, (int)p.Size);
        Add(text, p.WeightGrams);
        Add(text, p.VolumeMillilitres);
        Add(text, (int)p.Handling);
        Add(text, p.Priority);
        Add(text, (p.IsDamaged ? 1 : 0) + (p.HasTerminalConsent ? 2 : 0) + (p.HasSenderLockerAgreement ? 4 : 0));
        Add(text, p.DesignatedTerminalId);
        foreach (var o in p.Options)
        {
            Add(text, (int)o.Kind);
            Add(text, o.TerminalId);
            Add(text, o.Window.Start.ToUnixTimeMilliseconds());
            Add(text, o.Window.End.ToUnixTimeMilliseconds());
            Add(text, o.PreferenceFen);
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }

    // The length goes first, so that no two lists of fields read the same.
    private static void Add(StringBuilder text, string? value) =>
        text.Append(value?.Length ?? -1).Append(':').Append(value).Append('|');

    private static void Add(StringBuilder text, long value) => text.Append(value).Append('|');
}
