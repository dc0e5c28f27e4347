using Logistics.Routing.Model;

namespace Logistics.Routing.Tests.Oracle;

/// <summary>The cheapest route found for one set of choices, one use of resources and one measure for balance.</summary>
/// <param name="Room">Seconds the vehicle may be at its start earlier than it needs to be, which makes the day longer and nothing else: where days are balanced, that can pay.</param>
internal sealed record RouteOption(int[] Choice, int[] Uses, long Measure, long Cost, string Text, Vehicle Vehicle, long Duration, int Room)
{
    /// <summary>What waiting so long at the start costs; null when it may not.</summary>
    public long? CostOfWaiting(long seconds)
    {
        if (seconds <= 0) return 0;
        if (seconds > Room || Duration + seconds > Vehicle.MaxDurationSeconds) return null;
        long overtime = Vehicle.RegularSeconds is { } regular ? Math.Max(0, Duration + seconds - regular) - Math.Max(0, Duration - regular) : 0;
        return (seconds * Vehicle.CostPerSecond) + (overtime * Vehicle.CostPerOvertimeSecond);
    }
}

/// <summary>Every route a vehicle can drive, by plain depth-first enumeration: each start second that matters, each order, reload, release wait and break position.</summary>
/// <remarks>Everything else happens as early as it may, which is best because legs are first in, first out. For tiny problems only.</remarks>
internal sealed class RouteEnumerator
{
    private readonly Problem _problem;
    private readonly Vehicle _vehicle;
    private readonly int _index;
    private readonly TravelProfile _travel;
    private readonly UseBook _book;
    private readonly int[] _releases;
    private readonly Dictionary<string, RouteOption> _best = [];

    /// <summary>Visits that must keep this relative order; others may come anywhere. Null = any order.</summary>
    public IReadOnlyList<(int Job, int Visit)>? KeptOrder { get; init; }

    // The route being built.
    private readonly int[] _choice;
    private readonly bool[] _isPicked;
    private readonly int[] _pickedTrip;
    private readonly int[] _pickedAt;
    private readonly bool[] _isDone;
    private readonly int[] _uses;
    private readonly List<string> _text = [];

    public RouteEnumerator(Problem problem, int vehicle, UseBook book)
    {
        (_problem, _vehicle, _index, _book) = (problem, problem.Vehicles[vehicle], vehicle, book);
        _travel = problem.Profiles[_vehicle.Profile];
        _releases = [.. problem.Jobs.SelectMany(j => j.Alternatives).Select(a => a.ReleaseTime).Append(0).Distinct().Order()];
        int jobs = problem.Jobs.Count;
        (_choice, _isPicked, _isDone, _pickedTrip, _pickedAt) = (new int[jobs], new bool[jobs], new bool[jobs], new int[jobs], new int[jobs]);
        _uses = new int[book.Size];
        Array.Fill(_choice, -1);
    }

    /// <summary>What is carried along the recursion.</summary>
    private readonly record struct State(
        int Place, int Now, int SettledAt, bool IsStaying, int NextBreak, int Trip, int Loading, long Metres, long Driving, int Stops, int Tasks, long Late, int Goods, int LastLoaded, bool HasFirst);

    public List<RouteOption> Enumerate()
    {
        var committed = _vehicle.Committed;
        if (committed?.StartedAt is { } startedAt)
        {
            Recall(committed, startedAt);
        }
        else
        {
            int earliest = Math.Max(_vehicle.Shift.Earliest, committed?.ReadyAt ?? 0), latest = Math.Min(_vehicle.Shift.Latest, _vehicle.LatestStart ?? _vehicle.Shift.Latest);
            // Leaving later shortens a route, and may spare it a detour or a slow hour.
            bool isFree = !_travel.IsTimeDependent && _vehicle.CostPerSecond == 0 && _vehicle.RegularSeconds is null && _vehicle.MaxDurationSeconds is null && _problem.Balance?.Measure != BalanceMeasure.DurationSeconds;
            for (int start = earliest; start <= (isFree ? Math.Min(earliest, latest) : latest); start++) Begin(start);
        }

        return [.. _best.Values];
    }

