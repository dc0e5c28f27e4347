using System.Runtime.CompilerServices;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Moves;

/// <summary>Finds the cheapest insertion of a job: every alternative, beside routed neighbours and on idle vehicles.</summary>
/// <remarks>
/// Positions are skipped at random ("blinks", Christiaens and Vanden Berghe 2020, §4.2). Vehicles whose cost is not a sum over segments are priced
/// optimistically first and walked exactly only if that price would win.
/// </remarks>
internal sealed class Inserter
{
    // Estimates are good enough that the third feasible position of the short list hardly ever wins.
    private const int MostWalked = 2;

    private readonly CompiledProblem _problem;
    private readonly NeighbourLists _neighbours;
    private readonly Solution _solution;
    private readonly Rng _rng;
    private readonly NodeState[] _nodes;
    private readonly NodeData[] _data;
    private readonly VehicleData[] _vehicles;

    // A vehicle of the same class for each: reading one for all keeps it in the cache.
    private readonly int[] _alike;
    private readonly bool _hasTime;
    private readonly bool _isOpenFit;
    private readonly bool _isLarge;
    private readonly bool _isDisturbable;
    private readonly bool _hasReleases;
    private readonly bool _hasReloads;
    private readonly bool _hasTripRules;
    private readonly FleetFitter _fleet;
    private readonly TripChecker _trips;
    private readonly PositionChecker _checker;
    private readonly PairInserter _pairs;
    private readonly ShortList _shortList = new();
    private Candidate _best;
    private int _blinkCountdown;

    // When the gap behind each node was last offered to an alternative: it lies beside two nodes, and both may be promising.
    private readonly long[] _offered;
    private long _round;

    // The alternative being inserted.
    private int _alternative;
    private int _visit;
    private int _place;
    private long _preference;
    private int _latest;

    public Inserter(CompiledProblem problem, NeighbourLists neighbours, Solution solution, FleetFitter fleet, Rng rng)
    {
        (_problem, _neighbours, _solution, _fleet, _rng) = (problem, neighbours, solution, fleet, rng);
        (_nodes, _data, _vehicles) = (solution.Nodes, problem.Nodes, problem.Vehicles);
        _alike = Array.ConvertAll(problem.Vehicles, v => Array.FindIndex(problem.Vehicles, w => w.Class == v.Class));
        _hasTime = problem.HasTimeLimits;
        _isOpenFit = problem.Fit.IsOpen;
        _isDisturbable = problem.Source.Disturbance is not null;
        _hasReloads = Array.Exists(problem.Vehicles, v => v.MaxReloads > 0);
        _hasReleases = problem.Jobs.HasReleases;
        _hasTripRules = problem.Fit.HasConflicts || Array.Exists(problem.Vehicles, v => v.IsUnderWay) || Array.Exists(problem.Jobs.IsLoaded, l => l);
        _isLarge = problem.VisitCount > 200;
        _offered = new long[_isLarge ? problem.Nodes.Length : 0];
        _trips = new TripChecker(problem, solution);
        _checker = new PositionChecker(problem, solution, _trips);
        _pairs = new PairInserter(problem, solution, _trips);
        Rearm();
    }

    /// <summary>Chance of overlooking a position.</summary>
    public double BlinkRate { get; set; } = 0.01;

    /// <summary>Most vehicles that may be in use; an idle one is offered only below.</summary>
    public int MaxUsed { get; set; } = int.MaxValue;

    /// <summary>Finds the best insertion cheaper than <paramref name="limit"/>; false when there is none.</summary>
    public bool TryFind(int job, long limit, out Candidate best)
    {
        _best = new Candidate { Price = limit, Alternative = Candidate.None, Walked = WalkedRoute.None };
        _shortList.Clear();
        var jobs = _problem.Jobs;
        for (int a = jobs.First[job]; a < jobs.First[job + 1]; a++)
        {
            if (!jobs.IsPossible[a] || jobs.Preference[a] >= _best.Price || !_solution.Jobs.Admits(a)) continue;
            Scan(a);
        }

        WalkShortList();
        if (_isLarge && _best.Alternative < 0) OpenSomething(job);
        best = _best;
        return _best.Alternative >= 0;
    }

    /// <summary>Finds the cheapest way to begin a route or trip with a job, whatever it costs; false when there is none.</summary>
    public bool TryFindNewTrip(int job, out Candidate best)
    {
        _best = new Candidate { Price = CompiledProblem.Unlimited, Alternative = Candidate.None, Walked = WalkedRoute.None };
        OpenSomething(job);
        best = _best;
        return _best.Alternative >= 0;
    }

