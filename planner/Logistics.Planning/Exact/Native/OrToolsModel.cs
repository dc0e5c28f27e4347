using Google.OrTools.ConstraintSolver;
using Google.OrTools.Routing;
using Logistics.Routing.Model;

namespace Logistics.Planning.Exact.Native;

/// <summary>A routing problem as OR-Tools' RoutingModel.</summary>
internal sealed class OrToolsModel : IDisposable
{
    private readonly Problem _problem;
    private readonly OrToolsNodes _nodes;
    private readonly Solver _solver;

    public OrToolsModel(Problem problem)
    {
        _problem = problem;
        _nodes = new OrToolsNodes(problem);
        var vehicles = Enumerable.Range(0, problem.Vehicles.Count).ToArray();
        Manager = new RoutingIndexManager(_nodes.Count, problem.Vehicles.Count, [.. vehicles.Select(_nodes.StartOf)], [.. vehicles.Select(_nodes.EndOf)]);
        Routing = new RoutingModel(Manager);
        _solver = Routing.solver();
        AddCosts();
        AddTime();
        AddLoads();
        AddCounts();
        AddJobs();
        AddVehicleRules();
        AddResources();
    }

    public RoutingIndexManager Manager { get; }

    public RoutingModel Routing { get; }

    /// <summary>The visit at a solver index; null at a start or end.</summary>
    public OrToolsNode? FindVisit(long index) => _nodes.FindVisit(Manager.IndexToNode(index));

    public void Dispose()
    {
        Routing.Dispose();
        Manager.Dispose();
    }

    private int RegisterArc(Func<int, int, long> value) => Routing.RegisterTransitCallback((from, to) => value(Manager.IndexToNode(from), Manager.IndexToNode(to)));

    private int[] RegisterArcs(Func<Vehicle, int, int, long> value) => [.. _problem.Vehicles.Select(vehicle => RegisterArc((from, to) => value(vehicle, from, to)))];

    private void AddCosts()
    {
        var arcs = RegisterArcs((vehicle, from, to) => !_nodes.IsReachable(vehicle, from, to) ? 0
            : (_nodes.Distance(vehicle, from, to) * vehicle.CostPerMetre)
            + (_nodes.Travel(vehicle, from, to) * vehicle.CostPerTravelSecond)
            + (_nodes.FindVisit(to) is { Visit: 0 } visit ? visit.Way.PreferenceCost : 0));
        for (var v = 0; v < arcs.Length; v++)
        {
            Routing.SetArcCostEvaluatorOfVehicle(arcs[v], v);
            Routing.SetFixedCostOfVehicle(_problem.Vehicles[v].FixedCost, v);
        }
    }

    private void AddTime()
    {
        Routing.AddDimensionWithVehicleTransitAndCapacity(
            RegisterArcs((vehicle, from, to) => _nodes.IsHome(from, to) || _nodes.IsReachable(vehicle, from, to) ? _nodes.Elapsed(vehicle, from, to) : TimeWindow.Horizon),
            TimeWindow.Horizon, [.. _problem.Vehicles.Select(_ => (long)TimeWindow.Horizon)], false, "time");
        var time = Routing.GetMutableDimension("time");
        for (var v = 0; v < _problem.Vehicles.Count; v++)
        {
            var vehicle = _problem.Vehicles[v];
            var open = vehicle.StartDepot is { } start ? _problem.Depots[start].Open : TimeWindow.Always;
            var close = vehicle.EndDepot is { } end ? _problem.Depots[end].Open : TimeWindow.Always;
            time.CumulVar(Routing.Start(v)).SetRange(Math.Max(vehicle.Shift.Earliest, open.Earliest), Math.Min(vehicle.LatestStart ?? vehicle.Shift.Latest, open.Latest));
            time.CumulVar(Routing.End(v)).SetRange(Math.Max(vehicle.Shift.Earliest, close.Earliest), Math.Min(vehicle.Shift.Latest, close.Latest));
            if (vehicle.CostPerSecond > 0) time.SetSpanCostCoefficientForVehicle(vehicle.CostPerSecond, v);
            if (vehicle.MaxDurationSeconds is { } longest) time.SetSpanUpperBoundForVehicle(longest, v);
            if (vehicle.RegularSeconds is { } regular) time.SetSoftSpanUpperBoundForVehicle(new BoundCost(regular, vehicle.CostPerOvertimeSecond), v);
            AddBreaks(time, vehicle, v);
        }

        for (var node = 0; node < _nodes.Visits.Count; node++) AddWindows(time, node);
    }

