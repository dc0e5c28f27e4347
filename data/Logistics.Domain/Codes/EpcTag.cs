using System.Globalization;

namespace Logistics.Domain.Codes;

/// <summary>The content of a 96-bit EPC tag: tag bits ⇄ tag URI ⇄ GS1 element string.</summary>
/// <param name="Filter">0 to 7; what kind of thing carries the tag.</param>
/// <param name="PrefixDigits">Digits of the company prefix, 6 to 12, leading zeros included.</param>
/// <param name="CompanyPrefix">GS1 company prefix as a number.</param>
/// <param name="Reference">SGTIN: indicator and item; SSCC: extension digit and serial; GRAI: asset type; GIAI: the asset.</param>
/// <param name="Serial">SGTIN and GRAI only; 0 for the others.</param>
/// <remarks>GS1 EPC Tag Data Standard 1.13, section 14. Values are checked against their digits as well as their bits.</remarks>
public readonly record struct EpcTag(EpcScheme Scheme, int Filter, int PrefixDigits, long CompanyPrefix, long Reference, long Serial)
{
    /// <summary>Characters of the hexadecimal form.</summary>
    public const int HexLength = 24;

    private const string UriStart = "urn:epc:tag:";

    private static ReadOnlySpan<long> PowersOfTen =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000,
    ];

    private int Partition => 12 - PrefixDigits;

    /// <summary>The company prefix with its leading zeros.</summary>
    public string CompanyPrefixText() => Digits(CompanyPrefix, PrefixDigits);

    /// <summary>The reference as written in a URI: padded, or plain for a GIAI, or empty where the prefix leaves no digit.</summary>
    public string ReferenceText()
    {
        var layout = EpcLayout.Of(Scheme);
        return layout.IsReferenceUnpadded ? Reference.ToString(CultureInfo.InvariantCulture) : Digits(Reference, layout.ReferenceDigitsOf(Partition));
    }

    /// <summary>Reads the hexadecimal form; allocates nothing.</summary>
    /// <param name="hex">24 hex digits of either case, ASCII.</param>
    /// <param name="fault">What is wrong, when the answer is false.</param>
    public static bool TryDecode(ReadOnlySpan<byte> hex, out EpcTag tag, out string? fault)
    {
        tag = default;
        if (!TryReadBits(hex, out var bits))
        {
            fault = "an EPC has 24 hex digits";
            return false;
        }
        if (EpcLayout.Find((byte)(bits >> 88)) is not { } layout)
        {
            fault = "the EPC header is none of SGTIN-96, SSCC-96, GRAI-96, GIAI-96";
            return false;
        }
        var partition = Take(bits, 82, 3);
        if (partition >= EpcLayout.Partitions)
        {
            fault = "the EPC partition is 7; expected 0 to 6";
            return false;
        }
        var prefixBits = EpcLayout.PrefixBitsOf((int)partition);
        var referenceBits = layout.ReferenceBitsOf((int)partition);
        var below = 82 - prefixBits - referenceBits;
        tag = new EpcTag(
            layout.Scheme, (int)Take(bits, 85, 3), EpcLayout.PrefixDigitsOf((int)partition),
            Take(bits, 82 - prefixBits, prefixBits), Take(bits, below, referenceBits), Take(bits, 0, layout.SerialBits));
        fault = tag.FindFault() ?? (layout.SerialBits == 0 && below > 0 && Take(bits, 0, below) != 0 ? "the EPC's unused bits are not zero" : null);
        return fault is null;
    }

    /// <inheritdoc cref="TryDecode(ReadOnlySpan{byte}, out EpcTag, out string?)"/>
    public static bool TryDecode(ReadOnlySpan<char> hex, out EpcTag tag, out string? fault)
    {
        Span<byte> ascii = stackalloc byte[HexLength];
        return TryDecode(hex.Length == HexLength && System.Text.Ascii.FromUtf16(hex, ascii, out _) == System.Buffers.OperationStatus.Done ? ascii : default, out tag, out fault);
    }

    /// <summary>Reads a tag URI such as <c>urn:epc:tag:sscc-96:3.0614141.1234567890</c>.</summary>
    public static bool TryParseUri(string uri, out EpcTag tag, out string? fault)
    {
        tag = default;
        var body = uri.StartsWith(UriStart, StringComparison.Ordinal) ? uri[UriStart.Length..] : "";
        var colon = body.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || EpcLayout.Find(body.AsSpan(0, colon)) is not { } layout)
        {
            fault = "expected urn:epc:tag: with sgtin-96, sscc-96, grai-96 or giai-96";
            return false;
        }
        var parts = body[(colon + 1)..].Split('.');
        var hasSerial = layout.SerialBits > 0;
        if (parts.Length != (hasSerial ? 4 : 3) || parts[1].Length is < 6 or > 12)
        {
            fault = $"expected filter, company prefix of 6 to 12 digits, reference{(hasSerial ? " and serial" : "")}, divided by points";
            return false;
        }
        var referenceDigits = layout.ReferenceDigitsOf(12 - parts[1].Length);
        var isReferenceSized = layout.IsReferenceUnpadded ? IsPlainNumber(parts[2]) : parts[2].Length == referenceDigits;
        if (!TryNumber(parts[0], out var filter) || parts[0].Length != 1 || !TryNumber(parts[1], out var prefix) || !isReferenceSized
            || !TryNumber(parts[2], out var reference) || (hasSerial && !IsPlainNumber(parts[3])) || !TryNumber(hasSerial ? parts[3] : "0", out var serial))
        {
            fault = $"a part is no number, has leading zeros or the wrong length (reference: {referenceDigits} digits)";
            return false;
        }
        tag = new EpcTag(layout.Scheme, (int)filter, parts[1].Length, prefix, reference, serial);
        fault = tag.FindFault();
        return fault is null;
    }

    /// <summary>The tag's bits as 24 upper-case hex digits.</summary>
    /// <exception cref="InvalidOperationException">The values do not fit the scheme; see <see cref="FindFault"/>.</exception>
    public string ToHex()
    {
        if (FindFault() is { } fault) throw new InvalidOperationException($"{this} is no tag: {fault}.");
        var layout = EpcLayout.Of(Scheme);
        var (prefixBits, referenceBits) = (EpcLayout.PrefixBitsOf(Partition), layout.ReferenceBitsOf(Partition));
        var bits = ((UInt128)layout.Header << 88) | ((UInt128)Filter << 85) | ((UInt128)Partition << 82)
            | ((UInt128)CompanyPrefix << (82 - prefixBits)) | ((UInt128)Reference << (82 - prefixBits - referenceBits)) | (UInt128)Serial;
        return bits.ToString("X24", CultureInfo.InvariantCulture);
    }

    /// <summary>The tag URI.</summary>
    public string ToUri()
    {
        var layout = EpcLayout.Of(Scheme);
        var serial = layout.SerialBits > 0 ? string.Create(CultureInfo.InvariantCulture, $".{Serial}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{UriStart}{layout.Name}:{Filter}.{CompanyPrefixText()}.{ReferenceText()}{serial}");
    }

    /// <summary>The pure identity URI that EPCIS events carry: no filter, no tag size.</summary>
    public string ToIdentityUri()
    {
        var layout = EpcLayout.Of(Scheme);
        var serial = layout.SerialBits > 0 ? string.Create(CultureInfo.InvariantCulture, $".{Serial}") : "";
        return $"urn:epc:id:{layout.Name[..^3]}:{CompanyPrefixText()}.{ReferenceText()}{serial}";
    }

    /// <summary>Why the values make no tag of this scheme; null when they do.</summary>
    public string? FindFault()
    {
        if (Filter is < 0 or > 7) return "the filter must be 0 to 7";
        if (PrefixDigits is < 6 or > 12) return "the company prefix must have 6 to 12 digits";
        if (CompanyPrefix < 0 || CompanyPrefix >= PowersOfTen[PrefixDigits]) return "the company prefix has more digits than its partition allows";
        var layout = EpcLayout.Of(Scheme);
        var limit = layout.IsReferenceUnpadded ? 1L << layout.ReferenceBitsOf(Partition) : PowersOfTen[layout.ReferenceDigitsOf(Partition)];
        if (Reference < 0 || Reference >= limit) return "the reference has more digits than its partition allows";
        return Serial < 0 || Serial >= 1L << layout.SerialBits ? "the serial number does not fit the scheme" : null;
    }

    private static bool TryReadBits(ReadOnlySpan<byte> hex, out UInt128 bits)
    {
        bits = 0;
        if (hex.Length != HexLength) return false;
        foreach (var digit in hex)
        {
            var value = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
                >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
                _ => -1,
            };
            if (value < 0) return false;
            bits = (bits << 4) | (uint)value;
        }
        return true;
    }

    private static long Take(UInt128 bits, int shift, int count) => (long)((bits >> shift) & ((UInt128.One << count) - 1));

    private static string Digits(long value, int count) => count == 0 ? "" : value.ToString("D" + count.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static bool IsPlainNumber(string text) => text.Length > 0 && (text.Length == 1 || text[0] != '0');

    private static bool TryNumber(string text, out long value)
    {
        value = 0;
        // An empty reference stands for no digits at all (GRAI with a 12-digit prefix).
        return text.Length == 0 || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