    private void Recall(CommittedRoute committed, int startedAt)
    {
        int place = _vehicle.StartDepot is { } depot ? _problem.Depots[depot].Place : committed.Position ?? 0, now = startedAt, stops = 0, last = -1;
        long late = 0;
        var load = new long[_problem.Dimensions];
        foreach (int job in committed.Loaded) AddTo(load, _problem.Jobs[job].Alternatives[0].Visits[0].Delivery, 1);
        int goods = 0;
        foreach (var frozen in committed.Frozen)
        {
            var alternative = _problem.Jobs[frozen.Job].Alternatives[frozen.Alternative];
            var visit = alternative.Visits[frozen.Visit];
            (_choice[frozen.Job], _isDone[frozen.Job]) = (frozen.Alternative, true);
            _book.Add(_uses, visit.Uses, frozen.Start, 1);
            AddTo(load, visit.Pickup, 1);
            if (visit.Place != last) stops++;
            (place, last, now) = (visit.Place, visit.Place, frozen.Departure);
            if (visit.DueTime is { } due) late += Math.Max(0, frozen.Start - due) * visit.CostPerLateSecond;
            goods |= 1 << alternative.GoodsClass;
        }

        if (_vehicle.StartDepot is { } start && _problem.Depots[start].Dock is { } dock) _book.Add(_uses, [dock], startedAt, 1);
        int at = committed.Position ?? place;
        Extend(
            new State(at, Math.Max(now, committed.ReadyAt), at, committed.Frozen.Count > 0 && at == last, 0, 0, int.MaxValue, committed.DistanceSoFar, 0, stops, committed.Frozen.Count, late, goods, -1, true),
            startedAt, load, [.. load]);
    }

    private void Begin(int start)
    {
        var load = new long[_problem.Dimensions];
        foreach (int job in _vehicle.Committed?.Loaded ?? []) AddTo(load, _problem.Jobs[job].Alternatives[0].Visits[0].Delivery, 1);
        if (_vehicle.StartDepot is not { } depot)
        {
            int at = _vehicle.Committed?.Position ?? -1;
            foreach (int release in _releases)
                if (release <= start) Extend(new State(at, start, at, false, 0, 0, start, _vehicle.Committed?.DistanceSoFar ?? 0, 0, 0, 0, 0, 0, -1, at >= 0), start, load, [.. load]);
            foreach (int release in _releases)
                if (release > start) Extend(new State(at, release, at, false, 0, 0, release, _vehicle.Committed?.DistanceSoFar ?? 0, 0, 0, 0, 0, 0, -1, at >= 0), start, load, [.. load]);
            return;
        }

        Load(depot, start, loading => Extend(
            new State(_problem.Depots[depot].Place, loading + _problem.Depots[depot].LoadingSecondsPerTrip, _problem.Depots[depot].Place, false, 0, 0, loading, _vehicle.Committed?.DistanceSoFar ?? 0, 0, 0, 0, 0, 0, -1, true),
            start, load, [.. load]));
    }

    /// <summary>Every second at which a loading may sensibly begin: as early as may be, or when something more is released.</summary>
    private void Load(int depot, int ready, Action<int> go)
    {
        var at = _problem.Depots[depot];
        int earliest = Math.Max(ready, at.Open.Earliest);
        foreach (int loading in _releases.Select(r => Math.Max(r, earliest)).Distinct())
        {
            if (loading > at.Open.Latest) continue;
            if (at.Dock is { } dock) _book.Add(_uses, [dock], loading, 1);
            go(loading);
            if (at.Dock is { } back) _book.Add(_uses, [back], loading, -1);
        }
    }

