using Logistics.Routing.Model;

namespace Logistics.Planning.Exact.Native;

/// <summary>Names what OR-Tools' routing library cannot express of a problem.</summary>
public static class OrToolsLimits
{
    /// <summary>One sentence per feature; empty if the problem can be handed over as a whole.</summary>
    public static IReadOnlyList<string> ListUnsupported(Problem problem)
    {
        var found = new List<string>();
        if (problem.ServiceLevels.Count > 0) found.Add("Service levels are not supported by --engine ortools.");
        if (problem.GoodsConflicts.Count > 0) found.Add("Goods conflicts are not supported by --engine ortools.");
        if (problem.Balance is not null) found.Add("Workload balance is not supported by --engine ortools.");
        if (problem.Disturbance is not null) found.Add("A disturbance rule is not supported by --engine ortools.");
        if (problem.Profiles.Any(p => p.IsTimeDependent)) found.Add("Time-dependent travel is not supported by --engine ortools.");
        if (problem.Depots.Any(d => d.Dock is not null)) found.Add("Dock slots are not supported by --engine ortools.");
        if (problem.Resources.Any(r => r.SlotSeconds > 0)) found.Add("Resources by time slot are not supported by --engine ortools.");
        foreach (var vehicle in problem.Vehicles)
        {
            if (vehicle.MaxTrips > 1 && vehicle.ReloadDepots.Count > 0) found.Add($"Vehicle {vehicle.Id}: reloads are not supported by --engine ortools.");
            if (vehicle.Committed is not null) found.Add($"Vehicle {vehicle.Id}: committed routes are not supported by --engine ortools.");
            if (vehicle.Breaks.Any(b => b.Windows.Count != 1 || b.MaxLoad.Count > 0)) found.Add($"Vehicle {vehicle.Id}: breaks with several windows or a load limit are not supported by --engine ortools.");
        }

        foreach (var job in problem.Jobs.Where(j => j.Alternatives.Any(a => a.MaxRideSeconds is not null)))
            found.Add($"Job {job.Id}: ride limits are not supported by --engine ortools.");
        foreach (var job in problem.Jobs.Where(j => j.Alternatives.Any(a => a.Visits.Any(v => v.IsWindowOnStopArrival))))
            found.Add($"Job {job.Id}: windows on the stop's arrival are not supported by --engine ortools.");
        return found;
    }
}
