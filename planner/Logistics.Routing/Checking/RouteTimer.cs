using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>Gives a bare route its times for one chosen start: everything as early as possible.</summary>
internal sealed class RouteTimer
{
    private readonly Problem _problem;
    private readonly Vehicle _vehicle;
    private readonly TravelProfile _travel;
    private readonly IReadOnlyList<BareStep> _bare;

    // Bare step before which each break is taken (the count of steps = before the end, more = not at all); null = as late as its window allows.
    private readonly IReadOnlyList<int>? _breakPositions;

    // A pickup whose ride was too long begins no earlier than this, by bare step index.
    private readonly int[] _notBefore;

    private readonly List<RouteStep> _steps = [];
    private long[] _load = [];
    private int _place;
    private int _ready;
    private int _settledAt;
    private bool _isStaying;
    private int _nextBreak;
    private long _distance;

    public RouteTimer(Problem problem, BareRoute route, IReadOnlyList<int>? breakPositions = null)
    {
        _breakPositions = breakPositions;
        _problem = problem;
        _vehicle = problem.Vehicles[route.Vehicle];
        _travel = problem.Profiles[_vehicle.Profile];
        _bare = route.Steps;
        _notBefore = new int[_bare.Count];
    }

    /// <summary>Earliest second the route sensibly begins: when the depot is open and the goods are there, if it may begin so late; loading waits for them in any case.</summary>
    public int EarliestStart
    {
        get
        {
            if (_vehicle.Committed?.StartedAt is { } startedAt) return startedAt;
            int earliest = Math.Max(_vehicle.Shift.Earliest, _vehicle.Committed?.ReadyAt ?? 0);
            return Math.Max(earliest, Math.Min(LoadingFrom(), _vehicle.LatestStart ?? int.MaxValue));
        }
    }

    public IReadOnlyList<RouteStep> Run(int start)
    {
        Array.Clear(_notBefore);
        // Each round fixes at least one ride or proves that waiting does not help; a pair needs few.
        for (int round = 0; round <= 2 * _bare.Count; round++)
        {
            RunOnce(start);
            if (!DelayLongRides()) break;
        }

        return _steps.ToArray();
    }

    private void RunOnce(int start)
    {
        _steps.Clear();
        _nextBreak = 0;
        _load = LoadFrom(0);
        Begin(start);
        for (int i = 0; i < _bare.Count; i++)
        {
            if (_bare[i].IsReload) Reload(_bare[i].Depot, i);
            else Visit(_bare[i], i);
        }

        End();
    }

    private void Begin(int start)
    {
        var committed = _vehicle.Committed;
        int place = _vehicle.StartDepot is { } depot ? _problem.Depots[depot].Place : committed?.Position ?? FirstPlace();
        int loading = _vehicle.StartDepot is { } loads && committed?.StartedAt is null ? _problem.Depots[loads].LoadingSecondsPerTrip : 0;
        (_place, _distance, _isStaying) = (place, 0, false);
        _settledAt = _vehicle.StartDepot is null && committed?.Position is null ? -1 : place;
        int loadingStart = committed?.StartedAt is null ? Math.Max(start, LoadingFrom()) : start;
        Add(new RouteStep { Kind = StepKind.Start, Place = place, Depot = _vehicle.StartDepot ?? -1, Arrival = start, Start = loadingStart, Departure = loadingStart + loading });
        if (committed?.StartedAt is not null) Recall(committed);
        else _distance = committed?.DistanceSoFar ?? 0;
    }

    private void Recall(CommittedRoute committed)
    {
        foreach (var frozen in committed.Frozen)
        {
            var visit = _problem.Jobs[frozen.Job].Alternatives[frozen.Alternative].Visits[frozen.Visit];
            Handle(frozen.Job, frozen.Alternative, frozen.Visit);
            Add(new RouteStep
            {
                Kind = StepKind.Visit,
                Place = visit.Place,
                Job = frozen.Job,
                Alternative = frozen.Alternative,
                Visit = frozen.Visit,
                Arrival = frozen.Arrival,
                Start = frozen.Start,
                Departure = frozen.Departure,
            });
            _place = visit.Place;
        }

        _isStaying = committed.Frozen.Count > 0 && (committed.Position is null || committed.Position == _place);
        _place = committed.Position ?? _place;
        _settledAt = _place;
        _ready = Math.Max(committed.ReadyAt, _ready);
        _distance = committed.DistanceSoFar;
    }

