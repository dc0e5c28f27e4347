using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>Walks one route by its stated times and judges legs, stays, windows, breaks, shift and depot opening.</summary>
/// <remarks>
/// A stated time is right when it follows from the stated times before it: arrival = the leg's arrival, departure = start + setup + handling, arrival ≤ start.
/// Where a time is wrong the walk goes on from the stated one, so that one fault is reported once. Frozen steps must equal the history and are not judged.
/// </remarks>
internal sealed class TimeRules
{
    private readonly CheckedRoute _route;
    private readonly Findings _findings;
    private readonly TravelProfile _travel;

    // Where the vehicle is and from when it may go on; moves along with the walk.
    private int _place;
    private int _ready;
    private int _nextBreak;

    // Place whose setup has been paid: that of the last activity that was not a break; −1 = none.
    private int _settledAt;

    // A stop is an uninterrupted stay: breaks keep it, a reload or another place ends it.
    private bool _isStaying;

    private TimeRules(CheckedRoute route, Findings findings)
    {
        _route = route;
        _findings = findings;
        _travel = findings.Problem.Profiles[route.Vehicle.Profile];
    }

    /// <summary>Judges the times and fills in the route's distance, travel seconds, stops and lateness.</summary>
    public static void Check(CheckedRoute route, Findings findings) => new TimeRules(route, findings).Walk();

    private void Walk()
    {
        var steps = _route.Route.Steps;
        CheckStart(steps[0]);
        for (int i = 1; i < steps.Count; i++)
        {
            if (_route.IsFrozen(i)) continue;
            var step = steps[i];
            switch (step.Kind)
            {
                case StepKind.Visit: CheckVisit(step, i); break;
                case StepKind.Break: CheckBreak(step, i); break;
                case StepKind.Reload: CheckReload(step, i); break;
                default: CheckEnd(step, i); break;
            }

            if (step.DistanceSoFar != _route.Distance) Add(ViolationKind.StatedMeasure, i, $"stated distance so far {step.DistanceSoFar}, recomputed {_route.Distance}.");
            _ready = step.Departure;
        }

        CheckOwedBreaks(steps[^1].Departure);
    }

    private void CheckStart(RouteStep step)
    {
        var vehicle = _route.Vehicle;
        if (step.Depot != (vehicle.StartDepot ?? -1)) Add(ViolationKind.Structure, 0, $"starts at depot {step.Depot}, its start depot is {NameOf(vehicle.StartDepot)}.");
        if (vehicle.Committed is { StartedAt: { } startedAt } committed)
        {
            CheckHistory(committed, startedAt);
            return;
        }

        int place = vehicle.StartDepot is { } depot ? _findings.Problem.Depots[depot].Place : vehicle.Committed?.Position ?? FirstVisitPlace() ?? step.Place;
        if (step.Place != place) Add(ViolationKind.Structure, 0, $"starts at place {step.Place} instead of {place}.");
        int latest = Math.Min(vehicle.LatestStart ?? vehicle.Shift.Latest, vehicle.Shift.Latest);
        if (step.Arrival < vehicle.Shift.Earliest || step.Arrival > latest)
            Add(ViolationKind.Shift, 0, $"starts at {step.Arrival}, allowed is [{vehicle.Shift.Earliest}, {latest}].");
        if (vehicle.Committed is { } waiting && step.Arrival < waiting.ReadyAt) Add(ViolationKind.Frozen, 0, $"starts at {step.Arrival} before it is ready at {waiting.ReadyAt}.");
        CheckStay(step, 0, step.Arrival, vehicle.StartDepot is { } start ? _findings.Problem.Depots[start].LoadingSecondsPerTrip : 0);
        if (vehicle.StartDepot is { } opened) CheckOpening(step, 0, opened);
        (_place, _ready, _route.Distance) = (place, step.Departure, vehicle.Committed?.DistanceSoFar ?? 0);
        _settledAt = vehicle.StartDepot is null && vehicle.Committed?.Position is null ? -1 : place;
    }

