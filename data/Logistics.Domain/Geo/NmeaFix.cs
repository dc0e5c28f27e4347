using System.Buffers;
using System.Buffers.Text;

namespace Logistics.Domain;

/// <summary>A position from a GGA or RMC sentence of NMEA 0183.</summary>
/// <param name="Point">WGS-84.</param>
/// <param name="TimeOfDay">UTC.</param>
/// <param name="Day">RMC only.</param>
/// <param name="SpeedMetresPerSecond">RMC only.</param>
/// <param name="HeadingDegrees">RMC only; true north, [0, 360].</param>
/// <param name="Hdop">GGA only: horizontal dilution of precision.</param>
public readonly record struct NmeaFix(GeoPoint Point, TimeSpan TimeOfDay, DateOnly? Day, double? SpeedMetresPerSecond, double? HeadingDegrees, double? Hdop)
{
    private const double MetresPerSecondPerKnot = 1852.0 / 3600;

    /// <summary>NMEA allows 82 characters; receivers with long decimals send a few more.</summary>
    private const int MaximumLength = 120;

    private const int MaximumFields = 20;

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789."u8);

    /// <summary>Reads a sentence of any talker (GP, GN, BD, …); the checksum is required.</summary>
    /// <param name="sentence">ASCII from <c>$</c> to the checksum; a line end may follow.</param>
    /// <param name="fault">What is wrong, when the answer is false; "no fix" when the receiver says so itself.</param>
    public static bool TryParse(ReadOnlySpan<byte> sentence, out NmeaFix fix, out string? fault)
    {
        fix = default;
        sentence = sentence.TrimEnd("\r\n"u8);
        fault = FindFrameFault(sentence);
        if (fault is not null) return false;
        var body = sentence[1..^3];
        Span<Range> fields = stackalloc Range[MaximumFields + 1];
        var count = Split(body, fields);
        if (count > MaximumFields)
        {
            fault = "an NMEA sentence with too many fields";
            return false;
        }
        var type = body[fields[0]];
        if (type.Length == 5 && type[2..].SequenceEqual("RMC"u8)) fault = ReadRmc(body, fields[..count], out fix);
        else if (type.Length == 5 && type[2..].SequenceEqual("GGA"u8)) fault = ReadGga(body, fields[..count], out fix);
        else fault = "expected a GGA or RMC sentence";
        return fault is null;
    }

    private static string? FindFrameFault(ReadOnlySpan<byte> sentence)
    {
        if (sentence.Length is < 10 or > MaximumLength || sentence[0] != '$' || sentence[^3] != '*') return "an NMEA sentence starts with $ and ends with * and its checksum";
        byte sum = 0;
        foreach (var character in sentence[1..^3]) sum ^= character;
        return Utf8Parser.TryParse(sentence[^2..], out byte given, out var used, 'x') && used == 2 && given == sum ? null : "the NMEA checksum is wrong";
    }

    private static string? ReadRmc(ReadOnlySpan<byte> body, ReadOnlySpan<Range> fields, out NmeaFix fix)
    {
        fix = default;
        if (fields.Length < 10) return "an RMC sentence has at least 10 fields";
        if (!body[fields[2]].SequenceEqual("A"u8)) return "no fix";
        if (!TryTime(body[fields[1]], out var time) || !TryPoint(body[fields[3]], body[fields[4]], body[fields[5]], body[fields[6]], out var point)) return "time or position of the RMC sentence cannot be read";
        if (!TryOptional(body[fields[7]], 0, 2000, out var knots) || !TryOptional(body[fields[8]], 0, 360, out var heading)) return "speed or course of the RMC sentence cannot be read";
        if (!TryDay(body[fields[9]], out var day)) return "the date of the RMC sentence cannot be read";
        fix = new NmeaFix(point, time, day, knots * MetresPerSecondPerKnot, heading, null);
        return null;
    }

    private static string? ReadGga(ReadOnlySpan<byte> body, ReadOnlySpan<Range> fields, out NmeaFix fix)
    {
        fix = default;
        if (fields.Length < 15) return "a GGA sentence has 15 fields";
        if (body[fields[6]].SequenceEqual("0"u8) || body[fields[6]].IsEmpty) return "no fix";
        if (!TryTime(body[fields[1]], out var time) || !TryPoint(body[fields[2]], body[fields[3]], body[fields[4]], body[fields[5]], out var point)) return "time or position of the GGA sentence cannot be read";
        if (!TryOptional(body[fields[8]], 0, 100, out var hdop)) return "the dilution of the GGA sentence cannot be read";
        fix = new NmeaFix(point, time, null, null, null, hdop);
        return null;
    }

    private static int Split(ReadOnlySpan<byte> body, Span<Range> fields)
    {
        var (count, start) = (0, 0);
        for (var i = 0; i <= body.Length && count < fields.Length; i++)
        {
            if (i < body.Length && body[i] != ',') continue;
            fields[count++] = new Range(start, i);
            start = i + 1;
        }
        return count;
    }

    // hhmmss or hhmmss.sss
    private static bool TryTime(ReadOnlySpan<byte> text, out TimeSpan time)
    {
        time = default;
        if (text.Length < 6 || !TryNumber(text[..2], out var hours) || !TryNumber(text[2..4], out var minutes) || !TryNumber(text[4..], out var seconds)) return false;
        time = TimeSpan.FromHours(hours) + TimeSpan.FromMinutes(minutes) + TimeSpan.FromSeconds(seconds);
        return hours < 24 && minutes < 60 && seconds < 61;
    }

    // ddmmyy; the century turns at 80, as receivers of the eighties do.
    private static bool TryDay(ReadOnlySpan<byte> text, out DateOnly day)
    {
        day = default;
        if (text.Length != 6 || !TryNumber(text[..2], out var d) || !TryNumber(text[2..4], out var m) || !TryNumber(text[4..], out var y)) return false;
        var year = (int)y + (y >= 80 ? 1900 : 2000);
        if (m is < 1 or > 12 || d < 1 || d > DateTime.DaysInMonth(year, (int)m)) return false;
        day = new DateOnly(year, (int)m, (int)d);
        return true;
    }

    private static bool TryPoint(ReadOnlySpan<byte> lat, ReadOnlySpan<byte> northSouth, ReadOnlySpan<byte> lon, ReadOnlySpan<byte> eastWest, out GeoPoint point)
    {
        point = default;
        if (!TryDegrees(lat, 2, out var latitude) || !TryDegrees(lon, 3, out var longitude) || !TrySign(northSouth, (byte)'N', (byte)'S', out var latSign) || !TrySign(eastWest, (byte)'E', (byte)'W', out var lonSign)) return false;
        point = new GeoPoint(longitude * lonSign, latitude * latSign);
        return point.IsValid();
    }

    // (d)ddmm.mmm
    private static bool TryDegrees(ReadOnlySpan<byte> text, int degreeDigits, out double degrees)
    {
        degrees = 0;
        if (text.Length < degreeDigits + 2 || !TryNumber(text[..degreeDigits], out var whole) || !TryNumber(text[degreeDigits..], out var minutes) || minutes >= 60) return false;
        degrees = whole + minutes / 60;
        return true;
    }

    private static bool TrySign(ReadOnlySpan<byte> text, byte plus, byte minus, out int sign)
    {
        sign = text.Length != 1 ? 0 : text[0] == plus ? 1 : text[0] == minus ? -1 : 0;
        return sign != 0;
    }

    private static bool TryOptional(ReadOnlySpan<byte> text, double least, double most, out double? value)
    {
        value = null;
        if (text.IsEmpty) return true;
        if (!TryNumber(text, out var number) || number < least || number > most) return false;
        value = number;
        return true;
    }

    // Digits and one point only: no sign, exponent or name of infinity belongs here.
    private static bool TryNumber(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        return !text.ContainsAnyExcept(NumberBytes) && Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && double.IsFinite(value);
    }
}
