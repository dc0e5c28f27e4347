using Logistics.DeviceGateway.Meaning;
using Logistics.Domain;

namespace Logistics.DeviceGateway.Twins;

/// <summary>Makes twins of reports. Pure; the same set of reports gives the same twin in whatever order, and however often, they come.</summary>
public static class TwinProjection
{
    public static DeviceTwin Apply(DeviceTwin twin, DeviceReport report)
    {
        var seen = twin with { LastSeenUnixMs = Math.Max(twin.LastSeenUnixMs, report.Stamp.ReceivedUnixMs) };
        return report switch
        {
            HealthReport health => ApplyHealth(seen, health),
            SnapshotReport snapshot => ApplySnapshot(seen, snapshot),
            DoorReport door => seen with { Compartments = Change(seen, door.Compartment, known => ApplyDoor(known, door)) },
            OccupancyReport occupancy => seen with { Compartments = Change(seen, occupancy.Compartment, known => ApplyOccupancy(known, occupancy)) },
            FaultReport fault => seen with { Faults = ApplyFault(seen, fault) },
            TamperReport tamper => seen with { Tampers = ApplyTamper(seen, tamper) },
            PowerReport power => seen with { Power = Later(seen.Power, power.Stamp, power.Source), Battery = Later(seen.Battery, power.Stamp, power.Battery) },
            PositionReport position => seen with { Position = ApplyPosition(seen.Position, position) },
            _ => seen,
        };
    }

    /// <summary>What the last snapshot found to be different; what an event has explained since is not among it.</summary>
    public static IReadOnlyList<TwinDifference> FindDifferences(DeviceTwin twin)
    {
        var found = new List<TwinDifference>();
        foreach (var compartment in twin.Compartments)
        {
            Add(found, compartment.Label, "door", compartment.Door);
            Add(found, compartment.Label, "occupied", compartment.Occupied);
            Add(found, compartment.Label, "service", compartment.Service);
            if (IsMissing(twin, compartment))
            {
                found.Add(new TwinDifference(compartment.Label, "listed", "true", "false", twin.Snapshot!.AtUnixMs));
            }
        }

        return found;
    }

    /// <summary>True when the last snapshot did not list a compartment that nothing newer speaks of.</summary>
    public static bool IsMissing(DeviceTwin twin, TwinCompartment compartment)
    {
        if (twin.Snapshot is not { } snapshot || (compartment.Listed is { } listed && (listed.Boot, listed.Sequence).CompareTo((snapshot.Boot, snapshot.Sequence)) >= 0))
        {
            return false;
        }

        return !IsNewer(compartment.Door?.Now, snapshot) && !IsNewer(compartment.Occupied?.Now, snapshot);
    }

    private static DeviceTwin ApplyHealth(DeviceTwin twin, HealthReport health) => twin with
    {
        Firmware = Later(twin.Firmware, health.Stamp, health.Firmware),
        Model = Later(twin.Model, health.Stamp, health.Model),
        Battery = Later(twin.Battery, health.Stamp, health.Battery),
        Power = Later(twin.Power, health.Stamp, health.Power),
        TemperatureCelsius = Later(twin.TemperatureCelsius, health.Stamp, health.TemperatureCelsius),
        LastCommand = Later(twin.LastCommand, health.Stamp, health.LastCommand),
    };

    private static DeviceTwin ApplySnapshot(DeviceTwin twin, SnapshotReport snapshot)
    {
        var next = ApplyHealth(twin, snapshot.Health) with { Snapshot = Later(twin.Snapshot, snapshot.Stamp, (int?)snapshot.Compartments.Count) };
        foreach (var reading in snapshot.Compartments)
        {
            next = next with { Compartments = Change(next, reading.Compartment, known => ApplyReading(known, snapshot.Stamp, reading)) };
        }

        return next;
    }

    private static TwinCompartment ApplyReading(TwinCompartment known, ReportStamp stamp, CompartmentReading reading) => known with
    {
        Size = Later(known.Size, stamp, reading.Size),
        Door = Take(known.Door, By<DoorState>(stamp, reading.Door, isSnapshot: true)),
        Occupied = Take(known.Occupied, By<bool?>(stamp, reading.IsOccupied, isSnapshot: true)),
        Service = reading.Service is { } service ? Take(known.Service, By<CompartmentService>(stamp, service, isSnapshot: true)) : known.Service,
        Parcel = LaterText(known.Parcel, stamp, reading.Parcel),
        Listed = Later(known.Listed, stamp, (bool?)true),
    };

