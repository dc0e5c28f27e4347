using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>A parcel as a database row and back; the recipient's name, phone and address travel encrypted.</summary>
internal sealed class ParcelRow(PersonalDataCipher cipher)
{
    public static readonly string[] Columns =
    [
        "id", "area_id", "partner_id", "waybill", "hub_id", "day", "state", "state_reason", "flow", "size", "weight_grams", "volume_ml", "handling",
        "is_damaged", "priority", "has_consent", "has_agreement", "designated_terminal_id", "epc", "release_at", "promise_start", "promise_end",
        "lon", "lat", "datum", "district", "options", "recipient", "phone_tail", "revision", "fingerprint",
        "plan_id", "route_id", "vehicle_id", "terminal_id", "compartment_size", "planned_at", "batch_id", "created_at", "revised_at", "updated_at",
    ];

    /// <summary>What an order's revision replaces: all but the identity.</summary>
    public static readonly string UpdateText =
        "update parcel set " + string.Join(", ", Columns.Skip(4).Where(c => c is not "created_at").Select(c => $"{c} = @{c}")) + " where id = @id";

    /// <summary>What a transition replaces.</summary>
    public static readonly string[] StateColumns =
        ["id", "state", "state_reason", "plan_id", "route_id", "vehicle_id", "terminal_id", "compartment_size", "planned_at", "updated_at"];

    public static readonly string StateText =
        "update parcel set " + string.Join(", ", StateColumns.Skip(1).Select(c => $"{c} = @{c}")) + " where id = @id";

    public object?[] Values(Parcel p, string? batchId, DateTimeOffset revisedAt) =>
    [
        p.Id, p.AreaId, p.PartnerId, p.Waybill, p.HubId, p.Day, p.State, p.StateReason, p.Flow, p.Size, p.WeightGrams, p.VolumeMillilitres, p.Handling,
        p.IsDamaged, p.Priority, p.HasTerminalConsent, p.HasSenderLockerAgreement, p.DesignatedTerminalId, p.Epc, p.ReleaseAt, p.Promise.Start, p.Promise.End,
        p.Recipient.Location.Lon, p.Recipient.Location.Lat, p.Recipient.SourceDatum, p.Recipient.District, DomainJson.Write(p.Options),
        cipher.Encrypt(DomainJson.Write(new Person(p.Recipient.Name, p.Recipient.Phone, p.Recipient.Address)), p.Id), cipher.PhoneTailDigest(p.Recipient.Phone),
        p.Revision, OrderFingerprint.Of(p),
        p.Assignment?.PlanId, p.Assignment?.RouteId, p.Assignment?.VehicleId, p.Assignment?.TerminalId, p.Assignment?.CompartmentSize, p.Assignment?.PlannedAt,
        batchId, p.CreatedAt, revisedAt, p.UpdatedAt,
    ];

    public static object?[] StateValues(Parcel p) =>
    [
        p.Id, p.State, p.StateReason, p.Assignment?.PlanId, p.Assignment?.RouteId, p.Assignment?.VehicleId, p.Assignment?.TerminalId,
        p.Assignment?.CompartmentSize, p.Assignment?.PlannedAt, p.UpdatedAt,
    ];

    public Parcel Read(Row r)
    {
        var id = r.Text("id");
        // Erased after the retention period: the parcel stays for the statistics, the person does not.
        var person = r.BytesOrNull("recipient") is { } bytes ? DomainJson.Read<Person>(cipher.Decrypt(bytes, id)) : new Person("", "", "");
        return new Parcel(
            id, r.Text("area_id"), r.Text("partner_id"), r.Text("waybill"), r.Text("hub_id"), r.Day("day"), r.Instant("release_at"),
            new TimeWindow(r.Instant("promise_start"), r.Instant("promise_end")),
            new Recipient(person.Name, person.Phone, person.Address, new GeoPoint(r.Double("lon"), r.Double("lat")), r.Enum<Datum>("datum"))
            {
                District = r.TextOrNull("district"),
            })
        {
            Epc = r.TextOrNull("epc"),
            Flow = r.Enum<ParcelFlow>("flow"),
            Size = r.Enum<SizeClass>("size"),
            WeightGrams = r.Int("weight_grams"),
            VolumeMillilitres = r.Int("volume_ml"),
            Handling = r.Enum<HandlingClass>("handling"),
            IsDamaged = r.Flag("is_damaged"),
            Priority = r.Int("priority"),
            HasTerminalConsent = r.Flag("has_consent"),
            DesignatedTerminalId = r.TextOrNull("designated_terminal_id"),
            HasSenderLockerAgreement = r.Flag("has_agreement"),
            Options = r.Json<IReadOnlyList<DeliveryOption>>("options"),
            State = r.Enum<ParcelState>("state"),
            StateReason = r.TextOrNull("state_reason"),
            Revision = r.Int("revision"),
            Assignment = r.TextOrNull("plan_id") is not { } plan ? null : new ParcelAssignment(
                plan, r.Text("route_id"), r.Text("vehicle_id"), r.TextOrNull("terminal_id"), r.EnumOrNull<SizeClass>("compartment_size"), r.InstantOrNull("planned_at")),
            CreatedAt = r.Instant("created_at"),
            UpdatedAt = r.Instant("updated_at"),
        };
    }

    private sealed record Person(string Name, string Phone, string Address);
}
