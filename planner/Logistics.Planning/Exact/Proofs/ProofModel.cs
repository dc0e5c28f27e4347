using Logistics.OrTools.Modelling;
using Logistics.OrTools.Protocol;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planning.Exact.Proofs;

/// <summary>A small rich routing problem as a CP-SAT model, written from the definition of the problem and sharing no code with the search.</summary>
/// <remarks>
/// Each vehicle drives one circuit over all visits, where a self-loop leaves a visit out. Node 0 is the vehicle's depots; visits follow. A visit has
/// one start time and one load per dimension, whoever makes it. Grows with vehicles × visits²: meant for at most about 14 jobs.
/// </remarks>
internal sealed class ProofModel
{
    private readonly Problem _problem;
    private readonly List<ProofArc> _arcs = [];
    private readonly IntVar[] _starts;
    private readonly Literal[][] _isServed; // by node, then vehicle
    private readonly LinearSum _cost = new();

    public ProofModel(Problem problem)
    {
        _problem = problem;
        for (var j = 0; j < problem.Jobs.Count; j++)
            for (var a = 0; a < problem.Jobs[j].Alternatives.Count; a++)
                for (var v = 0; v < problem.Jobs[j].Alternatives[a].Visits.Count; v++)
                    Nodes.Add(new(j, a, v, problem.Jobs[j].Alternatives[a], problem.Jobs[j].Alternatives[a].Visits[v]));
        var latest = problem.Vehicles.Count == 0 ? 0 : problem.Vehicles.Max(v => v.Shift.Latest);
        _starts = [.. Nodes.Select(n => NewStart(n.Task, latest))];
        _isServed = [.. Nodes.Select(_ => problem.Vehicles.Select(_ => Builder.NewBool()).ToArray())];
        for (var v = 0; v < problem.Vehicles.Count; v++) AddRoute(v);
        AddTimes();
        AddLoads();
        for (var v = 0; v < problem.Vehicles.Count; v++) AddVehicle(v);
        AddJobs();
        AddResources();
        Builder.Minimize(_cost);
    }

    public CpModelBuilder Builder { get; } = new("routing");

    /// <summary>Visits of all alternatives.</summary>
    public List<ProofNode> Nodes { get; } = [];

    /// <summary>The sequences of a solution.</summary>
    public List<BareRoute> ReadRoutes(CpSolverResponse response)
    {
        var routes = new List<BareRoute>();
        for (var v = 0; v < _problem.Vehicles.Count; v++)
        {
            var next = _arcs.Where(a => a.Vehicle == v && response.IsTrue(a.IsTaken)).ToDictionary(a => a.From, a => a.To);
            var steps = new List<BareStep>();
            for (var node = next.GetValueOrDefault(-1, -1); node >= 0; node = next[node])
                steps.Add(BareStep.VisitOf(Nodes[node].Job, Nodes[node].Alternative, Nodes[node].Visit));
            if (steps.Count > 0) routes.Add(new BareRoute(v, steps));
        }

        return routes;
    }

    /// <summary>Routes to try first, and a cost that need not be exceeded.</summary>
    public void Hint(IReadOnlyList<BareRoute> routes, long cost)
    {
        var numbers = Nodes.Index().ToDictionary(n => (n.Item.Job, n.Item.Alternative, n.Item.Visit), n => n.Index);
        var used = new HashSet<(int Vehicle, int From, int To)>();
        var served = new HashSet<(int Node, int Vehicle)>();
        foreach (var route in routes)
        {
            var from = -1;
            foreach (var node in route.Steps.Select(s => numbers[(s.Job, s.Alternative, s.Visit)]))
            {
                used.Add((route.Vehicle, from, node));
                served.Add((node, route.Vehicle));
                from = node;
            }

            used.Add((route.Vehicle, from, -1));
        }

        foreach (var arc in _arcs) Builder.Hint(arc.IsTaken, used.Contains((arc.Vehicle, arc.From, arc.To)));
        for (var node = 0; node < Nodes.Count; node++)
            for (var v = 0; v < _isServed[node].Length; v++) Builder.Hint(_isServed[node][v], served.Contains((node, v)));
        for (var v = 0; v < IsIdle.Count; v++) Builder.Hint(IsIdle[v], routes.All(r => r.Vehicle != v));
        Builder.AddLinear(_cost, CpModelBuilder.NoMin, cost);
    }

    private IntVar NewStart(Visit task, int latest)
    {
        var windows = (task.Windows.Count == 0 ? [TimeWindow.Always] : task.Windows)
            .Select(w => ((long)w.Earliest, (long)Math.Min(w.Latest, latest)))
            .Where(w => w.Item1 <= w.Item2)
            .ToList();
        // A visit that no vehicle can reach in time keeps a variable, and gets no arcs that fit it.
        return Builder.NewInt(windows.Count == 0 ? [(latest + 1L, latest + 1L)] : windows);
    }

