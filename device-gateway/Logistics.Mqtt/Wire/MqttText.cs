using System.Text.Unicode;

namespace Logistics.Mqtt.Wire;

/// <summary>What a UTF-8 string on the wire may hold.</summary>
public static class MqttText
{
    /// <summary>Well-formed UTF-8 without U+0000, control characters (U+0001–U+001F, U+007F–U+009F) or non-characters.</summary>
    /// <remarks>
    /// U+0000 and surrogates must be refused (1.5.4); control characters and non-characters may be, and we do: no device of
    /// ours needs them, and they reach logs, screens and other clients.
    /// </remarks>
    public static bool IsValid(ReadOnlySpan<byte> utf8)
    {
        // Printable ASCII is the normal case and one vectorised scan.
        if (utf8.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E) < 0)
        {
            return true;
        }

        return Utf8.IsValid(utf8) && !HasForbiddenCharacter(utf8);
    }

    private static bool HasForbiddenCharacter(ReadOnlySpan<byte> utf8)
    {
        for (var i = 0; i < utf8.Length; i++)
        {
            var b = utf8[i];
            if (b < 0x20 || b == 0x7F)
            {
                return true;
            }

            // C2 80..C2 9F are U+0080..U+009F.
            if (b == 0xC2 && utf8[i + 1] < 0xA0)
            {
                return true;
            }

            // EF BF BE/BF are U+FFFE/U+FFFF; EF B7 90..AF are U+FDD0..U+FDEF.
            if (b == 0xEF && ((utf8[i + 1] == 0xBF && utf8[i + 2] >= 0xBE) ||
                              (utf8[i + 1] == 0xB7 && utf8[i + 2] is >= 0x90 and <= 0xAF)))
            {
                return true;
            }

            // Fx xF BF BE/BF are U+nFFFE/U+nFFFF of the higher planes.
            if (b >= 0xF0 && (utf8[i + 1] & 0x0F) == 0x0F && utf8[i + 2] == 0xBF && utf8[i + 3] >= 0xBE)
            {
                return true;
            }
        }

        return false;
    }
}
