using System.Text;
using Logistics.DeviceGateway.Ingest;
using Logistics.DeviceGateway.Meaning;
using Logistics.Domain.Devices;
using Logistics.Testing;

namespace Logistics.DeviceGateway.Tests.Meaning;

/// <summary>A payload through the inspector alone, at a fixed time.</summary>
internal static class Inspection
{
    public static readonly DateTimeOffset Now = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);

    public static long NowUnixMs => Now.ToUnixTimeMilliseconds();

    /// <summary>Locker ter_1 has S01, S02 and L01; every other device is unknown. Tags of company 0614141 are ours.</summary>
    public static MeaningInspector Inspector()
    {
        var directory = new DeviceDirectory();
        directory.Replace([new DeviceProfile("ter_1", DeviceKind.Locker, ["S01", "S02", "L01"])], new EpcPrefixes(["0614141"]));
        return new MeaningInspector(new GatewayOptions(), directory, new ManualTimeProvider(Now));
    }

    public static List<IngestEvent> Inspect(string message, string payload, DeviceKind kind = DeviceKind.Locker, string device = "ter_1") =>
        Inspect(message, Encoding.UTF8.GetBytes(payload), kind, device);

    public static List<IngestEvent> Inspect(string message, ReadOnlySpan<byte> payload, DeviceKind kind = DeviceKind.Locker, string device = "ter_1")
    {
        var events = new List<IngestEvent>();
        var findings = new EventFindings(events, new IngestEvent { Kind = kind });
        Inspector().Inspect(kind, Encoding.UTF8.GetBytes(device), Encoding.UTF8.GetBytes(message), payload, ref findings);
        return events;
    }

    /// <summary>An object with a good envelope and these members.</summary>
    public static string Json(string members, long boot = 1, long seq = 2) =>
        $$"""{"boot":{{boot}},"seq":{{seq}},"at":{{NowUnixMs}}{{(members.Length == 0 ? "" : ",")}}{{members}}}""";

    public static DeviceReport? Read(string message, string payload, DeviceKind kind = DeviceKind.Locker) =>
        DeviceReports.Read(new DeviceEvent(1, kind, "ter_1", message, 1, 2, NowUnixMs, NowUnixMs, null, Encoding.UTF8.GetBytes(payload)));
}
