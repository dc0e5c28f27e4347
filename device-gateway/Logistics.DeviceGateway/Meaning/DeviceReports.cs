using System.Text;
using System.Text.Json;
using Logistics.Domain;
using Logistics.Domain.Codes;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Meaning;

/// <summary>Turns stored events into typed reports.</summary>
public static class DeviceReports
{
    /// <returns>
    /// Null for an event that says nothing: quarantined, from an open gateway, or accepted by a gateway that did not look at its meaning
    /// and found wanting now.
    /// </returns>
    public static DeviceReport? Read(DeviceEvent stored)
    {
        if (stored.IsQuarantined || !UpMessages.TryParse(Encoding.UTF8.GetBytes(stored.Message), out var message))
        {
            return null;
        }

        try
        {
            return Read(stored, message);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DeviceReport? Read(DeviceEvent stored, UpMessage message)
    {
        var payload = stored.Payload.Span;
        var reader = new Utf8JsonReader(payload);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        var fields = new MessageFields(payload);
        List<CompartmentReading>? compartments = message == UpMessage.Snapshot ? [] : null;
        List<EpcTag>? tags = message == UpMessage.Inventory ? [] : null;
        MessageReader.Read(ref reader, payload, message, null, EpcPrefixes.Any, ref fields, compartments, tags);
        if (fields.Fault is not null || MessageRules.FindFault(message, fields, null, EpcPrefixes.Any) is not null)
        {
            return null;
        }

        var stamp = new ReportStamp(stored.Boot, stored.Sequence, stored.AtUnixMs, stored.ReceivedUnixMs);
        return message switch
        {
            UpMessage.Hello or UpMessage.Heartbeat => Health(stamp, fields, message == UpMessage.Hello),
            UpMessage.Snapshot => new SnapshotReport(stamp, compartments!, Health(stamp, fields, isHello: false)),
            UpMessage.Door => new DoorReport(stamp, Label(fields), WireNames.Door(fields.Text(Field.State))!.Value, fields.TextOrNull(Field.Cause)),
            UpMessage.Occupancy => new OccupancyReport(stamp, Label(fields), WireNames.Occupied(fields.Text(Field.State))!.Value, fields.TextOrNull(Field.Cause), fields.TextOrNull(Field.Parcel)),
            UpMessage.Fault => new FaultReport(stamp, fields.TextOrNull(Field.Compartment), fields.TextOrNull(Field.Code)!, IsRaised(fields), fields.TextOrNull(Field.Detail)),
            UpMessage.Power => new PowerReport(stamp, WireNames.Power(fields.Text(Field.State))!.Value, fields.NumberOrNull(Field.Battery)),
            UpMessage.Tamper => new TamperReport(stamp, fields.TextOrNull(Field.Compartment), IsRaised(fields), fields.TextOrNull(Field.Detail)),
            UpMessage.CommandResult => new CommandResultReport(stamp, fields.TextOrNull(Field.Command)!, WireNames.Command(fields.Text(Field.Outcome))!.Value, fields.TextOrNull(Field.Detail)),
            UpMessage.Scan => Scan(stamp, fields),
            UpMessage.Inventory => new InventoryReport(stamp, tags!, fields.TextOrNull(Field.Reader), fields.TextOrNull(Field.Compartment)),
            UpMessage.Position => Position(stamp, fields),
            _ => new TaskReport(stamp, fields.TextOrNull(Field.Stop), fields.TextOrNull(Field.Parcel), WireNames.Task(fields.Text(Field.Outcome))!.Value, fields.TextOrNull(Field.Reason), fields.TextOrNull(Field.Proof)),
        };
    }

    private static string Label(in MessageFields fields) => fields.TextOrNull(Field.Compartment)!;

    private static bool IsRaised(in MessageFields fields) => WireNames.Raised(fields.Text(Field.State)) ?? true;

    private static HealthReport Health(ReportStamp stamp, in MessageFields fields, bool isHello) => new(
        stamp, isHello, fields.TextOrNull(Field.Firmware), fields.TextOrNull(Field.Model), fields.NumberOrNull(Field.Battery),
        WireNames.Power(fields.Text(Field.Power)), fields.NumberOrNull(Field.Temperature), fields.TextOrNull(Field.LastCommand));

    private static ScanReport Scan(ReportStamp stamp, in MessageFields fields) => new(
        stamp, ScannedCode.Read(fields.TextOrNull(Field.Code)!), WireNames.Purpose(fields.Text(Field.Purpose))!.Value,
        fields.TextOrNull(Field.Reader), fields.NumberOrNull(Field.Rssi), fields.TextOrNull(Field.Compartment));

    private static PositionReport Position(ReportStamp stamp, in MessageFields fields)
    {
        if (fields.Has(Field.Nmea) && NmeaFix.TryParse(fields.Text(Field.Nmea), out var fix, out _))
        {
            return new PositionReport(stamp, fix.Point, Datum.Wgs84, fix.SpeedMetresPerSecond, fix.HeadingDegrees, null);
        }

        var source = WireNames.Datum(fields.Text(Field.Datum))!.Value;
        var point = DatumConversion.ToWgs84(new GeoPoint(fields.Number(Field.Lon), fields.Number(Field.Lat)), source);
        return new PositionReport(stamp, point, source, fields.NumberOrNull(Field.Speed), fields.NumberOrNull(Field.Heading), fields.NumberOrNull(Field.Accuracy));
    }
}
