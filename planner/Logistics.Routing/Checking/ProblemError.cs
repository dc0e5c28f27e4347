using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>One thing that is wrong with a problem.</summary>
/// <param name="Kind">What it is wrong of: <c>Vehicle</c>, <c>Job</c>, <c>Profile</c>, ….</param>
/// <param name="Index">Its index, or −1 for the problem as a whole.</param>
/// <param name="Name">Its id.</param>
/// <param name="Field">Path of the field inside it.</param>
/// <param name="Value">The value found.</param>
/// <param name="Rule">What it must be.</param>
public sealed record ProblemError(string Kind, int Index, string Name, string Field, string Value, string Rule)
{
    public override string ToString() => $"{Kind}{(Index < 0 ? "" : $" {Index}")}{(Index < 0 || Name.Length == 0 ? "" : $" ({Name})")}: {Field} {Value} {Rule}.";
}

/// <summary>Collects errors about one thing of the problem.</summary>
internal sealed class ErrorList(Problem problem)
{
    private string _kind = "Problem";
    private int _index = -1;
    private string _name = "";

    public Problem Problem => problem;

    public List<ProblemError> Errors { get; } = [];

    /// <summary>What the next errors are about.</summary>
    public void About(string kind, int index = -1, string name = "") => (_kind, _index, _name) = (kind, index, name);

    public void Add(string field, object? value, string rule) =>
        Errors.Add(new ProblemError(_kind, _index, _name, field, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "none", rule));

    public void NotNegative(string field, long? value)
    {
        if (value < 0) Add(field, value, "must be ≥ 0");
    }

    public void Index(string field, int? index, int count, string list)
    {
        if (index is { } given && (uint)given >= (uint)count) Add(field, given, $"is not an index of {list}, which has {count}");
    }

    public void Time(string field, int? seconds)
    {
        if (seconds is < 0 or > TimeWindow.Horizon) Add(field, seconds, "must be in [0, 2^30] seconds");
    }

    public void Window(string field, TimeWindow window)
    {
        if (window.Earliest < 0 || window.Latest > TimeWindow.Horizon) Add(field, $"[{window.Earliest}, {window.Latest}]", "must lie in [0, 2^30] seconds");
        if (window.Earliest > window.Latest) Add(field, $"[{window.Earliest}, {window.Latest}]", "can never be met: it ends before it begins");
    }

    public void Windows(string field, IReadOnlyList<TimeWindow> windows)
    {
        for (int i = 0; i < windows.Count; i++)
        {
            Window($"{field}[{i}]", windows[i]);
            if (i > 0 && windows[i].Earliest <= windows[i - 1].Latest) Add($"{field}[{i}]", $"[{windows[i].Earliest}, {windows[i].Latest}]", "must begin after the window before it ends");
        }
    }

    /// <summary>A load vector: empty, or one non-negative amount per dimension.</summary>
    public void Load(string field, IReadOnlyList<long> load)
    {
        if (load.Count != 0 && load.Count != problem.Dimensions) Add(field, $"[{string.Join(", ", load)}]", $"must have {problem.Dimensions} dimensions or none");
        for (int d = 0; d < load.Count; d++) NotNegative($"{field}[{d}]", load[d]);
    }

    public void Use(string field, ResourceUse use)
    {
        Index($"{field}.resource", use.Resource, problem.Resources.Count, "resources");
        if ((uint)use.Resource < (uint)problem.Resources.Count)
            Index($"{field}.sizeClass", use.SizeClass, problem.Resources[use.Resource].CapacityByClass.Count, "the resource's classes");
        if (use.Units < 1) Add($"{field}.units", use.Units, "must be ≥ 1");
    }
}
