using System.Text;
using System.Text.Json;
using Logistics.DeviceGateway.Epcis;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Tests;

public sealed class EpcisWriterTests
{
    [Fact]
    public void Scans_and_bulk_reads_become_object_events_and_nothing_else_does()
    {
        var at = new DateTimeOffset(2026, 11, 25, 2, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        DeviceEvent Event(long seq, string message, string members, string? quarantine = null) => new(
            seq, DeviceKind.Locker, "ter_1", message, 1, seq, at, at + 1500, quarantine, Encoding.UTF8.GetBytes($$"""{"boot":1,"seq":{{seq}},"at":{{at}},{{members}}}"""));
        DeviceEvent[] events =
        [
            Event(1, "scan", "\"code\":\"3174257BF4499602D2000000\",\"purpose\":\"deposit\",\"reader\":\"gate 1\""),
            Event(2, "scan", "\"code\":\"(00)106141412345678908\",\"purpose\":\"load\""),
            Event(3, "scan", "\"code\":\"JT1234567890123\",\"purpose\":\"load\""),
            Event(4, "door", "\"compartment\":\"S01\",\"state\":\"open\""),
            Event(5, "inventory", "\"epcs\":[\"3174257BF4499602D2000000\",\"3074257BF7194E4000001A85\"]"),
            Event(6, "scan", "\"code\":\"3174257BF4499602D2000000\",\"purpose\":\"deposit\"", "clock"),
        ];
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            Assert.Equal(3, EpcisWriter.Write(json, events, DateTimeOffset.UnixEpoch, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), _ => "urn:x-logistics:terminal:t"));
        }

        using var document = JsonDocument.Parse(stream.ToArray());
        Assert.Equal(("EPCISDocument", "2.0"), (document.RootElement.GetProperty("type").GetString(), document.RootElement.GetProperty("schemaVersion").GetString()));
        var list = document.RootElement.GetProperty("epcisBody").GetProperty("eventList").EnumerateArray().ToList();
        Assert.Equal(
            """{"type":"ObjectEvent","eventID":"urn:x-logistics:event:ter_1:1:1","eventTime":"2026-11-25T02:00:00.000Z","recordTime":"2026-11-25T02:00:01.500Z","eventTimeZoneOffset":"+08:00","epcList":["urn:epc:id:sscc:0614141.1234567890"],"action":"OBSERVE","bizStep":"storing","readPoint":{"id":"urn:x-logistics:device:ter_1:gate%201"},"bizLocation":{"id":"urn:x-logistics:terminal:t"}}""",
            list[0].GetRawText().Replace("\\u002B", "+", StringComparison.Ordinal));
        Assert.Equal("https://id.gs1.org/00/106141412345678908", list[1].GetProperty("epcList")[0].GetString());
        Assert.Equal(("inventory_check", 2), (list[2].GetProperty("bizStep").GetString(), list[2].GetProperty("epcList").GetArrayLength()));
    }
}
