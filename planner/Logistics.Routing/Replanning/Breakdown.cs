using Logistics.Routing.Model;

namespace Logistics.Routing.Replanning;

/// <summary>A vehicle that goes no further, and what becomes of the goods on board.</summary>
/// <remarks>
/// Goods that can be fetched become a pickup where the vehicle stands and a delivery where they were going, on one other vehicle. Goods whose visit would also bring something back cannot be a
/// pair and stay. A pair that was picked up already ends as a finished pickup; its delivery goes on as a further job.
/// </remarks>
internal static class Breakdown
{
    public static Problem Apply(Problem problem, VehicleBroken broken)
    {
        var vehicle = problem.Vehicles[broken.Vehicle];
        if (vehicle.Committed is not { StartedAt: not null } committed)
            return problem.ChangeVehicle(broken.Vehicle, v => OutOfService.Retire(v) with { Committed = null });
        int place = PlaceOf(problem, vehicle, committed);
        var staying = new List<int>();
        foreach (int job in committed.Loaded)
        {
            var pickedUp = committed.Frozen.FirstOrDefault(f => f.Job == job);
            if (pickedUp is not null) problem = EndPair(problem, job, pickedUp.Alternative, place, broken.TransferSeconds);
            else problem = problem.ChangeJob(job, j => Fetch(j, place, broken.TransferSeconds));
            if (pickedUp is null && !IsFetched(problem.Jobs[job])) staying.Add(job);
        }

        return problem.ChangeVehicle(broken.Vehicle, v => OutOfService.Retire(v) with { EndDepot = null, Committed = committed with { Position = place, Loaded = staying } });
    }

    private static int PlaceOf(Problem problem, Vehicle vehicle, CommittedRoute committed)
    {
        if (committed.Position is { } position) return position;
        if (committed.Frozen.Count == 0) return vehicle.StartDepot is { } depot ? problem.Depots[depot].Place : 0;
        var last = committed.Frozen[^1];
        return problem.Jobs[last.Job].Alternatives[last.Alternative].Visits[last.Visit].Place;
    }

    private static bool IsFetched(Job job) => job.Alternatives.Any(a => a.Visits.Count == 2);

    private static Job Fetch(Job job, int place, int? transferSeconds)
    {
        bool canBeFetched = transferSeconds is not null && job.Alternatives.Any(CanBeFetched);
        return job with { Alternatives = [.. job.Alternatives.Select(a => !canBeFetched ? ChangedDay.Closed(a) : CanBeFetched(a) ? AsPair(a, place, transferSeconds!.Value) : ClosedPair(a, place, transferSeconds!.Value))] };
    }

    private static bool CanBeFetched(Alternative alternative) => alternative.Visits.Count == 1 && !alternative.Visits[0].Pickup.Any(amount => amount > 0);

    private static Alternative AsPair(Alternative alternative, int place, int transferSeconds) => alternative with
    {
        ReleaseTime = 0,
        Visits = [new Visit { Place = place, HandlingSeconds = transferSeconds, Pickup = alternative.Visits[0].Delivery }, alternative.Visits[0] with { Delivery = [], Pickup = [] }],
    };

    // Alternatives of one job agree in being pairs, so that what is on board is known whichever is chosen.
    private static Alternative ClosedPair(Alternative alternative, int place, int transferSeconds) => ChangedDay.Closed(alternative.Visits.Count == 2 ? alternative : AsPair(alternative, place, transferSeconds));

    private static Problem EndPair(Problem problem, int job, int alternative, int place, int? transferSeconds)
    {
        var pair = problem.Jobs[job].Alternatives[alternative];
        problem = problem.ChangeJob(job, j => j with { Alternatives = [.. j.Alternatives.Select((a, i) => i == alternative ? a with { Visits = [a.Visits[0]], MaxRideSeconds = null } : ChangedDay.Closed(a))] });
        var onward = pair with
        {
            PreferenceCost = 0,
            MaxRideSeconds = null,
            Visits = [new Visit { Place = place, HandlingSeconds = transferSeconds ?? 0, Pickup = pair.Visits[0].Pickup }, pair.Visits[1]],
        };
        var rest = problem.Jobs[job] with { Id = problem.Jobs[job].Id + " (rest)", Alternatives = [transferSeconds is null ? ChangedDay.Closed(onward) : onward] };
        return problem with { Jobs = [.. problem.Jobs, rest] };
    }
}