    private void Visit(BareStep bare, int index)
    {
        var visit = _problem.Jobs[bare.Job].Alternatives[bare.Alternative].Visits[bare.Visit];
        RestBefore(index, visit.Place, arrival => FirstStart(visit, arrival) + (long)visit.SetupSeconds + visit.HandlingSeconds);
        bool isNewPlace = visit.Place != _settledAt, isNewStop = isNewPlace || !_isStaying;
        int arrival = Drive(visit.Place);
        int start = Math.Max(arrival, _notBefore[index]);
        if (!visit.IsWindowOnStopArrival || isNewStop) start = FirstStart(visit, start);
        Handle(bare.Job, bare.Alternative, bare.Visit);
        Add(new RouteStep
        {
            Kind = StepKind.Visit,
            Place = visit.Place,
            Job = bare.Job,
            Alternative = bare.Alternative,
            Visit = bare.Visit,
            Arrival = arrival,
            Start = start,
            Departure = start + (isNewPlace ? visit.SetupSeconds : 0) + visit.HandlingSeconds,
        });
        (_settledAt, _isStaying) = (visit.Place, true);
    }

    private static int FirstStart(Visit visit, int arrival)
    {
        foreach (var window in visit.Windows)
            if (arrival <= window.Latest) return Math.Max(arrival, window.Earliest);
        return arrival;
    }

    private void Reload(int depot, int index)
    {
        var at = _problem.Depots[depot];
        int earliest = Math.Max(ReleaseFrom(index + 1), at.Open.Earliest);
        RestBefore(index, at.Place, arrival => Math.Max(arrival, earliest) + (long)at.LoadingSecondsPerTrip);
        int arrival = Drive(at.Place), start = Math.Max(arrival, earliest);
        _load = LoadFrom(index + 1);
        Add(new RouteStep { Kind = StepKind.Reload, Place = at.Place, Depot = depot, Arrival = arrival, Start = start, Departure = start + at.LoadingSecondsPerTrip });
        (_settledAt, _isStaying) = (at.Place, false);
    }

    private void End()
    {
        int place = _vehicle.EndDepot is { } depot ? _problem.Depots[depot].Place : _place;
        RestBefore(_bare.Count, place, arrival => arrival);
        if (_breakPositions is null) RestBeforeEnd(place);
        int arrival = Drive(place), start = arrival;
        if (_vehicle.EndDepot is { } closing) start = Math.Max(start, _problem.Depots[closing].Open.Earliest);
        Add(new RouteStep { Kind = StepKind.End, Place = place, Depot = _vehicle.EndDepot ?? -1, Arrival = arrival, Start = start, Departure = start });
    }

    /// <summary>Takes the breaks that could not begin in time any more once the next activity is done.</summary>
    private void RestBefore(int index, int place, Func<int, long> finish)
    {
        if (_breakPositions is not null)
        {
            while (_nextBreak < _vehicle.Breaks.Count && _breakPositions[_nextBreak] <= index) Rest(_vehicle.Breaks[_nextBreak]);
            return;
        }

        while (_nextBreak < _vehicle.Breaks.Count)
        {
            var rest = _vehicle.Breaks[_nextBreak];
            if (LegRule.Drive(_travel, _place, place, _ready) is { } leg && finish(leg.Arrives) <= rest.Windows[^1].Latest) return;
            Rest(rest);
        }
    }

    /// <summary>Before the last leg every break still owed is taken, unless the route is over before the first of its windows.</summary>
    private void RestBeforeEnd(int place)
    {
        while (_nextBreak < _vehicle.Breaks.Count)
        {
            var rest = _vehicle.Breaks[_nextBreak];
            if (rest.IsWaivedIfRouteEndsBefore && LegRule.Drive(_travel, _place, place, _ready) is { } leg && leg.Arrives <= rest.Windows[0].Earliest) return;
            Rest(rest);
        }
    }

