using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.Classic;

/// <summary>Says which problems the classic search can hold: those of which every rule is a sum, a window or a count.</summary>
internal static class ClassicScope
{
    /// <summary>Prices are sums of a few legs and must not overflow an int.</summary>
    public const long LargestLeg = 1 << 28;

    /// <summary>False when the problem asks for more; legs and their prices are not looked at.</summary>
    public static bool Holds(CompiledProblem problem) =>
        problem.Vehicles.Length > 0 && HasPlainRules(problem) && HasPlainJobs(problem) && HasPlainVehicles(problem) && HasPlainTrips(problem) && HasPlainStops(problem);

    private static bool HasPlainRules(CompiledProblem problem)
    {
        var source = problem.Source;
        return problem.Dimensions <= 1 && source.Balance is null && source.Disturbance is null
            && !problem.Fit.HasConflicts && !problem.Jobs.HasRideLimits
            && (!problem.Jobs.HasPairs || (problem.Fit.IsOpen && !problem.Kin.HasKin));
    }

    private static bool HasPlainJobs(CompiledProblem problem)
    {
        var jobs = problem.Jobs;
        bool hasDeliveries = false, hasPickups = false;
        for (int a = 0; a < jobs.JobOf.Length; a++)
        {
            if (!jobs.IsPossible[a] || jobs.IsLoaded[a]) return false;
            // Which vehicle may do what is held by kind: vehicles all alike must be able to do everything.
            if (problem.VehicleClassCount == 1 && !problem.Fit.IsAllowed(a, 0, 0)) return false;
        }

        bool hasGroups = AsksForGroups(problem), hasTrips = AsksForTrips(problem);
        if ((jobs.HasPrices || hasGroups) && jobs.HasPairs) return false;
        if (jobs.HasPrices && hasGroups) return false;
        for (int n = 0; n < problem.VisitCount; n++)
        {
            ref readonly var node = ref problem.Nodes[n];
            if ((node.WindowCount != 0 && !hasTrips) || (node.DueTime != int.MaxValue && node.CostPerLateSecond > 0)) return false;
            if (problem.Dimensions == 0) continue;
            if (Math.Abs(problem.Delivery[n]) > LargestLeg || Math.Abs(problem.Pickup[n]) > LargestLeg) return false;
            hasDeliveries |= problem.Delivery[n] != 0;
            hasPickups |= problem.Pickup[n] != 0;
        }

        // With both, the highest load depends on the order of visits; pairs say so by themselves.
        return !(hasDeliveries && hasPickups) && (!jobs.HasPairs || problem.Dimensions == 0 || jobs.SecondNode.All(n => n >= 0));
    }

    private static bool HasPlainVehicles(CompiledProblem problem)
    {
        var first = problem.Vehicles[0];
        foreach (ref readonly var v in problem.Vehicles.AsSpan())
        {
            if ((v.NeedsWalk && !HasPlainBands(problem, v)) || v.HasCountLimits || v.IsUnderWay || v.KeepsLoadedOrder || v.Legs != first.Legs) return false;
            if (v.CostPerSecond > 0 || v.CostPerOvertimeSecond > 0 || (v.MaxDuration != int.MaxValue && problem.Jobs.HasPairs)) return false;
            if (Math.Max(v.EarliestStart, v.LoadFrom) > Math.Min(v.LoadUntil, v.LatestStart)) return false;
        }

        return !first.Legs.HasBlocked && problem.LoadBefore.All(l => l == 0);
    }

    /// <summary>A route is walked only because its legs take longer at some times of the day.</summary>
    private static bool HasPlainBands(CompiledProblem problem, in VehicleData vehicle) =>
        AsksForTrips(problem) && vehicle.Breaks.Length == 0 && vehicle.CostPerTravelSecond == 0 && vehicle.Legs is { Raw: not null, Source.Closures: null, Distances: not null }
        && problem.Source.Balance is null;

    public static bool AsksForGroups(CompiledProblem problem) => problem.Jobs.JobOf.Length > problem.Jobs.Count || Array.Exists(problem.Jobs.Preference, p => p != 0);

    /// <summary>Parking is paid once a stop, or windows hold for a stop's arrival only.</summary>
    public static bool AsksForStays(CompiledProblem problem) => problem.HasTimeLimits && Array.Exists(problem.Nodes, n => n.Kind == NodeKind.Visit && (n.Setup != 0 || n.IsOnArrival));

    /// <summary>Jobs share resources, or a level of service is asked for.</summary>
    public static bool AsksForShares(CompiledProblem problem) => problem.Resources.HasTimeless || problem.Levels.Count > 0;

    public static bool AsksForTrips(CompiledProblem problem) => problem.Jobs.HasReleases || Array.Exists(problem.Vehicles, v => v.MaxReloads > 0);

    /// <summary>One trip a vehicle, or trips that each begin and end at the vehicle's own depot and nothing else that is special.</summary>
    private static bool HasPlainTrips(CompiledProblem problem)
    {
        if (!AsksForTrips(problem)) return true;
        if (problem.Jobs.HasPairs || !problem.HasTimeLimits || AsksForGroups(problem)) return false;
        return Array.TrueForAll(problem.Vehicles, v => v.MaxDuration == int.MaxValue && (v.MaxReloads == 0 || ReloadsAtHome(problem, v)));
    }

    private static bool ReloadsAtHome(CompiledProblem problem, in VehicleData vehicle)
    {
        ref readonly var start = ref problem.Nodes[vehicle.Start];
        ref readonly var reload = ref problem.Nodes[vehicle.FirstReload];
        return vehicle.ReloadDepotCount == 1 && reload.Place == start.Place && reload.Place == problem.Nodes[vehicle.End].Place && reload.Handling == start.Handling
            && reload.Earliest == vehicle.LoadFrom && reload.Latest == vehicle.LoadUntil;
    }

    /// <summary>Stops and shares go with alternatives, and with one trip of like vehicles.</summary>
    private static bool HasPlainStops(CompiledProblem problem)
    {
        if (problem.Resources.HasSlots) return false;
        if (!AsksForStays(problem) && !AsksForShares(problem)) return true;
        // A job left out counts against its level, so its price would not be the prize alone.
        if (problem.Levels.Count > 0 && problem.Jobs.HasPrices) return false;
        return problem.VehicleClassCount == 1 && !problem.Jobs.HasPairs && problem.Vehicles[0].MaxDuration == int.MaxValue && !AsksForTrips(problem);
    }
}
