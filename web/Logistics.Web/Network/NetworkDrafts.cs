using System.Globalization;
using Logistics.Domain;
using Logistics.Web.Hosting;

namespace Logistics.Web.Network;

/// <summary>Reads what an editor sends into domain records; every problem at once. What the page does not show is kept from the stored record.</summary>
public static class NetworkDrafts
{
    private const int MostName = 100, MostNote = 200;

    public static Partner? Read(PartnerView v, Partner? stored, string id, List<FieldProblem> problems)
    {
        var check = new FieldChecks(problems);
        check.Text("name", v.Name, MostName);
        check.Text("code", v.Code, 20);
        if (v.Color is not null && !IsColor(v.Color)) check.Add("color", v.Color, "format", $"color \"{v.Color}\" must look like #3366cc.");
        if (problems.Count > 0) return null;
        return (stored ?? new Partner(id, v.Code, v.Name, v.Kind)) with { Code = v.Code.Trim(), Name = v.Name.Trim(), Kind = v.Kind, Contact = v.Contact, Color = v.Color ?? stored?.Color ?? "#3366cc", IsActive = v.IsActive };
    }

    public static Hub? Read(HubView v, Hub? stored, string id, ServiceArea area, List<FieldProblem> problems)
    {
        var check = new FieldChecks(problems);
        check.Text("name", v.Name, MostName);
        check.Text("code", v.Code, 40);
        check.Inside("at", v.At, area);
        if (v.Docks is { } docks) check.Range("docks", docks, 1, 1000);
        var hours = Clock.ReadHours(v.Opening, problems);
        if (problems.Count > 0) return null;
        return (stored ?? new Hub(id, area.Id, v.Code!, v.Name, v.At.ToPoint(), v.Address ?? "")) with
        {
            Code = v.Code!.Trim(),
            Name = v.Name.Trim(),
            Location = v.At.ToPoint(),
            Address = v.Address ?? "",
            District = v.District,
            Hours = hours,
            DockCount = v.Docks,
            IsActive = v.IsActive,
        };
    }

    public static Terminal? Read(TerminalView v, Terminal? stored, string id, NetworkSnapshot network, List<FieldProblem> problems)
    {
        var check = new FieldChecks(problems);
        check.Text("name", v.Name, MostName);
        check.Text("code", v.Code, 40);
        check.Inside("at", v.At, network.Area);
        check.Range("setupSeconds", v.SetupSeconds, 0, 3600);
        if (v.AccessNote?.Length > MostNote) check.Add("accessNote", v.AccessNote, "length", $"accessNote has {v.AccessNote.Length} characters; at most {MostNote}.");
        var counts = default(SizeCounts);
        foreach (var (size, count) in v.Compartments ?? [])
        {
            check.Range($"compartments.{size}", count, 0, 10_000);
            counts = counts.With(size, count);
        }
        var partners = new Dictionary<string, TerminalPartner>(StringComparer.Ordinal);
        foreach (var partner in v.AllowedPartnerIds ?? []) partners[partner] = new TerminalPartner(partner);
        foreach (var quota in v.Quotas ?? [])
        {
            if (quota.PerDay is { } perDay) check.Range("quotas.perDay", perDay, 0, 100_000);
            if (v.AllowedPartnerIds is not null && !partners.ContainsKey(quota.PartnerId)) check.Add("quotas", quota.PartnerId, "terminal.partner", $"quotas names partner {quota.PartnerId}, which allowedPartnerIds leaves out.");
            partners[quota.PartnerId] = new TerminalPartner(quota.PartnerId, quota.PerDay);
        }
        // A quota for one partner must not shut out the others, so the unrestricted rest is named.
        if (v.AllowedPartnerIds is null && partners.Count > 0) foreach (var p in network.Partners) partners.TryAdd(p.Id, new TerminalPartner(p.Id));
        foreach (var partner in partners.Keys.Where(p => network.FindPartner(p)?.Id != p)) check.Add("allowedPartnerIds", partner, "partner.unknown", $"Partner \"{partner}\" is not in the network.");
        var hours = Clock.ReadHours(v.Opening, problems);
        if (problems.Count > 0) return null;
        return (stored ?? new Terminal(id, network.Area.Id, v.Code!, v.Name, v.Kind, v.At.ToPoint(), v.Address ?? "")) with
        {
            Code = v.Code!.Trim(),
            Name = v.Name.Trim(),
            Kind = v.Kind,
            Location = v.At.ToPoint(),
            Address = v.Address ?? "",
            District = v.District,
            Hours = hours,
            Compartments = counts,
            Partners = [.. partners.Values],
            ParkingSetupSeconds = v.SetupSeconds,
            AccessNote = string.IsNullOrWhiteSpace(v.AccessNote) ? null : v.AccessNote.Trim(),
            IsActive = v.IsActive,
        };
    }

