using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Features;

/// <summary>Groups of series that share a part of their id: "T001-SF-M" belongs to T001, SF and M, and everything to the whole panel.</summary>
/// <remarks>A part is used only if it groups: at least two different values, and fewer than half as many values as series.</remarks>
internal sealed class SeriesGroups
{
    private static readonly char[] Separators = ['-', '|', '/'];

    private SeriesGroups(List<string> names, List<int[]> memberships)
    {
        Names = names;
        Memberships = memberships;
    }

    /// <summary>Names of the groupings; the first is the whole panel.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Group number by series, for each grouping.</summary>
    public IReadOnlyList<int[]> Memberships { get; }

    /// <summary>Group number by series of a grouping, or null if the panel does not have it.</summary>
    public int[]? FindMembership(string name)
    {
        for (var i = 0; i < Names.Count; i++)
            if (Names[i] == name) return Memberships[i];
        return null;
    }

    public static SeriesGroups Find(VolumePanel panel)
    {
        var names = new List<string> { "panel" };
        var memberships = new List<int[]> { new int[panel.Series.Count] };
        var parts = panel.Series.Select(s => s.Id.Split(Separators)).ToArray();
        var length = parts.Length == 0 ? 0 : parts[0].Length;
        if (length < 2 || parts.Any(p => p.Length != length)) return new SeriesGroups(names, memberships);
        for (var part = 0; part < length && names.Count < 5; part++)
        {
            var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var value in parts.Select(p => p[part]).Order(StringComparer.Ordinal)) numbers.TryAdd(value, numbers.Count);
            if (numbers.Count < 2 || numbers.Count * 2 > parts.Length) continue;
            names.Add($"part_{part + 1}");
            memberships.Add(Array.ConvertAll(parts, p => numbers[p[part]]));
        }

        return new SeriesGroups(names, memberships);
    }
}
