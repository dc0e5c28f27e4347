namespace Logistics.DeviceGateway.Alarms;

/// <summary>The thresholds in force; whoever stores them sets them here. Thread-safe.</summary>
public sealed class AlarmSettingsBook
{
    private volatile AlarmSettings _current = AlarmSettings.Default;

    public AlarmSettings Current
    {
        get => _current;
        set => _current = value;
    }
}