    private static TwinCompartment ApplyDoor(TwinCompartment known, DoorReport door) => known with
    {
        Door = Take(known.Door, By<DoorState>(door.Stamp, door.State)),
        DoorCause = LaterText(known.DoorCause, door.Stamp, door.Cause),
    };

    private static TwinCompartment ApplyOccupancy(TwinCompartment known, OccupancyReport occupancy) => known with
    {
        Occupied = Take(known.Occupied, By<bool?>(occupancy.Stamp, occupancy.IsOccupied)),
        Parcel = LaterText(known.Parcel, occupancy.Stamp, occupancy.Parcel),
    };

    private static IReadOnlyList<TwinFault> ApplyFault(DeviceTwin twin, FaultReport fault)
    {
        var compartment = fault.Compartment ?? "";
        var said = By<bool>(fault.Stamp, fault.IsRaised);
        return twin.Faults.Upsert(
            KeyOf(compartment, fault.Code),
            f => KeyOf(f.Compartment, f.Code),
            known => known is null || said.IsAfter(known.IsRaised) ? new TwinFault(compartment, fault.Code, said, fault.Detail) : known);
    }

    private static IReadOnlyList<TwinTamper> ApplyTamper(DeviceTwin twin, TamperReport tamper)
    {
        var compartment = tamper.Compartment ?? "";
        var said = By<bool>(tamper.Stamp, tamper.IsRaised);
        return twin.Tampers.Upsert(
            compartment,
            t => t.Compartment,
            known => known is null || said.IsAfter(known.IsRaised) ? new TwinTamper(compartment, said, tamper.Detail) : known);
    }

    // By the device's clock: a vehicle that was in a tunnel sends the old positions after the new ones.
    private static TwinPosition ApplyPosition(TwinPosition? known, PositionReport position)
    {
        var stamp = position.Stamp;
        var next = new TwinPosition(position.Point, stamp.AtUnixMs, stamp.Boot, stamp.Sequence, position.SpeedMetresPerSecond, position.HeadingDegrees, position.AccuracyMetres);
        return known is null || OrderOf(next).CompareTo(OrderOf(known)) > 0 ? next : known;
    }

    // The last two only decide between events without identity that name the same moment.
    private static (long, long, long, double, double) OrderOf(TwinPosition p) => (p.AtUnixMs, p.Boot, p.Sequence, p.Point.Lon, p.Point.Lat);

    private static IReadOnlyList<TwinCompartment> Change(DeviceTwin twin, string label, Func<TwinCompartment, TwinCompartment> change) =>
        twin.Compartments.Upsert(label, c => c.Label, known => change(known ?? new TwinCompartment(label)));

    private static Said<T>? Later<T>(Said<T>? known, ReportStamp stamp, T? value)
        where T : struct => value is { } said ? Latest(known, By<T>(stamp, said)) : known;

    private static Said<string>? Later(Said<string>? known, ReportStamp stamp, string? value) => value is null ? known : Latest(known, By<string>(stamp, value));

    // Here silence speaks: a snapshot that names no parcel says there is none.
    private static Said<string?> LaterText(Said<string?>? known, ReportStamp stamp, string? value) => Latest(known, By<string?>(stamp, value));

    private static Fact<T> Take<T>(Fact<T>? known, Said<T> said) => known is null ? new Fact<T>(said) : known.With(said);

    private static Said<T> By<T>(ReportStamp stamp, T value, bool isSnapshot = false) => new(value, stamp.Boot, stamp.Sequence, stamp.AtUnixMs, isSnapshot);

    private static Said<T> Latest<T>(Said<T>? known, Said<T> said) => said.IsAfter(known) ? said : known!;

    private static bool IsNewer<T>(Said<T>? said, Said<int> snapshot) => said is not null && (said.Boot, said.Sequence).CompareTo((snapshot.Boot, snapshot.Sequence)) > 0;

    private static string KeyOf(string compartment, string code) => compartment + "\0" + code;

    private static void Add<T>(List<TwinDifference> found, string label, string what, Fact<T>? fact)
    {
        if (fact is { IsDifference: true, Before: { } before })
        {
            found.Add(new TwinDifference(label, what, TwinJson.WordOf(before.Value), TwinJson.WordOf(fact.Now.Value), fact.Now.AtUnixMs));
        }
    }
}