    public static Vehicle? Read(VehicleView v, Vehicle? stored, string id, NetworkSnapshot network, List<FieldProblem> problems)
    {
        var check = new FieldChecks(problems);
        check.Text("plate", v.Plate, 20);
        check.Range("capacityGrams", v.CapacityGrams, 1, 50_000_000);
        check.Range("capacityMl", v.CapacityMl, 1, 200_000_000);
        check.Range("capacityParcels", v.CapacityParcels, 1, 100_000);
        check.Range("fixedFen", v.FixedFen, 0, 100_000_000);
        check.Range("perKmFen", v.PerKmFen, 0, 1_000_000);
        check.Range("perHourFen", v.PerHourFen, 0, 10_000_000);
        check.Range("overtimePerHourFen", v.OvertimePerHourFen, 0, 10_000_000);
        if (v.RangeMetres is { } range) check.Range("rangeMetres", range, 1000, 2_000_000);
        check.Known("homeHubId", v.HomeHubId, network.FindHub(v.HomeHubId)?.Id, "hub");
        if (problems.Count > 0) return null;
        return (stored ?? new Vehicle(id, network.Area.Id, v.Plate, v.VehicleClass, v.Energy, v.HomeHubId)) with
        {
            Plate = v.Plate.Trim(),
            Class = v.VehicleClass,
            AccessClass = string.IsNullOrWhiteSpace(v.AccessClass) ? DefaultAccessClass(v.VehicleClass) : v.AccessClass.Trim(),
            Energy = v.Energy,
            IsLocalPlate = v.IsLocalPlate,
            CapacityGrams = v.CapacityGrams,
            CapacityMillilitres = v.CapacityMl,
            CapacityCount = v.CapacityParcels,
            FixedFen = v.FixedFen,
            CentifenPerMetre = NetworkViews.CentifenPerMetre(v.PerKmFen),
            CentifenPerSecond = NetworkViews.CentifenPerSecond(v.PerHourFen),
            OvertimeCentifenPerSecond = NetworkViews.CentifenPerSecond(v.OvertimePerHourFen),
            HomeHubId = v.HomeHubId,
            MaxDistanceMetres = v.RangeMetres,
            IsActive = v.IsActive,
        };
    }

    public static Courier? Read(CourierView v, Courier? stored, string id, NetworkSnapshot network, List<FieldProblem> problems)
    {
        var check = new FieldChecks(problems);
        check.Text("name", v.Name, MostName);
        check.Text("code", v.Code, 40);
        check.Known("homeHubId", v.HomeHubId, network.FindHub(v.HomeHubId)?.Id, "hub");
        if (v.Phone is { } phone && (phone.Count(char.IsAsciiDigit) < 5 || phone.Length > 20)) check.Add("phone", Masking.Phone(phone), "format", "phone must have 5 to 20 digits.");
        if (problems.Count > 0) return null;
        return (stored ?? new Courier(id, network.Area.Id, v.Code!, v.Name, v.HomeHubId)) with
        {
            Code = v.Code!.Trim(),
            Name = v.Name.Trim(),
            HomeHubId = v.HomeHubId,
            Phone = v.Phone ?? stored?.Phone,
            Skills = v.Skills ?? stored?.Skills ?? [],
            IsActive = v.IsActive,
        };
    }

