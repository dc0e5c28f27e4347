using System.Text;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Topics;

namespace Logistics.DeviceGateway.Hub;

/// <summary>The sequence marks of the devices seen since the start; others are read from the store on first sight.</summary>
internal sealed class MarkTable
{
    private readonly Dictionary<byte[], DeviceMarks> _devices = new(LevelComparer.Instance);
    private readonly List<(DeviceMarks Device, SequenceMark Mark)> _touched = [];

    public void Clear()
    {
        _devices.Clear();
        _touched.Clear();
    }

    /// <summary>Takes a number in.</summary>
    /// <param name="device">UTF-8.</param>
    /// <returns>False for a duplicate.</returns>
    public bool TryTake(ReadOnlySpan<byte> device, long boot, long sequence, IDeviceStore store)
    {
        var marks = Find(device, store);
        var mark = marks.Of(boot);
        if (!mark.TryTake(sequence))
        {
            return false;
        }

        if (marks.Touched != mark)
        {
            marks.Touched = mark;
            _touched.Add((marks, mark));
        }

        return true;
    }

    /// <summary>Moves the marks that changed in this group into its write set.</summary>
    public void Collect(List<DeviceMark> marks)
    {
        foreach (var (device, mark) in _touched)
        {
            // A group that goes back and forth between boots lists a mark twice; the last write wins and is the same.
            marks.Add(new DeviceMark(device.Name, mark));
            device.Touched = null;
        }

        _touched.Clear();
    }

    private DeviceMarks Find(ReadOnlySpan<byte> device, IDeviceStore store)
    {
        var lookup = _devices.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(device, out var known))
        {
            return known;
        }

        var name = Encoding.UTF8.GetString(device);
        var loaded = new DeviceMarks(name, store.ListMarks(name));
        _devices.Add(device.ToArray(), loaded);
        return loaded;
    }

    private sealed class DeviceMarks(string name, IReadOnlyList<SequenceMark> loaded)
    {
        private readonly List<SequenceMark> _boots = [.. loaded];

        public string Name { get; } = name;

        public SequenceMark? Touched { get; set; }

        public SequenceMark Of(long boot)
        {
            // The newest boot is last and nearly always the one.
            for (var i = _boots.Count - 1; i >= 0; i--)
            {
                if (_boots[i].Boot == boot)
                {
                    return _boots[i];
                }
            }

            var mark = new SequenceMark(boot);
            var index = _boots.FindIndex(m => m.Boot > boot);
            _boots.Insert(index < 0 ? _boots.Count : index, mark);
            return mark;
        }
    }
}
