using Logistics.Domain;
using Logistics.Forecasting.Hierarchies;

namespace Logistics.Planning.Forecasts;

/// <summary>Names of series in a forecast panel: terminal, partner and size class, so that the model sees which series belong together.</summary>
public static class ForecastNames
{
    /// <summary>Stands where a terminal's id would: all door deliveries.</summary>
    public const string Doors = "door";

    private const char Separator = '|';

    public static string Series(string? terminalId, string partnerId, SizeClass size) => string.Join(Separator, terminalId ?? Doors, partnerId, size.ToString());

    /// <summary>The parts of a name made by <see cref="Series"/>.</summary>
    public static (string? TerminalId, string PartnerId, SizeClass Size) Read(string name)
    {
        var parts = name.Split(Separator);
        return (TerminalOf(parts[0]), parts[1], Enum.Parse<SizeClass>(parts[2]));
    }

    public static string? TerminalOf(string text) => text == Doors ? null : text;

    /// <summary>The tree area → terminal → series over the names.</summary>
    public static VolumeHierarchy Hierarchy(string areaId, IEnumerable<string> names) =>
        new([.. names.Select(n => new HierarchyLeaf(n, areaId, n[..n.IndexOf(Separator, StringComparison.Ordinal)]))]);
}
