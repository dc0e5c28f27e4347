using Logistics.Routing.Model;

namespace Logistics.Routing.Search.Compiled;

/// <summary>Vehicles in groups, so that no job is open to vehicles of two: hubs with fleets of their own, say. Visits of different groups are never neighbours on a route.</summary>
internal sealed class FleetGroups
{
    private readonly int[] _parent;

    public FleetGroups(Problem problem)
    {
        _parent = [.. Enumerable.Range(0, problem.Vehicles.Count)];
        // Thousands of alternatives share one list.
        IReadOnlyList<int>? last = null;
        foreach (var alternative in problem.Jobs.SelectMany(j => j.Alternatives))
        {
            if (alternative.AllowedVehicles is null)
            {
                Array.Clear(_parent);
                return;
            }

            if (ReferenceEquals(alternative.AllowedVehicles, last)) continue;
            last = alternative.AllowedVehicles;
            for (int i = 1; i < last.Count; i++) _parent[Find(last[i])] = Find(last[0]);
        }
    }

    /// <summary>The group that may do an alternative, −1 when nobody may.</summary>
    public int Of(Alternative alternative) =>
        alternative.AllowedVehicles is not { } allowed ? 0 : allowed.Count == 0 ? -1 : Find(allowed[0]);

    /// <summary>The group of a vehicle.</summary>
    public int Of(int vehicle) => Find(vehicle);

    private int Find(int vehicle)
    {
        while (_parent[vehicle] != vehicle) vehicle = _parent[vehicle] = _parent[_parent[vehicle]];
        return vehicle;
    }
}