    private void AddRoute(int v)
    {
        var vehicle = _problem.Vehicles[v];
        var profile = _problem.Profiles[vehicle.Profile];
        var (start, end) = (_problem.Depots[vehicle.StartDepot!.Value].Place, _problem.Depots[vehicle.EndDepot!.Value].Place);
        var circuit = new List<(int, int, Literal)>();
        for (var from = -1; from < Nodes.Count; from++)
            for (var to = -1; to < Nodes.Count; to++)
            {
                if (from == to) continue;
                var (a, b) = (from < 0 ? start : Nodes[from].Task.Place, to < 0 ? end : Nodes[to].Task.Place);
                var (metres, seconds) = a == b ? (0, 0) : (profile.Distance(a, b), profile.Duration(a, b));
                if (metres == TravelProfile.Unreachable || seconds == TravelProfile.Unreachable || IsHopeless(v, from, to, seconds)) continue;
                var literal = Builder.NewBool();
                circuit.Add((from + 1, to + 1, literal));
                _arcs.Add(new(v, from, to, metres, seconds, a == b, literal));
                _cost.Add(literal, (metres * vehicle.CostPerMetre) + (seconds * vehicle.CostPerTravelSecond));
            }

        for (var node = 0; node < Nodes.Count; node++)
        {
            circuit.Add((node + 1, node + 1, _isServed[node][v].Not));
            if (!IsAllowed(v, Nodes[node])) Builder.Fix(_isServed[node][v].Not);
        }

        IsIdle.Add(Builder.NewBool());
        circuit.Add((0, 0, IsIdle[v]));
        // An idle vehicle stays at its depot; then no visit is left to form a circuit of its own.
        for (var node = 0; node < Nodes.Count; node++) Builder.AddImplication(IsIdle[v], _isServed[node][v].Not);
        Builder.AddCircuit(circuit);
        _cost.Add(IsIdle[v].Not, vehicle.FixedCost);
    }

    /// <summary>True for a leg that no legal route drives: to a visit the vehicle may not make, between two ways of one job, or to a window that has passed.</summary>
    private bool IsHopeless(int v, int from, int to, long seconds)
    {
        if ((from >= 0 && !IsAllowed(v, Nodes[from])) || (to >= 0 && !IsAllowed(v, Nodes[to]))) return true;
        if (from >= 0 && to >= 0 && Nodes[from].Job == Nodes[to].Job && Nodes[from].Alternative != Nodes[to].Alternative) return true;
        var shift = _problem.Vehicles[v].Shift;
        // Setup may be spared by a stop before at the same place, so that only handling is certain.
        var departure = from < 0 ? shift.Earliest : Math.Max(shift.Earliest, EarliestOf(from)) + Nodes[from].Task.HandlingSeconds;
        var latest = to < 0 ? shift.Latest : Math.Min(shift.Latest, LatestOf(to));
        return departure + seconds > latest;
    }

    private long EarliestOf(int node) => Nodes[node].Task.Windows.Count == 0 ? 0 : Nodes[node].Task.Windows.Min(w => w.Earliest);

    private long LatestOf(int node) => Nodes[node].Task.Windows.Count == 0 ? long.MaxValue : Nodes[node].Task.Windows.Max(w => w.Latest);

    private List<Literal> IsIdle { get; } = [];

    private bool IsAllowed(int v, ProofNode node)
    {
        var vehicle = _problem.Vehicles[v];
        return (node.Way.AllowedVehicles is null || node.Way.AllowedVehicles.Contains(v)) && !node.Way.ForbiddenVehicles.Contains(v)
            && node.Way.Skills.All(vehicle.Skills.Contains)
            && (node.Task.Zone is not { } zone || vehicle.Zones is null || vehicle.Zones.Contains(zone));
    }

    /// <summary>Adds <paramref name="factor"/> × seconds of work at a visit: handling always, setup only if the stop before was elsewhere.</summary>
    private LinearSum AddWork(LinearSum sum, int node, long factor)
    {
        sum.Add(factor * (Nodes[node].Task.HandlingSeconds + Nodes[node].Task.SetupSeconds));
        foreach (var arc in _arcs.Where(a => a.To == node && a.IsSamePlace)) sum.Add(arc.IsTaken, -factor * Nodes[node].Task.SetupSeconds);
        return sum;
    }

