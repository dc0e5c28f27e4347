using Logistics.Routing.Model;

namespace Logistics.Planning.Exact.Proofs;

/// <summary>Names what the exact routing model does not know.</summary>
public static class ProofLimits
{
    /// <summary>One sentence per feature; empty if the problem's optimum can be proven.</summary>
    public static IReadOnlyList<string> ListUnsupported(Problem problem)
    {
        var found = new List<string>();
        if (problem.ServiceLevels.Count > 0) found.Add("Service levels are not part of the exact model.");
        if (problem.GoodsConflicts.Count > 0) found.Add("Goods conflicts are not part of the exact model.");
        if (problem.Balance is not null) found.Add("Workload balance is not part of the exact model.");
        if (problem.Disturbance is not null) found.Add("Disturbance is not part of the exact model.");
        if (problem.Profiles.Any(p => p.IsTimeDependent)) found.Add("Time-dependent travel is not part of the exact model.");
        if (problem.Depots.Any(d => d.Dock is not null || d.Open != TimeWindow.Always)) found.Add("Dock slots and depot hours are not part of the exact model.");
        if (problem.Resources.Any(r => r.SlotSeconds > 0)) found.Add("Resources by time slot are not part of the exact model.");
        foreach (var vehicle in problem.Vehicles)
        {
            if (vehicle.StartDepot is null || vehicle.EndDepot is null) found.Add($"Vehicle {vehicle.Id}: open routes are not part of the exact model.");
            if (vehicle.MaxTrips > 1 && vehicle.ReloadDepots.Count > 0) found.Add($"Vehicle {vehicle.Id}: reloads are not part of the exact model.");
            if (vehicle.Committed is not null || vehicle.Breaks.Count > 0) found.Add($"Vehicle {vehicle.Id}: committed routes and breaks are not part of the exact model.");
            if (vehicle.MaxStops is not null) found.Add($"Vehicle {vehicle.Id}: a limit of stops is not part of the exact model.");
        }

        foreach (var job in problem.Jobs.Where(j => j.Alternatives.Any(a => a.Visits.Any(v => v.IsWindowOnStopArrival))))
            found.Add($"Job {job.Id}: windows on the stop's arrival are not part of the exact model.");
        return found;
    }
}
