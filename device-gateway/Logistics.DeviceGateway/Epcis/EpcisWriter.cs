using System.Globalization;
using System.Text.Json;
using Logistics.DeviceGateway.Meaning;
using Logistics.Domain.Codes;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Epcis;

/// <summary>Writes what devices saw as an EPCIS 2.0 document in JSON-LD: one ObjectEvent for each scan or bulk read of GS1-identified things.</summary>
/// <remarks>
/// GS1 EPCIS 2.0, section 10; vocabulary of CBV 2.0. Waybill numbers are no GS1 identifiers, and doors are no business steps: both stay out.
/// </remarks>
public static class EpcisWriter
{
    private const string Context = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

    /// <param name="zone">Whose offset the events name beside their UTC time.</param>
    /// <param name="placeOf">The business location of a device as a URI; null where it has none.</param>
    /// <returns>Events written.</returns>
    public static int Write(Utf8JsonWriter json, IEnumerable<DeviceEvent> events, DateTimeOffset created, TimeZoneInfo zone, Func<string, string?> placeOf)
    {
        json.WriteStartObject();
        json.WriteStartArray("@context");
        json.WriteStringValue(Context);
        json.WriteEndArray();
        json.WriteString("type", "EPCISDocument");
        json.WriteString("schemaVersion", "2.0");
        json.WriteString("creationDate", Instant(created));
        json.WriteStartObject("epcisBody");
        json.WriteStartArray("eventList");
        var count = 0;
        foreach (var stored in events)
        {
            count += TryWrite(json, stored, zone, placeOf) ? 1 : 0;
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        return count;
    }

    private static bool TryWrite(Utf8JsonWriter json, DeviceEvent stored, TimeZoneInfo zone, Func<string, string?> placeOf)
    {
        var (things, step, reader) = DeviceReports.Read(stored) switch
        {
            ScanReport scan when UriOf(scan.Code) is { } uri => ([uri], StepOf(scan.Purpose), scan.Reader),
            InventoryReport inventory => (inventory.Tags.Select(tag => tag.ToIdentityUri()).ToArray(), "inventory_check", inventory.Reader),
            _ => ([], "", null),
        };
        if (things.Length == 0)
        {
            return false;
        }

        var at = DateTimeOffset.FromUnixTimeMilliseconds(stored.AtUnixMs);
        var offset = zone.GetUtcOffset(at);
        json.WriteStartObject();
        json.WriteString("type", "ObjectEvent");
        json.WriteString("eventID", string.Create(CultureInfo.InvariantCulture, $"urn:x-logistics:event:{stored.Device}:{stored.Boot}:{stored.Sequence}"));
        json.WriteString("eventTime", Instant(at));
        json.WriteString("recordTime", Instant(DateTimeOffset.FromUnixTimeMilliseconds(stored.ReceivedUnixMs)));
        json.WriteString("eventTimeZoneOffset", $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}");
        json.WriteStartArray("epcList");
        foreach (var thing in things)
        {
            json.WriteStringValue(thing);
        }

        json.WriteEndArray();
        json.WriteString("action", "OBSERVE");
        json.WriteString("bizStep", step);
        WriteId(json, "readPoint", $"urn:x-logistics:device:{stored.Device}{(reader is null ? "" : ":" + Uri.EscapeDataString(reader))}");
        if (placeOf(stored.Device) is { } place)
        {
            WriteId(json, "bizLocation", place);
        }

        json.WriteEndObject();
        return true;
    }

    // An SSCC without its company prefix cannot be a URN; a Digital Link needs no prefix.
    private static string? UriOf(ScannedCode code) => code switch
    {
        { Tag: { } tag } => tag.ToIdentityUri(),
        { Kind: ScannedCodeKind.Sscc } => "https://id.gs1.org/00/" + code.Value,
        _ => null,
    };

    private static string StepOf(ScanPurpose purpose) => purpose switch
    {
        ScanPurpose.Load => "loading",
        ScanPurpose.Deposit => "storing",
        ScanPurpose.Return => "collecting",
        _ => "inventory_check",
    };

    private static void WriteId(Utf8JsonWriter json, string name, string id)
    {
        json.WriteStartObject(name);
        json.WriteString("id", id);
        json.WriteEndObject();
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