    private void CheckHistory(CommittedRoute committed, int startedAt)
    {
        var steps = _route.Route.Steps;
        if (steps[0].Arrival != startedAt) Add(ViolationKind.Frozen, 0, $"starts at {steps[0].Arrival}, it really started at {startedAt}.");
        for (int i = 0; i < committed.Frozen.Count; i++)
        {
            var frozen = committed.Frozen[i];
            var step = i + 1 < steps.Count - 1 ? steps[i + 1] : null;
            if (step is not null && step.Kind == StepKind.Visit
                && new FrozenVisit(step.Job, step.Alternative, step.Visit, step.Arrival, step.Start, step.Departure) == frozen) continue;
            Add(ViolationKind.Frozen, i + 1, $"must be the executed visit {frozen}.");
        }

        var last = committed.Frozen.Count > 0 ? committed.Frozen[^1] : null;
        int lastPlace = last is null ? steps[0].Place : _findings.Problem.Jobs[last.Job].Alternatives[last.Alternative].Visits[last.Visit].Place;
        _place = committed.Position ?? lastPlace;
        _settledAt = _place;
        _ready = Math.Max(committed.ReadyAt, last?.Departure ?? startedAt);
        _route.Distance = committed.DistanceSoFar;
        _route.Stops = CountStops(committed.Frozen);
        foreach (var frozen in committed.Frozen)
            AddLateness(_findings.Problem.Jobs[frozen.Job].Alternatives[frozen.Alternative].Visits[frozen.Visit], frozen.Start);
        _isStaying = last is not null && _place == lastPlace;
    }

    private void CheckVisit(RouteStep step, int index)
    {
        var visit = _route.VisitOf(step);
        if (step.Place != visit.Place) Add(ViolationKind.Structure, index, $"happens at place {step.Place}, the visit is at {visit.Place}.", step.Job);
        bool isNewPlace = _settledAt != visit.Place;
        bool isNewStop = isNewPlace || !_isStaying;
        int arrival = Drive(visit.Place, index, step.Arrival);
        if (isNewStop) _route.Stops++;
        CheckStay(step, index, arrival, (isNewPlace ? visit.SetupSeconds : 0) + visit.HandlingSeconds);
        CheckWindows(step, index, visit, isNewStop);
        AddLateness(visit, step.Start);
        _settledAt = visit.Place;
        _isStaying = true;
    }

    private void CheckWindows(RouteStep step, int index, Visit visit, bool isNewStop)
    {
        if (visit.Windows.Count == 0 || (visit.IsWindowOnStopArrival && !isNewStop)) return;
        int judged = visit.IsWindowOnStopArrival ? step.Arrival : step.Start;
        foreach (var window in visit.Windows)
            if (step.Start >= window.Earliest && judged <= window.Latest) return;
        string windows = string.Join(", ", visit.Windows.Select(w => $"[{w.Earliest}, {w.Latest}]"));
        Add(ViolationKind.Window, index, $"{_findings.NameJob(step.Job)} arrives {step.Arrival}, starts {step.Start}, outside {windows}.", step.Job, (judged, visit.Windows[^1].Latest));
    }

    private void AddLateness(Visit visit, int start)
    {
        if (visit.DueTime is { } due && start > due) _route.LateCost += ((long)start - due) * visit.CostPerLateSecond;
    }

    private void CheckBreak(RouteStep step, int index)
    {
        if (step.Place != _place) Add(ViolationKind.Break, index, $"rests at place {step.Place}, the vehicle is at {_place}.");
        if (step.Break != _nextBreak) Add(ViolationKind.Break, index, $"break {step.Break} is taken where break {_nextBreak} is due.");
        var rest = _route.Vehicle.Breaks[step.Break];
        _nextBreak = step.Break + 1;
        CheckStay(step, index, _ready, rest.DurationSeconds);
        if (!rest.Windows.Any(w => w.Earliest <= step.Start && step.Start <= w.Latest))
            Add(ViolationKind.Break, index, $"break {step.Break} ({rest.Id}) starts at {step.Start} outside its windows.");
    }

    private void CheckReload(RouteStep step, int index)
    {
        var depot = _findings.Problem.Depots[step.Depot];
        if (!_route.Vehicle.ReloadDepots.Contains(step.Depot)) Add(ViolationKind.MaxTrips, index, $"may not reload at {_findings.NameDepot(step.Depot)}.");
        if (step.Place != depot.Place) Add(ViolationKind.Structure, index, $"reloads at place {step.Place}, the depot is at {depot.Place}.");
        int arrival = Drive(depot.Place, index, step.Arrival);
        CheckStay(step, index, arrival, depot.LoadingSecondsPerTrip);
        CheckOpening(step, index, step.Depot);
        _settledAt = depot.Place;
        _isStaying = false;
    }

