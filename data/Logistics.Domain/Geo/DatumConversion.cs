namespace Logistics.Domain;

/// <summary>Converts positions between WGS-84, GCJ-02 and BD-09.</summary>
/// <remarks>
/// The forward shifts are the published formulas. Neither has a closed inverse: GCJ-02 is undone by fixed-point iteration (error below
/// 4·10⁻⁹ m after five rounds, where one round errs by up to 3.7 m), BD-09 by its usual approximate inverse (up to 0.18 m).
/// Outside China's bounding box nothing is shifted.
/// </remarks>
public static class DatumConversion
{
    private const double SemiMajorAxis = 6378245.0;
    private const double EccentricitySquared = 0.00669342162296594323;
    private const double BaiduPi = Math.PI * 3000.0 / 180.0;
    private const int InverseIterations = 5;

    public static GeoPoint ToWgs84(GeoPoint point, Datum source) => source switch
    {
        Datum.Gcj02 => Gcj02ToWgs84(point),
        Datum.Bd09 => Gcj02ToWgs84(Bd09ToGcj02(point)),
        _ => point,
    };

    public static GeoPoint FromWgs84(GeoPoint point, Datum target) => target switch
    {
        Datum.Gcj02 => Wgs84ToGcj02(point),
        Datum.Bd09 => Gcj02ToBd09(Wgs84ToGcj02(point)),
        _ => point,
    };

    public static GeoPoint Wgs84ToGcj02(GeoPoint wgs)
    {
        if (IsOutsideChina(wgs)) return wgs;
        var (dLon, dLat) = Shift(wgs);
        return new GeoPoint(wgs.Lon + dLon, wgs.Lat + dLat);
    }

    public static GeoPoint Gcj02ToWgs84(GeoPoint gcj)
    {
        if (IsOutsideChina(gcj)) return gcj;
        var guess = gcj;
        for (var i = 0; i < InverseIterations; i++)
        {
            var (dLon, dLat) = Shift(guess);
            guess = new GeoPoint(gcj.Lon - dLon, gcj.Lat - dLat);
        }
        return guess;
    }

    public static GeoPoint Gcj02ToBd09(GeoPoint gcj)
    {
        if (IsOutsideChina(gcj)) return gcj;
        var z = Math.Sqrt(gcj.Lon * gcj.Lon + gcj.Lat * gcj.Lat) + 0.00002 * Math.Sin(gcj.Lat * BaiduPi);
        var theta = Math.Atan2(gcj.Lat, gcj.Lon) + 0.000003 * Math.Cos(gcj.Lon * BaiduPi);
        return new GeoPoint(z * Math.Cos(theta) + 0.0065, z * Math.Sin(theta) + 0.006);
    }

    public static GeoPoint Bd09ToGcj02(GeoPoint bd)
    {
        if (IsOutsideChina(bd)) return bd;
        var x = bd.Lon - 0.0065;
        var y = bd.Lat - 0.006;
        var z = Math.Sqrt(x * x + y * y) - 0.00002 * Math.Sin(y * BaiduPi);
        var theta = Math.Atan2(y, x) - 0.000003 * Math.Cos(x * BaiduPi);
        return new GeoPoint(z * Math.Cos(theta), z * Math.Sin(theta));
    }

    private static bool IsOutsideChina(GeoPoint p) => p.Lon is < 72.004 or > 137.8347 || p.Lat is < 0.8293 or > 55.8271;

    private static (double DLon, double DLat) Shift(GeoPoint p)
    {
        var x = p.Lon - 105.0;
        var y = p.Lat - 35.0;
        var common = (20.0 * Math.Sin(6.0 * x * Math.PI) + 20.0 * Math.Sin(2.0 * x * Math.PI)) * 2.0 / 3.0;
        var dLat = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.Sqrt(Math.Abs(x)) + common
            + (20.0 * Math.Sin(y * Math.PI) + 40.0 * Math.Sin(y / 3.0 * Math.PI)) * 2.0 / 3.0
            + (160.0 * Math.Sin(y / 12.0 * Math.PI) + 320.0 * Math.Sin(y * Math.PI / 30.0)) * 2.0 / 3.0;
        var dLon = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.Sqrt(Math.Abs(x)) + common
            + (20.0 * Math.Sin(x * Math.PI) + 40.0 * Math.Sin(x / 3.0 * Math.PI)) * 2.0 / 3.0
            + (150.0 * Math.Sin(x / 12.0 * Math.PI) + 300.0 * Math.Sin(x / 30.0 * Math.PI)) * 2.0 / 3.0;

        var radLat = p.Lat / 180.0 * Math.PI;
        var magic = 1 - EccentricitySquared * Math.Sin(radLat) * Math.Sin(radLat);
        var sqrtMagic = Math.Sqrt(magic);
        return (
            dLon * 180.0 / (SemiMajorAxis / sqrtMagic * Math.Cos(radLat) * Math.PI),
            dLat * 180.0 / (SemiMajorAxis * (1 - EccentricitySquared) / (magic * sqrtMagic) * Math.PI));
    }
}