    private void Extend(State state, int start, long[] load, long[] peak)
    {
        if (state.Now > _vehicle.Shift.Latest || !FitsLimits(state)) return;
        Finish(state, start);
        for (int job = 0; job < _problem.Jobs.Count; job++)
        {
            if (_isDone[job]) continue;
            if (_isPicked[job]) Visit(state, start, load, peak, job, _choice[job], 1);
            else
                for (int a = 0; a < _problem.Jobs[job].Alternatives.Count; a++) Visit(state, start, load, peak, job, a, 0);
        }

        if (state.NextBreak < _vehicle.Breaks.Count) Rest(state, start, load, peak);
        if (state.Trip + 1 < _vehicle.MaxTrips && Array.TrueForAll(_isPicked, p => !p) && state.Place >= 0)
            foreach (int depot in _vehicle.ReloadDepots.Distinct()) Reload(state, start, depot);
    }

    private bool FitsLimits(State state) =>
        !(state.Metres > _vehicle.MaxDistance) && !(state.Driving > _vehicle.MaxTravelSeconds) && !(state.Stops > _vehicle.MaxStops) && !(state.Tasks > _vehicle.MaxTasks);

    private void Visit(State state, int start, long[] load, long[] peak, int job, int alternative, int index)
    {
        var chosen = _problem.Jobs[job].Alternatives[alternative];
        var visit = chosen.Visits[index];
        if (KeptOrder is not null && BreaksOrder(KeptOrder, job, index)) return;
        int loaded = _vehicle.Committed?.Loaded.ToList().IndexOf(job) ?? -1;
        if (index == 0 && !MayServe(job, chosen, state, loaded)) return;
        if (chosen.Visits.Any(v => v.Zone is { } zone && _vehicle.Zones is { } zones && !zones.Contains(zone))) return;
        // A vehicle without a start begins at its first visit.
        bool isFirst = !state.HasFirst;
        if (OracleLegs.Drive(_travel, isFirst ? visit.Place : state.Place, visit.Place, state.Now) is not { } leg) return;
        bool isNewPlace = isFirst || state.SettledAt != visit.Place, isNewStop = isNewPlace || !state.IsStaying;
        int begin = leg.Arrives;
        if (visit.Windows.Count > 0 && (!visit.IsWindowOnStopArrival || isNewStop))
        {
            begin = visit.Windows.Where(w => leg.Arrives <= w.Latest).Select(w => Math.Max(w.Earliest, leg.Arrives)).DefaultIfEmpty(-1).First();
            if (begin < 0) return;
        }

        int leave = begin + (isNewPlace ? visit.SetupSeconds : 0) + visit.HandlingSeconds;
        if (index == 1 && (_pickedTrip[job] != state.Trip || begin - _pickedAt[job] > chosen.MaxRideSeconds)) return;
        var (newLoad, newPeak) = (load.ToArray(), peak.ToArray());
        if (!Handle(chosen, index, loaded >= 0 && state.Trip == 0, state.Trip == 0 && _vehicle.Committed?.StartedAt is not null, newLoad, newPeak)) return;

        bool isPair = chosen.Visits.Count == 2;
        (int previous, bool wasPicked) = (_choice[job], _isPicked[job]);
        (_choice[job], _isPicked[job], _isDone[job]) = (alternative, isPair && index == 0, !isPair || index == 1);
        if (isPair && index == 0) (_pickedTrip[job], _pickedAt[job]) = (state.Trip, leave);
        _book.Add(_uses, visit.Uses, begin, 1);
        _text.Add($"j{job}.{alternative}.{index}@{begin}");
        Extend(
            state with
            {
                Place = visit.Place,
                Now = leave,
                SettledAt = visit.Place,
                IsStaying = true,
                Metres = state.Metres + leg.Metres,
                Driving = state.Driving + leg.Arrives - leg.Leaves,
                Stops = state.Stops + (isNewStop ? 1 : 0),
                Tasks = state.Tasks + 1,
                Goods = state.Goods | (1 << chosen.GoodsClass),
                HasFirst = true,
                Late = state.Late + (visit.DueTime is { } due ? Math.Max(0, begin - due) * visit.CostPerLateSecond : 0),
                LastLoaded = loaded >= 0 ? loaded : state.LastLoaded,
            },
            start, newLoad, newPeak);
        _text.RemoveAt(_text.Count - 1);
        _book.Add(_uses, visit.Uses, begin, -1);
        (_choice[job], _isPicked[job], _isDone[job]) = (previous, wasPicked, false);
    }

