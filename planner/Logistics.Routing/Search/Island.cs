using System.Diagnostics;
using Logistics.Routing.Model;
using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Classic.Pool;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Exhaustive;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;
using Logistics.Routing.Search.Stops;

namespace Logistics.Routing.Search;

/// <summary>One search: ruin, recreate, accept or undo, until the budget is spent. Owned by one thread.</summary>
internal sealed class Island
{
    // Part of the budget that may go into saving vehicles before costs are polished.
    private const double FleetShare = 0.4;

    // The same where vehicles are saved although driving costs more.
    private const double SavingShare = 0.25;

    // The same for trips, once vehicles are saved.
    private const double TripShare = 0.2;

    // The same for visits of a plan it began with that are late by the terms of a relaxation: opened for one of them, a vehicle seldom goes again.
    private const double PlacingShare = 0.05;

    // How cold they are saved there: full days have room for another route's visits only while their ways are short.
    private const double SavingCooled = 0.8;

    // From here on the first plan is made by the classic search where it can: the general one takes many times as long.
    private const int JobsOfLargeProblem = 5_000;
    private const double SecondsBetweenReports = 0.5;

    // Routes of hot plans are seldom part of a good one.
    private const double RecordedFrom = 0.75;

    // The first island of a tiny problem sees to the end once it has a plan to compare with.
    private const int StepsBeforeExhaustion = 256;
    private const double ExhaustionShare = 0.1;

    private readonly CompiledProblem _problem;
    private readonly SearchOptions _options;
    private readonly Budget _budget;
    private readonly Annealing _annealing;
    private readonly int _index;
    private readonly CancellationToken _cancellation;

    // Null once it has run, and where there is too much to see.
    private ExhaustiveSearch? _exhaustive;

    // What any problem can be searched with; let go, for its memory, when the classic search has taken over.
    private GeneralSearch? _general;

    // Null when the problem asks for more than it can.
    private readonly ClassicSearch? _classic;
    private readonly bool _savesByClassic;
    private readonly RouteRecombiner? _recombiner;
    private readonly AnnealingCycles? _cycles;

    // Null where stops are few jobs each, or there is a better way.
    private readonly StopSearch? _stops;
    private readonly StopCycles _levels;

    // The one of the three at work.
    private LocalSearch _search;

    // Whether it is worth saving vehicles, or not all is served that must be; false once that was tried.
    private readonly bool _savesVehicles;
    private bool _mustReduce;
    private int _maxUsed = int.MaxValue;

    // Whether a plan of stops with fewer vehicles has not been tried yet.
    private bool _maySave = true;
    private double _reported;

