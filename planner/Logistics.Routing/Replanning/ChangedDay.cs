using System.Globalization;
using Logistics.Routing.Model;

namespace Logistics.Routing.Replanning;

/// <summary>The problem of a running plan as incidents change it. Indexes of jobs, vehicles and places stay what they are.</summary>
internal sealed class ChangedDay(RunningPlan running)
{
    private readonly IReadOnlySet<int> _done = running.ListDone();

    public Problem Problem { get; private set; } = running.Problem;

    /// <summary>Why incidents cannot be applied.</summary>
    public List<IncidentFault> Faults { get; } = [];

    /// <summary>Jobs that came with the incidents.</summary>
    public List<int> Added { get; } = [];

    public HashSet<int> Cancelled { get; } = [];

    /// <summary>Jobs and vehicles the incidents speak of: where the repair begins.</summary>
    public HashSet<int> Jobs { get; } = [];
    public HashSet<int> Vehicles { get; } = [];

    public void Apply(Incident incident)
    {
        switch (incident)
        {
            case JobAdded added: Add(added.Job); break;
            case JobCancelled cancelled: Cancel(cancelled.Job); break;
            case OptionMoved moved: Move(moved); break;
            case VehicleLate late when IsIndex(late.Vehicle, Problem.Vehicles.Count, "Vehicle"):
                Vehicles.Add(late.Vehicle);
                Problem = Problem.ChangeVehicle(late.Vehicle, v => OutOfService.Hold(v, late.FreeAt));
                break;
            case VehicleBroken broken when IsIndex(broken.Vehicle, Problem.Vehicles.Count, "Vehicle"): Break(broken); break;
            case VehicleAdded added: Problem = Problem with { Vehicles = [.. Problem.Vehicles, OutOfService.Hold(added.Vehicle, running.Now)] }; break;
            case PlaceClosed closed when IsIndex(closed.Place, Problem.Places.Count, "Place"): Close(closed); break;
            case CapacityChanged changed when IsIndex(changed.Resource, Problem.Resources.Count, "Resource"): Problem = ResourceCut.Apply(Problem, changed); break;
            case TravelChanged changed when IsIndex(changed.Profile, Problem.Profiles.Count, "Profile"):
                Problem = Problem with { Profiles = [.. Problem.Profiles.Select((p, i) => i == changed.Profile ? changed.Travel : p)] };
                break;
        }
    }

    private bool IsIndex(int index, int count, string kind)
    {
        if ((uint)index < (uint)count) return true;
        Faults.Add(new IncidentFault(IncidentRule.Unknown, index, string.Create(CultureInfo.InvariantCulture, $"{kind} {index} is not in [0, {count}).")));
        return false;
    }

    private bool IsOpenJob(int job)
    {
        if (!IsIndex(job, Problem.Jobs.Count, "Job")) return false;
        bool hasBegun = Problem.Vehicles.Any(v => v.Committed?.Frozen.Any(f => f.Job == job) ?? false);
        if (hasBegun) Faults.Add(new IncidentFault(IncidentRule.History, job, string.Create(CultureInfo.InvariantCulture, $"Job {job} ({Problem.Jobs[job].Id}) is done or under way already.")));
        return !hasBegun;
    }

    private void Add(Job job)
    {
        Added.Add(Problem.Jobs.Count);
        Jobs.Add(Problem.Jobs.Count);
        Problem = Problem with { Jobs = [.. Problem.Jobs, job] };
    }

    private void Cancel(int job)
    {
        if (!IsOpenJob(job)) return;
        Cancelled.Add(job);
        Jobs.Add(job);
        Problem = Problem.ChangeJob(job, j => j with { UnservedCost = 0, Alternatives = [.. j.Alternatives.Select(Closed)] });
    }

    private void Move(OptionMoved moved)
    {
        if (!IsOpenJob(moved.Job)) return;
        Jobs.Add(moved.Job);
        Problem = Problem.ChangeJob(moved.Job, j => j with { Alternatives = [.. j.Alternatives.Select(Closed), moved.Option] });
    }

    private void Break(VehicleBroken broken)
    {
        Vehicles.Add(broken.Vehicle);
        var before = Problem;
        Problem = Breakdown.Apply(Problem, broken);
        for (int job = before.Jobs.Count; job < Problem.Jobs.Count; job++)
        {
            Added.Add(job);
            Jobs.Add(job);
        }
    }

    private void Close(PlaceClosed closed)
    {
        for (int j = 0; j < Problem.Jobs.Count; j++)
        {
            if (_done.Contains(j) || !Problem.Jobs[j].Alternatives.Any(a => a.Visits.Any(v => v.Place == closed.Place))) continue;
            // What was picked up already has to go somewhere.
            if (Problem.Vehicles.Any(v => v.Committed?.Frozen.Any(f => f.Job == j) ?? false)) continue;
            Problem = Problem.ChangeJob(j, job => job with { Alternatives = [.. job.Alternatives.Select(a => Shut(a, closed))] });
        }
    }

    private static Alternative Shut(Alternative alternative, PlaceClosed closed)
    {
        bool isLeft = true;
        var visits = new List<Visit>();
        foreach (var visit in alternative.Visits)
        {
            var windows = visit.Place == closed.Place ? Cut(visit.Windows, closed.Interval) : visit.Windows;
            isLeft &= visit.Place != closed.Place || windows.Count > 0;
            visits.Add(visit with { Windows = windows });
        }

        return isLeft ? alternative with { Visits = visits } : Closed(alternative);
    }

    private static List<TimeWindow> Cut(IReadOnlyList<TimeWindow> windows, ClosedInterval interval)
    {
        var left = new List<TimeWindow>();
        foreach (var window in windows.Count == 0 ? [TimeWindow.Always] : windows)
        {
            if (window.Earliest < interval.From) left.Add(window with { Latest = Math.Min(window.Latest, interval.From - 1) });
            if (window.Latest >= interval.Until) left.Add(window with { Earliest = Math.Max(window.Earliest, interval.Until) });
        }

        return left;
    }

    /// <summary>An alternative nobody may do any more.</summary>
    internal static Alternative Closed(Alternative alternative) => alternative with { AllowedVehicles = [] };
}
