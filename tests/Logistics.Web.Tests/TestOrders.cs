using System.Globalization;
using System.Text.Json;

namespace Logistics.Web.Tests;

/// <summary>Orders that are right for the demo city unless a test breaks them.</summary>
internal static class TestOrders
{
    private static int _number;

    public static string NewWaybill() => "TST" + Interlocked.Increment(ref _number).ToString("D8", CultureInfo.InvariantCulture);

    public static Dictionary<string, object?> Order(string? waybill = null, string? partner = "JX")
    {
        var day = DateTimeOffset.UtcNow.AddDays(1);
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["partner"] = partner,
            ["waybill"] = waybill ?? NewWaybill(),
            ["sizeClass"] = "M",
            ["weightGrams"] = 1200,
            ["volumeMl"] = 5400,
            ["recipientName"] = "王小明",
            ["recipientPhone"] = "13812345678",
            ["recipientAddress"] = "朝阳区望京街9号",
            ["promiseFrom"] = day.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["promiseUntil"] = day.AddHours(5).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["options"] = new[] { new { kind = "door", lon = 116.4725, lat = 39.9965 } },
        };
    }

    public static Dictionary<string, object?> With(this Dictionary<string, object?> order, string name, object? value)
    {
        order[name] = value;
        return order;
    }

    public static JsonElement Item(this JsonElement result, int index = 0) => result.GetProperty("items")[index];

    public static string Outcome(this JsonElement result, int index = 0) => result.Item(index).GetProperty("outcome").GetString()!;

    public static int Count(this JsonElement result, string name) => result.GetProperty(name).GetInt32();

    /// <summary>Hours and minutes of an instant, in Beijing.</summary>
    public static string BeijingTime(this JsonElement row, string name) => row.GetProperty(name).GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8)).ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string Id(this JsonElement element) => element.GetProperty("id").GetString()!;

    /// <summary>"field rule" of each problem of an intake item or a problem+json answer.</summary>
    public static string[] Problems(this JsonElement element) =>
        [.. element.GetProperty("problems").EnumerateArray().Select(p => $"{p.GetProperty("field").GetString()} {p.GetProperty("rule").GetString()}")];
}
