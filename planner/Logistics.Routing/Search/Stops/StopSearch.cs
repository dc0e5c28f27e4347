using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Stops;

/// <summary>The general search among whole stops of the best plan, with the exact plan kept in step.</summary>
/// <remarks>Where many jobs are done at each stop, moving them one by one hardly ever moves a stop: most of them come back to where the rest has stayed. Owned by one thread.</remarks>
internal sealed class StopSearch(CompiledProblem exact, Solution solution, Rng rng) : LocalSearch
{
    private const int NearSites = 120;
    private const int PromisingSites = 40;

    // A problem that has fewer jobs a stop is not worth it.
    private const double LeastJobsAStop = 1.5;
    private const int LeastJobs = 200;

    private StopProblem _stops = null!;
    private GeneralSearch _search = null!;
    private int[] _nodes = new int[64];
    private Snapshot? _marked;

    public override int UsedCount => _search.UsedCount;

    public override bool IsComplete => _search.IsComplete;

    /// <summary>True when the problem can be searched by stops and its plan has enough jobs at each.</summary>
    public static bool IsWorthwhile(CompiledProblem problem, Solution solution)
    {
        var source = problem.Source;
        bool counts = source.Disturbance is not null || source.ServiceLevels.Count > 0 || source.Balance is not null
            || source.Vehicles.Any(v => v.Committed is not null || v.MaxTasks is not null);
        if (counts || problem.Jobs.Count < LeastJobs) return false;
        int jobs = 0, stops = 0;
        foreach (ref readonly var route in solution.Routes.AsSpan()) (jobs, stops) = (jobs + route.Tasks, stops + route.Stops);
        return jobs >= LeastJobsAStop * stops;
    }

    public override void Load(Snapshot best, int maxUsed)
    {
        best.Restore(solution);
        solution.Changed.Clear();
        _stops = new StopProblem(exact, solution);
        var compiled = _stops.Compiled;
        _search = new GeneralSearch(compiled, new NeighbourLists(compiled, NearSites, PromisingSites), new InsertionOrder(compiled), [], rng) { MaxUsed = maxUsed };
        _search.Begin(_stops.Plan);
        _search.SwapRoutes();
        Cost = _search.Cost;
    }

    public override bool TryStep(Annealing annealing)
    {
        bool isAccepted = _search.TryStep(annealing);
        Cost = _search.Cost;
        return isAccepted;
    }

    public override void KeepIn(Snapshot best)
    {
        var changed = _search.Solution.Changed;
        solution.Begin();
        foreach (int route in changed.List) solution.Empty(route);
        bool isFeasible = true;
        foreach (int route in changed.List)
        {
            int count = _stops.Expand(_search.Solution, route, ref _nodes);
            solution.LinkAll(route, _nodes.AsSpan(0, count));
            solution.Routes[route].Begin = _search.Solution.Routes[route].Begin;
            isFeasible &= solution.Refresh(route);
        }

        if (!isFeasible || solution.Cost >= best.Cost)
        {
            solution.Rollback();
            return;
        }

        solution.Commit();
        best.Take(solution, solution.Cost, solution.Changed);
        changed.Clear();
    }

    public override void DropRoute(AbsenceCounts absences)
    {
        _search.DropRoute(absences);
        Cost = _search.Cost;
    }

    public override void TryPlace(AbsenceCounts absences, Annealing annealing)
    {
        _search.TryPlace(absences, annealing);
        Cost = _search.Cost;
    }

    /// <summary>Jobs there are, counted as stops.</summary>
    public int JobCount => _stops.Compiled.Jobs.Count;

    /// <summary>Most vehicles that insertions may use.</summary>
    public int MaxUsed { set => _search.MaxUsed = value; }

    /// <summary>Remembers the stops as they are, to come back to them; from now on none of those served counts as one that may be left out.</summary>
    public void Mark()
    {
        var all = new ChangedRoutes(exact.Vehicles.Length);
        for (int v = 0; v < exact.Vehicles.Length; v++) all.Add(v);
        _marked = new Snapshot(_stops.Compiled);
        _marked.Take(_search.Solution, _search.Cost, all);
        _search.KeepServed(true);
    }

    /// <summary>Goes on as usual from here, or from what was marked.</summary>
    /// <param name="isBack">Come back to what was marked.</param>
    public void Release(bool isBack, int maxUsed)
    {
        _search.KeepServed(false);
        _search.MaxUsed = maxUsed;
        if (isBack)
        {
            _marked!.Restore(_search.Solution);
            _search.MarkAll();
        }

        _marked = null;
        Cost = _search.Cost;
    }

    /// <summary>The stops as they are, for each group of vehicles a problem that is searched faster, made when its turn comes; none where more is asked for than one can say.</summary>
    public IEnumerable<StopRelaxation> Relax() => StopRelaxation.FindAll(_stops.Compiled, _search.Solution);

    /// <summary>Gives vehicles other routes of the same stops; what is not legal in them is inserted where it costs least, on vehicles in use until <see cref="MaxUsed"/> allows more.</summary>
    public void Replace(IEnumerable<int> vehicles, IReadOnlyList<Route> routes)
    {
        _search.Replace(vehicles, new Plan { Routes = routes, Unserved = [], Cost = new CostBreakdown() });
        _search.SwapRoutes();
        Cost = _search.Cost;
    }
}
