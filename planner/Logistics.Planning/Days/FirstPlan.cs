using Logistics.Routing.Model;

namespace Logistics.Planning.Days;

/// <summary>A quick sensible plan for the search to start from: trips grown around a seed, one vehicle after the other.</summary>
/// <remarks>
/// The search inserts jobs one by one and at first puts late goods on early trips, which then leave late; growing whole trips from what is at the hub when a vehicle is free
/// avoids that. Each trip starts with the most pressing stop and takes its neighbours while time, load and windows allow (a seed-and-grow construction in the manner of Solomon's
/// I1, 1987). Breaks only shorten the shift: the search fits breaks into trips better than trips can be grown around them. O(trips · stops · log stops). Deterministic. Only the order
/// of visits matters: the search times the plan again and drops what it finds illegal.
/// </remarks>
public sealed class FirstPlan
{
    private const int MostFailures = 25;

    /// <summary>Seconds kept free at the shift's end, besides its breaks: a queue at the docks may take longer than the estimate here.</summary>
    private const int Reserve = 600;

    private readonly Problem _problem;
    private readonly List<FirstStop> _pending;
    private readonly List<List<RouteStep>> _steps;
    private readonly int[] _ready, _trips;

    private FirstPlan(Problem problem)
    {
        _problem = problem;
        var smallest = Enumerable.Range(0, problem.Dimensions).Select(d => problem.Vehicles.Min(v => v.Capacity.Count > d ? v.Capacity[d] : long.MaxValue) / 4).ToArray();
        _pending = FirstStops.Gather(problem, smallest);
        _steps = [.. problem.Vehicles.Select(_ => new List<RouteStep>())];
        _ready = [.. problem.Vehicles.Select(v => Math.Max(v.Shift.Earliest, problem.Depots[v.StartDepot!.Value].Open.Earliest))];
        _trips = new int[problem.Vehicles.Count];
    }

    /// <summary>The plan's sequences, or null when the problem has features this construction does not know (pairs, open ends, history).</summary>
    public static Plan? Build(Problem problem)
    {
        var isKnown = problem.Vehicles.Count > 0
            && problem.Vehicles.All(v => v.StartDepot is not null && v.StartDepot == v.EndDepot && v.Committed is null && v.Zones is null)
            && problem.Jobs.All(j => j.Alternatives.All(a => a.Visits.Count == 1));
        return isKnown ? new FirstPlan(problem).Run() : null;
    }

    private Plan Run()
    {
        var free = new PriorityQueue<int, (int Ready, long Cost, int Vehicle)>();
        for (var v = 0; v < _ready.Length; v++) free.Enqueue(v, (_ready[v], _problem.Vehicles[v].FixedCost, v));
        while (_pending.Count > 0 && free.TryDequeue(out var vehicle, out _))
        {
            if (GrowTrip(vehicle) && ++_trips[vehicle] < Math.Min(_problem.Vehicles[vehicle].MaxTrips, _problem.Vehicles[vehicle].ReloadDepots.Count == 0 ? 1 : int.MaxValue))
                free.Enqueue(vehicle, (_ready[vehicle], 0, vehicle));
        }

        return new Plan
        {
            Routes = [.. _steps.Index().Where(s => s.Item.Count > 0).Select(s => new Route { Vehicle = s.Index, Steps = s.Item, Cost = new CostBreakdown() })],
            Unserved = [],
            Cost = new CostBreakdown(),
        };
    }

    /// <summary>Gives the vehicle one more trip; false when nothing it may carry makes a trip worth its cost.</summary>
    private bool GrowTrip(int vehicle)
    {
        var v = _problem.Vehicles[vehicle];
        var eligible = _pending.Where(s => MayCarry(vehicle, s.Like)).ToList();
        if (eligible.Count == 0) return false;
        var load = Math.Max(_ready[vehicle], eligible.Min(s => s.Release));
        eligible.RemoveAll(s => s.Release > load);
        var depot = _problem.Depots[v.StartDepot!.Value].Place;
        var travel = _problem.Profiles[v.Profile];
        // Pressing first, then far: what is far is dear to fetch on its own later.
        foreach (var seed in eligible.OrderBy(s => s.Latest / 3600).ThenByDescending(s => travel.Duration(depot, s.Place)).Take(MostFailures))
        {
            var trip = new List<FirstStop> { seed };
            var onBoard = (long[])seed.Load.Clone();
            var end = Time(vehicle, load, trip, HasRoom(v, onBoard));
            if (end < 0) continue;
            Grow(vehicle, load, trip, onBoard, eligible, travel);
            end = Time(vehicle, load, trip, true);
            if (!IsWorth(v, vehicle, trip, end - load)) continue;
            Write(vehicle, trip);
            _ready[vehicle] = end;
            _pending.RemoveAll(trip.Contains);
            return true;
        }

        return false;
    }

