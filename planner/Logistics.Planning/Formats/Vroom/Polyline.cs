using System.Text;

namespace Logistics.Planning.Formats.Vroom;

/// <summary>Encoded polylines: latitude and longitude in steps of 10⁻⁵ degrees, each as its difference from the point before.</summary>
internal static class Polyline
{
    private const int Precision = 100_000, FirstCharacter = 63, ChunkBits = 5, MoreFollows = 1 << ChunkBits;

    /// <param name="points">Longitude, latitude.</param>
    public static string Encode(IEnumerable<(double Lon, double Lat)> points)
    {
        var text = new StringBuilder();
        (long lat, long lon) = (0, 0);
        foreach (var point in points)
        {
            (long nextLat, long nextLon) = (Round(point.Lat), Round(point.Lon));
            Append(text, nextLat - lat);
            Append(text, nextLon - lon);
            (lat, lon) = (nextLat, nextLon);
        }

        return text.ToString();
    }

    private static long Round(double degrees) => (long)Math.Round(degrees * Precision, MidpointRounding.AwayFromZero);

    /// <summary>The sign goes to the lowest bit; five bits a character, lowest first.</summary>
    private static void Append(StringBuilder text, long difference)
    {
        ulong bits = (ulong)(difference < 0 ? ~(difference << 1) : difference << 1);
        for (; bits >= MoreFollows; bits >>= ChunkBits) text.Append((char)((MoreFollows | (bits & (MoreFollows - 1))) + FirstCharacter));
        text.Append((char)(bits + FirstCharacter));
    }
}
