using Logistics.DeviceGateway.Meaning;
using Logistics.DeviceGateway.Twins;
using Logistics.Domain;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Tests.Twins;

public sealed class TwinProjectionTests
{
    private static readonly DeviceTwin Nothing = new("ter_1", DeviceKind.Locker);

    [Fact]
    public void Door_occupancy_and_service_are_three_facts()
    {
        var twin = Apply(Snapshot(1, ("S01", DoorState.Closed, false)), Door(2, "S01", DoorState.Open), new OccupancyReport(Stamp(3), "S01", true, null, "W1"));
        var box = Assert.Single(twin.Compartments);
        Assert.Equal((DoorState.Open, true, CompartmentService.InService, "W1"), (box.Door!.Now.Value, box.Occupied!.Now.Value, box.Service!.Now.Value, box.Parcel!.Value));
    }

    [Fact]
    public void Snapshot_lists_what_no_event_has_told_and_an_event_or_the_next_snapshot_ends_it()
    {
        var twin = Apply(Door(1, "S01", DoorState.Closed), Snapshot(2, ("S01", DoorState.Open, true)));
        Assert.Equal([("S01", "door", "closed", "open")], TwinProjection.FindDifferences(twin).Select(d => (d.Compartment, d.What, d.Was, d.Is)));
        Assert.Empty(TwinProjection.FindDifferences(Apply(twin, Door(3, "S01", DoorState.Closed))));
        Assert.Empty(TwinProjection.FindDifferences(Apply(twin, Snapshot(3, ("S01", DoorState.Open, true)))));
        // The event that explains it arrives late: it was never a difference.
        Assert.Empty(TwinProjection.FindDifferences(Apply(Apply(Door(1, "S01", DoorState.Closed), Snapshot(3, ("S01", DoorState.Open, true))), Door(2, "S01", DoorState.Open))));
    }

    [Fact]
    public void Compartment_that_the_last_snapshot_left_out_is_missing()
    {
        var twin = Apply(Snapshot(1, ("S01", DoorState.Closed, false), ("S02", DoorState.Closed, false)), Snapshot(2, ("S01", DoorState.Closed, false)));
        Assert.Equal([("S02", "listed")], TwinProjection.FindDifferences(twin).Select(d => (d.Compartment, d.What)));
        Assert.Equal((1, 1), (DeviceSummary.Of(twin, null).Compartments, DeviceSummary.Of(twin, null).Free));
        Assert.Empty(TwinProjection.FindDifferences(Apply(twin, Door(3, "S02", DoorState.Closed))));
    }

    [Fact]
    public void Door_is_open_since_its_event_whatever_later_snapshots_say()
    {
        var twin = Apply(Door(1, "S01", DoorState.Open), Snapshot(5, ("S01", DoorState.Open, false)));
        Assert.Equal(Stamp(1).AtUnixMs, Assert.Single(DeviceSummary.Of(twin, null).OpenDoors).SinceUnixMs);
    }

    [Fact]
    public void Position_is_the_latest_by_the_device_clock_and_not_by_arrival()
    {
        PositionReport At(long seq, long at, double lon) => new(new ReportStamp(1, seq, at, 9), new GeoPoint(lon, 31), Datum.Wgs84, null, null, null);
        var twin = Apply(At(1, 3000, 121.3), At(2, 1000, 121.1), At(3, 2000, 121.2));
        Assert.Equal(121.3, twin.Position!.Point.Lon);
    }

    [Fact]
    public void Later_boot_counts_more_than_a_higher_sequence()
    {
        var twin = Apply(new DoorReport(new ReportStamp(1, 900, 5, 5), "S01", DoorState.Open, null), new DoorReport(new ReportStamp(2, 0, 4, 6), "S01", DoorState.Closed, null));
        Assert.Equal(DoorState.Closed, twin.Compartments[0].Door!.Now.Value);
    }

