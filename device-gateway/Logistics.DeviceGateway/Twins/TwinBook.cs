using System.Collections.Concurrent;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Twins;

/// <summary>What a round of the keeper changed, for pages that are open.</summary>
/// <param name="Events">Those taken in, in log order.</param>
public sealed record TwinNews(
    IReadOnlyList<DeviceSummary> Devices, IReadOnlyList<DeviceEvent> Events, IReadOnlyList<DeviceAlarm> Raised, IReadOnlyList<DeviceAlarm> Ended);

/// <summary>The devices heard of, as of the last saved round. Thread-safe.</summary>
public sealed class TwinBook
{
    private readonly ConcurrentDictionary<string, DeviceSummary> _devices = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _openAlarms = new(StringComparer.Ordinal);

    private volatile Action<TwinNews>[] _readers = [];

    /// <summary>Position of the last event in the twins.</summary>
    public long Position { get; private set; }

    public ICollection<DeviceSummary> Devices => _devices.Values;

    public int OpenAlarmCount => _openAlarms.Values.Sum();

    public DeviceSummary? Find(string device) => _devices.GetValueOrDefault(device);

    public int CountOpenAlarms(string device) => _openAlarms.GetValueOrDefault(device);

    /// <summary>Hands every saved round to a reader, on the keeper's thread: it must not block or throw.</summary>
    public void Read(Action<TwinNews> reader) => _readers = [.. _readers, reader];

    internal void Load(long position, IEnumerable<DeviceSummary> devices, IEnumerable<DeviceAlarm> open)
    {
        Position = position;
        _devices.Clear();
        _openAlarms.Clear();
        foreach (var device in devices)
        {
            _devices[device.Device] = device;
        }

        foreach (var group in open.GroupBy(a => a.Device, StringComparer.Ordinal))
        {
            _openAlarms[group.Key] = group.Count();
        }
    }

    internal void Publish(long position, TwinNews news, Func<string, int> countAlarms)
    {
        Position = position;
        foreach (var device in news.Devices)
        {
            _devices[device.Device] = device;
            _openAlarms[device.Device] = countAlarms(device.Device);
        }

        foreach (var reader in _readers)
        {
            reader(news);
        }
    }
}
