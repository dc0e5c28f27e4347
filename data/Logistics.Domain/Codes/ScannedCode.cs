namespace Logistics.Domain.Codes;

public enum ScannedCodeKind
{
    /// <summary>24 hex digits from an RFID reader.</summary>
    Epc,

    /// <summary>18 digits with a right check digit, with or without <c>(00)</c>.</summary>
    Sscc,

    /// <summary>An international postal identifier with a right check digit.</summary>
    Postal,

    /// <summary>Anything else: a waybill number or the text of a QR code.</summary>
    Text,
}

/// <summary>What a scanner read, recognised by its form.</summary>
/// <param name="Value">EPC: the tag URI; SSCC: 18 digits; otherwise the text, trimmed.</param>
/// <param name="Tag">Set for an EPC.</param>
public sealed record ScannedCode(ScannedCodeKind Kind, string Value, EpcTag? Tag = null)
{
    public static ScannedCode Read(string text)
    {
        var code = text.Trim();
        if (EpcTag.TryDecode(code, out var tag, out _)) return new ScannedCode(ScannedCodeKind.Epc, tag.ToUri(), tag);
        var digits = code.StartsWith("(00)", StringComparison.Ordinal) ? code[4..] : code;
        if (Gs1.IsSscc(digits)) return new ScannedCode(ScannedCodeKind.Sscc, digits);
        return S10Number.IsValid(code) ? new ScannedCode(ScannedCodeKind.Postal, code) : new ScannedCode(ScannedCodeKind.Text, code);
    }
}