    public static AccessRule? Read(AccessRuleView v, AccessRule? stored, string id, NetworkSnapshot network, List<FieldProblem> problems)
    {
        var check = new FieldChecks(problems);
        check.Text("name", v.Name, MostName);
        var polygons = (v.Polygons ?? []).Select((ring, i) => KeepHoles(ring, stored, i)).ToList();
        if (polygons.Count == 0) check.Add("polygons", null, "required", "polygons needs at least one ring of [lon, lat] points.");
        foreach (var (polygon, i) in polygons.Select((p, i) => (p, i)))
        {
            foreach (var wrong in polygon.Check()) check.Add($"polygons[{i}]", null, "format", wrong);
        }
        if (v.ValidUntil is { } until && until <= v.ValidFrom) check.Add("validUntil", until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "window.order", $"validUntil {until:yyyy-MM-dd} must be after validFrom {v.ValidFrom:yyyy-MM-dd}; it is the first day the rule no longer holds.");
        var weekdays = (v.Weekdays ?? []).Select((d, i) => Clock.ReadWeekday(d, $"weekdays[{i}]", problems)).ToList();
        var hours = (v.Hours ?? []).Select((h, i) => Clock.ReadSpan(h.FromLocal, h.UntilLocal, $"hours[{i}].fromLocal", $"hours[{i}].untilLocal", problems)).ToList();
        var rotation = (v.PlateRotation ?? []).Select((r, i) =>
        {
            foreach (var digit in r.Digits) check.Range($"plateRotation[{i}].digits", digit, 0, 9);
            return (Weekday: Clock.ReadWeekday(r.Weekday, $"plateRotation[{i}].weekday", problems), r.Digits);
        }).ToList();
        foreach (var (permit, i) in (v.Permits ?? []).Select((p, i) => (p, i))) check.Known($"permits[{i}].vehicleId", permit.VehicleId, network.FindVehicle(permit.VehicleId)?.Id, "vehicle");
        if (problems.Count > 0) return null;
        return (stored ?? new AccessRule(id, network.Area.Id, v.Name, polygons, v.ValidFrom, v.ValidUntil)) with
        {
            Name = v.Name.Trim(),
            Polygons = polygons,
            ValidFrom = v.ValidFrom,
            ValidUntil = v.ValidUntil,
            Weekdays = [.. weekdays.Select(d => d!.Value)],
            Hours = [.. hours.Select(h => h!.Value)],
            PlateDigits = [.. rotation.Select(r => new PlateRotation(r.Weekday!.Value, string.Concat(r.Digits)))],
            VehicleClasses = v.VehicleClasses ?? [],
            AccessClasses = v.AccessClasses ?? [],
            EnergyKinds = v.Energies ?? [],
            Plates = v.Plates switch { PlatesView.Local => PlateScope.LocalPlates, PlatesView.NonLocal => PlateScope.NonLocalPlates, _ => PlateScope.AnyPlate },
            AppliesOnHolidays = v.AppliesOnHolidays,
            Permits = [.. (v.Permits ?? []).Select(p => new AccessPermit(p.VehicleId, p.From, p.Until, p.Number))],
            Source = v.Source,
            IsActive = v.IsActive,
        };
    }

    // The page edits outer rings only; a ring left as it was keeps its holes.
    private static GeoPolygon KeepHoles(IReadOnlyList<LonLat> ring, AccessRule? stored, int index)
    {
        var points = ring.Select(p => p.ToPoint()).ToList();
        if (stored is not null && index < stored.Polygons.Count && stored.Polygons[index].Rings is { Count: > 1 } rings
            && rings[0].Count == points.Count && rings[0].Zip(points).All(p => Math.Abs(p.First.Lon - p.Second.Lon) < 1e-6 && Math.Abs(p.First.Lat - p.Second.Lat) < 1e-6))
        {
            return stored.Polygons[index];
        }
        return new GeoPolygon([points]);
    }

    private static string DefaultAccessClass(VehicleClass kind) => kind switch
    {
        VehicleClass.Tricycle => "tricycle",
        VehicleClass.Van => "van",
        _ => "truck",
    };

    private static bool IsColor(string text) => text.Length == 7 && text[0] == '#' && text.Skip(1).All(char.IsAsciiHexDigit);
}

/// <summary>Checks that name field, value and rule.</summary>
internal readonly struct FieldChecks(List<FieldProblem> problems)
{
    public void Add(string field, string? value, string rule, string message) => problems.Add(new FieldProblem(field, value, rule, message));

    public void Text(string field, string? value, int most)
    {
        if (string.IsNullOrWhiteSpace(value)) Add(field, value, "required", $"{field} is missing; a text is needed.");
        else if (value.Length > most) Add(field, value[..40] + "…", "range", $"{field} has {value.Length} characters; at most {most} are allowed.");
    }

    public void Range(string field, long value, long least, long most)
    {
        if (value < least || value > most) Add(field, value.ToString(CultureInfo.InvariantCulture), "range", FormattableString.Invariant($"{field} {value} must be {least} to {most}."));
    }

    public void Inside(string field, LonLat at, ServiceArea area)
    {
        var point = at.ToPoint();
        if (!point.IsValid() || !area.Outline.Contains(point)) Add(field, point.ToString(), "area.outside", $"{field} {point} is outside the service area {area.Name}; points are [lon, lat].");
    }

    public void Known(string field, string? value, string? found, string kind)
    {
        if (found is null || found != value) Add(field, value, $"{kind}.unknown", $"{field} \"{value}\" is no {kind} of this network.");
    }
}