    public Island(CompiledProblem problem, NeighbourLists neighbours, ClassicTables? classic, SearchOptions options, int index, CancellationToken cancellation)
    {
        (_problem, _options, _index, _cancellation) = (problem, options, index, cancellation);
        _budget = new Budget(options, cancellation);
        _levels = new StopCycles(options);
        var rng = new Rng(options.Seed + (0x5851F42D4C957F2DUL * (ulong)index));
        Best = new Snapshot(problem);
        var order = new InsertionOrder(problem);
        // A focused search is short and local; the general one knows how.
        if (options.Focus is not null) classic = null;
        _savesByClassic = classic?.Problem is { HasPrizes: false } && (!classic.Problem.HasTrips || options.Terms is not null);
        bool isClassicFirst = _savesByClassic && options.WarmStart is null && problem.Jobs.Count > JobsOfLargeProblem;
        if (!isClassicFirst) _general = new GeneralSearch(problem, neighbours, order, options.Focus ?? [], rng);
        if (classic is not null)
        {
            _classic = ClassicSearch.Create(classic.Problem, classic.Neighbours, order, rng);
            if (!classic.Problem.HasTrips && problem.Jobs.Count <= RouteRecombiner.MaxJobs) _recombiner = new RouteRecombiner(classic.Problem);
            // Whoever asks for less heat wants to stay near the start: no cycle may forget it.
            if (options.Heat >= 1) _cycles = new AnnealingCycles(problem.Jobs.Count, index, _classic.Pressure == 0, classic.Problem.IsMixed, classic.Problem.IsSettledHot);
        }

        _search = (LocalSearch?)_general ?? _classic!;
        var first = _general is null ? Construct(_classic!) : Construct(_general);
        if (_general is not null && index == 0 && ExhaustiveSearch.IsPossible(problem)) _exhaustive = new ExhaustiveSearch(problem, first, options.MaxIterations);
        if (classic is null && options.Focus is null && _levels.HasTime && StopSearch.IsWorthwhile(problem, first)) _stops = new StopSearch(problem, first, rng);
        var temperatures = Temperatures.Choose(problem, first, isByStops: _stops is not null);
        _annealing = new Annealing(options.Heat * temperatures.First, options.Heat * temperatures.Last, rng);
        _savesVehicles = options.SavesVehicles || (options.Focus is null && FleetReducer.IsWorthwhile(problem, first));
        _mustReduce = _savesVehicles || first.Jobs.AbsentMandatory > 0;
    }

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
        if (_mustReduce) ReduceFleet();
        if (_classic is not null && _search != _classic) Use(_classic);
        while (!_budget.IsOver && _budget.Spent < part && !HasReachedTarget && !IsProven)
        {
            if (_exhaustive is not null && (_budget.Iterations >= StepsBeforeExhaustion || _budget.Spent >= ExhaustionShare)) Exhaust(_exhaustive);

            if (_budget.IsFresh)
            {
                Cool();
                if (_stops is not null) ChooseLevel(_stops);
                if (_budget.Seconds - _reported >= SecondsBetweenReports) Report(isImproved: false);
            }

            if (_search.TryStep(_annealing) && _search.Cost < Best.Cost) KeepBest();
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
        if (_recombiner is null || !_recombiner.TryImprove(Best, Iterations)) return;
        LoadBest();
        Report(isImproved: true);
    }

    /// <summary>Goes on from another island's best.</summary>
    public void Adopt(Snapshot best)
    {
        Best.CopyFrom(best);
        LoadBest();
    }

    /// <summary>Sets the temperature; between cycles of the classic search puts together what the last ones found.</summary>
    private void Cool()
    {
        double cooled = _budget.Spent;
        if (_classic is not null && _cycles is not null)
        {
            if (_cycles.Update(_budget.Spent, _budget.Iterations) && !_cycles.IsFresh)
            {
                Recombine();
                LoadBest();
            }

            cooled = _cycles.FindCooled(_budget.Spent);
            _classic.Pressure = _cycles.Pressure;
            if (_cycles.Count == 1) _classic.NoteOneCycle();
        }

        if (_recombiner is not null && cooled >= RecordedFrom) _classic!.Record(_recombiner.Pool);
        _annealing.Cool(cooled);
    }

    private void Use(LocalSearch search)
    {
        _search = search;
        LoadBest();
        // The other one does not know what a relaxation asks for besides.
        if (_search == _classic && _options.Terms is not null) _search.KeepIn(Best);
        if (_search == _classic && _exhaustive is null) _general = null;
    }

    /// <summary>Goes over from single jobs to whole stops or back.</summary>
    private void ChooseLevel(StopSearch stops)
    {
        LocalSearch next = _levels.IsAtStops(_budget.Spent) ? stops : _general!;
        if (next == _search) return;
        Use(next);
        if (next.Cost < Best.Cost) KeepBest();
        if (next != stops) return;
        if (new RelaxedSearch(stops, _annealing, _budget, _options, _index).TryRun(_levels.RelaxedShare, () => Best.Cost, KeepBest, ReportMeanwhile, _maxUsed, _cancellation)) return;
        if (!_maySave) return;
        _maySave = false;
        new VehicleSaver(stops, _annealing, _budget).Run(() => Best.Cost, KeepBest, _maxUsed);
    }