    /// <summary>An idle vehicle, or one more trip of a vehicle anywhere.</summary>
    private void OpenSomething(int job)
    {
        _shortList.Clear();
        var jobs = _problem.Jobs;
        for (int a = jobs.First[job]; a < jobs.First[job + 1]; a++)
        {
            if (!jobs.IsPossible[a] || !_solution.Jobs.Admits(a)) continue;
            Prepare(a);
            bool isPair = jobs.SecondNode[a] >= 0;
            if (_solution.Idle.UsedCount < MaxUsed) OfferIdle(isPair);
            if (!isPair && _hasReloads) OfferNewTrips();
        }

        WalkShortList();
    }

    private void WalkShortList()
    {
        int feasible = 0;
        for (int i = 0; i < _shortList.Count && feasible < MostWalked; i++)
        {
            var entry = _shortList[i];
            if (entry.Estimate >= _best.Price) break;
            _alternative = entry.Alternative;
            _visit = _problem.Jobs.FirstNode[_alternative];
            if (PriceByWalk(entry.After, entry.Reload, entry.IsReloadFirst, _nodes[entry.After].Route)) feasible++;
        }
    }

    private void Prepare(int alternative)
    {
        _alternative = alternative;
        _visit = _problem.Jobs.FirstNode[alternative];
        ref readonly var node = ref _data[_visit];
        _place = node.Place;
        _latest = node.Latest;
        _preference = _problem.Jobs.Preference[alternative];
    }

    private void Scan(int alternative)
    {
        Prepare(alternative);
        ref readonly var node = ref _data[_visit];
        bool isPair = _problem.Jobs.SecondNode[alternative] >= 0;
        var sites = _solution.Sites;
        var promising = _neighbours.Promising.AsSpan(node.Site * _neighbours.PromisingCount, _neighbours.PromisingCount);
        _round++;
        foreach (int site in promising)
        {
            if (site < 0) break;
            for (int v = sites.First[site]; v >= 0; v = sites.Next[v])
            {
                Offer(v, isPair);
                // A pair sweeps forward by itself, so only the first visit of a trip offers the position in front of it too.
                int before = _nodes[v].Previous;
                if (!isPair || _nodes[v].Head == before) Offer(before, isPair);
            }
        }

        if (_solution.Idle.UsedCount < MaxUsed) OfferIdle(isPair);
    }

    /// <summary>A first or last trip of its own on every vehicle that may make one more, wherever that vehicle is.</summary>
    private void OfferNewTrips()
    {
        for (int vehicle = 0; vehicle < _vehicles.Length; vehicle++)
        {
            ref readonly var v = ref _vehicles[vehicle];
            if (_solution.Routes[vehicle].Reloads >= v.MaxReloads || !_solution.Routes[vehicle].IsUsed || !_problem.Fit.IsAllowed(_alternative, vehicle, v.Class)) continue;
            OfferNewTrip(_nodes[v.End].Previous, vehicle, v);
            if (_isLarge && !v.IsUnderWay) OfferNewTrip(v.Start, vehicle, v);
        }
    }

    private void OfferNewTrip(int after, int vehicle, in VehicleData v)
    {
        ref readonly var before = ref _nodes[after];
        int behind = _nodes[before.Next].Place;
        long price = LegPrice.Of(v, before.Place, _place) + LegPrice.Of(v, _place, behind) - before.LegCost + _solution.Jobs.PriceOf(_alternative, vehicle);
        if (price < _best.Price) OfferWithReload(after, vehicle, v, price);
    }

