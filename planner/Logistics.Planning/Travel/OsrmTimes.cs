using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Logistics.Domain;
using Logistics.Routing.Model;

namespace Logistics.Planning.Travel;

/// <summary>How to ask an OSRM-compatible server.</summary>
public sealed record OsrmSettings
{
    /// <summary>Such as http://localhost:5000; paths below it follow the OSRM HTTP API v1.</summary>
    public required Uri BaseAddress { get; init; }

    public string Profile { get; init; } = "driving";

    /// <summary>Most coordinates in one table request; servers allow 100 unless started with a larger <c>--max-table-size</c>.</summary>
    public int MaxTableCoordinates { get; init; } = 100;

    /// <summary>Requests under way at a time.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Hour factors laid over the router's durations, which hold for free roads; null = as they are.</summary>
    public TimeBands? Bands { get; init; }
}

/// <summary>Travel times of an OSRM-compatible road router: <c>table</c> for matrices, <c>route</c> for lines.</summary>
/// <remarks>Large tables are asked in blocks of sources × destinations. A null duration means the router knows no way. Safe for concurrent use if the client is.</remarks>
public sealed class OsrmTimes(HttpClient client, OsrmSettings settings) : ITravelTimes
{
    public string Identity { get; } = $"osrm:{settings.BaseAddress}|{settings.Profile}|{settings.Bands?.FactorPermille.Length}";

    public async Task<TravelTable> BuildTableAsync(IReadOnlyList<GeoPoint> places, CancellationToken cancellation)
    {
        var n = places.Count;
        int[] distances = new int[n * n], durations = new int[n * n];
        var block = Math.Max(1, Math.Min(n, settings.MaxTableCoordinates / 2));
        var blocks = new List<(int From, int To)>();
        for (var from = 0; from < n; from += block)
            for (var to = 0; to < n; to += block) blocks.Add((from, to));
        await Parallel.ForEachAsync(blocks, new ParallelOptions { MaxDegreeOfParallelism = settings.Concurrency, CancellationToken = cancellation }, async (at, token) =>
        {
            int[] sources = [.. Enumerable.Range(at.From, Math.Min(block, n - at.From))], destinations = [.. Enumerable.Range(at.To, Math.Min(block, n - at.To))];
            await FillAsync(places, sources, destinations, distances, durations, token);
        });
        return new MatrixTable(n, distances, durations) { Bands = settings.Bands };
    }

    public async Task<TravelLine> BuildLineAsync(IReadOnlyList<GeoPoint> places, CancellationToken cancellation)
    {
        if (places.Count < 2) return new TravelLine([.. places], 0, 0);
        using var answer = await AskAsync("route", places, "overview=full&geometries=geojson", cancellation);
        try
        {
            var route = answer.RootElement.GetProperty("routes")[0];
            var points = route.GetProperty("geometry").GetProperty("coordinates").EnumerateArray().Select(c => new GeoPoint(c[0].GetDouble(), c[1].GetDouble()));
            return new TravelLine([.. points], route.GetProperty("distance").GetDouble(), route.GetProperty("duration").GetDouble());
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            throw Unusable("its route answer has no routes[0] with geometry, distance and duration", e);
        }
    }

    private async Task FillAsync(IReadOnlyList<GeoPoint> places, int[] sources, int[] destinations, int[] distances, int[] durations, CancellationToken cancellation)
    {
        // On the diagonal the same places are sources and destinations: they are sent once.
        var isSquare = sources[0] == destinations[0];
        int[] sent = isSquare ? sources : [.. sources, .. destinations];
        var query = isSquare
            ? "annotations=duration,distance"
            : $"annotations=duration,distance&sources={Indexes(0, sources.Length)}&destinations={Indexes(sources.Length, destinations.Length)}";
        using var answer = await AskAsync("table", [.. sent.Select(i => places[i])], query, cancellation);
        try
        {
            Read(answer.RootElement.GetProperty("durations"), durations);
            Read(answer.RootElement.GetProperty("distances"), distances);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            throw Unusable($"its table answer is not {sources.Length} × {destinations.Length} durations and distances", e);
        }

        void Read(JsonElement rows, int[] into)
        {
            if (rows.GetArrayLength() != sources.Length) throw new FormatException();
            for (var r = 0; r < sources.Length; r++)
            {
                if (rows[r].GetArrayLength() != destinations.Length) throw new FormatException();
                for (var c = 0; c < destinations.Length; c++) into[(sources[r] * places.Count) + destinations[c]] = ToWhole(rows[r][c]);
            }
        }
    }

    private static int ToWhole(JsonElement cell)
    {
        if (cell.ValueKind == JsonValueKind.Null) return TravelProfile.Unreachable;
        var value = cell.GetDouble();
        if (!double.IsFinite(value) || value < 0 || value > 1 << 30) throw new FormatException();
        return (int)Math.Ceiling(value);
    }

    private async Task<JsonDocument> AskAsync(string service, IReadOnlyList<GeoPoint> places, string query, CancellationToken cancellation)
    {
        var path = new StringBuilder($"{service}/v1/{settings.Profile}/");
        for (var i = 0; i < places.Count; i++) path.Append(i == 0 ? "" : ";").Append(CultureInfo.InvariantCulture, $"{places[i].Lon:0.######},{places[i].Lat:0.######}");
        var root = settings.BaseAddress.AbsoluteUri.TrimEnd('/') + "/";
        try
        {
            using var response = await client.GetAsync(new Uri(root + path + "?" + query), cancellation);
            var body = await response.Content.ReadAsStringAsync(cancellation);
            return Accept(response.StatusCode, body);
        }
        catch (HttpRequestException e)
        {
            throw Unusable($"it cannot be reached ({e.Message})", e);
        }
        catch (TaskCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw Unusable($"it did not answer within {client.Timeout.TotalSeconds:0} s", e);
        }
    }

    private JsonDocument Accept(HttpStatusCode status, string body)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException e)
        {
            throw Unusable($"it answered HTTP {(int)status} with text that is not JSON", e);
        }

        var code = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("code", out var c) ? c.ToString() : null;
        if (string.Equals(code, "Ok", StringComparison.Ordinal)) return document;
        var said = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("message", out var message) ? message.ToString() : "";
        document.Dispose();
        throw Unusable($"it answered HTTP {(int)status}, code {code ?? "missing"}: {said}", null);
    }

    private TravelUnavailableException Unusable(string why, Exception? inner) => new(
        settings.BaseAddress.ToString(),
        $"The road router at {settings.BaseAddress} (profile {settings.Profile}) is unusable: {why}. Use the great-circle travel times instead, or mend the address in the settings.", inner);

    private static string Indexes(int first, int count) => string.Join(';', Enumerable.Range(first, count));
}
