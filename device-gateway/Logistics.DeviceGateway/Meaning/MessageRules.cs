using System.Globalization;
using System.Text;
using Logistics.Domain;
using Logistics.Domain.Codes;

namespace Logistics.DeviceGateway.Meaning;

/// <summary>What the values of each message must be. Every rule names the field, the value and what was expected.</summary>
internal static class MessageRules
{
    /// <returns>Null when the message can be believed.</returns>
    public static string? FindFault(UpMessage message, in MessageFields fields, DeviceProfile? profile, EpcPrefixes prefixes) => message switch
    {
        UpMessage.Hello or UpMessage.Heartbeat => FindHealthFault(fields),
        UpMessage.Snapshot => Need(fields, Field.Compartments) ?? FindHealthFault(fields),
        UpMessage.Door => Need(fields, Field.Compartment) ?? FindLabelFault(fields, profile) ?? FindDoorFault(fields),
        UpMessage.Occupancy => Need(fields, Field.Compartment) ?? FindLabelFault(fields, profile) ?? Expect(WireNames.Occupied(fields.Text(Field.State)) is not null, fields, Field.State, "occupied or empty"),
        UpMessage.Fault => Need(fields, Field.Code) ?? FindLabelFault(fields, profile) ?? FindRaisedFault(fields),
        UpMessage.Power => Expect(WireNames.Power(fields.Text(Field.State)) is not null, fields, Field.State, "mains, battery or off") ?? Range(fields, Field.Battery, 0, 1),
        UpMessage.Tamper => FindLabelFault(fields, profile) ?? FindRaisedFault(fields),
        UpMessage.CommandResult => Need(fields, Field.Command) ?? Expect(WireNames.Command(fields.Text(Field.Outcome)) is not null, fields, Field.Outcome, "done, refused, failed, expired or duplicate"),
        UpMessage.Scan => FindScanFault(fields, profile, prefixes),
        UpMessage.Inventory => Need(fields, Field.Epcs) ?? FindLabelFault(fields, profile),
        UpMessage.Position => FindPositionFault(fields),
        _ => FindTaskFault(fields),
    };

    /// <summary>Of one compartment in a snapshot.</summary>
    public static string? FindCompartmentFault(in MessageFields fields, DeviceProfile? profile) =>
        Need(fields, Field.Compartment)
        ?? FindLabelFault(fields, profile)
        ?? Expect(WireNames.Door(fields.Text(Field.Door)) is not null, fields, Field.Door, "open, closed or unknown")
        ?? Expect(!fields.Has(Field.Size) || WireNames.Size(fields.Text(Field.Size)) is not null, fields, Field.Size, "S, M, L or XL")
        ?? Expect(!fields.Has(Field.Service) || WireNames.Service(fields.Text(Field.Service)) is not null, fields, Field.Service, "inService, blocked or faulty");

    private static string? FindHealthFault(in MessageFields fields) =>
        Range(fields, Field.Battery, 0, 1)
        ?? Range(fields, Field.Temperature, -60, 120)
        ?? Expect(!fields.Has(Field.Power) || WireNames.Power(fields.Text(Field.Power)) is not null, fields, Field.Power, "mains, battery or off");

    private static string? FindDoorFault(in MessageFields fields) =>
        Expect(WireNames.Door(fields.Text(Field.State)) is DoorState.Open or DoorState.Closed, fields, Field.State, "open or closed");

    private static string? FindRaisedFault(in MessageFields fields) =>
        Expect(!fields.Has(Field.State) || WireNames.Raised(fields.Text(Field.State)) is not null, fields, Field.State, "raised or cleared");

    private static string? FindScanFault(in MessageFields fields, DeviceProfile? profile, EpcPrefixes prefixes)
    {
        var fault = Need(fields, Field.Code)
            ?? Expect(WireNames.Purpose(fields.Text(Field.Purpose)) is not null, fields, Field.Purpose, "load, deposit, return or inventory")
            ?? Range(fields, Field.Rssi, -150, 50)
            ?? FindLabelFault(fields, profile);
        var code = fields.Text(Field.Code);
        if (fault is not null || !LooksLikeTag(code))
        {
            return fault;
        }

        if (!EpcTag.TryDecode(code, out var tag, out fault))
        {
            return $"foreign EPC {Encoding.ASCII.GetString(code)}: {fault}";
        }

        return prefixes.Contains(tag) ? null : $"foreign EPC {tag.ToUri()}: its company prefix is none of this network";
    }

    private static string? FindPositionFault(in MessageFields fields)
    {
        if (fields.Has(Field.Nmea))
        {
            return NmeaFix.TryParse(fields.Text(Field.Nmea), out _, out var fault) ? null : $"nmea: {fault}";
        }

        var point = new GeoPoint(fields.Number(Field.Lon), fields.Number(Field.Lat));
        return Need(fields, Field.Lon)
            ?? Need(fields, Field.Lat)
            ?? Range(fields, Field.Lon, -180, 180)
            ?? Range(fields, Field.Lat, -90, 90)
            ?? (point == default ? "lon 0, lat 0 is where receivers without a fix say they are" : null)
            ?? Expect(WireNames.Datum(fields.Text(Field.Datum)) is not null, fields, Field.Datum, "wgs84, gcj02 or bd09")
            ?? Range(fields, Field.Speed, 0, 120)
            ?? Range(fields, Field.Heading, 0, 360)
            ?? Range(fields, Field.Accuracy, 0, 100_000);
    }

    private static string? FindTaskFault(in MessageFields fields)
    {
        if (!fields.Has(Field.Stop) && !fields.Has(Field.Parcel))
        {
            return "stop or parcel is missing";
        }

        return Expect(WireNames.Task(fields.Text(Field.Outcome)) is not null, fields, Field.Outcome, "done, failed or skipped");
    }

    private static string? FindLabelFault(in MessageFields fields, DeviceProfile? profile)
    {
        if (!fields.Has(Field.Compartment))
        {
            return null;
        }

        var label = fields.Text(Field.Compartment);
        if (label.ContainsAnyExcept(LabelBytes))
        {
            return $"compartment \"{fields.TextOrNull(Field.Compartment)}\": expected letters, digits, - or _";
        }

        return profile?.HasCompartment(label) == false ? $"unknown compartment \"{fields.TextOrNull(Field.Compartment)}\"" : null;
    }

    private static readonly System.Buffers.SearchValues<byte> LabelBytes =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    private static bool LooksLikeTag(ReadOnlySpan<byte> code) => code.Length == EpcTag.HexLength && !code.ContainsAnyExcept(HexBytes);

    private static readonly System.Buffers.SearchValues<byte> HexBytes = System.Buffers.SearchValues.Create("0123456789ABCDEFabcdef"u8);

    private static string? Need(in MessageFields fields, Field field) => fields.Has(field) ? null : $"{Fields.NameOf(field)} is missing";

    private static string? Expect(bool isMet, in MessageFields fields, Field field, string expected)
    {
        if (isMet)
        {
            return null;
        }

        return fields.Has(field) ? $"{Fields.NameOf(field)} is \"{fields.TextOrNull(field)}\"; expected {expected}" : $"{Fields.NameOf(field)} is missing; expected {expected}";
    }

    private static string? Range(in MessageFields fields, Field field, double least, double most)
    {
        var value = fields.Number(field);
        if (!fields.Has(field) || (value >= least && value <= most))
        {
            return null;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Fields.NameOf(field)} is {value}; expected {least} to {most}");
    }
}
