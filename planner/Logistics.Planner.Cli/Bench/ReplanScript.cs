using Logistics.Routing.Model;
using Logistics.Routing.Replanning;

namespace Logistics.Planner.Cli.Bench;

/// <summary>The scripted changes of the re-planning benchmark: every kind in turn, drawn for what the running plan still has to do.</summary>
internal static class ReplanScript
{
    public static readonly IReadOnlyList<string> Kinds = ["job added", "job cancelled", "option moved", "vehicle late", "vehicle broken", "terminal closed", "compartments gone", "access rule"];

    public static Incident Draw(int kind, RunningPlan running, Random random)
    {
        var problem = running.Problem;
        var open = running.Plan.Routes.SelectMany(r => r.Steps.Skip(1 + (problem.Vehicles[r.Vehicle].Committed?.Frozen.Count ?? 0)).Where(s => s.Kind == StepKind.Visit).Select(s => (r.Vehicle, s.Job, s.Alternative))).ToList();
        if (open.Count == 0) return new VehicleAdded(problem.Vehicles[0] with { Id = "spare", Committed = null });
        var (vehicle, job, alternative) = open[random.Next(open.Count)];
        var present = problem.Jobs[job].Alternatives[alternative];
        return kind switch
        {
            0 => new JobAdded(new Job { Id = "urgent", UnservedCost = 1_500_000, Alternatives = [new Alternative { Visits = [present.Visits[0] with { Place = random.Next(1, problem.Places.Count), Uses = [], Windows = [] }] }] }),
            1 => new JobCancelled(job),
            2 => new OptionMoved(job, present with { Id = "moved", Visits = [present.Visits[0] with { Place = random.Next(1, problem.Places.Count), Uses = [], Windows = [] }] }),
            3 => new VehicleLate(vehicle, (problem.Vehicles[vehicle].Committed?.ReadyAt ?? running.Now) + 1800 + random.Next(3600)),
            4 => new VehicleBroken(vehicle, 60),
            5 => new PlaceClosed(PlaceInUse(problem, open, random), new ClosedInterval(running.Now, TimeWindow.Horizon)),
            6 => new CapacityChanged(ResourceInUse(problem, open, random), [0, 1]),
            _ => new TravelChanged(0, Restrict((MatrixTravel)problem.Profiles[0], running.Now, random)),
        };
    }

    private static int PlaceInUse(Problem problem, List<(int Vehicle, int Job, int Alternative)> open, Random random)
    {
        var terminals = open.Select(o => problem.Jobs[o.Job].Alternatives[o.Alternative].Visits[^1]).Where(v => v.Uses.Count > 0).Select(v => v.Place).ToList();
        return terminals.Count > 0 ? terminals[random.Next(terminals.Count)] : problem.Jobs[open[0].Job].Alternatives[open[0].Alternative].Visits[^1].Place;
    }

    private static int ResourceInUse(Problem problem, List<(int Vehicle, int Job, int Alternative)> open, Random random)
    {
        var used = open.SelectMany(o => problem.Jobs[o.Job].Alternatives[o.Alternative].Visits).SelectMany(v => v.Uses).Select(u => u.Resource).ToList();
        return used.Count > 0 ? used[random.Next(used.Count)] : random.Next(problem.Resources.Count);
    }

    /// <summary>No driving to one place in twenty for two hours from now on.</summary>
    private static MatrixTravel Restrict(MatrixTravel travel, int now, Random random)
    {
        int n = travel.PlaceCount, first = random.Next(n / 4, n - (n / 20));
        ushort[] sets = new ushort[n * n];
        for (int from = 0; from < n; from++)
            for (int to = first; to < first + (n / 20); to++) sets[(from * n) + to] = 1;
        return new MatrixTravel(n, travel.Distances, travel.Durations) { Closures = new LegClosures(sets, [[new ClosedInterval(now, now + 7200)]], null, null) };
    }
}
