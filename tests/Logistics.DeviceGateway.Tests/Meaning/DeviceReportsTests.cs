using System.Text.Json;
using Logistics.DeviceGateway.Meaning;
using Logistics.Domain;
using Logistics.Domain.Codes;
using Logistics.Domain.Devices;
using Logistics.Testing;
using static Logistics.DeviceGateway.Tests.Meaning.Inspection;

namespace Logistics.DeviceGateway.Tests.Meaning;

public sealed class DeviceReportsTests
{
    private static readonly ReportStamp Stamp = new(1, 2, NowUnixMs, NowUnixMs);

    [Fact]
    public void Snapshot_is_read_compartment_by_compartment()
    {
        var report = Assert.IsType<SnapshotReport>(Read("snapshot", Json("""
            "compartments":[{"compartment":"S01","size":"S","door":"closed","occupied":true,"service":"blocked","parcel":"运单1"},{"door":"unknown","compartment":"S02","occupied":null}],"battery":0.5
            """)));
        Assert.Equal([new CompartmentReading("S01", SizeClass.S, DoorState.Closed, true, CompartmentService.Blocked, "运单1"), new CompartmentReading("S02", null, DoorState.Unknown, null, null, null)], report.Compartments);
        Assert.Equal((Stamp, 0.5), (report.Stamp, report.Health.Battery));
    }

    [Fact]
    public void Each_message_becomes_its_report()
    {
        Assert.Equal(new HealthReport(Stamp, true, "2.4", null, 0.25, PowerSource.Battery, -3.5, "cmd_1"), Read("hello", Json("""
            "firmware":"2.4","battery":0.25,"power":"battery","temperature":-3.5,"lastCommand":"cmd_1"
            """)));
        Assert.Equal(new DoorReport(Stamp, "S01", DoorState.Open, "cmd_1"), Read("door", Json("""  "compartment":"S01","state":"open","cause":"cmd_1" """)));
        Assert.Equal(new OccupancyReport(Stamp, "S01", true, null, "W1"), Read("occupancy", Json("""  "compartment":"S01","state":"occupied","parcel":"W1" """)));
        Assert.Equal(new FaultReport(Stamp, null, "bloq_full", true, null), Read("fault", Json("""  "code":"bloq_full" """)));
        Assert.Equal(new PowerReport(Stamp, PowerSource.Off, 0.1), Read("power", Json("""  "state":"off","battery":0.1 """)));
        Assert.Equal(new TamperReport(Stamp, "S01", false, null), Read("tamper", Json("""  "compartment":"S01","state":"cleared" """)));
        Assert.Equal(new CommandResultReport(Stamp, "cmd_1", CommandOutcome.Duplicate, "x"), Read("command-result", Json("""  "command":"cmd_1","outcome":"duplicate","detail":"x" """)));
        Assert.Equal(new TaskReport(Stamp, "3", null, TaskOutcome.Failed, "absent", null), Read("task", Json("""  "stop":"3","outcome":"failed","reason":"absent" """), DeviceKind.Handheld));
        var scan = Assert.IsType<ScanReport>(Read("scan", Json("""  "code":"3174257BF4499602D2000000","purpose":"deposit","rssi":-52.5 """)));
        Assert.Equal((ScannedCodeKind.Epc, ScanPurpose.Deposit, -52.5), (scan.Code.Kind, scan.Purpose, scan.RssiDbm));
        var inventory = Assert.IsType<InventoryReport>(Read("inventory", Json("""  "epcs":["3174257BF4499602D2000000","3074257BF7194E4000001A85"],"reader":"gate" """)));
        Assert.Equal([EpcScheme.Sscc96, EpcScheme.Sgtin96], inventory.Tags.Select(t => t.Scheme));
    }

    [Fact]
    public void Position_is_converted_to_wgs84_and_its_datum_is_kept()
    {
        // FACTS: WGS (31.1774276, 121.5272106) → GCJ (31.17530398364597, 121.531541859215).
        var report = Assert.IsType<PositionReport>(Read("position", Json(""" "lon":121.531541859215,"lat":31.17530398364597,"datum":"gcj02","speed":6 """), DeviceKind.Vehicle));
        Assert.Equal((121.5272106, 31.1774276, Datum.Gcj02, 6.0), (Math.Round(report.Point.Lon, 7), Math.Round(report.Point.Lat, 7), report.Source, report.SpeedMetresPerSecond));
        var nmea = Assert.IsType<PositionReport>(Read("position", Json(""" "nmea":"$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47" """), DeviceKind.Vehicle));
        Assert.Equal((48.1173, Datum.Wgs84), (Math.Round(nmea.Point.Lat, 6), nmea.Source));
    }

    [Fact]
    public void Quarantined_and_unread_events_say_nothing()
    {
        Assert.Null(DeviceReports.Read(new DeviceEvent(1, DeviceKind.Locker, "ter_1", "hello", 1, 2, 3, 4, "odd", "{}"u8.ToArray())));
        Assert.Null(Read("anything", Json("")));
        Assert.Null(Read("door", Json("\"compartment\":\"S01\"")));
        Assert.Null(Read("door", "{"));
    }

    [Theory]
    [MemberData(nameof(SchemaNames))]
    public void Schema_says_what_the_gateway_reads(string name)
    {
        using var schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(SchemaFolder, name + ".json")));
        Assert.True(UpMessages.TryParse(System.Text.Encoding.UTF8.GetBytes(name), out var message));
        var described = schema.RootElement.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal);
        var read = Enum.GetValues<Field>().Where(f => (Fields.Of(message) & (1UL << (int)f)) != 0).Select(Fields.NameOf).Order(StringComparer.Ordinal);
        Assert.Equal(read, described);

        var kind = message == UpMessage.Task ? DeviceKind.Handheld : DeviceKind.Locker;
        var example = schema.RootElement.GetProperty("examples")[0].EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetRawText(), StringComparer.Ordinal);
        example["at"] = NowUnixMs.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Null(Assert.Single(Inspect(name, Text(example), kind)).QuarantineReason);
        foreach (var required in schema.RootElement.GetProperty("required").EnumerateArray())
        {
            var without = example.Where(p => p.Key != required.GetString()).ToDictionary(StringComparer.Ordinal);
            Assert.Contains(required.GetString()!, Assert.Single(Inspect(name, Text(without), kind)).QuarantineReason, StringComparison.Ordinal);
        }

        static string Text(Dictionary<string, string> members) => "{" + string.Join(',', members.Select(p => $"\"{p.Key}\":{p.Value}")) + "}";
    }

    public static TheoryData<string> SchemaNames() => [.. Directory.EnumerateFiles(SchemaFolder).Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_message_has_a_schema() => Assert.Equal(Enum.GetValues<UpMessage>().Length, Directory.EnumerateFiles(SchemaFolder).Count());

    private static string SchemaFolder => Path.Combine(RepositoryFolder.Root, "docs", "schema", "device");
}
