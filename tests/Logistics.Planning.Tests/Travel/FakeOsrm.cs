using System.Globalization;
using System.Net;
using System.Text;
using Logistics.Domain;

namespace Logistics.Planning.Tests.Travel;

/// <summary>Answers table and route requests in OSRM's format: one second and two metres for each 10⁻⁴ degree of city-block distance.</summary>
/// <remarks>Speaks through an <see cref="HttpMessageHandler"/>, so that the client's own bytes are parsed without a port.</remarks>
internal sealed class FakeOsrm : HttpMessageHandler
{
    private int _requests;

    public int Requests => _requests;
    public int LargestRequest { get; private set; }

    /// <summary>Most coordinates it takes, as a server's --max-table-size does.</summary>
    public int MaxTableSize { get; init; } = 100;

    /// <summary>Pairs it knows no way between.</summary>
    public Func<GeoPoint, GeoPoint, bool> IsCut { get; init; } = (_, _) => false;

    public string? Garbage { get; init; }

    public static double Seconds(GeoPoint a, GeoPoint b) => Math.Round((Math.Abs(a.Lon - b.Lon) + Math.Abs(a.Lat - b.Lat)) * 10_000, 1);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        if (Garbage is not null) return Task.FromResult(Answer(HttpStatusCode.OK, Garbage));
        var parts = request.RequestUri!.AbsolutePath.Trim('/').Split('/');
        var points = parts[3].Split(';').Select(p => p.Split(',').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray()).Select(p => new GeoPoint(p[0], p[1])).ToArray();
        lock (this) LargestRequest = Math.Max(LargestRequest, points.Length);
        if (points.Length > MaxTableSize)
            return Task.FromResult(Answer(HttpStatusCode.BadRequest, """{"code":"TooBig","message":"Too many table coordinates"}"""));
        var query = request.RequestUri.Query.TrimStart('?').Split('&').Select(q => q.Split('=')).ToDictionary(q => q[0], q => q[1]);
        return Task.FromResult(Answer(HttpStatusCode.OK, parts[0] == "table" ? Table(points, query) : Route(points)));
    }

    private string Table(GeoPoint[] points, Dictionary<string, string> query)
    {
        var sources = Pick("sources");
        var destinations = Pick("destinations");
        return $$"""{"code":"Ok","durations":{{Rows(1)}},"distances":{{Rows(2)}}}""";

        GeoPoint[] Pick(string name) => query.TryGetValue(name, out var list) ? [.. list.Split(';').Select(i => points[int.Parse(i, CultureInfo.InvariantCulture)])] : points;

        string Rows(double factor) => "[" + string.Join(',', sources.Select(s => "[" + string.Join(',', destinations.Select(d =>
            IsCut(s, d) ? "null" : (Seconds(s, d) * factor).ToString(CultureInfo.InvariantCulture))) + "]")) + "]";
    }

    private static string Route(GeoPoint[] points)
    {
        var seconds = points.Zip(points.Skip(1), Seconds).Sum();
        var line = string.Join(',', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"[{p.Lon},{p.Lat}]")));
        return string.Create(CultureInfo.InvariantCulture, $$"""{"code":"Ok","routes":[{"distance":{{seconds * 2}},"duration":{{seconds}},"geometry":{"coordinates":[{{line}}],"type":"LineString"} }],"waypoints":[]}""");
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