    private void LoadBest()
    {
        _search.Load(Best, _maxUsed);
        Debug.Assert(_search != _classic || _options.Terms is not null || _search.Cost == Best.Cost, $"the classic search reads {_search.Cost} where the general one reads {Best.Cost}");
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
        if (isBetter)
        {
            _general!.MarkAll();
            Keep(_general);
            LoadBest();
        }

        if (_search != _general) _general = null;
    }

    private void ReduceFleet()
    {
        _mustReduce = false;
        if (_savesByClassic) Use(_classic!);
        if (_options.SavesVehicles && _savesByClassic)
        {
            // Whether fewer vehicles are cheaper shows when their plan has cooled: the last in which all fitted is gone on from, not the best.
            var complete = new Snapshot(_problem);
            complete.CopyFrom(Best);
            if (!_search.IsComplete && _options.WarmStart is not null) PlaceOnSameVehicles();
            if (_search.IsComplete) _search.KeepIn(complete);
            _maxUsed = new FleetReducer(_problem, _search, _annealing, _budget, SavingCooled).Run(SavingShare, reduces: true, () => _search.KeepIn(complete));
            if (_maxUsed < 0) _maxUsed = int.MaxValue;
            Adopt(complete);
            if (_search.IsComplete && _classic!.HasTrips) SaveTrips(complete);
            return;
        }

        int used = new FleetReducer(_problem, _search, _annealing, _budget).Run(FleetShare, _savesVehicles, () =>
        {
            if (_search.Cost < Best.Cost) KeepBest();
        });
        if (_search.Cost < Best.Cost) KeepBest();
        if (_savesVehicles && used > 0) _maxUsed = used;
        LoadBest();
    }

    /// <summary>Goes on with as few trips as are soon found to do: each is so long that strings of visits seldom empty one.</summary>
    private void SaveTrips(Snapshot complete)
    {
        _classic!.DropsTrips = true;
        new FleetReducer(_problem, _search, _annealing, _budget, SavingCooled).Run(_budget.Spent + TripShare, reduces: true, () => _search.KeepIn(complete));
        _classic.DropsTrips = false;
        Adopt(complete);
    }

    /// <summary>Places visits of the start that are late by the terms of a relaxation, without spoiling the rest: on vehicles in use if that can be, or else with another one.</summary>
    private void PlaceOnSameVehicles()
    {
        _search.Load(Best, Best.VehiclesUsed);
        _annealing.Cool(SavingCooled);
        while (!_search.IsComplete && !_budget.IsOver && _budget.Spent < SavingShare)
        {
            if (_budget.IsFresh && _budget.Spent >= PlacingShare) _classic!.MaxUsed = int.MaxValue;
            _search.TryStep(_annealing);
            _budget.Count();
        }

        _classic!.MaxUsed = int.MaxValue;
    }

    /// <summary>Makes the first plan; returns the solution it left.</summary>
    private Solution Construct(GeneralSearch general)
    {
        if (_options.WarmStart is { } plan)
        {
            general.Begin(plan);
            // Filling it up may pay more for a job than leaving it out costs: the start itself must not be lost.
            Keep(general);
        }

        general.Construct(isGenerous: _options.WarmStart is null);
        if (general.Cost < Best.Cost) Keep(general);
        return general.Solution;
    }

    private Solution Construct(ClassicSearch classic)
    {
        classic.Load(Best, int.MaxValue);
        classic.Construct();
        KeepBest();
        var first = new Solution(_problem);
        Best.Restore(first);
        return first;
    }

    private void KeepBest()
    {
        Keep(_search);
        _cycles?.NoteBest();
    }

    private void Keep(LocalSearch search)
    {
        search.KeepIn(Best);
        Report(isImproved: true);
    }

    private void ReportMeanwhile()
    {
        _budget.Refresh();
        Report(isImproved: false);
    }

    private void Report(bool isImproved)
    {
        if (_options.Progress is null) return;
        _reported = _budget.Seconds;
        _options.Progress(new SearchProgress(_index, _budget.Iterations, _budget.Seconds, Best.Cost, Best.Absent, Best.VehiclesUsed, Best.IsFeasible, isImproved, ExportBest));
    }

    private Plan ExportBest() => new PlanExporter(_problem).Export(Best);
}
