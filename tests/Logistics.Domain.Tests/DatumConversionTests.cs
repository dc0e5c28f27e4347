namespace Logistics.Domain.Tests;

public sealed class DatumConversionTests
{
    private static readonly GeoPoint Wgs = new(121.5272106, 31.1774276);

    [Fact]
    public void Wgs84_to_gcj02_matches_the_published_vector()
    {
        var gcj = DatumConversion.Wgs84ToGcj02(Wgs);
        Assert.Equal(31.17530398364597, gcj.Lat, 12);
        Assert.Equal(121.531541859215, gcj.Lon, 12);
    }

    [Theory]
    [InlineData(121.5272106, 31.1774276)]
    [InlineData(116.404, 39.915)]
    [InlineData(87.6168, 43.8256)]
    [InlineData(110.33, 20.03)]
    public void Gcj02_inverse_returns_to_the_start_within_a_hundredth_of_a_micrometre(double lon, double lat)
    {
        var start = new GeoPoint(lon, lat);
        var back = DatumConversion.Gcj02ToWgs84(DatumConversion.Wgs84ToGcj02(start));
        // 10⁻¹³ degrees are 10⁻⁸ m; comparing degrees avoids haversine's rounding at tiny distances.
        Assert.InRange(Math.Abs(back.Lon - lon), 0, 1e-13);
        Assert.InRange(Math.Abs(back.Lat - lat), 0, 1e-13);
    }

    [Fact]
    public void Bd09_inverse_returns_to_the_start_within_eighteen_centimetres()
    {
        for (var lon = 75.0; lon < 133; lon += 1.37)
        {
            for (var lat = 19.0; lat < 53; lat += 1.71)
            {
                var gcj = new GeoPoint(lon, lat);
                Assert.InRange(DatumConversion.Bd09ToGcj02(DatumConversion.Gcj02ToBd09(gcj)).MetresTo(gcj), 0, 0.18);
            }
        }
    }

    [Fact]
    public void Both_shifts_undo_each_other_through_the_datum_switch()
    {
        var bd = DatumConversion.FromWgs84(Wgs, Datum.Bd09);
        Assert.InRange(bd.MetresTo(Wgs), 500, 2000);
        Assert.InRange(DatumConversion.ToWgs84(bd, Datum.Bd09).MetresTo(Wgs), 0, 0.18);
    }

    [Fact]
    public void Nothing_is_shifted_outside_china()
    {
        var paris = new GeoPoint(2.35, 48.86);
        Assert.Equal(paris, DatumConversion.Wgs84ToGcj02(paris));
        Assert.Equal(paris, DatumConversion.ToWgs84(paris, Datum.Bd09));
    }
}
