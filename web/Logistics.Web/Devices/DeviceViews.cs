using System.Text;
using Logistics.DeviceGateway.Twins;
using Logistics.Domain;
using Logistics.Domain.Devices;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Logistics.Web.Network;

namespace Logistics.Web.Devices;

/// <summary>Puts registry, network and twins together for the page.</summary>
public sealed class DeviceViews(LogisticsStorage storage, NetworkCache network, DeviceRegister register, TwinBook book)
{
    /// <summary>Every device that is registered or was heard of.</summary>
    public async Task<IReadOnlyList<DeviceRow>> ListAsync(Db db)
    {
        var snapshot = await network.GetAsync(db);
        var registered = await register.GetAsync(db);
        var rows = registered.Devices.ConvertAll(d => Row(d, book.Find(d.Device), snapshot));
        rows.AddRange(book.Devices.Where(d => registered.Find(d.Device) is null).OrderBy(d => d.Device, StringComparer.Ordinal).Select(d => Row(null, d, snapshot)));
        return rows;
    }

    /// <summary>The rows of some devices.</summary>
    public async Task<IReadOnlyList<DeviceRow>> ListAsync(Db db, IReadOnlyList<DeviceSummary> summaries)
    {
        var snapshot = await network.GetAsync(db);
        var registered = await register.GetAsync(db);
        return [.. summaries.Select(summary => Row(registered.Find(summary.Device), summary, snapshot))];
    }

    /// <returns>Null for a device nobody knows.</returns>
    public async Task<DeviceRow?> FindRowAsync(Db db, string device)
    {
        var registered = (await register.GetAsync(db)).Find(device);
        var summary = book.Find(device);
        return registered is null && summary is null ? null : Row(registered, summary, await network.GetAsync(db));
    }

    /// <returns>Null for a device nobody knows.</returns>
    public async Task<TwinView?> FindAsync(Db db, string device)
    {
        var registered = (await register.GetAsync(db)).Find(device);
        var stored = await storage.Twins.FindAsync(db, device);
        if (registered is null && stored is null) return null;
        var snapshot = await network.GetAsync(db);
        var twin = stored is null ? new DeviceTwin(device, registered!.Kind) : TwinJson.Read(stored.Doc);
        var summary = book.Find(device);
        var boxes = registered?.TerminalId is { } terminalId ? await storage.Network.ListCompartmentsAsync(db, terminalId) : [];
        return new TwinView(
            Row(registered, summary, snapshot), snapshot.FindTerminal(registered?.TerminalId)?.Address, registered?.VehicleId, registered?.CourierId,
            twin.Model?.Value, twin.Power is null ? null : TwinJson.WordOf(twin.Power.Value), Instant(twin.Power?.AtUnixMs), twin.TemperatureCelsius?.Value, twin.LastCommand?.Value, Instant(summary?.ConnectionUnixMs),
            Instant(twin.Snapshot?.AtUnixMs),
            twin.Position is { } p ? new PositionView(LonLat.From(p.Point), Instant(p.AtUnixMs)!.Value, p.SpeedMetresPerSecond, p.HeadingDegrees, p.AccuracyMetres) : null,
            Compartments(twin, boxes),
            [.. TwinProjection.FindDifferences(twin).Select(d => new DifferenceView(d.Compartment, d.What, d.Was, d.Is, Instant(d.AtUnixMs)!.Value))],
            [.. twin.Faults.Where(f => f.IsRaised.Value).Select(f => new ConditionView(f.Compartment.Length == 0 ? f.Code : $"{f.Compartment} {f.Code}", Instant(f.IsRaised.AtUnixMs)!.Value, f.Detail))],
            [.. twin.Tampers.Where(t => t.IsRaised.Value).Select(t => new ConditionView(t.Compartment, Instant(t.IsRaised.AtUnixMs)!.Value, t.Detail))]);
    }

    public static EventView Event(DeviceEvent e) => new(
        e.Position, e.Device, e.Kind, e.Message, Instant(e.AtUnixMs), DateTimeOffset.FromUnixTimeMilliseconds(e.ReceivedUnixMs), e.QuarantineReason, Encoding.UTF8.GetString(e.Payload.Span));

    private DeviceRow Row(RegisteredDevice? registered, DeviceSummary? summary, NetworkSnapshot snapshot)
    {
        var terminal = snapshot.FindTerminal(registered?.TerminalId);
        var at = terminal?.Location ?? summary?.Position?.Point;
        var id = registered?.Device ?? summary!.Device;
        var state = summary is null || (summary.LastSeenUnixMs == 0 && summary.ConnectionUnixMs == 0) ? DeviceState.Never : summary.IsConnected ? DeviceState.Online : DeviceState.Offline;
        return new DeviceRow(
            id, registered?.Kind ?? summary!.Kind, registered?.Name ?? id, state, registered is not null, terminal?.Id, terminal?.District, at is { } point ? LonLat.From(point) : null,
            Instant(Math.Max(summary?.LastSeenUnixMs ?? 0, summary?.ConnectionUnixMs ?? 0)), summary?.Battery,
            summary?.Compartments is > 0 and var reported ? reported : terminal?.Compartments.Total() ?? 0, summary?.Occupied ?? 0, summary?.Free ?? 0, summary?.OutOfService ?? 0, summary?.OpenDoors.Count ?? 0,
            book.CountOpenAlarms(id), summary?.Differences ?? 0, summary?.Firmware);
    }

    // What the network lists is drawn even before the device has spoken of it.
    private static List<CompartmentView> Compartments(DeviceTwin twin, List<Compartment> boxes)
    {
        var said = twin.Compartments.ToDictionary(c => c.Label, StringComparer.Ordinal);
        var views = boxes.ConvertAll(box => Compartment(twin, said.GetValueOrDefault(box.Label) ?? new TwinCompartment(box.Label), box.Size));
        var listed = boxes.Select(b => b.Label).ToHashSet(StringComparer.Ordinal);
        views.AddRange(twin.Compartments.Where(c => !listed.Contains(c.Label)).Select(c => Compartment(twin, c, null)));
        views.Sort(static (a, b) => string.CompareOrdinal(a.Label, b.Label));
        return views;
    }

    private static CompartmentView Compartment(DeviceTwin twin, TwinCompartment c, SizeClass? size) => new(
        c.Label, c.Size?.Value ?? size, c.Door?.Now.Value, Instant(c.Door?.SinceUnixMs), c.DoorCause?.Value, c.Occupied?.Now.Value, Instant(c.Occupied?.SinceUnixMs), c.Service?.Now.Value, c.Parcel?.Value,
        TwinProjection.IsMissing(twin, c) && c.Door is not null);

    // A quarantined clock may name a year that no calendar has.
    private static DateTimeOffset? Instant(long? unixMs) =>
        unixMs is > 0 and <= 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(unixMs.Value) : null;
}
