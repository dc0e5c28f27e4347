using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Routing.Replanning;

/// <summary>Lifts limits that history alone breaks already – a vehicle so late that it cannot be home in time – just far enough, and says so.</summary>
/// <remarks>Only what the vehicle's way home needs, by way of the deliveries it owes; nothing is gained for further work.</remarks>
internal sealed class LimitRelief(Problem problem)
{
    // Lifting one limit may bring the next to light.
    private const int MaxRounds = 6;

    public Problem Problem { get; private set; } = problem;

    public List<Relief> Notes { get; } = [];

    public void RelieveVehicles()
    {
        for (int v = 0; v < Problem.Vehicles.Count; v++)
            if (Problem.Vehicles[v].Committed?.StartedAt is not null) RelieveVehicle(v);
    }

    /// <summary>Lowers service levels to what the kept plan reaches: a repair is not asked for more than that.</summary>
    public void RelieveLevels(IReadOnlyList<PreviousAssignment?> kept)
    {
        var served = new PreviousAssignment?[kept.Count];
        for (int j = 0; j < served.Length; j++) served[j] = kept[j];
        foreach (var frozen in Problem.Vehicles.SelectMany((v, i) => (v.Committed?.Frozen ?? []).Select(f => (f.Job, By: new PreviousAssignment(i, f.Alternative))))) served[frozen.Job] = frozen.By;
        Problem = Problem with { ServiceLevels = [.. Problem.ServiceLevels.Select((level, i) => Relieve(level, i, served))] };
    }

    private ServiceLevel Relieve(ServiceLevel level, int index, PreviousAssignment?[] served)
    {
        int good = 0;
        for (int job = 0; job < served.Length; job++)
            if (served[job] is { } by && (level.Group is null || Problem.Jobs[job].Group == level.Group) && Problem.Jobs[job].Alternatives[by.Alternative].Level <= level.MaxLevel) good++;
        if (good >= level.MinJobs) return level;
        Notes.Add(new Relief(ReliefKind.ServiceLevel, FormattableString.Invariant($"Service level {index} (≤ {level.MaxLevel}) is lowered from {level.MinJobs} to {good} jobs."), Value: good));
        return level with { MinJobs = good };
    }

    private void RelieveVehicle(int v)
    {
        for (int round = 0; round < MaxRounds; round++)
        {
            var plan = PlanScheduler.Schedule(Problem, [new BareRoute(v, ListOwed(v))]);
            var violations = PlanChecker.Check(Problem, plan).Violations.Where(x => x.Vehicle == v).ToList();
            var broken = violations.Select(x => x.Kind).ToHashSet();
            var end = plan.Routes[0].Steps[^1];
            long duration = (long)end.Departure - plan.Routes[0].Steps[0].Arrival;
            if (violations.Find(x => x.Kind is ViolationKind.Window or ViolationKind.MaxRide) is { } late) LiftTimes(late.Job);
            else if (broken.Contains(ViolationKind.Shift)) Lift(v, x => x with { Shift = x.Shift with { Latest = end.Departure } }, ReliefKind.ShiftEnd, FormattableString.Invariant($"its shift ends at {end.Departure}"), end.Departure);
            else if (broken.Contains(ViolationKind.DepotOpening)) Lift(v, x => x with { EndDepot = null }, ReliefKind.DepotClosed, "its end depot is closed by then");
            else if (broken.Contains(ViolationKind.MaxDuration)) Lift(v, x => x with { MaxDurationSeconds = (int)duration }, ReliefKind.Duration, FormattableString.Invariant($"it is out for {duration} s"), duration);
            else if (broken.Contains(ViolationKind.MaxDistance)) Lift(v, x => x with { MaxDistance = end.DistanceSoFar }, ReliefKind.Distance, FormattableString.Invariant($"it drives {end.DistanceSoFar} m"), end.DistanceSoFar);
            else if (broken.Contains(ViolationKind.MaxTravel)) Lift(v, x => x with { MaxTravelSeconds = null }, ReliefKind.Travel, "its driving time is not limited");
            else if (broken.Contains(ViolationKind.Break)) Lift(v, x => x with { Breaks = [] }, ReliefKind.Breaks, "its breaks cannot be taken in time");
            else if (broken.Contains(ViolationKind.Unreachable)) Lift(v, x => x with { EndDepot = null }, ReliefKind.NoWayHome, "there is no way to its end depot");
            else return;
        }
    }

    /// <summary>Deliveries of pairs that were picked up: they cannot be left undone.</summary>
    private List<BareStep> ListOwed(int v)
    {
        var committed = Problem.Vehicles[v].Committed!;
        return [.. committed.Loaded.Select(job => committed.Frozen.FirstOrDefault(f => f.Job == job)).OfType<FrozenVisit>().Select(f => BareStep.VisitOf(f.Job, f.Alternative, 1))];
    }

    private void LiftTimes(int job)
    {
        Notes.Add(new Relief(ReliefKind.DeliveryTime, $"Job {job} ({Problem.Jobs[job].Id}) is on board and may be delivered at any time.", Job: job));
        Problem = Problem.ChangeJob(job, j => j with { Alternatives = [.. j.Alternatives.Select(a => a with { MaxRideSeconds = null, Visits = [a.Visits[0], a.Visits[1] with { Windows = [] }] })] });
    }

    private void Lift(int v, Func<Vehicle, Vehicle> change, ReliefKind kind, string what, long? value = null)
    {
        Notes.Add(new Relief(kind, $"Vehicle {v} ({Problem.Vehicles[v].Id}): {what}.", v, Value: value));
        Problem = Problem.ChangeVehicle(v, change);
    }
}
