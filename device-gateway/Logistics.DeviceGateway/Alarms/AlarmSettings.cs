namespace Logistics.DeviceGateway.Alarms;

/// <summary>Thresholds of the alarm rules; an administrator may change them while the host runs.</summary>
/// <param name="OfflineSeconds">Without a connection for longer than this is offline.</param>
/// <param name="DoorOpenSeconds">A door open for longer than this was left open.</param>
/// <param name="LowBattery">Share of full below which a battery is low.</param>
/// <param name="NearFull">Share of free compartments at or below which a locker is nearly full.</param>
public sealed record AlarmSettings(int OfflineSeconds, int DoorOpenSeconds, double LowBattery, double NearFull)
{
    /// <summary>A battery must rise, and free compartments must grow, by this share above the threshold before the alarm ends; else it would flicker.</summary>
    public const double Hysteresis = 0.05;

    public static AlarmSettings Default { get; } = new(300, 180, 0.2, 0.1);

    /// <summary>What is wrong, field by field; empty when nothing is.</summary>
    public IReadOnlyList<(string Field, double Value, string Expected)> Check()
    {
        var faults = new List<(string, double, string)>();
        Range(faults, "offlineSeconds", OfflineSeconds, 10, 86_400);
        Range(faults, "doorOpenSeconds", DoorOpenSeconds, 10, 86_400);
        Range(faults, "lowBattery", LowBattery, 0, 0.95);
        Range(faults, "nearFull", NearFull, 0, 0.95);
        return faults;
    }

    private static void Range(List<(string, double, string)> faults, string field, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            faults.Add((field, value, FormattableString.Invariant($"{least} to {most}")));
        }
    }
}