    private void AddBreaks(RoutingDimension time, Vehicle vehicle, int index)
    {
        if (vehicle.Breaks.Count == 0) return;
        var handling = new long[Routing.Size()];
        for (var i = 0; i < handling.Length; i++) handling[i] = FindVisit(i)?.Task.HandlingSeconds ?? 0;
        var breaks = vehicle.Breaks.Select(rest => _solver.MakeFixedDurationIntervalVar(
            rest.Windows[0].Earliest, rest.Windows[0].Latest, rest.DurationSeconds, false, $"{vehicle.Id} {rest.Id}"));
        time.SetBreakIntervalsOfVehicle([.. breaks], index, handling);
    }

    private void AddWindows(RoutingDimension time, int node)
    {
        var index = Manager.NodeToIndex(node);
        var windows = _nodes.HandlingWindows(node).ToList();
        var at = time.CumulVar(index);
        if (windows.Count == 0)
        {
            // No moment fits: the visit cannot be made.
            _solver.Add(_solver.MakeEquality(Routing.ActiveVar(index), 0));
            return;
        }

        at.SetRange(windows[0].Earliest, windows[^1].Latest);
        for (var w = 1; w < windows.Count; w++)
            if (windows[w - 1].Latest + 1 < windows[w].Earliest) at.RemoveInterval(windows[w - 1].Latest + 1, windows[w].Earliest - 1);
        var task = _nodes.Visits[node].Task;
        if (task.DueTime is { } due) time.SetCumulVarSoftUpperBound(index, due + task.SetupSeconds, task.CostPerLateSecond);
        if (_nodes.Visits[node].Way.ReleaseTime is > 0 and var release)
            for (var v = 0; v < _problem.Vehicles.Count; v++)
                _solver.Add(_solver.MakeGreaterOrEqual(
                    time.CumulVar(Routing.Start(v)),
                    _solver.MakeProd(_solver.MakeIsEqualCstVar(Routing.VehicleVar(index), v), release)));
    }

    /// <summary>Three counts per dimension: delivered so far, on board, and their tie – what is on board at the start is what the route delivers.</summary>
    private void AddLoads()
    {
        for (var d = 0; d < _problem.Dimensions; d++)
        {
            var dimension = d;
            var capacities = _problem.Vehicles.Select(v => v.Capacity.Count > dimension ? v.Capacity[dimension] : long.MaxValue / 4).ToArray();
            var delivered = RegisterArc((from, _) => At(_nodes.FindVisit(from)?.Task.Delivery, dimension));
            var change = RegisterArc((from, _) => Change(_nodes.FindVisit(from), dimension));
            Routing.AddDimensionWithVehicleCapacity(delivered, 0, capacities, true, $"delivered {d}");
            Routing.AddDimensionWithVehicleCapacity(change, 0, capacities, false, $"load {d}");
            var (sum, load) = (Routing.GetMutableDimension($"delivered {d}"), Routing.GetMutableDimension($"load {d}"));
            for (var v = 0; v < capacities.Length; v++)
                _solver.Add(_solver.MakeEquality(load.CumulVar(Routing.Start(v)), sum.CumulVar(Routing.End(v))));
        }
    }

    private static long Change(OrToolsNode? node, int dimension) => node switch
    {
        null => 0,
        { Way.Visits.Count: 2, Visit: 1 } => -At(node.Way.Visits[0].Pickup, dimension),
        _ => At(node.Task.Pickup, dimension) - At(node.Task.Delivery, dimension),
    };

    private static long At(IReadOnlyList<long>? amounts, int dimension) => amounts is not null && amounts.Count > dimension ? amounts[dimension] : 0;

