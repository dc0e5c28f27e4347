using System.Text.RegularExpressions;

namespace Logistics.Domain.Codes;

/// <summary>Which carriers a waybill number looks like. A hint for people: carriers change their numbers, and none is ever refused for it.</summary>
public static partial class WaybillHints
{
    private const int TimeoutMilliseconds = 1000;

    /// <returns>Carrier codes in a fixed order: EMS, JD, JT, YD, ZTO, YTO, SF; empty when nothing fits.</returns>
    public static IReadOnlyList<string> CarriersOf(string waybill)
    {
        var text = waybill.Trim().ToUpperInvariant();
        if (text.Length is < 12 or > 16) return [];
        var carriers = new List<string>(3);
        if (Ems().IsMatch(text)) carriers.Add("EMS");
        if (Jd().IsMatch(text)) carriers.Add("JD");
        if (Jt().IsMatch(text)) carriers.Add("JT");
        if (Yunda().IsMatch(text)) carriers.Add("YD");
        if (Zto().IsMatch(text)) carriers.Add("ZTO");
        if (Yto().IsMatch(text)) carriers.Add("YTO");
        if (Sf().IsMatch(text)) carriers.Add("SF");
        return carriers;
    }

    [GeneratedRegex(@"^(?:[A-Z]{2}[0-9]{9}[A-Z]{2}|[0-9]{13})$", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Ems();

    [GeneratedRegex(@"^(?:JD[XK][0-9]{12}|JDV[A-Z][0-9]{11})$", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Jd();

    [GeneratedRegex(@"^JT[0-9]{12,13}$", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Jt();

    [GeneratedRegex(@"^(?:[0-9]{13}|[0-9]{15})$", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Yunda();

    [GeneratedRegex(@"^(?:[0-9]{12}|[0-9]{14})$", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Zto();

    [GeneratedRegex(@"^YT[0-9]{13}$", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Yto();

    [GeneratedRegex(@"^(?:SF[0-9]{13}|[0-9]{12})$", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Sf();
}