    private void AddTimes()
    {
        foreach (var arc in _arcs.Where(a => a is { From: >= 0, To: >= 0 }))
        {
            var slack = AddWork(new LinearSum().Add(_starts[arc.To]).Add(_starts[arc.From], -1), arc.From, -1);
            Builder.AddLinear(slack, arc.Seconds, CpModelBuilder.NoMax, arc.IsTaken);
        }

        for (var node = 0; node < Nodes.Count; node++)
        {
            if (Nodes[node].Task is { DueTime: { } due, CostPerLateSecond: > 0 } task)
            {
                var late = Builder.NewInt(0, TimeWindow.Horizon);
                for (var v = 0; v < _problem.Vehicles.Count; v++)
                    Builder.AddLinear(new LinearSum().Add(_starts[node]).Add(late, -1), CpModelBuilder.NoMin, due, _isServed[node][v]);
                _cost.Add(late, task.CostPerLateSecond);
            }
        }
    }

    private void AddLoads()
    {
        for (var d = 0; d < _problem.Dimensions; d++)
        {
            var dimension = d;
            var limit = _problem.Vehicles.Max(v => CapacityOf(v, dimension));
            var loads = Nodes.Select(_ => Builder.NewInt(0, limit)).ToArray();
            for (var v = 0; v < _problem.Vehicles.Count; v++)
            {
                var capacity = CapacityOf(_problem.Vehicles[v], d);
                var onBoard = Builder.NewInt(0, capacity);
                var brought = new LinearSum().Add(onBoard, -1);
                for (var node = 0; node < Nodes.Count; node++)
                {
                    brought.Add(_isServed[node][v], At(Nodes[node].Task.Delivery, d));
                    if (capacity < limit) Builder.AddLinear(new LinearSum().Add(loads[node]), 0, capacity, _isServed[node][v]);
                }

                Builder.AddLinear(brought, 0, 0);
                foreach (var arc in _arcs.Where(a => a.Vehicle == v && a.To >= 0))
                {
                    var before = arc.From < 0 ? onBoard : loads[arc.From];
                    var change = Change(Nodes[arc.To], d);
                    Builder.AddLinear(new LinearSum().Add(loads[arc.To]).Add(before, -1), change, change, arc.IsTaken);
                }
            }
        }
    }

    /// <summary>The capacity, or what all jobs together weigh where there is no limit.</summary>
    private long CapacityOf(Vehicle vehicle, int dimension) => vehicle.Capacity.Count > dimension
        ? vehicle.Capacity[dimension]
        : Nodes.Sum(n => At(n.Task.Delivery, dimension) + At(n.Task.Pickup, dimension));

    private static long Change(ProofNode node, int dimension) => node is { Way.Visits.Count: 2, Visit: 1 }
        ? -At(node.Way.Visits[0].Pickup, dimension)
        : At(node.Task.Pickup, dimension) - At(node.Task.Delivery, dimension);

    private static long At(IReadOnlyList<long> amounts, int dimension) => amounts.Count > dimension ? amounts[dimension] : 0;

    private void AddVehicle(int v)
    {
        var vehicle = _problem.Vehicles[v];
        var loading = _problem.Depots[vehicle.StartDepot!.Value].LoadingSecondsPerTrip;
        var start = Builder.NewInt(vehicle.Shift.Earliest, Math.Min(vehicle.LatestStart ?? vehicle.Shift.Latest, vehicle.Shift.Latest));
        var end = Builder.NewInt(vehicle.Shift.Earliest, vehicle.Shift.Latest);
        var mine = _arcs.Where(a => a.Vehicle == v).ToList();
        foreach (var arc in mine.Where(a => a.From < 0 && a.To >= 0))
            Builder.AddLinear(new LinearSum().Add(_starts[arc.To]).Add(start, -1), loading + arc.Seconds, CpModelBuilder.NoMax, arc.IsTaken);
        foreach (var arc in mine.Where(a => a.To < 0 && a.From >= 0))
            Builder.AddLinear(AddWork(new LinearSum().Add(end).Add(_starts[arc.From], -1), arc.From, -1), arc.Seconds, CpModelBuilder.NoMax, arc.IsTaken);
        for (var node = 0; node < Nodes.Count; node++)
            if (Nodes[node].Way.ReleaseTime > 0) Builder.AddLinear(new LinearSum().Add(start), Nodes[node].Way.ReleaseTime, CpModelBuilder.NoMax, _isServed[node][v]);

        // Zero for an idle vehicle, for which nothing else holds the two ends apart.
        var length = Builder.NewInt(0, vehicle.MaxDurationSeconds ?? Math.Max(0, vehicle.Shift.Latest - vehicle.Shift.Earliest));
        Builder.AddLinear(new LinearSum().Add(length).Add(end, -1).Add(start), 0, 0, IsIdle[v].Not);
        AddLeastLength(v, mine, length, loading);
        _cost.Add(length, vehicle.CostPerSecond);
        if (vehicle.RegularSeconds is { } regular && vehicle.CostPerOvertimeSecond > 0)
        {
            var overtime = Builder.NewInt(0, TimeWindow.Horizon);
            Builder.AddLinear(new LinearSum().Add(length).Add(overtime, -1), CpModelBuilder.NoMin, regular);
            _cost.Add(overtime, vehicle.CostPerOvertimeSecond);
        }

        AddLimit(mine, a => a.Metres, vehicle.MaxDistance);
        AddLimit(mine, a => a.Seconds, vehicle.MaxTravelSeconds);
        AddLimit(mine, a => a.To >= 0 ? 1 : 0, vehicle.MaxTasks);
    }