    private void AddCounts()
    {
        AddCount("distance", (vehicle, from, to) => _nodes.IsReachable(vehicle, from, to) ? _nodes.Distance(vehicle, from, to) : 0, v => v.MaxDistance);
        AddCount("travel", (vehicle, from, to) => _nodes.IsReachable(vehicle, from, to) ? _nodes.Travel(vehicle, from, to) : 0, v => v.MaxTravelSeconds);
        AddCount("tasks", (_, _, to) => _nodes.FindVisit(to) is null ? 0 : 1, v => v.MaxTasks);
        AddCount("stops", (_, from, to) => _nodes.FindVisit(to) is null || (_nodes.FindVisit(from) is not null && _nodes.IsSamePlace(from, to)) ? 0 : 1, v => v.MaxStops);
    }

    private void AddCount(string name, Func<Vehicle, int, int, long> amount, Func<Vehicle, long?> most)
    {
        if (_problem.Vehicles.All(v => most(v) is null)) return;
        Routing.AddDimensionWithVehicleTransitAndCapacity(RegisterArcs(amount), 0, [.. _problem.Vehicles.Select(v => most(v) ?? (long.MaxValue / 4))], true, name);
    }

    private void AddJobs()
    {
        var byJob = Enumerable.Range(0, _nodes.Visits.Count).GroupBy(n => _nodes.Visits[n].Job);
        foreach (var job in byJob)
        {
            long[] firsts = [.. job.Where(n => _nodes.Visits[n].Visit == 0).Select(n => Manager.NodeToIndex(n))];
            if (_problem.Jobs[job.Key].UnservedCost is { } price) Routing.AddDisjunction(firsts, price);
            else Routing.AddDisjunction(firsts);
            foreach (var second in job.Where(n => _nodes.Visits[n].Visit == 1)) AddPair(Manager.NodeToIndex(second - 1), Manager.NodeToIndex(second));
        }
    }

    private void AddPair(long pickup, long delivery)
    {
        // Left out for nothing by itself; its pickup pays.
        Routing.AddDisjunction([delivery], 0);
        Routing.AddPickupAndDelivery(pickup, delivery);
        var time = Routing.GetMutableDimension("time");
        _solver.Add(_solver.MakeEquality(Routing.ActiveVar(pickup), Routing.ActiveVar(delivery)));
        _solver.Add(_solver.MakeEquality(Routing.VehicleVar(pickup), Routing.VehicleVar(delivery)));
        _solver.Add(_solver.MakeLessOrEqual(time.CumulVar(pickup), time.CumulVar(delivery)));
    }

    private void AddVehicleRules()
    {
        for (var node = 0; node < _nodes.Visits.Count; node++)
        {
            var (way, task) = (_nodes.Visits[node].Way, _nodes.Visits[node].Task);
            var index = Manager.NodeToIndex(node);
            for (var v = 0; v < _problem.Vehicles.Count; v++)
            {
                var vehicle = _problem.Vehicles[v];
                var isAllowed = (way.AllowedVehicles is null || way.AllowedVehicles.Contains(v)) && !way.ForbiddenVehicles.Contains(v)
                    && way.Skills.All(vehicle.Skills.Contains) && (task.Zone is not { } zone || vehicle.Zones is null || vehicle.Zones.Contains(zone));
                if (!isAllowed) Routing.VehicleVar(index).RemoveValue(v);
            }
        }
    }

    /// <summary>For each resource and class, the units used of that class and above are at most those there are.</summary>
    private void AddResources()
    {
        for (var r = 0; r < _problem.Resources.Count; r++)
        {
            var uses = Enumerable.Range(0, _nodes.Visits.Count)
                .SelectMany(n => _nodes.Visits[n].Task.Uses.Where(u => u.Resource == r).Select(u => (Node: n, Use: u)))
                .ToList();
            for (var k = 0; k < _problem.Resources[r].CapacityByClass.Count; k++)
            {
                var large = uses.Where(u => u.Use.SizeClass >= k).ToList();
                if (large.Count == 0) continue;
                IntVar[] active = [.. large.Select(u => Routing.ActiveVar(Manager.NodeToIndex(u.Node)))];
                long[] units = [.. large.Select(u => (long)u.Use.Units)];
                _solver.Add(_solver.MakeScalProdLessOrEqual(active, units, _problem.Resources[r].CapacityByClass.Skip(k).Sum()));
            }
        }
    }
}
