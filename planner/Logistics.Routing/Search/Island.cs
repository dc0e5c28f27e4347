using System.Diagnostics;
using Logistics.Routing.Model;
using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Classic.Pool;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Exhaustive;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search;

/// <summary>One search: ruin, recreate, accept or undo, until the budget is spent. Owned by one thread.</summary>
internal sealed class Island
{
    // Part of the budget that may go into saving vehicles before costs are polished.
    private const double FleetShare = 0.4;

    // From here on the first plan is made by the classic search where it can: the general one takes many times as long.
    private const int JobsOfLargeProblem = 5_000;
    private const double SecondsBetweenReports = 0.5;

    // Routes of hot plans are seldom part of a good one.
    private const double RecordedFrom = 0.5;

    // Whole trips are ruined now and then, where a search is not asked to stay in one place.
    private const int RuinsPerRoute = 40;

    // A problem this small is searched by beginning anew again and again: every order of its jobs is then met sooner or later, whatever valley the last one lay in.
    private const int StepsPerRestart = 4;
    private const double TinyBlinkRate = 0.1;
    private const double RestartBlinkRate = 0.4;

    // The first island of a smaller one still sees to the end once it has a plan to compare with.
    private const int StepsBeforeExhaustion = 256;
    private const double ExhaustionShare = 0.1;

    private readonly CompiledProblem _problem;
    private readonly SearchOptions _options;
    private readonly Budget _budget;
    private readonly StringRuin _ruin;
    private readonly RouteRuin _routeRuin;
    private readonly Rng _rng;
    private readonly Recreate _recreate;
    private readonly Inserter _inserter;
    private readonly Annealing _annealing;
    private readonly int _index;

    // Null once it has run, and where there is too much to see.
    private ExhaustiveSearch? _exhaustive;

    // Null when the problem asks for more than it can.
    private readonly ClassicSearch? _classic;
    private readonly bool _savesByClassic;
    private readonly bool _constructsByClassic;
    private readonly RouteRecombiner? _recombiner;
    private readonly AnnealingCycles? _cycles;
    private bool _isClassicLoaded;
    private long _current;
    private bool _hasReducedFleet;
    private double _reported;

    public Island(CompiledProblem problem, NeighbourLists neighbours, ClassicTables? classic, SearchOptions options, int index, CancellationToken cancellation)
    {
        (_problem, _options, _index) = (problem, options, index);
        _budget = new Budget(options, cancellation);
        var rng = new Rng(options.Seed + (0x5851F42D4C957F2DUL * (ulong)index));
        Solution = new Solution(problem);
        Best = new Snapshot(problem);
        var fleet = new FleetFitter(problem, Solution);
        _inserter = new Inserter(problem, neighbours, Solution, fleet, rng);
        if (problem.IsTiny) _inserter.BlinkRate = TinyBlinkRate;
        _ruin = new StringRuin(problem, neighbours, Solution, rng) { Focus = [.. options.Focus ?? []] };
        _routeRuin = new RouteRuin(problem, Solution, rng);
        _rng = rng;
        var order = new InsertionOrder(problem);
        _recreate = new Recreate(problem, neighbours, Solution, _inserter, fleet, order, rng);
        // A focused search is short and local; the general one knows how.
        _classic = classic is null || options.Focus is not null ? null : ClassicSearch.Create(classic.Problem, classic.Neighbours, order, rng);
        _savesByClassic = _classic is not null && classic!.Problem is { HasTrips: false, HasPrizes: false };
        _constructsByClassic = _savesByClassic && options.WarmStart is null && problem.Jobs.Count > JobsOfLargeProblem;
        if (_classic is not null && !classic!.Problem.HasTrips && problem.Jobs.Count <= RouteRecombiner.MaxJobs) _recombiner = new RouteRecombiner(classic!.Problem);
        // Whoever asks for less heat wants to stay near the start: no cycle may forget it.
        if (_classic is not null && options.Heat >= 1) _cycles = new AnnealingCycles(problem.Jobs.Count, index, _classic.Pressure == 0, classic!.Problem.IsMixed);
        if (index == 0 && ExhaustiveSearch.IsPossible(problem)) _exhaustive = new ExhaustiveSearch(problem, Solution, options.MaxIterations);
        Construct();
        var temperatures = Temperatures.Choose(problem, Solution);
        _annealing = new Annealing(options.Heat * temperatures.First, options.Heat * temperatures.Last, rng);
    }

