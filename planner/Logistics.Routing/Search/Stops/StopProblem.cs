using System.Runtime.InteropServices;
using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Stops;

/// <summary>The problem in which whole stops of a plan are jobs: what one vehicle does at one place without a break between is moved as one.</summary>
internal sealed class StopProblem
{
    private readonly CompiledProblem _exact;

    // Jobs of the exact problem in each joined job, in serving order, with the alternative each is served by.
    private readonly List<(int Job, int Alternative)[]> _members = [];
    private readonly List<Route> _routes = [];

    /// <param name="solution">The plan of the exact problem.</param>
    public StopProblem(CompiledProblem exact, Solution solution)
    {
        _exact = exact;
        var joiner = new StopJoiner(exact.Source);
        var jobs = new List<Job>();
        for (int v = 0; v < exact.Vehicles.Length; v++) ReadRoute(solution, v, joiner, jobs);
        foreach (int job in solution.Jobs.Absent)
        {
            _members.Add([(job, -1)]);
            jobs.Add(exact.Source.Jobs[job]);
        }

        Compiled = new CompiledProblem(exact.Source with { Jobs = jobs }, exact);
        for (int n = 0; n < Compiled.VisitCount; n++) Compiled.Nodes[n].Joined = _members[Compiled.Jobs.JobOf[Compiled.Nodes[n].Alternative]].Length;
        Plan = new Plan { Routes = _routes, Unserved = [], Cost = new CostBreakdown() };
    }

    public CompiledProblem Compiled { get; }

    /// <summary>The plan it was made of.</summary>
    public Plan Plan { get; }

    /// <summary>Writes the exact nodes of a route; returns how many.</summary>
    public int Expand(Solution stops, int vehicle, ref int[] nodes)
    {
        ref readonly var v = ref Compiled.Vehicles[vehicle];
        int count = 0;
        for (int n = stops.Nodes[v.Start].Next; n != v.End; n = stops.Nodes[n].Next)
        {
            if (Compiled.Nodes[n].Kind == NodeKind.Reload)
            {
                Add(ref nodes, ref count, _exact.Vehicles[vehicle].FirstReload + n - v.FirstReload);
                continue;
            }

            int alternative = Compiled.Nodes[n].Alternative;
            var members = _members[Compiled.Jobs.JobOf[alternative]];
            if (members.Length == 1)
            {
                int own = _exact.Jobs.First[members[0].Job] + Compiled.Jobs.IndexInJob[alternative];
                Add(ref nodes, ref count, n == Compiled.Jobs.FirstNode[alternative] ? _exact.Jobs.FirstNode[own] : _exact.Jobs.SecondNode[own]);
                continue;
            }

            foreach (var (job, index) in members) Add(ref nodes, ref count, _exact.Jobs.FirstNode[_exact.Jobs.First[job] + index]);
        }

        return count;
    }

    private static void Add(ref int[] nodes, ref int count, int node)
    {
        if (count == nodes.Length) Array.Resize(ref nodes, 2 * count);
        nodes[count++] = node;
    }

    private void ReadRoute(Solution solution, int vehicle, StopJoiner joiner, List<Job> jobs)
    {
        ref readonly var v = ref _exact.Vehicles[vehicle];
        var steps = new List<RouteStep> { Step(StepKind.Start, 0) with { Arrival = solution.Routes[vehicle].Begin } };
        var numbers = new Dictionary<int, int>();
        var times = TimesOf(solution, vehicle);
        for (int n = solution.Nodes[v.Start].Next; n != v.End;)
        {
            ref readonly var node = ref _exact.Nodes[n];
            if (node.Kind == NodeKind.Reload)
            {
                steps.Add(Step(StepKind.Reload, node.Place) with { Depot = node.Depot });
                n = solution.Nodes[n].Next;
                continue;
            }

            int job = _exact.Jobs.JobOf[node.Alternative], index = _exact.Jobs.IndexInJob[node.Alternative];
            n = solution.Nodes[n].Next;
            if (node.IsDropOff)
            {
                steps.Add(Step(StepKind.Visit, node.Place) with { Job = numbers[job], Alternative = index, Visit = 1 });
                continue;
            }

            joiner.Begin(job, index, times.Starts[solution.Nodes[n].Previous]);
            while (_exact.Nodes[n].Kind == NodeKind.Visit && !times.Rested.Contains(solution.Nodes[n].Previous)
                && joiner.TryAdd(_exact.Jobs.JobOf[_exact.Nodes[n].Alternative], _exact.Jobs.IndexInJob[_exact.Nodes[n].Alternative])) n = solution.Nodes[n].Next;
            numbers[job] = jobs.Count;
            steps.Add(Step(StepKind.Visit, node.Place) with { Job = jobs.Count, Alternative = joiner.Members.Count == 1 ? index : 0, Visit = 0 });
            _members.Add([.. joiner.Members]);
            jobs.Add(joiner.Join());
        }

        if (steps.Count > 1) _routes.Add(new Route { Vehicle = vehicle, Steps = steps, Cost = new CostBreakdown() });
    }

    /// <summary>When each visit begins, and the nodes after which a break is taken: one job has no break inside.</summary>
    private (Dictionary<int, int> Starts, HashSet<int> Rested) TimesOf(Solution solution, int vehicle)
    {
        var starts = new Dictionary<int, int>();
        var rested = new HashSet<int>();
        if (!solution.Routes[vehicle].IsUsed) return (starts, rested);
        if (_exact.Resources.HasSlots)
        {
            var timed = solution.Timed[vehicle];
            Read(timed.Nodes, timed.Starts, timed.Rests);
        }
        else
        {
            var walk = solution.Walk;
            solution.ListTo(walk, vehicle);
            walk.Time(hint: solution.Routes[vehicle].Begin);
            Read(walk.Nodes, walk.Starts, CollectionsMarshal.AsSpan(walk.Rests));
        }

        return (starts, rested);

        void Read(ReadOnlySpan<int> nodes, ReadOnlySpan<int> begun, ReadOnlySpan<(int Position, int Arrival, int Start)> rests)
        {
            for (int i = 0; i < nodes.Length; i++) starts[nodes[i]] = begun[i];
            foreach (var (position, _, _) in rests) rested.Add(nodes[position]);
        }
    }

    /// <summary>A step without times.</summary>
    public static RouteStep Step(StepKind kind, int place) => new() { Kind = kind, Place = place, Arrival = 0, Start = 0, Departure = 0 };
}