    /// <summary>A route lasts at least as long as its loading, driving and work. It follows from the times, but the relaxation cannot see it there.</summary>
    private void AddLeastLength(int v, List<ProofArc> mine, IntVar length, int loading)
    {
        var busy = new LinearSum().Add(length, -1).Add(IsIdle[v].Not, loading);
        foreach (var arc in mine) busy.Add(arc.IsTaken, arc.Seconds - (arc is { To: >= 0, IsSamePlace: true } ? Nodes[arc.To].Task.SetupSeconds : 0));
        for (var node = 0; node < Nodes.Count; node++) busy.Add(_isServed[node][v], Nodes[node].Task.HandlingSeconds + Nodes[node].Task.SetupSeconds);
        Builder.AddLinear(busy, CpModelBuilder.NoMin, 0);
    }

    private void AddLimit(List<ProofArc> arcs, Func<ProofArc, long> amount, long? most)
    {
        if (most is not { } limit) return;
        var sum = new LinearSum();
        foreach (var arc in arcs) sum.Add(arc.IsTaken, amount(arc));
        Builder.AddLinear(sum, 0, limit);
    }

    private void AddJobs()
    {
        for (var j = 0; j < _problem.Jobs.Count; j++)
        {
            var served = new List<Literal>();
            for (var a = 0; a < _problem.Jobs[j].Alternatives.Count; a++)
            {
                var nodes = Enumerable.Range(0, Nodes.Count).Where(n => Nodes[n].Job == j && Nodes[n].Alternative == a).ToArray();
                served.AddRange(_isServed[nodes[0]]);
                foreach (var isServed in _isServed[nodes[0]]) _cost.Add(isServed, _problem.Jobs[j].Alternatives[a].PreferenceCost);
                if (nodes.Length == 2) AddPair(nodes[0], nodes[1]);
            }

            if (_problem.Jobs[j].UnservedCost is { } price)
            {
                var isLeft = Builder.NewBool();
                served.Add(isLeft);
                _cost.Add(isLeft, price);
            }

            Builder.AddExactlyOne(served);
        }
    }

    private void AddPair(int pickup, int delivery)
    {
        var ride = new LinearSum().Add(_starts[delivery]).Add(_starts[pickup], -1);
        AddWork(ride, pickup, -1);
        for (var v = 0; v < _problem.Vehicles.Count; v++)
        {
            Builder.AddImplication(_isServed[pickup][v], _isServed[delivery][v]);
            Builder.AddImplication(_isServed[delivery][v], _isServed[pickup][v]);
            Builder.AddLinear(ride, 0, Nodes[pickup].Way.MaxRideSeconds ?? CpModelBuilder.NoMax, _isServed[pickup][v]);
        }
    }

    private void AddResources()
    {
        for (var r = 0; r < _problem.Resources.Count; r++)
            for (var k = 0; k < _problem.Resources[r].CapacityByClass.Count; k++)
            {
                var used = new LinearSum();
                for (var node = 0; node < Nodes.Count; node++)
                    foreach (var use in Nodes[node].Task.Uses.Where(u => u.Resource == r && u.SizeClass >= k))
                        foreach (var isServed in _isServed[node]) used.Add(isServed, use.Units);
                if (used.Count > 0) Builder.AddLinear(used, 0, _problem.Resources[r].CapacityByClass.Skip(k).Sum());
            }
    }
}

/// <summary>One visit of one alternative.</summary>
internal sealed record ProofNode(int Job, int Alternative, int Visit, Alternative Way, Visit Task);

/// <summary>A vehicle's possible leg; −1 is its depot.</summary>
internal sealed record ProofArc(int Vehicle, int From, int To, long Metres, long Seconds, bool IsSamePlace, Literal IsTaken);
