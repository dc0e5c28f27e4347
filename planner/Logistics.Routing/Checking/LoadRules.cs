using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>What is on board, trip by trip: capacity, break load, stated loads, goods already loaded, release and goods conflicts.</summary>
internal static class LoadRules
{
    public static void Check(CheckedRoute route, Findings findings)
    {
        for (int t = 0; t < route.Trips.Count; t++)
        {
            CheckLoads(route, t, findings);
            CheckRelease(route, t, findings);
            CheckConflicts(route, t, findings);
        }

        if (route.Trips.Count > route.Vehicle.MaxTrips)
            findings.Add(new Violation(ViolationKind.MaxTrips, $"{findings.NameVehicle(route.VehicleIndex)} makes {route.Trips.Count} trips, at most {route.Vehicle.MaxTrips} are allowed.", route.VehicleIndex) { Compared = (route.Trips.Count, route.Vehicle.MaxTrips) });
    }

    private static void CheckLoads(CheckedRoute route, int trip, Findings findings)
    {
        var steps = route.Route.Steps;
        var (first, end) = (route.Trips[trip].Start.Value, route.Trips[trip].End.Value);
        var load = LoadAtDeparture(route, trip, findings);
        for (int i = first; i < end; i++)
        {
            var step = steps[i];
            if (step.Kind == StepKind.Visit) Handle(route, step, load);
            CompareStated(route, i, load, findings);
            // What is already on board is history: it is judged again only where the plan adds to it. A break adds nothing.
            bool isHistory = route.HasStarted && trip == 0 && i <= route.FrozenCount;
            if (!isHistory && step.Kind != StepKind.Break) CheckLimit(ViolationKind.Capacity, route.Vehicle.Capacity, load, route, i, findings);
            if (step.Kind == StepKind.Break) CheckLimit(ViolationKind.Break, route.Vehicle.Breaks[step.Break].MaxLoad, load, route, i, findings);
        }

        if (end == steps.Count - 1) CompareStatedAtEnd(route, load, findings);
    }

    /// <summary>Deliveries the trip brings from its depot; on the current trip of a vehicle under way, what is on board.</summary>
    private static long[] LoadAtDeparture(CheckedRoute route, int trip, Findings findings)
    {
        var problem = findings.Problem;
        var load = new long[problem.Dimensions];
        var served = new HashSet<int>();
        for (int i = route.Trips[trip].Start.Value; i < route.Trips[trip].End.Value; i++)
        {
            var step = route.Route.Steps[i];
            if (step.Kind != StepKind.Visit) continue;
            served.Add(step.Job);
            if (route.AlternativeOf(step).Visits.Count == 1) AddTo(load, route.VisitOf(step).Delivery, +1);
        }

        if (trip > 0 || route.Vehicle.Committed is not { } committed) return load;
        foreach (int job in committed.Loaded)
        {
            // A loaded parcel that is not delivered stays on board; which alternative it was loaded for does not change its amount.
            var visits = problem.Jobs[job].Alternatives[0].Visits;
            if (visits.Count == 1 && !served.Contains(job)) AddTo(load, visits[0].Delivery, +1);
        }

        return load;
    }

    private static void Handle(CheckedRoute route, RouteStep step, long[] load)
    {
        var alternative = route.AlternativeOf(step);
        var visit = alternative.Visits[step.Visit];
        if (alternative.Visits.Count == 1)
        {
            AddTo(load, visit.Delivery, -1);
            AddTo(load, visit.Pickup, +1);
        }
        else
        {
            AddTo(load, alternative.Visits[0].Pickup, step.Visit == 0 ? +1 : -1);
        }
    }

    private static void AddTo(long[] load, IReadOnlyList<long> amount, int sign)
    {
        for (int d = 0; d < amount.Count; d++) load[d] += sign * amount[d];
    }

    private static void CheckLimit(ViolationKind kind, IReadOnlyList<long> limit, long[] load, CheckedRoute route, int step, Findings findings)
    {
        for (int d = 0; d < limit.Count; d++)
            if (load[d] > limit[d])
                findings.Add(new Violation(kind, $"{findings.NameVehicle(route.VehicleIndex)}, step {step}: load {load[d]} in dimension {d} exceeds {limit[d]}.", route.VehicleIndex, step) { Compared = (load[d], limit[d]), Item = d });
    }

    private static void CompareStated(CheckedRoute route, int step, long[] load, Findings findings)
    {
        var stated = route.Route.Steps[step].Load;
        if (stated.Count == 0 || stated.SequenceEqual(load)) return;
        findings.Add(ViolationKind.StatedMeasure,
            $"{findings.NameVehicle(route.VehicleIndex)}, step {step}: stated load [{string.Join(", ", stated)}], recomputed [{string.Join(", ", load)}].", route.VehicleIndex, step);
    }

    // The end step may state the load it brings home or, once unloaded at a depot, nothing.
    private static void CompareStatedAtEnd(CheckedRoute route, long[] load, Findings findings)
    {
        int last = route.Route.Steps.Count - 1;
        if (!route.Route.Steps[last].Load.All(amount => amount == 0)) CompareStated(route, last, load, findings);
    }

    private static void CheckRelease(CheckedRoute route, int trip, Findings findings)
    {
        // A trip that has left loads nothing more: what would have to be brought is refused by the rules for goods on board, the rest needs no loading.
        if (trip == 0 && route.HasStarted) return;
        int first = route.Trips[trip].Start.Value, loading = route.Route.Steps[first].Start;
        for (int i = first; i < route.Trips[trip].End.Value; i++)
        {
            var step = route.Route.Steps[i];
            if (step.Kind != StepKind.Visit || route.IsFrozen(i) || IsLoaded(route, step.Job)) continue;
            var alternative = route.AlternativeOf(step);
            if (alternative.Visits.Count == 1 && alternative.ReleaseTime > loading)
                findings.Add(new Violation(
                    ViolationKind.Release, $"{findings.NameVehicle(route.VehicleIndex)}: loading at {loading} is before the release of {findings.NameJob(step.Job)} at {alternative.ReleaseTime}.", route.VehicleIndex, i, step.Job)
                { Compared = (loading, alternative.ReleaseTime) });
        }
    }

    private static bool IsLoaded(CheckedRoute route, int job) => route.Vehicle.Committed?.Loaded.Contains(job) ?? false;

    private static void CheckConflicts(CheckedRoute route, int trip, Findings findings)
    {
        if (findings.Problem.GoodsConflicts.Count == 0) return;
        var carriers = new Dictionary<int, HashSet<int>>();
        for (int i = route.Trips[trip].Start.Value; i < route.Trips[trip].End.Value; i++)
        {
            var step = route.Route.Steps[i];
            if (step.Kind != StepKind.Visit || route.AlternativeOf(step).GoodsClass is not (var goods and not 0)) continue;
            if (!carriers.TryGetValue(goods, out var jobs)) carriers[goods] = jobs = [];
            jobs.Add(step.Job);
        }

        foreach (var (a, b) in findings.Problem.GoodsConflicts)
        {
            bool isBroken = a == b
                ? carriers.TryGetValue(a, out var same) && same.Count > 1
                : carriers.ContainsKey(a) && carriers.ContainsKey(b);
            if (isBroken)
                findings.Add(ViolationKind.GoodsConflict, $"{findings.NameVehicle(route.VehicleIndex)}, trip {trip}: goods classes {a} and {b} may not travel together.", route.VehicleIndex);
        }
    }
}
