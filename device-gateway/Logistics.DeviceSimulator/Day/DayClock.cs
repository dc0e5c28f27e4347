namespace Logistics.DeviceSimulator.Day;

/// <summary>Maps the timetable's time onto the real one, faster by a factor. Thread-safe.</summary>
internal sealed class DayClock(DateTimeOffset start, DateTimeOffset end, double speed, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();

    /// <summary>When the day is over, by the timetable.</summary>
    public DateTimeOffset End { get; } = end;

    private DateTimeOffset Now => start + (time.GetElapsedTime(_began) * speed);

    public bool IsDue(DateTimeOffset at) => at <= Now;

    public TimeSpan RealTimeUntil(DateTimeOffset at)
    {
        var left = (at - Now) / speed;
        return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
    }
}