    private void Rest(Break rest)
    {
        int start = _ready;
        foreach (var window in rest.Windows)
        {
            if (_ready > window.Latest) continue;
            start = Math.Max(_ready, window.Earliest);
            break;
        }

        Add(new RouteStep { Kind = StepKind.Break, Place = _place, Break = _nextBreak++, Arrival = _ready, Start = start, Departure = start + rest.DurationSeconds });
    }

    private int Drive(int place)
    {
        var leg = LegRule.Drive(_travel, _place, place, _ready);
        _place = place;
        if (leg is not { } driven) return _ready;
        _distance += driven.Distance;
        return driven.Arrives;
    }

    private void Add(RouteStep step)
    {
        _steps.Add(step with { Load = [.. _load], DistanceSoFar = _distance });
        _ready = step.Departure;
    }

    private bool DelayLongRides()
    {
        bool isChanged = false;
        for (int i = 0; i < _bare.Count; i++)
        {
            if (_bare[i].IsReload || _bare[i].Visit != 1) continue;
            var alternative = _problem.Jobs[_bare[i].Job].Alternatives[_bare[i].Alternative];
            if (alternative.MaxRideSeconds is not { } most) continue;
            int from = -1;
            for (int j = 0; j < i; j++)
                if (!_bare[j].IsReload && _bare[j].Job == _bare[i].Job && _bare[j].Visit == 0) from = j;
            if (from < 0) continue;
            var (pickup, delivery) = (StepOf(from), StepOf(i));
            int wanted = pickup.Start + (delivery.Start - pickup.Departure - most);
            var windows = alternative.Visits[0].Windows;
            if (wanted <= pickup.Start || (windows.Count > 0 && wanted > windows[^1].Latest) || wanted <= _notBefore[from]) continue;
            _notBefore[from] = wanted;
            isChanged = true;
        }

        return isChanged;
    }

    private RouteStep StepOf(int bare) => _steps.Find(s => s.Kind == StepKind.Visit && s.Job == _bare[bare].Job && s.Visit == _bare[bare].Visit)!;

    /// <summary>When the first trip's goods are there and the depot is open.</summary>
    private int LoadingFrom() => Math.Max(ReleaseFrom(0), _vehicle.StartDepot is { } depot ? _problem.Depots[depot].Open.Earliest : 0);

    private int ReleaseFrom(int index)
    {
        int release = 0;
        for (int i = index; i < _bare.Count && !_bare[i].IsReload; i++)
        {
            var alternative = _problem.Jobs[_bare[i].Job].Alternatives[_bare[i].Alternative];
            bool isOnBoard = _vehicle.Committed?.Loaded.Contains(_bare[i].Job) ?? false;
            if (alternative.Visits.Count == 1 && !isOnBoard) release = Math.Max(release, alternative.ReleaseTime);
        }

        return release;
    }

    private long[] LoadFrom(int index)
    {
        var load = new long[_problem.Dimensions];
        var served = new HashSet<int>();
        for (int i = index; i < _bare.Count && !_bare[i].IsReload; i++) AddDelivery(_bare[i].Job, _bare[i].Alternative);
        if (index > 0 || _vehicle.Committed is not { } committed) return load;
        foreach (var frozen in committed.Frozen) AddDelivery(frozen.Job, frozen.Alternative);
        foreach (int job in committed.Loaded) AddDelivery(job, 0);
        return load;

        void AddDelivery(int job, int alternative)
        {
            var visits = _problem.Jobs[job].Alternatives[alternative].Visits;
            if (visits.Count != 1 || !served.Add(job)) return;
            for (int d = 0; d < visits[0].Delivery.Count; d++) load[d] += visits[0].Delivery[d];
        }
    }

    private void Handle(int job, int alternative, int visit)
    {
        var visits = _problem.Jobs[job].Alternatives[alternative].Visits;
        var amount = visits[0];
        for (int d = 0; d < _load.Length; d++)
        {
            long pickup = d < amount.Pickup.Count ? amount.Pickup[d] : 0, delivery = d < amount.Delivery.Count ? amount.Delivery[d] : 0;
            _load[d] += visits.Count == 1 ? pickup - delivery : visit == 0 ? pickup : -pickup;
        }
    }

    private int FirstPlace()
    {
        foreach (var bare in _bare)
            if (!bare.IsReload) return _problem.Jobs[bare.Job].Alternatives[bare.Alternative].Visits[bare.Visit].Place;
        return 0;
    }
}