    public Solution Solution { get; }

    /// <summary>The best found by this island, or taken over from another.</summary>
    public Snapshot Best { get; }
    public long Iterations => _budget.Iterations;
    public double Seconds => _budget.Seconds;
    public bool IsCancelled => _budget.IsCancelled;

    /// <summary>True when nothing can be cheaper than the best.</summary>
    public bool IsProven { get; private set; }
    public bool HasReachedTarget => _options.TargetCost is { } target && Best.IsFeasible && Best.Cost <= target;

    /// <summary>Runs until a part of the budget is spent, the target is reached or the search is cancelled.</summary>
    public void RunUntil(double part)
    {
        _budget.Refresh();
        if (!_hasReducedFleet) ReduceFleet();
        if (_classic is not null && !_isClassicLoaded) LoadClassic(_classic);
        while (!_budget.IsOver && _budget.Spent < part && !HasReachedTarget && !IsProven)
        {
            if (_exhaustive is not null && (_budget.Iterations >= StepsBeforeExhaustion || _budget.Spent >= ExhaustionShare)) Exhaust(_exhaustive);

            if (_budget.IsFresh)
            {
                Cool();
                if (_budget.Seconds - _reported >= SecondsBetweenReports) Report(isImproved: false);
            }

            Iterate();
            _budget.Count();
        }
    }

    /// <summary>Adds the routes that others have met to its own.</summary>
    public void Gather(IEnumerable<Island> others)
    {
        foreach (var other in others)
            if (other != this && other._recombiner is { } theirs) _recombiner!.Pool.AddAll(theirs.Pool);
    }

    /// <summary>Looks for a better plan among the routes it has met or gathered, and goes on from it.</summary>
    public void Recombine()
    {
        if (_recombiner is null || _classic is null) return;
        if (!_recombiner.TryImprove(Best, Iterations)) return;
        LoadClassic(_classic);
        Report(isImproved: true);
    }

    /// <summary>Goes on from another island's best.</summary>
    public void Adopt(Snapshot best)
    {
        Best.CopyFrom(best);
        if (_classic is not null)
        {
            LoadClassic(_classic);
            return;
        }

        best.Restore(Solution);
        Solution.Changed.Clear();
        _current = Solution.Cost;
    }

    /// <summary>Sets the temperature; between cycles of the classic search puts together what the last ones found.</summary>
    private void Cool()
    {
        double cooled = _budget.Spent;
        if (_classic is not null && _cycles is not null)
        {
            if (_cycles.Update(_budget.Spent, _budget.Iterations))
            {
                Recombine();
                if (!_cycles.IsFresh) LoadClassic(_classic);
            }

            cooled = _cycles.FindCooled(_budget.Spent);
            _classic.Pressure = _cycles.Pressure;
        }

        if (_recombiner is not null && cooled >= RecordedFrom) _classic!.Record(_recombiner.Pool);
        _annealing.Cool(cooled);
    }

    private void LoadClassic(ClassicSearch classic)
    {
        classic.Load(Best, _inserter.MaxUsed);
        _current = classic.Cost;
        _isClassicLoaded = true;
        Debug.Assert(_current == Best.Cost, $"the classic search reads {_current} where the general one reads {Best.Cost}");
    }

