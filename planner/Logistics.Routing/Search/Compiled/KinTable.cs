using Logistics.Routing.Model;

namespace Logistics.Routing.Search.Compiled;

/// <summary>Vehicles that differ only in what they hold, what they may do and what they cost: a route of one may be driven by another with the same times.</summary>
/// <remarks>Where only one kind of vehicle exists, or where known assignments must not change, there are no kin.</remarks>
internal sealed class KinTable
{
    private readonly int[] _first;
    private readonly int[] _classes;

    public KinTable(CompiledProblem compiled)
    {
        var problem = compiled.Source;
        int count = compiled.VehicleClassCount;
        var groups = new Dictionary<Kind, List<int>>();
        Representative = new int[count];
        Array.Fill(Representative, -1);
        var kindOf = new Kind?[count];
        for (int v = 0; v < problem.Vehicles.Count; v++)
        {
            ref readonly var data = ref compiled.Vehicles[v];
            if (Representative[data.Class] >= 0) continue;
            Representative[data.Class] = v;
            if (problem.Disturbance is not null || data.NeedsWalk || data.MaxReloads > 0 || problem.Vehicles[v].Committed is not null) continue;
            var kind = new Kind(
                problem.Vehicles[v].Profile, problem.Vehicles[v].StartDepot, problem.Vehicles[v].EndDepot, problem.Vehicles[v].Shift, data.LatestStart, data.MaxDistance, data.MaxDuration,
                data.MaxTravel, data.MaxStops, data.MaxTasks, data.CostPerSecond, data.CostPerOvertimeSecond, data.RegularSeconds);
            kindOf[data.Class] = kind;
            if (!groups.TryGetValue(kind, out var members)) groups[kind] = members = [];
            members.Add(data.Class);
        }

        _first = new int[count + 1];
        var classes = new List<int>();
        for (int c = 0; c < count; c++)
        {
            _first[c] = classes.Count;
            if (kindOf[c] is { } kind) classes.AddRange(groups[kind].Where(other => other != c));
        }

        _first[count] = classes.Count;
        _classes = [.. classes];
    }

    public bool HasKin => _classes.Length > 0;

    /// <summary>Some vehicle of each class.</summary>
    public int[] Representative { get; }

    /// <summary>Other classes that could drive a route of this one.</summary>
    public ReadOnlySpan<int> Of(int vehicleClass) => _classes.AsSpan(_first[vehicleClass], _first[vehicleClass + 1] - _first[vehicleClass]);

    private readonly record struct Kind(
        int Profile, int? StartDepot, int? EndDepot, TimeWindow Shift, int LatestStart, long MaxDistance, int MaxDuration, int MaxTravel, int MaxStops, int MaxTasks,
        long CostPerSecond, long CostPerOvertimeSecond, int RegularSeconds);
}
