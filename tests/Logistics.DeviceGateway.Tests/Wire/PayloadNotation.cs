using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Logistics.DeviceGateway.Tests.Wire;

/// <summary>Reads the payload notation of the wire vectors: hex bytes, sized numbers and quoted text, blank-separated.</summary>
internal static class PayloadNotation
{
    public static byte[] Parse(string text)
    {
        var bytes = new List<byte>();
        var position = 0;
        while (position < text.Length)
        {
            var c = text[position];
            if (c == ' ')
            {
                position++;
            }
            else if (c == '\'')
            {
                var end = text.IndexOf('\'', position + 1);
                bytes.AddRange(Encoding.UTF8.GetBytes(text[(position + 1)..end]));
                position = end + 1;
            }
            else
            {
                var end = text.IndexOf(' ', position);
                end = end < 0 ? text.Length : end;
                AddToken(text[position..end], bytes);
                position = end;
            }
        }

        return [.. bytes];
    }

    private static void AddToken(string token, List<byte> bytes)
    {
        var kind = token[0];
        if ("iHkmsLvr".Contains(kind, StringComparison.Ordinal))
        {
            AddNumber(kind, uint.Parse(token.AsSpan(1), CultureInfo.InvariantCulture), bytes);
        }
        else
        {
            bytes.AddRange(Convert.FromHexString(token));
        }
    }

    private static void AddNumber(char kind, uint value, List<byte> bytes)
    {
        Span<byte> buffer = stackalloc byte[4];
        switch (kind)
        {
            case 'i':
                bytes.Add((byte)value);
                break;
            case 'L':
                BinaryPrimitives.WriteUInt32BigEndian(buffer, value);
                bytes.AddRange(buffer);
                break;
            case 'v' or 'r':
                do
                {
                    var next = (byte)(value & 0x7F);
                    value >>= 7;
                    bytes.Add(value > 0 ? (byte)(next | 0x80) : next);
                }
                while (value > 0);
                break;
            default:
                BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)value);
                bytes.AddRange(buffer[..2]);
                break;
        }
    }
}
