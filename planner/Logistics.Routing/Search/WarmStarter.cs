using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search;

/// <summary>Loads a known plan into an empty solution; what is no longer legal is left out.</summary>
internal sealed class WarmStarter(CompiledProblem problem, Solution solution)
{
    private readonly Walk _walk = solution.Walk;

    public void Load(Plan plan)
    {
        var trips = new Moves.TripChecker(problem, solution);
        foreach (var route in plan.Routes)
        {
            if ((uint)route.Vehicle < (uint)problem.Vehicles.Length) LoadRoute(route, trips);
        }
    }

    private void LoadRoute(Route route, Moves.TripChecker trips)
    {
        var nodes = ListNodes(route);
        solution.Routes[route.Vehicle].Begin = route.Steps.Count > 0 ? route.Steps[0].Arrival : 0;
        if (TryLink(route.Vehicle, nodes, trips)) return;
        // Something in it is no longer legal: keep what can be kept, visit by visit; first the deliveries of what was picked up already, which cannot be left out.
        var kept = new List<int>();
        var tried = new HashSet<int>();
        foreach (int node in nodes.OrderBy(n => problem.Nodes[n].IsDropOff && problem.Nodes[n].Mate < 0 ? 0 : 1))
        {
            int alternative = problem.Nodes[node].Alternative;
            if (alternative >= 0 && !tried.Add(alternative)) continue;
            var attempt = nodes.FindAll(n => kept.Contains(n) || n == node || (alternative >= 0 && problem.Nodes[n].Alternative == alternative));
            if (TryLink(route.Vehicle, attempt, trips)) kept = attempt;
            solution.Empty(route.Vehicle);
        }

        TryLink(route.Vehicle, kept, trips);
    }

    private List<int> ListNodes(Route route)
    {
        var nodes = new List<int>();
        var jobs = problem.Jobs;
        foreach (var step in route.Steps)
        {
            if (step.Kind == StepKind.Reload) AddReload(nodes, route.Vehicle, step.Depot);
            if (step.Kind != StepKind.Visit || (uint)step.Job >= (uint)jobs.Count || solution.Jobs.AlternativeOf[step.Job] >= 0 || jobs.IsDone[step.Job]) continue;
            int alternative = jobs.First[step.Job] + step.Alternative;
            if (step.Alternative < 0 || alternative >= jobs.First[step.Job + 1] || !jobs.IsPossible[alternative]) continue;
            int node = step.Visit == 1 && jobs.SecondNode[alternative] >= 0 ? jobs.SecondNode[alternative] : jobs.FirstNode[alternative];
            bool isHistory = step.Visit == 0 && problem.Nodes[node].IsDropOff;
            if (!isHistory && !nodes.Contains(node) && !nodes.Exists(n => IsOtherAlternative(n, alternative))) nodes.Add(node);
        }

        // Half a pair is no pair, and its order matters.
        nodes.RemoveAll(n => problem.Nodes[n].Mate >= 0 && (nodes.IndexOf(problem.Nodes[n].Mate) is var mate && (mate < 0 || mate < nodes.IndexOf(n) != problem.Nodes[n].IsDropOff)));
        return nodes;
    }

    private bool IsOtherAlternative(int node, int alternative)
    {
        int other = problem.Nodes[node].Alternative;
        return other >= 0 && other != alternative && problem.Jobs.JobOf[other] == problem.Jobs.JobOf[alternative];
    }

    private void AddReload(List<int> nodes, int vehicle, int depot)
    {
        ref readonly var v = ref problem.Vehicles[vehicle];
        if (nodes.Count(n => problem.Nodes[n].Kind == NodeKind.Reload) >= v.MaxReloads) return;
        for (int i = v.FirstReload; i < v.FirstReload + (v.MaxReloads * v.ReloadDepotCount); i++)
        {
            if (problem.Nodes[i].Depot != depot || nodes.Contains(i)) continue;
            nodes.Add(i);
            return;
        }
    }

    private bool TryLink(int vehicle, List<int> nodes, Moves.TripChecker trips)
    {
        ref readonly var v = ref problem.Vehicles[vehicle];
        foreach (int node in nodes)
        {
            int alternative = problem.Nodes[node].Alternative;
            if (alternative < 0) continue;
            if (!problem.Fit.IsAllowed(alternative, vehicle, v.Class) || solution.Jobs.AlternativeOf[problem.Jobs.JobOf[alternative]] >= 0) return false;
        }

        solution.LinkAll(vehicle, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(nodes));
        bool fits = solution.Refresh(vehicle) && solution.Jobs.FitsResources();
        if (fits)
        {
            solution.ListTo(_walk, vehicle);
            fits = trips.HoldsTrips(_walk.Nodes, vehicle);
        }

        if (!fits) solution.Empty(vehicle);
        return fits;
    }
}
