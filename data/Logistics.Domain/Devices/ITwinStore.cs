namespace Logistics.Domain.Devices;

/// <summary>Where twins are kept, with the position of the event log they are made of.</summary>
public interface ITwinStore
{
    Task<TwinStoreState> LoadAsync(CancellationToken cancellationToken);

    /// <summary>The whole twin of a device; null when it was never heard of.</summary>
    Task<TwinRow?> FindAsync(string device, CancellationToken cancellationToken);

    /// <summary>Writes everything in one transaction: twins, position, track and alarms are never apart.</summary>
    Task SaveAsync(TwinChanges changes, CancellationToken cancellationToken);
}

/// <summary>What a projection starts from.</summary>
/// <param name="Position">Of the last event in the twins; 0 for none.</param>
/// <param name="Summaries">Per device, as text of the projection.</param>
/// <param name="OpenAlarms">Those that have not ended.</param>
public sealed record TwinStoreState(long Position, IReadOnlyList<(string Device, string Summary)> Summaries, IReadOnlyList<DeviceAlarm> OpenAlarms);

/// <summary>A twin as stored: texts that the projection writes and reads, opaque to the store.</summary>
/// <param name="Doc">The twin.</param>
/// <param name="Summary">What lists and rules need of it.</param>
/// <param name="Recent">Positions of its last events in the log, newest last, comma-separated.</param>
public sealed record TwinRow(string Device, DeviceKind Kind, string Doc, string Summary, string Recent)
{
    public IReadOnlyList<long> ListRecent() =>
        [.. Recent.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(part => long.Parse(part, System.Globalization.CultureInfo.InvariantCulture))];
}

/// <summary>Where a device was, for its track.</summary>
/// <param name="Boot">With <paramref name="Sequence"/> the event that says so; a second one of the same is the same point.</param>
public sealed record TrackPoint(string Device, long AtUnixMs, long Boot, long Sequence, GeoPoint Point, double? SpeedMetresPerSecond, double? HeadingDegrees, double? AccuracyMetres);

/// <param name="Position">Of the last event that is in the twins.</param>
/// <param name="Raised">New alarms.</param>
/// <param name="Ended">Alarms with their end.</param>
public sealed record TwinChanges(long Position, IReadOnlyList<TwinRow> Twins, IReadOnlyList<TrackPoint> Track, IReadOnlyList<DeviceAlarm> Raised, IReadOnlyList<DeviceAlarm> Ended);
