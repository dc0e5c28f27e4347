using Logistics.DeviceGateway.Broker;

namespace Logistics.DeviceSimulator.Day;

/// <summary>How a simulated day runs.</summary>
/// <param name="Boot">First boot epoch of every device; greater than that of earlier runs against the same log.</param>
/// <param name="Speed">Timetable seconds in a real second.</param>
internal sealed record DayOptions(MqttEndpoint Endpoint, Misbehaviour Misbehaviour, int Seed, long Boot, double Speed, TimeSpan Length)
{
    /// <summary>Labels of a locker's compartments.</summary>
    public Func<string, IReadOnlyList<string>> CompartmentsOf { get; init; } = Numbered(40);

    /// <summary>Password of a device; null for an open gateway.</summary>
    public Func<string, string?> PasswordOf { get; init; } = _ => null;

    /// <summary>001, 002, … in every locker.</summary>
    public static Func<string, IReadOnlyList<string>> Numbered(int compartments)
    {
        string[] labels = [.. Enumerable.Range(1, compartments).Select(number => FormattableString.Invariant($"{number:000}"))];
        return _ => labels;
    }
}
