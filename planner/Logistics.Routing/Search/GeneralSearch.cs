using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search;

/// <summary>Ruin and recreate for every feature a problem may have. Owned by one thread.</summary>
internal sealed class GeneralSearch : LocalSearch
{
    // Whole trips are ruined now and then, where a search is not asked to stay in one place.
    private const int RuinsPerRoute = 40;

    // A problem this small is searched by beginning anew again and again: every order of its jobs is then met sooner or later, whatever valley the last one lay in.
    private const int StepsPerRestart = 4;
    private const double TinyBlinkRate = 0.1;
    private const double RestartBlinkRate = 0.4;

    // From here on the acceptance is drawn before the repair, which is broken off when it cannot be met any more.
    private const int LargeVisits = 200;

    private readonly CompiledProblem _problem;
    private readonly bool _isLarge;
    private readonly StringRuin _ruin;
    private readonly RouteRuin _routeRuin;
    private readonly Recreate _recreate;
    private readonly Inserter _inserter;
    private readonly Rng _rng;

    // Jobs that count like those that must be served; null = none.
    private bool[]? _isKept;

    /// <param name="focus">Jobs to search around; empty = everywhere.</param>
    public GeneralSearch(CompiledProblem problem, NeighbourLists neighbours, InsertionOrder order, IReadOnlyList<int> focus, Rng rng)
    {
        (_problem, _rng) = (problem, rng);
        _isLarge = problem.VisitCount > LargeVisits;
        Solution = new Solution(problem);
        var fleet = new FleetFitter(problem, Solution);
        _inserter = new Inserter(problem, neighbours, Solution, fleet, rng);
        if (problem.IsTiny) _inserter.BlinkRate = TinyBlinkRate;
        _ruin = new StringRuin(problem, neighbours, Solution, rng) { Focus = [.. focus] };
        _routeRuin = new RouteRuin(problem, Solution, rng);
        _recreate = new Recreate(problem, neighbours, Solution, _inserter, fleet, order, rng);
    }

    public Solution Solution { get; }

    /// <summary>Most vehicles that insertions may use.</summary>
    public int MaxUsed { set => _inserter.MaxUsed = value; }

    public override int UsedCount => Solution.Idle.UsedCount;

    public override bool IsComplete => CountOwed() == 0 && Solution.Jobs.FindPenalty() == 0;

    /// <summary>Whether saving a vehicle may leave out what is served now: it may not while this is set, whatever its price.</summary>
    /// <param name="keeps">False: only what must be served counts again.</param>
    public void KeepServed(bool keeps)
    {
        _isKept = keeps ? new bool[_problem.Jobs.Count] : null;
        for (int job = 0; keeps && job < _isKept!.Length; job++) _isKept[job] = Solution.Jobs.AlternativeOf[job] >= 0;
    }

    /// <summary>Begins with a known plan; what is no longer legal in it is left out.</summary>
    public void Begin(Plan plan)
    {
        Solution.Begin();
        new WarmStarter(_problem, Solution).Load(plan);
        Solution.Commit();
        MarkAll();
    }

    /// <summary>Gives vehicles other routes; what is not legal in them is inserted where it costs least, and no vehicle goes for that alone until <see cref="MaxUsed"/> says so.</summary>
    public void Replace(IEnumerable<int> vehicles, Plan plan)
    {
        Solution.Begin();
        foreach (int vehicle in vehicles) Solution.Empty(vehicle);
        new WarmStarter(_problem, Solution).Load(plan);
        MaxUsed = UsedCount;
        _recreate.RunAll();
        Solution.Commit();
        MarkAll();
    }

    /// <summary>Inserts everything that is missing.</summary>
    /// <param name="isGenerous">A job may cost more than leaving it out.</param>
    public void Construct(bool isGenerous)
    {
        Solution.Begin();
        _recreate.RunAll(isGenerous);
        Solution.Commit();
        MarkAll();
    }

    /// <summary>Takes note that its solution was replaced as a whole.</summary>
    public void MarkAll()
    {
        for (int v = 0; v < _problem.Vehicles.Length; v++) Solution.Changed.Add(v);
        Cost = Solution.Cost;
    }

