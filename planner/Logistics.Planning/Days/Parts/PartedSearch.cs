using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Planning.Days.Parts;

/// <summary>Searches a large day part by part, several at a time, and puts the plans together.</summary>
/// <remarks>
/// A search holds matrices, neighbour lists and a plan of all it sees, and spends its first seconds on building them; a city of ten hubs is searched hub by hub in a tenth of the memory, and every iteration
/// counts for more. With a budget of iterations the outcome depends on the seed only.
/// </remarks>
internal sealed class PartedSearch
{
    /// <summary>Below this many jobs one search sees everything in good time.</summary>
    public const int LeastJobs = 1_000;

    private readonly SearchEngine _engine;
    private readonly Problem _whole;
    // Changed only between searches.
    private readonly List<ProblemPart> _parts;
    private readonly SearchOptions _options;
    private readonly int _atOnce;
    private readonly CancellationToken _cancellation;

    // What each part has reached. Guarded by itself while searches run.
    private readonly Reached[] _reached;

    private PartedSearch(SearchEngine engine, Problem whole, List<ProblemPart> parts, SearchOptions options, int atOnce, CancellationToken cancellation)
    {
        (_engine, _whole, _parts, _options, _atOnce, _cancellation) = (engine, whole, parts, options, atOnce, cancellation);
        _reached = [.. parts.Select(_ => new Reached())];
    }

    /// <param name="first">Makes a plan to start from; asked where the options have none.</param>
    /// <param name="atOnce">Parts searched at a time, each on threads of its own.</param>
    /// <param name="leastJobs">From how many jobs on the day is cut.</param>
    public static SearchResult Solve(SearchEngine engine, Problem problem, SearchOptions options, Func<Problem, Plan?> first, int atOnce, CancellationToken cancellation, int leastJobs = LeastJobs)
    {
        var parts = problem.Jobs.Count < leastJobs ? null : ProblemParts.Find(problem);
        return parts is null
            ? engine(problem, options with { WarmStart = options.WarmStart ?? first(problem) }, cancellation)
            : new PartedSearch(engine, problem, parts, options, atOnce, cancellation).Run(first);
    }

    private SearchResult Run(Func<Problem, Plan?> first)
    {
        var queues = Deal(Math.Min(_atOnce, _parts.Count));
        // First a plan of everything: whoever stops the search early gets one.
        var starts = new SearchResult[_parts.Count];
        InQueues(queues, part => starts[part] = _engine(_parts[part].Problem, _options with
        {
            MaxIterations = 0,
            TargetCost = null,
            Progress = Listener(part),
            WarmStart = _options.WarmStart is { } start ? _parts[part].Restrict(start) : first(_parts[part].Problem),
        }, _cancellation));
        foreach (var (part, start) in starts.Index()) _reached[part].Plan = start.Plan;
        ShareAgain();

        var results = new SearchResult[_parts.Count];
        int[] left = [.. queues.Select(q => q.Sum(p => _parts[p].Problem.Jobs.Count))];
        InQueues(queues, part => results[part] = Search(part, starts[part].Plan, ref left[queues.FindIndex(q => q.Contains(part))]));
        return new SearchResult(
            Merge([.. results.Select(r => r.Plan)]), results.All(r => r.IsFeasible), results.Sum(r => r.Iterations), _options.ElapsedSeconds?.Invoke() ?? 0, results.Any(r => r.IsCancelled));
    }

    /// <summary>Units of resources that a part turned out not to need may serve what another left out.</summary>
    private void ShareAgain()
    {
        var plans = _parts.Zip(_reached, (part, reached) => ((IReadOnlyList<Route>)[.. part.RoutesOf(reached.Plan!)], part.UnservedOf(reached.Plan!).ToHashSet())).ToList();
        if (plans.TrueForAll(p => p.Item2.Count == 0)) return;
        var shares = ResourceShares.Again(_whole, _parts.ConvertAll(p => p.Jobs.ToList()), plans);
        for (var p = 0; p < _parts.Count; p++) _parts[p] = _parts[p].With(shares[p]);
    }