    private void OfferIdle(bool isPair)
    {
        var idle = _solution.Idle;
        for (int c = 0; c < idle.ClassCount; c++)
        {
            var members = idle.Of(c);
            if (members.Length == 0) continue;
            if (_problem.Source.Disturbance is null)
            {
                Offer(_vehicles[members[^1]].Start, isPair);
                continue;
            }

            // Vehicles of one class may still differ in what they did before.
            for (int i = 0; i < members.Length; i++) Offer(_vehicles[members[i]].Start, isPair);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Offer(int after, bool isPair)
    {
        if (--_blinkCountdown < 0)
        {
            Rearm();
            return;
        }

        if (isPair)
        {
            _pairs.Offer(_alternative, after, ref _best);
            return;
        }

        if (_isLarge)
        {
            if (_offered[after] == _round) return;
            _offered[after] = _round;
        }

        OfferSingle(after);
    }

    private void OfferSingle(int after)
    {
        ref readonly var before = ref _nodes[after];
        int vehicle = before.Route, next = before.Next;
        ref readonly var v = ref _vehicles[_alike[vehicle]];
        int here = before.Place;
        bool isTimed = _hasTime;
        int driven = isTimed ? v.Legs.DurationInto(_place, here) : 0;
        if (isTimed && before.Departure + driven > _latest && here != _place) return;

        ref readonly var behind = ref _nodes[next];
        long price = ((v.Legs.DistanceInto(_place, here) + (long)v.Legs.Distance(_place, behind.Place)) * v.CostPerMetre) - before.LegCost + _preference;
        if (v.CostPerTravelSecond != 0) price += (v.Legs.DurationInto(_place, here) + (long)v.Legs.Duration(_place, behind.Place)) * v.CostPerTravelSecond;
        if (price >= _best.Price) return;

        bool isAllowed = _isOpenFit || _problem.Fit.IsAllowed(_alternative, vehicle, v.Class);
        if (!isAllowed && !_fleet.IsUseful) return;
        if (_isLarge && here == behind.Place && _data[after].Kind == NodeKind.Visit && _data[next].Kind == NodeKind.Visit) return;
        if (_isDisturbable)
        {
            if (!_solution.Jobs.AdmitsDisturbance(_alternative, vehicle)) return;
            price += _solution.Jobs.PriceOf(_alternative, vehicle) - _preference;
        }

        if (!_solution.Routes[vehicle].IsUsed) price += v.FixedCost;
        if (price >= _best.Price) return;
        bool mayReload = isAllowed && v.MaxReloads > 0;
        long estimate = v.NeedsWalk ? price + EstimateDuration(before, behind, v, driven) : price;
        // Whatever else is found out about this position, the short list would not take it.
        bool isTooDear = _isLarge && v.NeedsWalk && estimate >= Math.Min(_best.Price, _shortList.Limit);
        if (isTooDear && !(mayReload && IsBoundary(after, next))) return;
        if (v.Legs.HasBlocked && (v.Legs.IsBlocked(here, _place) || v.Legs.IsBlocked(_place, behind.Place))) return;
        if (mayReload) OfferWithReload(after, vehicle, _vehicles[vehicle], price);
        if (isTooDear) return;
        int larger = -1;
        if (!isAllowed || !_checker.FitsLoad(_visit, after, before, vehicle))
        {
            // A later release has to be walked, and a walk is of the vehicle the route is on.
            bool isWalked = _hasReleases && _problem.Jobs.Release[_alternative] > _solution.TripRelease[before.Head];
            larger = isWalked ? -1 : FindLarger(after, before, behind, vehicle, v, ref price);
            if (larger < 0) return;
        }

        if (_hasTripRules && !_trips.AdmitsSimply(_alternative, _visit, after)) return;
        if (_hasReleases && _problem.Jobs.Release[_alternative] > _solution.TripRelease[before.Head])
        {
            int head = before.Head;
            bool isLeft = v.IsUnderWay && _data[head].Kind == NodeKind.Start;
            if (!isLeft && !_solution.Bounds.AdmitsDeparture(v, head, Math.Max(_solution.Nodes[head].Departure, _problem.Jobs.Release[_alternative] + _data[head].Handling))) return;
            OfferWalked(after, Candidate.None, isReloadFirst: false, vehicle, estimate);
            return;
        }

        if (isTimed)
        {
            if (!_checker.FitsTime(_visit, after, before, next, behind, v, driven, out int duration)) return;
            if (v.IsDurationPriced && !v.NeedsWalk)
            {
                long old = _solution.Routes[vehicle].IsUsed ? RouteRefresher.PriceDuration(v, _solution.Routes[vehicle].Duration) : 0;
                price += RouteRefresher.PriceDuration(v, duration) - old;
                if (price >= _best.Price) return;
            }
        }

        if (v.HasCountLimits && !_checker.FitsCounts(_visit, after, before, behind, vehicle, v)) return;
        if (v.NeedsWalk && !_solution.Bounds.Admits(v, vehicle, after, _visit)) return;
        if (v.NeedsWalk) OfferWalked(after, Candidate.None, isReloadFirst: false, vehicle, estimate);
        else _best = new Candidate { Price = price, Alternative = _alternative, AfterFirst = after, AfterSecond = Candidate.None, Reload = Candidate.None, VehiclePlusOne = larger + 1, Walked = WalkedRoute.None };
    }

    /// <summary>An idle vehicle for the route where its own cannot take the job; adds what it costs more.</summary>
    private int FindLarger(int after, in NodeState before, in NodeState behind, int vehicle, in VehicleData v, ref long price)
    {
        ref readonly var route = ref _solution.Routes[vehicle];
        if (!_fleet.IsUseful || !route.IsUsed) return -1;
        long metres = route.Distance + v.Legs.Distance(before.Place, _place) + v.Legs.Distance(_place, behind.Place) - v.Legs.Distance(before.Place, behind.Place);
        long travel = (long)route.Travel + v.Legs.Duration(before.Place, _place) + v.Legs.Duration(_place, behind.Place) - v.Legs.Duration(before.Place, behind.Place);
        int larger = _fleet.FindLarger(vehicle, after, _alternative, metres, travel, out long extra);
        if (larger < 0) return -1;
        price += extra;
        return price < _best.Price ? larger : -1;
    }

    /// <summary>What the longer day costs when no waiting absorbs it: a guess that spares walks which would rarely win.</summary>
    private long EstimateDuration(in NodeState before, in NodeState behind, in VehicleData v, int driven)
    {
        if (v.CostPerSecond == 0) return 0;
        int detour = driven + v.Legs.Duration(_place, behind.Place) - v.Legs.DurationInto(behind.Place, before.Place);
        ref readonly var node = ref _data[_visit];
        return (Math.Max(0, detour) + (before.Place == _place ? 0 : node.Setup) + node.Handling) * v.CostPerSecond;
    }

    private void OfferWithReload(int after, int vehicle, in VehicleData v, long legPrice)
    {
        if ((_problem.Jobs.HasPairs || _isLarge) && !IsBoundary(after, _nodes[after].Next)) return;
        for (int d = 0; d < v.ReloadDepotCount; d++)
        {
            int reload = _solution.FindReload(vehicle, d);
            if (reload < 0) return;
            int depot = _data[reload].Place, here = _nodes[after].Place, there = _nodes[_nodes[after].Next].Place;
            long withoutVisit = legPrice - LegPrice.Of(v, here, _place) - LegPrice.Of(v, _place, there);
            // A guess for the short list; small problems walk whatever the distance alone admits.
            long idle = !_isLarge ? 0 : (_data[reload].Handling + (long)_data[_visit].Setup + _data[_visit].Handling) * v.CostPerSecond;
            // A vehicle under way may go for the goods first; nothing more joins the trip it is on.
            if (_data[after].Kind == NodeKind.Visit || (v.IsUnderWay && after == v.Start))
                OfferReload(after, reload, isReloadFirst: true, vehicle, v, withoutVisit + idle, here, depot, _place, there);
            if (_data[_nodes[after].Next].Kind == NodeKind.Visit)
                OfferReload(after, reload, isReloadFirst: false, vehicle, v, withoutVisit + idle, here, _place, depot, there);
        }
    }

    /// <summary>A trip begins or ends between the two nodes.</summary>
    private bool IsBoundary(int after, int next) => _data[after].Kind != NodeKind.Visit || _data[next].Kind != NodeKind.Visit;

    private void OfferReload(int after, int reload, bool isReloadFirst, int vehicle, in VehicleData v, long price, int here, int first, int second, int there)
    {
        price += LegPrice.Of(v, here, first) + LegPrice.Of(v, first, second) + LegPrice.Of(v, second, there);
        long driven = (long)v.Legs.Duration(here, first) + v.Legs.Duration(first, second) + v.Legs.Duration(second, there) - v.Legs.Duration(here, there);
        if (_isLarge) price += driven * v.CostPerSecond;
        if (price >= _best.Price) return;
        // Without what goes to the trip behind the reload, the trip before it might leave earlier than the bounds know.
        int release = _problem.Jobs.Release[_alternative];
        bool isBounded = _solution.TripRelease[_nodes[after].Head] <= (isReloadFirst ? 0 : release) || (isReloadFirst && _data[_nodes[after].Next].Kind != NodeKind.Visit);
        if (isBounded && !_solution.Bounds.AdmitsReload(v, vehicle, after, reload, _visit, isReloadFirst, isReloadFirst ? release : 0)) return;
        OfferWalked(after, reload, isReloadFirst, vehicle, price);
    }

    /// <summary>Takes a position that only a walk can price: at once in small problems, by way of the short list in large ones.</summary>
    private void OfferWalked(int after, int reload, bool isReloadFirst, int vehicle, long estimate)
    {
        if (_isLarge)
        {
            if (estimate < _best.Price) _shortList.Offer(estimate, _alternative, after, reload, isReloadFirst);
            return;
        }

        if (reload >= 0 && estimate >= _best.Price) return;
        PriceByWalk(after, reload, isReloadFirst, vehicle);
    }

    private bool PriceByWalk(int after, int reload, bool isReloadFirst, int vehicle)
    {
        long cost = _trips.Price(_visit, after, reload, isReloadFirst, vehicle);
        if (cost == Walk.Infeasible) return false;
        long price = cost - _solution.Routes[vehicle].Cost + _solution.Jobs.PriceOf(_alternative, vehicle);
        if (price < _best.Price)
            _best = new Candidate { Price = price, Alternative = _alternative, AfterFirst = after, AfterSecond = Candidate.None, Reload = reload, IsReloadFirst = isReloadFirst, Walked = _isLarge ? _solution.Walk.Describe(cost) : WalkedRoute.None };
        return true;
    }

    private void Rearm() => _blinkCountdown = BlinkRate <= 0 ? int.MaxValue : (int)Math.Min(1e9, Math.Log(1 - _rng.Unit()) / Math.Log(1 - BlinkRate));
}
