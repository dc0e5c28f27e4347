using System.Globalization;

namespace Logistics.Domain.Codes;

/// <summary>GS1 element strings, as printed under a barcode: <c>(00)106141412345678908</c>.</summary>
public static class Gs1
{
    /// <summary>The modulo-10 check digit that GTIN, SSCC and GRAI share: weights 3, 1, 3, … from the right.</summary>
    /// <param name="digits">Decimal digits without the check digit.</param>
    public static int CheckDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            sum += (digits[^(i + 1)] - '0') * (i % 2 == 0 ? 3 : 1);
        }
        return (10 - (sum % 10)) % 10;
    }

    /// <summary>The element string of a tag.</summary>
    public static string ToElementString(EpcTag tag)
    {
        var (prefix, reference) = (tag.CompanyPrefixText(), tag.ReferenceText());
        switch (tag.Scheme)
        {
            case EpcScheme.Sgtin96:
                var item = string.Concat(reference.AsSpan(0, 1), prefix, reference.AsSpan(1));
                return string.Create(CultureInfo.InvariantCulture, $"(01){item}{CheckDigit(item)}(21){tag.Serial}");
            case EpcScheme.Sscc96:
                var unit = string.Concat(reference.AsSpan(0, 1), prefix, reference.AsSpan(1));
                return string.Create(CultureInfo.InvariantCulture, $"(00){unit}{CheckDigit(unit)}");
            case EpcScheme.Grai96:
                var asset = prefix + reference;
                return string.Create(CultureInfo.InvariantCulture, $"(8003)0{asset}{CheckDigit(asset)}{tag.Serial}");
            default:
                return $"(8004){prefix}{reference}";
        }
    }

    /// <summary>The tag of an element string; how many digits belong to the company is not in the string and must be known.</summary>
    /// <param name="text">With brackets around the application identifiers.</param>
    /// <param name="prefixDigits">Digits of the company prefix, 6 to 12.</param>
    /// <param name="fault">What is wrong, when the answer is false.</param>
    public static bool TryParse(string text, int prefixDigits, int filter, out EpcTag tag, out string? fault)
    {
        tag = default;
        fault = null;
        if (prefixDigits is < 6 or > 12) fault = "the company prefix must have 6 to 12 digits";
        else if (text.StartsWith("(00)", StringComparison.Ordinal)) fault = ReadSscc(text[4..], prefixDigits, filter, out tag);
        else if (text.StartsWith("(01)", StringComparison.Ordinal)) fault = ReadSgtin(text[4..], prefixDigits, filter, out tag);
        else if (text.StartsWith("(8003)", StringComparison.Ordinal)) fault = ReadGrai(text[6..], prefixDigits, filter, out tag);
        else if (text.StartsWith("(8004)", StringComparison.Ordinal)) fault = ReadGiai(text[6..], prefixDigits, filter, out tag);
        else fault = "expected (00), (01) with (21), (8003) or (8004)";
        fault ??= tag.FindFault();
        return fault is null;
    }

    /// <summary>True for 18 digits whose last is the check digit of the others.</summary>
    public static bool IsSscc(ReadOnlySpan<char> digits) => digits.Length == 18 && AreDigits(digits) && CheckDigit(digits[..17]) == digits[17] - '0';

    private static string? ReadSscc(string digits, int prefixDigits, int filter, out EpcTag tag)
    {
        tag = default;
        if (!IsSscc(digits)) return "an SSCC has 18 digits, the last its check digit";
        tag = new EpcTag(EpcScheme.Sscc96, filter, prefixDigits, Number(digits.AsSpan(1, prefixDigits)), Number(string.Concat(digits.AsSpan(0, 1), digits.AsSpan(1 + prefixDigits, 16 - prefixDigits))), 0);
        return null;
    }

    private static string? ReadSgtin(string rest, int prefixDigits, int filter, out EpcTag tag)
    {
        tag = default;
        if (rest.Length < 19 || !AreDigits(rest.AsSpan(0, 14)) || CheckDigit(rest.AsSpan(0, 13)) != rest[13] - '0' || rest.AsSpan(14, 4) is not "(21)")
        {
            return "expected a GTIN of 14 digits with its check digit, then (21) and the serial number";
        }
        if (!TrySerial(rest.AsSpan(18), out var serial)) return "a 96-bit tag holds numeric serial numbers without leading zeros only";
        tag = new EpcTag(EpcScheme.Sgtin96, filter, prefixDigits, Number(rest.AsSpan(1, prefixDigits)), Number(string.Concat(rest.AsSpan(0, 1), rest.AsSpan(1 + prefixDigits, 12 - prefixDigits))), serial);
        return null;
    }

    private static string? ReadGrai(string rest, int prefixDigits, int filter, out EpcTag tag)
    {
        tag = default;
        if (rest.Length < 15 || rest[0] != '0' || !AreDigits(rest.AsSpan(0, 14)) || CheckDigit(rest.AsSpan(1, 12)) != rest[13] - '0')
        {
            return "expected 0, 12 digits, their check digit and the serial number";
        }
        if (!TrySerial(rest.AsSpan(14), out var serial)) return "a 96-bit tag holds numeric serial numbers without leading zeros only";
        tag = new EpcTag(EpcScheme.Grai96, filter, prefixDigits, Number(rest.AsSpan(1, prefixDigits)), Number(rest.AsSpan(1 + prefixDigits, 12 - prefixDigits)), serial);
        return null;
    }

    private static string? ReadGiai(string rest, int prefixDigits, int filter, out EpcTag tag)
    {
        tag = default;
        if (rest.Length <= prefixDigits || rest.Length > 30 || !AreDigits(rest) || !TrySerial(rest.AsSpan(prefixDigits), out var asset))
        {
            return "expected the company prefix and a numeric asset reference without leading zeros";
        }
        tag = new EpcTag(EpcScheme.Giai96, filter, prefixDigits, Number(rest.AsSpan(0, prefixDigits)), asset, 0);
        return null;
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');

    private static bool TrySerial(ReadOnlySpan<char> text, out long serial)
    {
        serial = 0;
        return AreDigits(text) && (text.Length == 1 || text[0] != '0') && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out serial);
    }

    private static long Number(ReadOnlySpan<char> digits) => digits.IsEmpty ? 0 : long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