    private static void InQueues(List<List<int>> queues, Action<int> work) =>
        Parallel.ForEach(queues, new ParallelOptions { MaxDegreeOfParallelism = queues.Count }, queue => queue.ForEach(work));

    /// <summary>Parts for each worker, the largest first to whoever has least.</summary>
    private List<List<int>> Deal(int workers)
    {
        var queues = Enumerable.Range(0, workers).Select(_ => new List<int>()).ToList();
        for (var p = 0; p < _parts.Count; p++) queues.MinBy(q => q.Sum(own => _parts[own].Problem.Jobs.Count))!.Add(p);
        return queues;
    }

    /// <param name="jobsLeft">Jobs of this part and of those after it in its queue, which share the time that is left.</param>
    private SearchResult Search(int part, Plan start, ref int jobsLeft)
    {
        var jobs = _parts[part].Problem.Jobs.Count;
        var share = (double)jobs / jobsLeft;
        jobsLeft -= jobs;
        var clock = _options.ElapsedSeconds;
        var begun = clock?.Invoke() ?? 0;
        return _engine(_parts[part].Problem, _options with
        {
            ElapsedSeconds = clock is null ? null : () => clock() - begun,
            MaxSeconds = Math.Max(0, _options.MaxSeconds - begun) * share,
            MaxIterations = _options.MaxIterations == long.MaxValue ? long.MaxValue : _options.MaxIterations * jobs / _whole.Jobs.Count,
            TargetCost = null,
            WarmStart = start,
            Progress = Listener(part),
        }, _cancellation);
    }

    private Action<SearchProgress>? Listener(int part) => _options.Progress is null ? null : report => Pass(part, report);

    /// <summary>Reports what all parts together have reached, once each has a plan.</summary>
    private void Pass(int part, SearchProgress report)
    {
        SearchProgress passed;
        lock (_reached)
        {
            var own = _reached[part];
            own.HasBegun = true;
            (own.Cost, own.Unserved, own.Vehicles, own.IsFeasible, own.Iterations) = (report.BestCost, report.Unserved, report.VehiclesUsed, report.IsFeasible, report.Iterations);
            if (!Array.TrueForAll(_reached, r => r.HasBegun)) return;
            passed = report with
            {
                Iterations = _reached.Sum(r => r.Iterations),
                Seconds = _options.ElapsedSeconds?.Invoke() ?? report.Seconds,
                BestCost = _reached.Sum(r => r.Cost),
                Unserved = _reached.Sum(r => r.Unserved),
                VehiclesUsed = _reached.Sum(r => r.Vehicles),
                IsFeasible = Array.TrueForAll(_reached, r => r.IsFeasible),
                FindBestPlan = () => FindBest(part, report),
            };
        }

        _options.Progress!(passed);
    }

    /// <summary>The newest plan known of each part.</summary>
    private Plan FindBest(int part, SearchProgress report)
    {
        var plan = report.FindBestPlan();
        lock (_reached)
        {
            _reached[part].Plan = plan;
            return Merge([.. _reached.Select(r => r.Plan)]);
        }
    }

    private Plan Merge(IReadOnlyList<Plan?> plans)
    {
        var known = plans.Index().Where(p => p.Item is not null).ToList();
        return new Plan
        {
            Routes = [.. known.SelectMany(p => _parts[p.Index].RoutesOf(p.Item!)).OrderBy(r => r.Vehicle)],
            Unserved = [.. known.SelectMany(p => _parts[p.Index].UnservedOf(p.Item!)).Order()],
            Cost = new CostBreakdown(),
        };
    }

    private sealed class Reached
    {
        public bool HasBegun { get; set; }
        public long Cost { get; set; }
        public int Unserved { get; set; }
        public int Vehicles { get; set; }
        public bool IsFeasible { get; set; }
        public long Iterations { get; set; }
        public Plan? Plan { get; set; }
    }
}