    [Fact]
    public void Same_reports_in_any_order_and_however_often_make_the_same_twin()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var reports = RandomReports(random, 40);
            var expected = TwinJson.Write(Apply([.. reports]));
            for (var round = 0; round < 4; round++)
            {
                var shuffled = reports.Concat(reports.Where(_ => random.Next(3) == 0)).ToArray();
                random.Shuffle(shuffled);
                Assert.Equal(expected, TwinJson.Write(Apply(shuffled)));
            }
        }
    }

    [Fact]
    public void Twin_survives_being_written_and_read()
    {
        var twin = Apply([.. RandomReports(new Random(5), 60)]);
        var text = TwinJson.Write(twin);
        Assert.Equal(text, TwinJson.Write(TwinJson.Read(text)));
        var summary = DeviceSummary.Of(twin, null) with { IsConnected = true };
        Assert.Equal(TwinJson.Write(summary), TwinJson.Write(TwinJson.ReadSummary(TwinJson.Write(summary))));
        Assert.True(twin.Compartments.Count == 3 && twin.Faults.Count > 0 && twin.Position is not null);
    }

    private static DeviceTwin Apply(params DeviceReport[] reports) => Apply(Nothing, reports);

    private static DeviceTwin Apply(DeviceTwin twin, params DeviceReport[] reports) => reports.Aggregate(twin, TwinProjection.Apply);

    private static ReportStamp Stamp(long seq) => new(1, seq, 1_000_000 + (seq * 1000), 1_000_500 + (seq * 1000));

    private static DoorReport Door(long seq, string label, DoorState state) => new(Stamp(seq), label, state, null);

    private static SnapshotReport Snapshot(long seq, params (string Label, DoorState Door, bool Occupied)[] boxes) => new(
        Stamp(seq), [.. boxes.Select(b => new CompartmentReading(b.Label, SizeClass.S, b.Door, b.Occupied, CompartmentService.InService, null))], new HealthReport(Stamp(seq), false, null, null, null, null, null, null));

    /// <summary>What one device could have said: two boots, each number once, clocks that jump.</summary>
    private static List<DeviceReport> RandomReports(Random random, int count)
    {
        var reports = new List<DeviceReport>();
        for (var i = 0; i < count; i++)
        {
            var stamp = new ReportStamp(1 + (i * 2 / count), i, random.Next(1, 20) * 1000, 100_000 + random.Next(1000));
            var label = $"S0{random.Next(1, 4)}";
            reports.Add(random.Next(8) switch
            {
                0 => new SnapshotReport(stamp, [.. Enumerable.Range(1, 3).Where(_ => random.Next(5) > 0).Select(n => new CompartmentReading($"S0{n}", SizeClass.S, Pick<DoorState>(random), random.Next(3) == 0 ? null : random.Next(2) == 0, random.Next(3) == 0 ? null : Pick<CompartmentService>(random), random.Next(2) == 0 ? null : "W" + random.Next(3)))], new HealthReport(stamp, false, "v" + random.Next(3), null, random.NextDouble(), null, null, null)),
                1 or 2 => new DoorReport(stamp, label, random.Next(2) == 0 ? DoorState.Open : DoorState.Closed, random.Next(2) == 0 ? null : "manual"),
                3 => new OccupancyReport(stamp, label, random.Next(2) == 0, null, "W" + random.Next(3)),
                4 => new FaultReport(stamp, label, "f" + random.Next(2), random.Next(2) == 0, null),
                5 => new TamperReport(stamp, random.Next(2) == 0 ? null : label, random.Next(2) == 0, "x"),
                6 => new PositionReport(stamp, new GeoPoint(121 + random.NextDouble(), 31), Datum.Wgs84, null, null, null),
                _ => new HealthReport(stamp, true, "v" + random.Next(3), "m", random.NextDouble(), Pick<PowerSource>(random), 20, "cmd_" + random.Next(3)),
            });
        }

        return reports;
    }

    private static T Pick<T>(Random random)
        where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];
}