    // A visit of the order may come only when those before it are done.
    private bool BreaksOrder(IReadOnlyList<(int Job, int Visit)> order, int job, int index)
    {
        foreach (var (earlier, visit) in order)
        {
            if (earlier == job && visit == index) return false;
            if (!_isDone[earlier] && !(visit == 0 && _isPicked[earlier])) return order.Contains((job, index));
        }

        return false;
    }

    private bool MayServe(int job, Alternative chosen, State state, int loaded)
    {
        if (chosen.Skills.Any(s => !_vehicle.Skills.Contains(s)) || (chosen.AllowedVehicles is { } allowed && !allowed.Contains(_index)) || chosen.ForbiddenVehicles.Contains(_index)) return false;
        if (_problem.GoodsConflicts.Any(c => (c.ClassA == chosen.GoodsClass && (state.Goods & (1 << c.ClassB)) != 0) || (c.ClassB == chosen.GoodsClass && (state.Goods & (1 << c.ClassA)) != 0))) return false;
        for (int v = 0; v < _problem.Vehicles.Count; v++)
            if (v != _index && _problem.Vehicles[v].Committed is { } other && (other.Loaded.Contains(job) || other.Frozen.Any(f => f.Job == job))) return false;
        if (loaded >= 0)
            return state.Trip == 0 && !(_vehicle.Committed!.KeepsLoadedOrder && loaded < state.LastLoaded);
        bool hasLeft = _vehicle.Committed?.StartedAt is not null && state.Trip == 0;
        if (hasLeft && chosen.Visits.Count == 1 && chosen.Visits[0].Delivery.Any(d => d > 0)) return false;
        return chosen.Visits.Count == 2 || hasLeft || chosen.ReleaseTime <= state.Loading;
    }

    /// <summary>Load after the visit, and the most that was ever on board in this trip, counting what it delivers from the trip's beginning.</summary>
    private bool Handle(Alternative chosen, int index, bool isOnBoard, bool hasLeft, long[] load, long[] peak)
    {
        var first = chosen.Visits[0];
        for (int d = 0; d < load.Length; d++)
        {
            long delivery = d < first.Delivery.Count ? first.Delivery[d] : 0, pickup = d < first.Pickup.Count ? first.Pickup[d] : 0;
            if (chosen.Visits.Count == 2)
            {
                load[d] += index == 0 ? pickup : -pickup;
            }
            else if (isOnBoard)
            {
                load[d] += pickup - delivery;
            }
            else
            {
                load[d] += pickup;
                peak[d] += delivery;
            }

            peak[d] = Math.Max(peak[d], load[d]);
            // What left on board is history; only what it becomes is judged.
            if (d < _vehicle.Capacity.Count && (hasLeft ? load[d] : peak[d]) > _vehicle.Capacity[d]) return false;
        }

        return true;
    }

    private void Rest(State state, int start, long[] load, long[] peak)
    {
        var rest = _vehicle.Breaks[state.NextBreak];
        int begin = rest.Windows.Where(w => state.Now <= w.Latest).Select(w => Math.Max(w.Earliest, state.Now)).DefaultIfEmpty(-1).First();
        if (begin < 0) return;
        _text.Add($"break@{begin}");
        Extend(state with { Now = begin + rest.DurationSeconds, NextBreak = state.NextBreak + 1 }, start, load, peak);
        _text.RemoveAt(_text.Count - 1);
    }