    private void Grow(int vehicle, int load, List<FirstStop> trip, long[] onBoard, List<FirstStop> eligible, TravelProfile travel)
    {
        var v = _problem.Vehicles[vehicle];
        var depot = _problem.Depots[v.StartDepot!.Value].Place;
        var failures = 0;
        foreach (var stop in eligible.Where(s => s != trip[0]).OrderBy(s => travel.Duration(trip[0].Place, s.Place)).ToList())
        {
            for (var d = 0; d < onBoard.Length; d++) onBoard[d] += stop.Load[d];
            if (HasRoom(v, onBoard) && TryInsert(vehicle, load, trip, stop, depot, travel))
            {
                failures = 0;
                continue;
            }

            for (var d = 0; d < onBoard.Length; d++) onBoard[d] -= stop.Load[d];
            if (++failures == MostFailures) return;
        }
    }

    /// <summary>Puts the stop where it adds least driving, if the trip then still works.</summary>
    private bool TryInsert(int vehicle, int load, List<FirstStop> trip, FirstStop stop, int depot, TravelProfile travel)
    {
        var best = (Added: long.MaxValue, At: 0);
        for (var i = 0; i <= trip.Count; i++)
        {
            int before = i == 0 ? depot : trip[i - 1].Place, after = i == trip.Count ? depot : trip[i].Place;
            var added = (long)travel.Duration(before, stop.Place) + travel.Duration(stop.Place, after) - travel.Duration(before, after);
            if (added < best.Added) best = (added, i);
        }

        trip.Insert(best.At, stop);
        if (Time(vehicle, load, trip, true) >= 0) return true;
        trip.RemoveAt(best.At);
        return false;
    }

    /// <summary>Second the vehicle is back at its depot after the trip, or −1 when the trip does not work.</summary>
    private int Time(int vehicle, int load, List<FirstStop> trip, bool hasRoom)
    {
        var v = _problem.Vehicles[vehicle];
        var depot = _problem.Depots[v.StartDepot!.Value];
        if (!hasRoom) return -1;
        int now = load + depot.LoadingSecondsPerTrip, place = depot.Place;
        var travel = _problem.Profiles[v.Profile];
        foreach (var stop in trip)
        {
            var arrival = LegClock.Arrive(travel, place, stop.Place, now);
            if (arrival < 0) return -1;
            var begin = stop.Begin(arrival);
            if (begin < 0) return -1;
            (now, place) = (begin + (place == stop.Place ? 0 : stop.SetupSeconds) + stop.HandlingSeconds, stop.Place);
        }

        var back = LegClock.Arrive(travel, place, depot.Place, now);
        if (back < 0) return -1;
        var isLate = back > v.Shift.Latest - Reserve - v.Breaks.Sum(b => b.DurationSeconds) || back > depot.Open.Latest || (v.MaxDurationSeconds is { } most && back - _ready[vehicle] > most);
        return isLate ? -1 : back;
    }

    private bool IsWorth(Vehicle v, int vehicle, List<FirstStop> trip, int seconds)
    {
        var travel = _problem.Profiles[v.Profile];
        int place = _problem.Depots[v.StartDepot!.Value].Place, depot = place;
        long metres = 0;
        foreach (var stop in trip)
        {
            metres += travel.Distance(place, stop.Place);
            place = stop.Place;
        }

        metres += travel.Distance(place, depot);
        var driven = _steps[vehicle].Count == 0 ? 0 : _steps[vehicle][^1].DistanceSoFar;
        if (v.MaxDistance is { } most && driven + metres > most) return false;
        var cost = (_trips[vehicle] == 0 ? v.FixedCost : 0) + (metres * v.CostPerMetre) + (seconds * v.CostPerSecond);
        return trip.Sum(s => s.Prize) > cost;
    }

    private bool MayCarry(int vehicle, Alternative like) =>
        (like.AllowedVehicles?.Contains(vehicle) ?? true) && !like.ForbiddenVehicles.Contains(vehicle) && like.Skills.All(_problem.Vehicles[vehicle].Skills.Contains);

    private static bool HasRoom(Vehicle vehicle, long[] load)
    {
        for (var d = 0; d < vehicle.Capacity.Count; d++)
            if (load[d] > vehicle.Capacity[d]) return false;
        return true;
    }

    private void Write(int vehicle, List<FirstStop> trip)
    {
        var v = _problem.Vehicles[vehicle];
        var travel = _problem.Profiles[v.Profile];
        var steps = _steps[vehicle];
        int depot = _problem.Depots[v.StartDepot!.Value].Place, place = depot;
        var metres = steps.Count == 0 ? 0 : steps[^1].DistanceSoFar;
        if (steps.Count > 0) steps.Add(Step(StepKind.Reload, depot) with { Depot = v.ReloadDepots[0], DistanceSoFar = metres });
        foreach (var stop in trip)
        {
            metres += travel.Distance(place, stop.Place);
            place = stop.Place;
            foreach (var (job, alternative) in stop.Jobs) steps.Add(Step(StepKind.Visit, place) with { Job = job, Alternative = alternative, Visit = 0, DistanceSoFar = metres });
        }

        // The way home counts for the range; it is carried by the last step.
        steps[^1] = steps[^1] with { DistanceSoFar = metres + travel.Distance(place, depot) };
    }

    private static RouteStep Step(StepKind kind, int place) => new() { Kind = kind, Place = place, Arrival = 0, Start = 0, Departure = 0 };
}
