using System.Text;

namespace Logistics.Domain.Tests;

public sealed class NmeaFixTests
{
    private const string Gga = "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47";
    private const string Rmc = "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A";

    [Fact]
    public void Gga_gives_position_time_and_dilution()
    {
        Assert.True(NmeaFix.TryParse(Encoding.ASCII.GetBytes(Gga), out var fix, out _));
        // 48° 7.038′ = 48 + 7.038 ÷ 60
        Assert.Equal((48.1173, 11.516667), (Math.Round(fix.Point.Lat, 6), Math.Round(fix.Point.Lon, 6)));
        Assert.Equal((new TimeSpan(12, 35, 19), null, null, 0.9), (fix.TimeOfDay, fix.Day, fix.SpeedMetresPerSecond, fix.Hdop));
    }

    [Fact]
    public void Rmc_gives_speed_course_and_day_too()
    {
        Assert.True(NmeaFix.TryParse(Encoding.ASCII.GetBytes(Rmc + "\r\n"), out var fix, out _));
        // 22.4 knots × 1.852 km ÷ 3600 s
        Assert.Equal(11.5236, Math.Round(fix.SpeedMetresPerSecond!.Value, 4));
        Assert.Equal((84.4, new DateOnly(1994, 3, 23)), (fix.HeadingDegrees, fix.Day));
    }

    [Fact]
    public void South_and_west_are_negative_and_any_talker_is_heard()
    {
        Assert.True(NmeaFix.TryParse(Sealed("BDGGA,000000.50,3346.12,S,07040.00,W,1,08,,10,M,,M,,"), out var fix, out _));
        Assert.Equal((-33.768667, -70.666667, null), (Math.Round(fix.Point.Lat, 6), Math.Round(fix.Point.Lon, 6), fix.Hdop));
    }

    [Theory]
    [InlineData("GPRMC,123519,V,,,,,,,230394,,", "no fix")]
    [InlineData("GPGGA,123519,,,,,0,00,,,M,,M,,", "no fix")]
    [InlineData("GPGLL,4807.038,N,01131.000,E,123519,A", "expected a GGA or RMC sentence")]
    [InlineData("GPRMC,123519,A,4867.038,N,01131.000,E,022.4,084.4,230394,003.1,W", null)] // 67 minutes
    [InlineData("GPRMC,123519,A,9107.038,N,01131.000,E,022.4,084.4,230394,003.1,W", null)] // 91 degrees
    [InlineData("GPRMC,253519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W", null)] // 25 h
    [InlineData("GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,310294,003.1,W", null)] // 31 February
    [InlineData("GPRMC,123519,A,4807.038,N,01131.000,E,Infinity,084.4,230394,003.1,W", null)]
    [InlineData("GPRMC,123519,A,-807.038,N,01131.000,E,1e3,084.4,230394,003.1,W", null)]
    [InlineData("GPRMC,,,,,,,,,,,,,,,,,,,,,,,,,,,,,", null)]
    [InlineData("", null)]
    public void Sentence_without_a_usable_fix_is_refused_with_the_reason(string body, string? reason)
    {
        Assert.False(NmeaFix.TryParse(Sealed(body), out _, out var fault));
        Assert.NotNull(fault);
        if (reason is not null) Assert.Equal(reason, fault);
    }

    [Fact]
    public void Every_changed_byte_is_caught_by_the_checksum_or_the_form()
    {
        var good = Encoding.ASCII.GetBytes(Rmc);
        for (var i = 0; i < good.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var bad = (byte[])good.Clone();
                bad[i] ^= (byte)(1 << bit);
                // The case of a hex digit is the one change that means nothing.
                var isSame = i >= good.Length - 2 && bit == 5 && char.IsAsciiLetter((char)good[i]);
                Assert.Equal(isSame, NmeaFix.TryParse(bad, out _, out _));
            }
        }
    }

    private static byte[] Sealed(string body)
    {
        var sum = body.Aggregate(0, (all, character) => all ^ character);
        return Encoding.ASCII.GetBytes($"${body}*{sum:X2}");
    }
}
