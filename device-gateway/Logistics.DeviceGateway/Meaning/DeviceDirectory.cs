using System.Text;
using Logistics.Domain.Codes;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Topics;

namespace Logistics.DeviceGateway.Meaning;

/// <summary>What the network knows of a device, for judging what it says.</summary>
/// <param name="compartments">Labels of its compartments; empty when they are not known, and then any is believed.</param>
/// <param name="plate">Of the vehicle it is in; null when that is not known.</param>
public sealed class DeviceProfile(string device, DeviceKind kind, IEnumerable<string> compartments, string? plate = null)
{
    private readonly HashSet<byte[]> _compartments = new(compartments.Select(Encoding.UTF8.GetBytes), LevelComparer.Instance);

    public string Device { get; } = device;

    public DeviceKind Kind { get; } = kind;

    public string? Plate { get; } = plate;

    /// <param name="label">UTF-8.</param>
    public bool HasCompartment(ReadOnlySpan<byte> label) =>
        _compartments.Count == 0 || _compartments.GetAlternateLookup<ReadOnlySpan<byte>>().Contains(label);
}

/// <summary>The GS1 company prefixes whose tags belong to this network; empty means every tag does.</summary>
public sealed class EpcPrefixes(IEnumerable<string> prefixes)
{
    private readonly HashSet<(int Digits, long Number)> _known = [.. prefixes.Select(text => (text.Length, long.Parse(text, System.Globalization.CultureInfo.InvariantCulture)))];

    public static EpcPrefixes Any { get; } = new([]);

    public bool Contains(EpcTag tag) => _known.Count == 0 || _known.Contains((tag.PrefixDigits, tag.CompanyPrefix));
}

/// <summary>The devices of the network as the inspector sees them; the host replaces it when the network changes. Thread-safe.</summary>
/// <remarks>A device that is not in it (the gateway runs alone, or was told of it a moment ago) is judged by form only.</remarks>
public sealed class DeviceDirectory
{
    private volatile Dictionary<byte[], DeviceProfile> _profiles = new(LevelComparer.Instance);
    private volatile EpcPrefixes _prefixes = EpcPrefixes.Any;

    public EpcPrefixes Prefixes => _prefixes;

    public void Replace(IEnumerable<DeviceProfile> profiles, EpcPrefixes prefixes)
    {
        var next = new Dictionary<byte[], DeviceProfile>(LevelComparer.Instance);
        foreach (var profile in profiles)
        {
            next[Encoding.UTF8.GetBytes(profile.Device)] = profile;
        }

        _profiles = next;
        _prefixes = prefixes;
    }

    /// <param name="device">UTF-8.</param>
    public DeviceProfile? Find(ReadOnlySpan<byte> device) =>
        _profiles.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(device, out var profile) ? profile : null;
}
