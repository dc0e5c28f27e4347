using System.Diagnostics;
using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Exhaustive;

/// <summary>Solves a problem of a few jobs to the end: all routes of each kind of vehicle, then the best combination of them.</summary>
/// <remarks>
/// Ruin and recreate finds most optima of tiny problems, but not all: jobs that pay only together, interleaved pairs. Here nothing is left to chance. Large windows and many alternatives
/// can make even eight jobs too many; then it stops at its limit, and what was listed still helps.
/// </remarks>
/// <param name="maxIterations">Iterations of the whole search: enumeration may do about as much work, and never more than a second of it.</param>
internal sealed class ExhaustiveSearch(CompiledProblem problem, Solution solution, long maxIterations)
{
    private const int MaxWalks = 300_000;
    private const int WalksPerIteration = 100;
    private const int BeginningsPerWalk = 3;
    private const int WalksPerBranch = 10;
    private const int BeginningsPerLook = 1024;
    private const int WalksPerLook = 2048;

    private readonly long _maxWalks = Math.Min(MaxWalks, Math.Min(maxIterations, MaxWalks) * WalksPerIteration);
    private readonly int[] _freeJobs = ListFree(problem);
    private Func<bool> _isStopped = () => false;
    private long _beginnings;
    private long _firstWalk;
    private long _lookedAt;

    public static bool IsPossible(CompiledProblem problem)
    {
        int free = ListFree(problem).Length;
        if (free is 0 or > ChoiceKey.MaxJobs || problem.Vehicles.Length == 0) return false;
        for (int j = 0; j < problem.Jobs.Count; j++)
            if (problem.Jobs.First[j + 1] - problem.Jobs.First[j] > ChoiceKey.MaxAlternatives) return false;
        return true;
    }

    /// <summary>True when the last run has seen everything, so that nothing is cheaper than what it found or was given.</summary>
    public bool IsProven { get; private set; }

    /// <summary>Puts the cheapest plan into the solution if it costs less than <paramref name="limit"/>; false leaves the solution as it is.</summary>
    /// <param name="isOver">Looked at now and then; true stops it.</param>
    public bool TryRun(long limit, Func<bool> isOver)
    {
        bool isCut = false;
        (_isStopped, _firstWalk, _lookedAt) = (isOver, solution.Walk.Count, solution.Walk.Count);
        var lister = new RouteLister(problem, solution, _freeJobs);
        var ofClass = new IReadOnlyList<ListedRoute>?[problem.VehicleClassCount];
        var routes = new IReadOnlyList<ListedRoute>[problem.Vehicles.Length];
        // The book counts what the present routes take in slots; listed routes begin with an empty one.
        for (int v = 0; v < routes.Length; v++) solution.Slots.Lift(v);
        for (int v = 0; v < routes.Length; v++)
        {
            routes[v] = ofClass[problem.Vehicles[v].Class] ??= lister.List(v, limit, IsOver);
            isCut |= lister.IsCut;
        }

        for (int v = 0; v < routes.Length; v++) solution.Slots.Lower(v);
        var combiner = new RouteCombiner(problem, _freeJobs, routes) { MaxBranches = _maxWalks / WalksPerBranch };
        bool isFound = combiner.TryFind(limit);
        // Where slots are shared, a route could also have waited for one.
        IsProven = !isCut && !combiner.IsCut && !problem.Source.Resources.Any(r => r.SlotSeconds > 0);
        if (isFound) Apply(combiner.Found);
        return isFound;
    }

    private bool IsOver()
    {
        if (++_beginnings > _maxWalks * BeginningsPerWalk || solution.Walk.Count - _firstWalk > _maxWalks) return true;
        if (_beginnings % BeginningsPerLook != 0 && solution.Walk.Count - _lookedAt < WalksPerLook) return false;
        _lookedAt = solution.Walk.Count;
        return _isStopped();
    }

    private void Apply(ListedRoute?[] routes)
    {
        solution.Begin();
        solution.Clear();
        for (int v = 0; v < routes.Length; v++) solution.Refresh(v);
        for (int v = 0; v < routes.Length; v++)
        {
            if (routes[v] is not { } route) continue;
            // Listed for a vehicle of the same class: only its reloads have other numbers.
            int[] nodes = Array.ConvertAll(route.Nodes, n => n < problem.VisitCount ? n : FindReload(v, n));
            solution.LinkAll(v, nodes);
            bool isFeasible = solution.Refresh(v);
            Debug.Assert(isFeasible, "a listed route is refused");
        }

        solution.Commit();
    }

    private int FindReload(int vehicle, int listed)
    {
        ref readonly var v = ref problem.Vehicles[vehicle];
        int first = Array.Find(problem.Vehicles, w => w.Class == problem.Vehicles[vehicle].Class).FirstReload;
        return v.FirstReload + listed - first;
    }

    private static int[] ListFree(CompiledProblem problem) => [.. Enumerable.Range(0, problem.Jobs.Count).Where(j => !problem.Jobs.IsDone[j])];
}
