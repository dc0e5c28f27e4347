using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.Moves;

/// <summary>Draws the order in which missing jobs are inserted: at random, large first, far first, near first, by window, or dear first.</summary>
/// <remarks>Weights after Christiaens and Vanden Berghe (2020): random 4, demand 4, far 2, close 1; with windows also length 2, start 2, end 2; where jobs may be left out also price 4.</remarks>
internal sealed class InsertionOrder
{
    private enum Rule { Random, Demand, Far, Close, WindowLength, WindowStart, WindowEnd, Price }

    private readonly double[] _demand;
    private readonly int[] _distance;

    // Empty where there are no windows, releases or prices.
    private readonly int[] _windowStart;
    private readonly int[] _windowEnd;
    private readonly int[] _release;
    private readonly double[] _price;
    private readonly double[] _keys;
    private readonly Rule[] _wheel;

    // Places where routes begin; how far a job is, is how far it is from the nearest.
    private readonly int[] _depots;

    public InsertionOrder(CompiledProblem problem)
    {
        int jobs = problem.Jobs.Count;
        _demand = new double[jobs];
        _distance = new int[jobs];
        bool hasWindows = problem.HasTimeLimits, hasPrices = problem.Jobs.HasPrices && HasDifferentPrices(problem);
        _windowStart = hasWindows ? new int[jobs] : [];
        _windowEnd = hasWindows ? new int[jobs] : [];
        _release = problem.Jobs.HasReleases ? new int[jobs] : [];
        _price = hasPrices ? new double[jobs] : [];
        _keys = new double[jobs];
        _depots = [.. problem.Vehicles.Select(v => problem.Nodes[v.Start].Place).Distinct()];
        for (int j = 0; j < jobs; j++) Measure(problem, j);
        List<Rule> wheel = [Rule.Random, Rule.Random, Rule.Random, Rule.Random, Rule.Demand, Rule.Demand, Rule.Demand, Rule.Demand, Rule.Far, Rule.Far, Rule.Close];
        if (hasWindows) wheel.AddRange([Rule.WindowLength, Rule.WindowLength, Rule.WindowStart, Rule.WindowStart, Rule.WindowEnd, Rule.WindowEnd]);
        if (hasPrices) wheel.AddRange([Rule.Price, Rule.Price, Rule.Price, Rule.Price]);
        if (problem.Dimensions == 0) wheel.RemoveAll(r => r == Rule.Demand);
        _wheel = [.. wheel];
    }

    public void Sort(Span<int> jobs, Rng rng)
    {
        var rule = _wheel[rng.Below(_wheel.Length)];
        for (int i = 0; i < jobs.Length; i++) _keys[i] = KeyOf(rule, jobs[i], rng);
        if (jobs.Length > 32)
        {
            _keys.AsSpan(0, jobs.Length).Sort(jobs);
            return;
        }

        for (int i = 1; i < jobs.Length; i++)
        {
            double key = _keys[i];
            int job = jobs[i], at = i;
            for (; at > 0 && _keys[at - 1] > key; at--) (_keys[at], jobs[at]) = (_keys[at - 1], jobs[at - 1]);
            (_keys[at], jobs[at]) = (key, job);
        }
    }

    /// <summary>What is there from the beginning first, then what comes in last, and so back; of one release far first.</summary>
    /// <remarks>Late goods need a trip that begins late, and there are few: what comes in between still finds room on those or on the early ones.</remarks>
    public void SortForConstruction(Span<int> jobs)
    {
        double first = double.MaxValue;
        foreach (int job in jobs) first = Math.Min(first, _release[job]);
        for (int i = 0; i < jobs.Length; i++)
        {
            double release = _release[jobs[i]], rank = release > first ? CompiledProblem.Horizon - release : 0;
            _keys[i] = (rank * 1e9) - _distance[jobs[i]];
        }

        _keys.AsSpan(0, jobs.Length).Sort(jobs);
    }

    private double KeyOf(Rule rule, int job, Rng rng) => rule switch
    {
        Rule.Random => rng.Unit(),
        Rule.Demand => -_demand[job],
        Rule.Far => -_distance[job],
        Rule.Close => _distance[job],
        Rule.WindowLength => (double)_windowEnd[job] - _windowStart[job],
        Rule.WindowStart => _windowStart[job],
        Rule.WindowEnd => -_windowEnd[job],
        _ => -_price[job],
    };

    private static bool HasDifferentPrices(CompiledProblem problem) => Array.Exists(problem.Jobs.UnservedCost, p => p != problem.Jobs.UnservedCost[0]);

    private void Measure(CompiledProblem problem, int job)
    {
        int a = problem.Jobs.First[job];
        while (a < problem.Jobs.First[job + 1] && !problem.Jobs.IsPossible[a]) a++;
        if (a == problem.Jobs.First[job + 1] || problem.Vehicles.Length == 0) return;
        if (_price.Length > 0) _price[job] = problem.Jobs.UnservedCost[job] < 0 ? double.MaxValue : problem.Jobs.UnservedCost[job];
        int node = problem.Jobs.FirstNode[a], width = problem.Dimensions;
        ref readonly var data = ref problem.Nodes[node];
        for (int k = 0; k < width; k++)
        {
            double capacity = Math.Max(1, problem.Capacity[k]);
            _demand[job] += (problem.Delivery[(node * width) + k] + Math.Abs(problem.Pickup[(node * width) + k])) / capacity;
        }

        int nearest = int.MaxValue;
        foreach (var roads in problem.Roads)
        {
            if (!roads.Knows(data.Place)) continue;
            foreach (int depot in _depots)
                if (roads.Knows(depot)) nearest = Math.Min(nearest, roads.Distance(depot, data.Place));
        }

        _distance[job] = nearest;
        if (_release.Length > 0) _release[job] = problem.Jobs.Release[a];
        if (_windowStart.Length > 0) (_windowStart[job], _windowEnd[job]) = (data.Earliest, data.Latest);
    }
}
