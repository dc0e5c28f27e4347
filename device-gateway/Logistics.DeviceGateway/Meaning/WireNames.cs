using System.Text.Json;
using Logistics.Domain;

namespace Logistics.DeviceGateway.Meaning;

/// <summary>The words of the protocol and what they stand for; null for any other word.</summary>
internal static class WireNames
{
    private static readonly WireTable<DoorState> Doors = Of<DoorState>();
    private static readonly WireTable<CompartmentService> Services = Of<CompartmentService>();
    private static readonly WireTable<SizeClass> Sizes = new(Enum.GetValues<SizeClass>().Select(size => (size.ToString(), size)));
    private static readonly WireTable<bool> Occupancies = new([("occupied", true), ("empty", false)]);
    private static readonly WireTable<bool> Conditions = new([("raised", true), ("cleared", false)]);
    private static readonly WireTable<PowerSource> Powers = Of<PowerSource>();
    private static readonly WireTable<Datum> Datums = Of<Datum>();
    private static readonly WireTable<ScanPurpose> Purposes = Of<ScanPurpose>();
    private static readonly WireTable<CommandOutcome> Commands = Of<CommandOutcome>();
    private static readonly WireTable<TaskOutcome> Tasks = Of<TaskOutcome>();

    public static DoorState? Door(ReadOnlySpan<byte> text) => Doors.Find(text);

    public static CompartmentService? Service(ReadOnlySpan<byte> text) => Services.Find(text);

    public static SizeClass? Size(ReadOnlySpan<byte> text) => Sizes.Find(text);

    public static bool? Occupied(ReadOnlySpan<byte> text) => Occupancies.Find(text);

    /// <summary>Of faults and tampering.</summary>
    public static bool? Raised(ReadOnlySpan<byte> text) => Conditions.Find(text);

    public static PowerSource? Power(ReadOnlySpan<byte> text) => Powers.Find(text);

    /// <summary>WGS-84 where none is named.</summary>
    public static Datum? Datum(ReadOnlySpan<byte> text) => text.IsEmpty ? Domain.Datum.Wgs84 : Datums.Find(text);

    public static ScanPurpose? Purpose(ReadOnlySpan<byte> text) => Purposes.Find(text);

    public static CommandOutcome? Command(ReadOnlySpan<byte> text) => Commands.Find(text);

    public static TaskOutcome? Task(ReadOnlySpan<byte> text) => Tasks.Find(text);

    private static WireTable<T> Of<T>() where T : struct, Enum => WireTable.Of<T>(JsonNamingPolicy.CamelCase);
}
