using System.Globalization;

namespace Logistics.Planning.Formats.Json;

/// <summary>Halves of surrogate pairs without the other half, as characters or as escapes: JSON can spell them, but they are no text and cannot be read as one.</summary>
internal static class LoneSurrogates
{
    private const int EscapeLength = 6;

    /// <summary>Index of the first one; −1 when there is none.</summary>
    public static int FindIn(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 && !text.Contains("\\u", StringComparison.Ordinal)) return -1;
        for (int i = 0; i < text.Length;)
        {
            var (unit, length) = ReadUnit(text, i);
            if (char.IsLowSurrogate(unit)) return i;
            if (char.IsHighSurrogate(unit))
            {
                var (second, more) = ReadUnit(text, i + length);
                if (!char.IsLowSurrogate(second)) return i;
                length += more;
            }

            i += length;
        }

        return -1;
    }

    /// <summary>The character at an index, or the one an escape there stands for, and how long it is written.</summary>
    private static (char Unit, int Length) ReadUnit(string text, int at)
    {
        if (at >= text.Length) return ('\0', 0);
        if (text[at] != '\\' || at + 1 >= text.Length) return (text[at], 1);
        return text[at + 1] == 'u' && at + EscapeLength <= text.Length && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code)
            ? ((char)code, EscapeLength)
            : (text[at + 1], 2);
    }
}