    private void Iterate()
    {
        if (_classic is not null)
        {
            if (_classic.TryStep(_annealing) && _classic.Cost < Best.Cost) KeepClassicBest(_classic);
            return;
        }

        Solution.Begin();
        if (_ruin.Focus.Length == 0 && _problem.IsTiny && _rng.Below(StepsPerRestart) == 0)
        {
            _inserter.BlinkRate = RestartBlinkRate;
            _recreate.Run(_routeRuin.RunAll());
            _inserter.BlinkRate = TinyBlinkRate;
        }
        else if (_ruin.Focus.Length == 0 && _rng.Below(RuinsPerRoute) == 0 && _routeRuin.TryRun())
        {
            _recreate.Run(_routeRuin.Removed);
        }
        else
        {
            _ruin.Run();
            _recreate.Run(_ruin.Removed);
        }

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

    private void Exhaust(ExhaustiveSearch exhaustive)
    {
        _exhaustive = null;
        bool isBetter = exhaustive.TryRun(Best.Cost, () =>
        {
            _budget.Refresh();
            return _budget.IsOver;
        });
        IsProven = exhaustive.IsProven;
        if (!isBetter) return;
        TakeAll();
        if (_classic is not null) LoadClassic(_classic);
    }

    private void ReduceFleet()
    {
        _hasReducedFleet = true;
        bool reduces = _options.Focus is null && FleetReducer.IsWorthwhile(_problem, Solution);
        if (!reduces && Solution.Jobs.AbsentMandatory == 0) return;
        int used = _classic is not null && _savesByClassic ? ReduceClassic(_classic, reduces) : ReduceGeneral(reduces);
        // Without room for another vehicle insertions are not tempted by one.
        if (reduces && used > 0) _inserter.MaxUsed = used;
    }

    private int ReduceClassic(ClassicSearch classic, bool reduces)
    {
        LoadClassic(classic);
        int used = new ClassicFleetReducer(_problem, classic, _annealing, _budget).Run(FleetShare, reduces, () =>
        {
            if (classic.Cost < Best.Cost) KeepClassicBest(classic);
        });
        _isClassicLoaded = false;
        return used;
    }

    private int ReduceGeneral(bool reduces)
    {
        var reducer = new FleetReducer(_problem, Solution, _ruin, _recreate, _inserter, _annealing, _budget);
        int used = reducer.Run(FleetShare, reduces, KeepIfBetter);
        if (Solution.Cost <= Best.Cost)
        {
            _current = Solution.Cost;
            KeepBest();
            return -1;
        }

        Best.Restore(Solution);
        Solution.Changed.Clear();
        _current = Solution.Cost;
        return used;
    }

    private void Construct()
    {
        if (_options.WarmStart is { } plan)
        {
            Solution.Begin();
            new WarmStarter(_problem, Solution).Load(plan);
            Solution.Commit();
            // Filling it up may pay more for a job than leaving it out costs: the start itself must not be lost.
            TakeAll();
        }

        if (_constructsByClassic)
        {
            ConstructClassic(_classic!);
            return;
        }

        Solution.Begin();
        _recreate.RunAll(isGenerous: _options.WarmStart is null);
        Solution.Commit();
        if (Solution.Cost < Best.Cost) TakeAll();
        _current = Solution.Cost;
    }

    private void ConstructClassic(ClassicSearch classic)
    {
        classic.Load(Best, int.MaxValue);
        classic.Construct();
        KeepClassicBest(classic);
        Best.Restore(Solution);
        Solution.Changed.Clear();
        _current = Solution.Cost;
    }

    private void TakeAll()
    {
        for (int v = 0; v < _problem.Vehicles.Length; v++) Solution.Changed.Add(v);
        _current = Solution.Cost;
        KeepBest();
    }

    private void KeepIfBetter()
    {
        _current = Solution.Cost;
        if (_current < Best.Cost) KeepBest();
    }

    private void KeepBest()
    {
        Best.Take(Solution, _current, Solution.Changed);
        Report(isImproved: true);
    }

    private void KeepClassicBest(ClassicSearch classic)
    {
        classic.KeepIn(Best);
        _cycles?.NoteBest();
        Report(isImproved: true);
    }

    private void Report(bool isImproved)
    {
        if (_options.Progress is null) return;
        _reported = _budget.Seconds;
        _options.Progress(new SearchProgress(_index, _budget.Iterations, _budget.Seconds, Best.Cost, Best.Absent, Best.VehiclesUsed, isImproved, ExportBest));
    }

    private Plan ExportBest() => new PlanExporter(_problem).Export(Best);
}
