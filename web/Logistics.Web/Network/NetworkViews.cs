using Logistics.Domain;
using Logistics.Web.Hosting;

namespace Logistics.Web.Network;

/// <summary>Domain records as the page sees them.</summary>
public static class NetworkViews
{
    private const int SecondsPerHour = 3600, CentifenPerFen = 100, MetresPerKm = 1000;

    public static PartnerView View(Partner p) => new(p.Id, p.Name, p.Code, p.Kind, p.Color, p.Contact, p.IsActive);

    public static HubView View(Hub h) => new(h.Id, h.Name, h.Code, LonLat.From(h.Location), h.Address, h.District ?? "", Clock.View(h.Hours), h.DockCount, h.IsActive);

    public static TerminalView View(Terminal t) => new(
        t.Id, t.Name, t.Code, t.Kind, LonLat.From(t.Location), t.Address, t.District ?? "", Clock.View(t.Hours),
        [.. Enum.GetValues<SizeClass>().Select(s => new SizeCountView(s, t.Compartments[s]))],
        t.Partners.Count == 0 ? null : [.. t.Partners.Select(p => p.PartnerId)],
        [.. t.Partners.Where(p => p.DailyQuota is not null).Select(p => new QuotaView(p.PartnerId, p.DailyQuota))],
        t.ParkingSetupSeconds, t.IsActive, t.AccessNote);

    public static VehicleView View(Vehicle v) => new(
        v.Id, v.Plate, v.Class, v.AccessClass, v.Energy, v.IsLocalPlate, v.CapacityGrams, v.CapacityMillilitres, v.CapacityCount, v.FixedFen,
        (long)v.CentifenPerMetre * MetresPerKm / CentifenPerFen, (long)v.CentifenPerSecond * SecondsPerHour / CentifenPerFen,
        (long)v.OvertimeCentifenPerSecond * SecondsPerHour / CentifenPerFen, v.HomeHubId, v.MaxDistanceMetres, v.IsActive);

    public static CourierView View(Courier c) => new(c.Id, c.Code, c.Name, Masking.Phone(c.Phone ?? ""), c.Skills, c.HomeHubId, c.IsActive);

    public static ShiftView View(Shift s, ServiceArea area) => new(
        s.Id, s.Day, s.CourierId, s.VehicleId, Clock.Text(s.Start, area), Clock.Text(s.End, area),
        [.. s.Breaks.Select(b => new BreakView(Clock.Text(b.EarliestStart, area), Clock.Text(b.LatestStart, area), b.DurationSeconds))]);

    public static AccessRuleView View(AccessRule r) => new(
        r.Id, r.Name, [.. r.Polygons.Select(p => LonLat.From(p.Rings[0]))], r.ValidFrom, r.ValidUntil, [.. r.Weekdays.Select(Clock.Number)],
        [.. r.Hours.Select(h => new HoursView(Clock.Text(h.StartMinute), Clock.Text(h.EndMinute)))],
        [.. r.PlateDigits.Select(p => new RotationView(Clock.Number(p.Weekday), [.. p.Digits.Select(d => d - '0')]))],
        r.VehicleClasses, r.AccessClasses, r.EnergyKinds, View(r.Plates), r.AppliesOnHolidays,
        [.. r.Permits.Select(p => new PermitView(p.VehicleId, p.From, p.Until, p.Number))], r.Source ?? "", r.IsActive);

    private static PlatesView View(PlateScope plates) => plates switch
    {
        PlateScope.LocalPlates => PlatesView.Local,
        PlateScope.NonLocalPlates => PlatesView.NonLocal,
        _ => PlatesView.All,
    };

    /// <summary>Hundredths of a fen per metre from fen per kilometre, rounded half up.</summary>
    public static int CentifenPerMetre(long fenPerKm) => checked((int)(((fenPerKm * CentifenPerFen) + (MetresPerKm / 2)) / MetresPerKm));

    /// <summary>Hundredths of a fen per second from fen per hour, rounded half up.</summary>
    public static int CentifenPerSecond(long fenPerHour) => checked((int)(((fenPerHour * CentifenPerFen) + (SecondsPerHour / 2)) / SecondsPerHour));
}