    private void Reload(State state, int start, int depot)
    {
        int place = _problem.Depots[depot].Place;
        if (OracleLegs.Drive(_travel, state.Place, place, state.Now) is not { } leg) return;
        Load(depot, leg.Arrives, loading =>
        {
            _text.Add($"reload@{loading}");
            Extend(
                state with
                {
                    Place = place,
                    Now = loading + _problem.Depots[depot].LoadingSecondsPerTrip,
                    SettledAt = place,
                    IsStaying = false,
                    Trip = state.Trip + 1,
                    Loading = loading,
                    Goods = 0,
                    Metres = state.Metres + leg.Metres,
                    Driving = state.Driving + leg.Arrives - leg.Leaves,
                },
                start, new long[_problem.Dimensions], new long[_problem.Dimensions]);
            _text.RemoveAt(_text.Count - 1);
        });
    }

    private void Finish(State state, int start)
    {
        if (!state.HasFirst || Array.Exists(_isPicked, p => p)) return;
        bool isIdle = Array.TrueForAll(_choice, c => c < 0) && _vehicle.Committed?.StartedAt is null;
        if (isIdle) return;
        int place = _vehicle.EndDepot is { } depot ? _problem.Depots[depot].Place : state.Place;
        if (OracleLegs.Drive(_travel, state.Place, place, state.Now) is not { } leg) return;
        int end = leg.Arrives;
        if (_vehicle.EndDepot is { } closing)
        {
            end = Math.Max(end, _problem.Depots[closing].Open.Earliest);
            if (end > _problem.Depots[closing].Open.Latest) return;
        }

        state = state with { Metres = state.Metres + leg.Metres, Driving = state.Driving + leg.Arrives - leg.Leaves };
        long duration = end - start;
        if (end > _vehicle.Shift.Latest || duration > _vehicle.MaxDurationSeconds || !FitsLimits(state)) return;
        for (int b = state.NextBreak; b < _vehicle.Breaks.Count; b++)
            if (!(_vehicle.Breaks[b].IsWaivedIfRouteEndsBefore && end <= _vehicle.Breaks[b].Windows[0].Earliest)) return;
        Keep(state, duration, start);
    }

    private void Keep(State state, long duration, int start)
    {
        long cost = _vehicle.FixedCost + (state.Metres * _vehicle.CostPerMetre) + (duration * _vehicle.CostPerSecond) + (state.Driving * _vehicle.CostPerTravelSecond) + state.Late;
        if (_vehicle.RegularSeconds is { } regular) cost += Math.Max(0, duration - regular) * _vehicle.CostPerOvertimeSecond;
        for (int job = 0; job < _choice.Length; job++)
            if (_choice[job] >= 0) cost += _problem.Jobs[job].Alternatives[_choice[job]].PreferenceCost;
        long measure = _problem.Balance?.Measure switch { null => 0, BalanceMeasure.Tasks => state.Tasks, BalanceMeasure.DurationSeconds => duration, _ => state.Metres };
        string key = $"{string.Join(',', _choice)}|{string.Join(',', _uses)}|{measure}";
        if (_best.TryGetValue(key, out var known) && known.Cost <= cost) return;
        _best[key] = new RouteOption([.. _choice], [.. _uses], measure, cost, $"v{_index}@{start}: {string.Join(' ', _text)}", _vehicle, duration, _vehicle.Committed?.StartedAt is null ? start - Math.Max(_vehicle.Shift.Earliest, _vehicle.Committed?.ReadyAt ?? 0) : 0);
    }

    private static void AddTo(long[] load, IReadOnlyList<long> amount, int sign)
    {
        for (int d = 0; d < amount.Count; d++) load[d] += sign * amount[d];
    }
}
