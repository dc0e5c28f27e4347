using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Routing.Replanning;

/// <summary>Moves what a plan has done by a second into the vehicles' committed parts.</summary>
/// <remarks>
/// An activity is history when it has begun, or when the leg to it is under way: a vehicle on the road is not turned round, it decides at its next stop. A vehicle on its way
/// to a reload or home is taken to be there when it arrives. What ended trips took on board has been put off, so the amounts of their visits are taken out of the problem.
/// </remarks>
internal sealed class History(Problem problem, int now, HistoryRules rules)
{
    private readonly Vehicle[] _vehicles = [.. problem.Vehicles];
    private readonly Job[] _jobs = [.. problem.Jobs.Select(j => Release(j, now))];
    private readonly int _until = now + rules.FrozenSeconds;

    public Problem Problem => problem with { Vehicles = _vehicles, Jobs = _jobs, Disturbance = null };

    // What has been released holds nothing up any more.
    private static Job Release(Job job, int now) => job.Alternatives.All(a => a.ReleaseTime == 0 || a.ReleaseTime > now)
        ? job
        : job with { Alternatives = [.. job.Alternatives.Select(a => a.ReleaseTime <= now ? a with { ReleaseTime = 0 } : a)] };

    /// <summary>The plan without what is history.</summary>
    public Plan Take(Plan plan)
    {
        var remaining = new List<Route>();
        var used = new HashSet<int>();
        foreach (var route in plan.Routes)
        {
            used.Add(route.Vehicle);
            int last = FindLast(route);
            if (last < 0) _vehicles[route.Vehicle] = OutOfService.Hold(_vehicles[route.Vehicle], now);
            else Commit(route, last);
            // A reload that is only driven to is still to be done.
            int next = last > 0 && IsOnlyDrivenTo(route.Steps[last]) ? last : last + 1;
            remaining.Add(route with { Steps = [route.Steps[0], .. route.Steps.Skip(next)] });
        }

        for (int v = 0; v < _vehicles.Length; v++)
            if (!used.Contains(v)) _vehicles[v] = OutOfService.Hold(_vehicles[v], now);
        return plan with { Routes = remaining };
    }

    /// <summary>Last step that is history; −1 when the route has not begun.</summary>
    private int FindLast(Route route)
    {
        var steps = route.Steps;
        int known = CountKnown(route.Vehicle);
        if (!HasStarted(route.Vehicle) && steps[0].Start >= _until) return -1;
        int last = known;
        var (place, leaves) = FindKnownEnd(route, known);
        for (int i = known + 1; i < steps.Count; i++)
        {
            bool isUnderWay = steps[i].Kind == StepKind.Break || steps[i].Place == place ? steps[i].Start < _until : leaves < _until;
            if (!isUnderWay) break;
            last = i;
            if (IsOnlyDrivenTo(steps[i])) break;
            (place, leaves) = (steps[i].Place, steps[i].Departure);
        }

        return last;
    }

    /// <summary>Where and when what is known already leaves a vehicle; a vehicle under way may stand elsewhere than at its last visit.</summary>
    private (int Place, int Leaves) FindKnownEnd(Route route, int known)
    {
        var last = route.Steps[known];
        return HasStarted(route.Vehicle) && problem.Vehicles[route.Vehicle].Committed is { } committed
            ? (committed.Position ?? last.Place, Math.Max(committed.ReadyAt, last.Departure))
            : (last.Place, last.Departure);
    }

    private bool HasStarted(int vehicle) => problem.Vehicles[vehicle].Committed?.StartedAt is not null;

    private int CountKnown(int vehicle) => HasStarted(vehicle) ? problem.Vehicles[vehicle].Committed!.Frozen.Count : 0;

    // A reload that is reached but not begun loads nothing yet.
    private bool IsOnlyDrivenTo(RouteStep step) => step.Kind == StepKind.Reload && step.Start >= _until;