    private void CheckEnd(RouteStep step, int index)
    {
        var vehicle = _route.Vehicle;
        if (step.Depot != (vehicle.EndDepot ?? -1)) Add(ViolationKind.Structure, index, $"ends at depot {step.Depot}, its end depot is {NameOf(vehicle.EndDepot)}.");
        int place = vehicle.EndDepot is { } depot ? _findings.Problem.Depots[depot].Place : _place;
        if (step.Place != place) Add(ViolationKind.Structure, index, $"ends at place {step.Place} instead of {place}.");
        int arrival = Drive(place, index, step.Arrival);
        CheckStay(step, index, arrival, 0);
        if (vehicle.EndDepot is { } opened) CheckOpening(step, index, opened);
        if (step.Departure > vehicle.Shift.Latest) Add(ViolationKind.Shift, index, $"ends at {step.Departure}, its shift ends at {vehicle.Shift.Latest}.", -1, (step.Departure, vehicle.Shift.Latest));
    }

    private void CheckOwedBreaks(int routeEnd)
    {
        for (int b = _nextBreak; b < _route.Vehicle.Breaks.Count; b++)
        {
            var rest = _route.Vehicle.Breaks[b];
            if (rest.IsWaivedIfRouteEndsBefore && routeEnd <= rest.Windows[0].Earliest) continue;
            Add(ViolationKind.Break, -1, $"break {b} ({rest.Id}) is not taken.");
        }
    }

    /// <summary>Drives to a place; the arrival that the rules give, or the stated one when there is no way.</summary>
    private int Drive(int place, int index, int statedArrival)
    {
        int from = _place;
        _place = place;
        if (LegRule.Drive(_travel, from, place, _ready) is not { } leg)
        {
            Add(ViolationKind.Unreachable, index, $"there is no way from place {from} to place {place}.");
            return statedArrival;
        }

        _route.Distance += leg.Distance;
        _route.TravelSeconds += leg.Arrives - leg.Leaves;
        return leg.Arrives;
    }

    private void CheckStay(RouteStep step, int index, int arrival, int seconds)
    {
        if (step.Arrival != arrival) Add(ViolationKind.Timing, index, $"stated arrival {step.Arrival}, recomputed {arrival}.", step.Job);
        if (step.Start < step.Arrival) Add(ViolationKind.Timing, index, $"starts at {step.Start} before it arrives at {step.Arrival}.", step.Job);
        if (step.Departure != (long)step.Start + seconds) Add(ViolationKind.Timing, index, $"stated departure {step.Departure}, recomputed {(long)step.Start + seconds}.", step.Job);
    }

    private void CheckOpening(RouteStep step, int index, int depot)
    {
        var open = _findings.Problem.Depots[depot].Open;
        if (step.Start < open.Earliest || step.Start > open.Latest)
            Add(ViolationKind.DepotOpening, index, $"is served at {step.Start} by {_findings.NameDepot(depot)}, which is open in [{open.Earliest}, {open.Latest}].");
    }

    private static string NameOf(int? depot) => depot is { } index ? $"depot {index}" : "none";

    private int CountStops(IReadOnlyList<FrozenVisit> visits)
    {
        int stops = 0, last = -1;
        foreach (var visit in visits)
        {
            int place = _findings.Problem.Jobs[visit.Job].Alternatives[visit.Alternative].Visits[visit.Visit].Place;
            if (place != last) stops++;
            last = place;
        }

        return stops;
    }

    private int? FirstVisitPlace()
    {
        foreach (var step in _route.Route.Steps)
            if (step.Kind == StepKind.Visit) return _route.VisitOf(step).Place;
        return null;
    }

    private void Add(ViolationKind kind, int step, string message, int job = -1, (long Value, long Limit)? compared = null) =>
        _findings.Add(new Violation(kind, $"{_findings.NameVehicle(_route.VehicleIndex)}{(step < 0 ? "" : $", step {step}")}: {message}", _route.VehicleIndex, step, job) { Compared = compared });
}
