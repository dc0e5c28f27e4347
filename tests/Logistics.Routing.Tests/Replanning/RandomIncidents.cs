using Logistics.Routing.Model;
using Logistics.Routing.Replanning;

namespace Logistics.Routing.Tests.Replanning;

/// <summary>Incidents of every kind, drawn for a running plan.</summary>
internal static class RandomIncidents
{
    public static Incident Draw(Random random, RunningPlan running)
    {
        var problem = running.Problem;
        int job = random.Next(problem.Jobs.Count), vehicle = random.Next(problem.Vehicles.Count), place = random.Next(problem.Places.Count);
        return random.Next(9) switch
        {
            0 => new JobAdded(problem.Jobs[job] with { Id = "new", UnservedCost = random.Next(4) == 0 ? null : 2000, Alternatives = [.. problem.Jobs[job].Alternatives.Select(a => a with { AllowedVehicles = null })] }),
            1 => new JobCancelled(job),
            2 => new OptionMoved(job, MoveTo(problem.Jobs[job].Alternatives[0], place)),
            3 => new VehicleLate(vehicle, running.Now + random.Next(400)),
            4 => new VehicleBroken(vehicle, random.Next(2) == 0 ? null : random.Next(10)),
            5 => new PlaceClosed(place, new ClosedInterval(random.Next(2) * running.Now, running.Now + 1 + random.Next(500))),
            6 when problem.Resources.Count > 0 => new CapacityChanged(0, [.. problem.Resources[0].CapacityByClass.Select(c => random.Next(c + 1))]),
            7 => new TravelChanged(0, Slower((MatrixTravel)problem.Profiles[0], random)),
            _ => new VehicleAdded(problem.Vehicles[vehicle] with { Id = "spare", Committed = null, Shift = TimeWindow.Always, LatestStart = null, MaxTasks = 3 }),
        };
    }

    /// <summary>A report that changes nothing.</summary>
    public static Incident DrawHarmless(Random random, RunningPlan running)
    {
        var problem = running.Problem;
        int vehicle = random.Next(problem.Vehicles.Count), place = random.Next(problem.Places.Count);
        return random.Next(5) switch
        {
            0 => new PlaceClosed(place, new ClosedInterval(-10, 0)),
            1 when problem.Resources.Count > 0 => new CapacityChanged(0, problem.Resources[0].CapacityByClass),
            2 => new TravelChanged(0, problem.Profiles[0]),
            3 => new VehicleAdded(problem.Vehicles[vehicle] with { Id = "spare", Committed = null, MaxTasks = 0, Breaks = [] }),
            _ => new VehicleLate(vehicle, 0),
        };
    }

    // A new rule: some legs are shut for a while, others become impassable.
    private static MatrixTravel Slower(MatrixTravel travel, Random random)
    {
        int n = travel.PlaceCount;
        int[] durations = [.. travel.Durations], distances = [.. travel.Distances];
        for (int leg = 0; leg < n * n; leg++)
            if (leg / n != leg % n && random.Next(20) == 0) (durations[leg], distances[leg]) = (TravelProfile.Unreachable, TravelProfile.Unreachable);
        var sets = Enumerable.Range(0, n * n).Select(_ => (ushort)(random.Next(4) == 0 ? 1 : 0)).ToArray();
        return new MatrixTravel(n, distances, durations) { Bands = travel.Bands, Closures = new LegClosures(sets, [[new(150, 260)]], null, null) };
    }

    private static Alternative MoveTo(Alternative option, int place) => option with { Id = "moved", AllowedVehicles = null, Visits = [.. option.Visits.SkipLast(1), option.Visits[^1] with { Place = place }] };
}