    private void Commit(Route route, int last)
    {
        int vehicle = route.Vehicle, known = CountKnown(vehicle);
        var before = problem.Vehicles[vehicle];
        if (HasStarted(vehicle) && last == known)
        {
            _vehicles[vehicle] = OutOfService.Hold(before, now);
            return;
        }

        var steps = route.Steps;
        int trip = last;
        while (trip > 0 && !(steps[trip].Kind == StepKind.Reload && !IsOnlyDrivenTo(steps[trip]))) trip--;
        PutOff(steps, trip);
        int ended = Enumerable.Range(known + 1, last - known).Count(i => steps[i].Kind == StepKind.Reload && !IsOnlyDrivenTo(steps[i]));
        var at = steps[last];
        _vehicles[vehicle] = before with
        {
            MaxTrips = before.MaxTrips - ended,
            Breaks = [.. before.Breaks.Skip(Enumerable.Range(known + 1, last - known).Count(i => steps[i].Kind == StepKind.Break))],
            MaxTravelSeconds = before.MaxTravelSeconds is { } most ? Math.Max(0, most - SumDriven(route, known, last)) : null,
            Committed = new CommittedRoute
            {
                // Waiting before the first loading is no part of the route; a dock is held from the loading on.
                StartedAt = steps[0].Start,
                Frozen = [.. Enumerable.Range(1, last).Where(i => steps[i].Kind == StepKind.Visit).Select(i => FreezeStep(steps[i]))],
                Position = at.Place,
                ReadyAt = Math.Max(now, IsOnlyDrivenTo(at) ? at.Arrival : at.Departure),
                DistanceSoFar = at.DistanceSoFar,
                Loaded = ListLoaded(vehicle, steps, trip, last),
                KeepsLoadedOrder = rules.KeepsLoadedOrder,
            },
        };
        bool isHome = at.Kind == StepKind.End && at.Departure <= now;
        bool canGoOutAgain = _vehicles[vehicle].MaxTrips > 1 && before.ReloadDepots.Count > 0 && now <= before.Shift.Latest;
        // Its route ended when it was home; held until now it would seem to have been out until now.
        if (isHome && !canGoOutAgain) _vehicles[vehicle] = OutOfService.Retire(_vehicles[vehicle]) with { Committed = _vehicles[vehicle].Committed! with { ReadyAt = at.Departure } };
    }

    private static FrozenVisit FreezeStep(RouteStep step) => new(step.Job, step.Alternative, step.Visit, step.Arrival, step.Start, step.Departure);

    private int SumDriven(Route route, int known, int last)
    {
        long sum = 0;
        var travel = problem.Profiles[problem.Vehicles[route.Vehicle].Profile];
        var (place, leaves) = FindKnownEnd(route, known);
        foreach (var step in route.Steps.Skip(known + 1).Take(last - known))
        {
            if (LegRule.Drive(travel, place, step.Place, leaves) is { } leg) sum += leg.Arrives - leg.Leaves;
            (place, leaves) = (step.Place, step.Departure);
        }

        return (int)Math.Min(int.MaxValue, sum);
    }

    private List<int> ListLoaded(int vehicle, IReadOnlyList<RouteStep> steps, int trip, int last)
    {
        var executed = Enumerable.Range(1, last).Where(i => steps[i].Kind == StepKind.Visit).Select(i => (steps[i].Job, steps[i].Visit)).ToHashSet();
        var loaded = new List<int>();
        for (int i = trip + 1; i < steps.Count && steps[i].Kind is StepKind.Visit or StepKind.Break; i++)
        {
            var step = steps[i];
            if (step.Kind != StepKind.Visit || i <= last || loaded.Contains(step.Job)) continue;
            var visits = problem.Jobs[step.Job].Alternatives[step.Alternative].Visits;
            bool isOnBoard = visits.Count == 1 ? visits[0].Delivery.Any(amount => amount > 0) : executed.Contains((step.Job, 0));
            if (isOnBoard) loaded.Add(step.Job);
        }

        // Goods left undelivered stay on board until the next reload.
        if (trip == 0 && HasStarted(vehicle)) loaded.AddRange(problem.Vehicles[vehicle].Committed!.Loaded.Where(job => !loaded.Contains(job) && !executed.Contains((job, VisitCount(job) - 1))));
        return loaded;
    }

    private int VisitCount(int job) => problem.Jobs[job].Alternatives[0].Visits.Count;

    /// <summary>Takes the pickups and goods of visits before a trip's beginning out of the problem.</summary>
    private void PutOff(IReadOnlyList<RouteStep> steps, int trip)
    {
        for (int i = 1; i < trip; i++)
        {
            if (steps[i].Kind != StepKind.Visit) continue;
            var (job, done) = (_jobs[steps[i].Job], steps[i].Alternative);
            _jobs[steps[i].Job] = job with
            {
                Alternatives = [.. job.Alternatives.Select((a, k) => k != done ? a : a with { GoodsClass = 0, Visits = a.Visits.Count == 2 ? a.Visits : [a.Visits[0] with { Pickup = [] }] })],
            };
        }
    }
}