    /// <summary>Lets whole routes change vehicles where that is cheaper.</summary>
    public void SwapRoutes()
    {
        new RouteSwapper(_problem, Solution).Run();
        Cost = Solution.Cost;
    }

    public override void Load(Snapshot best, int maxUsed)
    {
        best.Restore(Solution);
        Solution.Changed.Clear();
        Cost = Solution.Cost;
        _inserter.MaxUsed = maxUsed;
    }

    public override bool TryStep(Annealing annealing)
    {
        if (_isLarge) return TryStepWithin(annealing.DrawLimit(Cost));
        Solution.Begin();
        if (_ruin.Focus.Length == 0 && _problem.IsTiny && _rng.Below(StepsPerRestart) == 0)
        {
            _inserter.BlinkRate = RestartBlinkRate;
            _recreate.Run(_routeRuin.RunAll());
            _inserter.BlinkRate = TinyBlinkRate;
        }
        else
        {
            _recreate.Run(Ruin());
        }

        long cost = Solution.Cost;
        if (annealing.Accepts(cost, Cost))
        {
            Accept(cost);
            return true;
        }

        Solution.Rollback();
        return false;
    }

    /// <summary>One ruin and repair, broken off as soon as it must cost more than the limit.</summary>
    private bool TryStepWithin(long limit)
    {
        Solution.Begin();
        if (_recreate.Run(Ruin(), limit) && Solution.Cost is var cost && cost <= limit)
        {
            Accept(cost);
            return true;
        }

        Solution.Rollback();
        return false;
    }

    /// <summary>Takes out strings around a seed, now and then a whole route.</summary>
    /// <returns>The jobs taken out.</returns>
    private ReadOnlySpan<int> Ruin()
    {
        if (_ruin.Focus.Length == 0 && _rng.Below(RuinsPerRoute) == 0 && _routeRuin.TryRun()) return _routeRuin.Removed;
        _ruin.Run();
        return _ruin.Removed;
    }

    public override void KeepIn(Snapshot best) => best.Take(Solution, Cost, Solution.Changed);

    public override void DropRoute(AbsenceCounts absences)
    {
        int easiest = -1;
        long least = long.MaxValue;
        for (int v = 0; v < Solution.Routes.Length; v++)
        {
            if (!Solution.Routes[v].IsUsed || _problem.Vehicles[v].IsUnderWay) continue;
            long weight = 0;
            for (int n = Solution.Nodes[_problem.Vehicles[v].Start].Next; n != _problem.Vehicles[v].End; n = Solution.Nodes[n].Next)
                if (_problem.Nodes[n].Alternative >= 0) weight += absences.WeightOf(_problem.Jobs.JobOf[_problem.Nodes[n].Alternative]);
            if (weight < least) (least, easiest) = (weight, v);
        }

        _inserter.MaxUsed = UsedCount - 1;
        if (easiest < 0) return;
        Solution.Begin();
        Solution.Empty(easiest);
        _recreate.RunAll();
        Accept(Solution.Cost);
    }

    public override void TryPlace(AbsenceCounts absences, Annealing annealing)
    {
        int absent = CountOwed();
        long weight = SumOwed(absences);
        Solution.Begin();
        _ruin.Run();
        _recreate.Run(_ruin.Removed);
        long cost = Solution.Cost;
        int missing = CountOwed();
        bool isEasier = SumOwed(absences) < weight;
        absences.Count(Solution.Jobs.Absent);
        if (isEasier || (missing == absent && annealing.Accepts(cost, Cost))) Accept(cost);
        else Solution.Rollback();
    }

    private void Accept(long cost)
    {
        Solution.Commit();
        Cost = cost;
    }

    private bool IsOwed(int job) => _problem.Jobs.UnservedCost[job] < 0 || (_isKept is not null && _isKept[job]);

    private int CountOwed()
    {
        if (_isKept is null) return Solution.Jobs.AbsentMandatory;
        int count = 0;
        foreach (int job in Solution.Jobs.Absent)
            if (IsOwed(job)) count++;
        return count;
    }

    private long SumOwed(AbsenceCounts absences)
    {
        long sum = 0;
        foreach (int job in Solution.Jobs.Absent)
            if (IsOwed(job)) sum += absences.WeightOf(job);
        return sum;
    }
}
