using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search;

/// <summary>One search: ruin, recreate, accept or undo, until the budget is spent. Owned by one thread.</summary>
internal sealed class Island
{
    private readonly CompiledProblem _problem;
    private readonly SearchOptions _options;
    private readonly Budget _budget;
    private readonly StringRuin _ruin;
    private readonly Recreate _recreate;
    private readonly Annealing _annealing;
    private readonly int _index;
    private long _current;

    public Island(CompiledProblem problem, NeighbourLists neighbours, SearchOptions options, int index, CancellationToken cancellation)
    {
        (_problem, _options, _index) = (problem, options, index);
        _budget = new Budget(options, cancellation);
        var rng = new Rng(options.Seed + (0x5851F42D4C957F2DUL * (ulong)index));
        Solution = new Solution(problem);
        Best = new Snapshot(problem);
        var inserter = new Inserter(problem, neighbours, Solution, rng);
        _ruin = new StringRuin(problem, neighbours, Solution, rng);
        _recreate = new Recreate(problem, Solution, inserter, new InsertionOrder(problem), rng);
        Construct();
        var temperatures = Temperatures.Choose(problem, Solution);
        _annealing = new Annealing(temperatures.First, temperatures.Last, rng);
    }

    public Solution Solution { get; }
    public Snapshot Best { get; }
    public long Iterations => _budget.Iterations;
    public double Seconds => _budget.Seconds;
    public bool IsCancelled => _budget.IsCancelled;

    /// <summary>Runs until the budget is spent, the target is reached or the search is cancelled.</summary>
    public void Run()
    {
        _budget.Refresh();
        while (!_budget.IsOver && !HasReachedTarget())
        {
            if (_budget.IsFresh) _annealing.Cool(_budget.Spent);
            Iterate();
            _budget.Count();
        }
    }

    private bool HasReachedTarget() => _options.TargetCost is { } target && Best.IsFeasible && Best.Cost <= target;

    private void Iterate()
    {
        Solution.Begin();
        _ruin.Run();
        _recreate.Run(_ruin.Removed);
        long cost = Solution.Cost;
        if (!_annealing.Accepts(cost, _current))
        {
            Solution.Rollback();
            return;
        }

        Solution.Commit();
        _current = cost;
        if (cost < Best.Cost) KeepBest();
    }

    private void Construct()
    {
        Solution.Begin();
        if (_options.WarmStart is { } plan) new WarmStarter(_problem, Solution).Load(plan);
        _recreate.RunAll();
        Solution.Commit();
        for (int v = 0; v < _problem.Vehicles.Length; v++) Solution.Changed.Add(v);
        _current = Solution.Cost;
        KeepBest();
    }

    private void KeepBest()
    {
        Best.Take(Solution, _current, Solution.Changed);
        _options.Progress?.Invoke(new SearchProgress(_index, _budget.Iterations, _budget.Seconds, Best.Cost, Best.Absent, Best.VehiclesUsed, IsImproved: true, ExportBest));
    }

    private Plan ExportBest() => new PlanExporter(_problem).Export(Best);
}
