using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Logistics.Domain;

namespace Logistics.Web.Hosting;

/// <summary>The API's JSON: camelCase names and enums, nulls written, instants in UTC with Z, points as [lon, lat].</summary>
public static class WireJson
{
    /// <summary>Frozen; safe from any thread.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = true;
        // Web defaults read "12" as 12; the contract does not.
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.AllowOutOfOrderMetadataProperties = true;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter<SizeClass>(namingPolicy: null, allowIntegerValues: false));
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new LonLatConverter());
        options.Converters.Add(new InstantConverter());
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>A WGS-84 point on the wire: <c>[lon, lat]</c>.</summary>
public readonly record struct LonLat(double Lon, double Lat)
{
    public static LonLat From(GeoPoint point) => new(point.Lon, point.Lat);

    public GeoPoint ToPoint() => new(Lon, Lat);

    public static IReadOnlyList<LonLat> From(IEnumerable<GeoPoint> points) => [.. points.Select(From)];
}

internal sealed class LonLatConverter : JsonConverter<LonLat>
{
    public override LonLat Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray || !reader.Read() || !reader.TryGetDouble(out var lon) || !reader.Read() || !reader.TryGetDouble(out var lat)
            || !reader.Read() || reader.TokenType != JsonTokenType.EndArray) throw new JsonException("A point is [lon, lat], two numbers in degrees.");
        return new LonLat(lon, lat);
    }

    public override void Write(Utf8JsonWriter writer, LonLat value, JsonSerializerOptions options)
    {
        // Six decimals are a decimetre; more only makes the page slower.
        writer.WriteStartArray();
        writer.WriteNumberValue(Math.Round(value.Lon, 6));
        writer.WriteNumberValue(Math.Round(value.Lat, 6));
        writer.WriteEndArray();
    }
}

internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var at) ? at : throw new JsonException("An instant is text such as 2026-11-22T09:00:00Z.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToUniversalTime().ToString(value.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
