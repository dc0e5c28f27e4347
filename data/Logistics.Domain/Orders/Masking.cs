namespace Logistics.Domain;

/// <summary>Shows enough of personal data to recognise it, not enough to use it (隐私运单).</summary>
public static class Masking
{
    /// <summary>王小明 → 王**; John Smith → J*********.</summary>
    public static string Name(string name)
    {
        var first = FirstTextElementLength(name);
        return first == 0 ? "" : name[..first] + new string('*', Math.Min(9, Math.Max(1, name.Length - first)));
    }

    /// <summary>13812345678 → 138****5678; of a short number only the last two digits stay.</summary>
    public static string Phone(string phone) => phone.Length >= 11
        ? string.Concat(phone.AsSpan(0, phone.Length - 8), "****", phone.AsSpan(phone.Length - 4))
        : phone.Length <= 2 ? new string('*', phone.Length) : new string('*', phone.Length - 2) + phone[^2..];

    /// <summary>Keeps the first half, at most twelve characters, which names the street but not the door; the rest becomes ****.</summary>
    public static string Address(string address)
    {
        if (address.Length == 0) return "";
        var keep = Math.Min(12, address.Length / 2);
        if (keep > 0 && char.IsHighSurrogate(address[keep - 1])) keep--;
        return string.Concat(address.AsSpan(0, keep), "****");
    }

    private static int FirstTextElementLength(string text) => System.Globalization.StringInfo.GetNextTextElementLength(text);
}
