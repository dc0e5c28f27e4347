using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Moves;

/// <summary>Takes strings of consecutive visits out of routes that lie near each other.</summary>
/// <remarks>Adjacent string removal with split strings (Christiaens and Vanden Berghe 2020, §4.1): spatial slack and capacity slack at once.</remarks>
internal sealed class StringRuin
{
    private const int MaxString = 10;
    private const double SplitChance = 0.5;
    private const double SplitDepth = 0.01;
    private const double FocusChance = 0.75;

    // A few jobs left out of thousands would otherwise hardly ever be given room; where many are, they are met anyway.
    private const int RuinsPerAbsent = 4;
    private const int FewAbsentPart = 4;

    private readonly CompiledProblem _problem;
    private readonly NeighbourLists _neighbours;
    private readonly Solution _solution;
    private readonly Rng _rng;
    private readonly long[] _stamp;
    private readonly int[] _removed;
    private readonly int[] _touched;
    private readonly int[] _string;
    private long _round;
    private int _removedCount;

    public StringRuin(CompiledProblem problem, NeighbourLists neighbours, Solution solution, Rng rng)
    {
        (_problem, _neighbours, _solution, _rng) = (problem, neighbours, solution, rng);
        _stamp = new long[problem.Vehicles.Length];
        _removed = new int[problem.Jobs.Count];
        _touched = new int[problem.Vehicles.Length];
        _string = new int[problem.Nodes.Length];
    }

    /// <summary>Average number of visits to take out.</summary>
    public double AverageRemoved { get; set; } = 10;

    /// <summary>Jobs most ruins begin at; empty = all alike.</summary>
    public int[] Focus { get; init; } = [];

    /// <summary>Jobs taken out by the last run.</summary>
    public ReadOnlySpan<int> Removed => _removed.AsSpan(0, _removedCount);

    public void Run()
    {
        _removedCount = 0;
        int seed = PickSeed();
        if (seed < 0) return;
        int served = _problem.Jobs.Count - _solution.Jobs.AbsentCount, used = Math.Max(1, _solution.Idle.UsedCount);
        double averageTour = Math.Max(1, (double)served / used);
        double longest = Math.Min(MaxString, averageTour);
        double mostStrings = (4 * AverageRemoved / (1 + longest)) - 1;
        int strings = (int)((_rng.Unit() * mostStrings) + 1);
        RemoveAround(seed, strings, longest);
    }

    private void RemoveAround(int seed, int strings, double longest)
    {
        _round++;
        int touched = 0;
        var sites = _solution.Sites;
        var near = _neighbours.Near.AsSpan(_problem.Nodes[seed].Site * _neighbours.NearCount, _neighbours.NearCount);
        foreach (int site in near)
        {
            if (site < 0 || touched >= strings) break;
            for (int n = sites.First[site]; n >= 0 && touched < strings;)
            {
                int following = sites.Next[n], route = _solution.Nodes[n].Route;
                if (_stamp[route] != _round)
                {
                    _stamp[route] = _round;
                    _touched[touched++] = route;
                    RemoveString(n, route, longest);
                    // The list under the cursor has changed.
                    following = sites.First[site];
                    while (following >= 0 && _stamp[_solution.Nodes[following].Route] == _round) following = sites.Next[following];
                }

                n = following;
            }
        }

        for (int i = 0; i < touched; i++)
            if (!_solution.Refresh(_touched[i])) Empty(_touched[i]);
    }

    private void RemoveString(int around, int route, double longest)
    {
        int size = _solution.Routes[route].Tasks - _problem.Vehicles[route].TasksBefore + _solution.Routes[route].Reloads;
        int length = (int)((_rng.Unit() * Math.Min(size, longest)) + 1);
        if (length > size) length = size;
        int skipped = 0;
        if (length < size && length > 1 && _rng.Unit() < SplitChance)
        {
            skipped = 1;
            while (length + skipped < size && _rng.Unit() < SplitDepth) skipped++;
        }

        int span = length + skipped, position = _solution.Nodes[around].Position - 1;
        int earliest = Math.Max(0, position - span + 1), latest = Math.Min(position, size - span);
        int first = earliest + _rng.Below(latest - earliest + 1);
        int node = around;
        for (int p = position; p > first; p--) node = _solution.Nodes[node].Previous;
        for (int i = 0; i < span; i++)
        {
            _string[i] = node;
            node = _solution.Nodes[node].Next;
        }

        int skipFrom = skipped == 0 ? span : _rng.Below(length - 1) + 1;
        for (int i = 0; i < span; i++)
            if (i < skipFrom || i >= skipFrom + skipped) Remove(_string[i]);
    }

    private void Remove(int node)
    {
        // A pair goes as a whole, and may have gone already with its other visit; reloads go when their trip is empty.
        if (_problem.Nodes[node].Kind != NodeKind.Visit || _solution.Nodes[node].Route < 0) return;
        int job = _problem.Jobs.JobOf[_problem.Nodes[node].Alternative];
        _solution.Unlink(job);
        _removed[_removedCount++] = job;
    }

    // Without the triangle inequality a shorter route may be later than a longer one: then all of it is done anew.
    private void Empty(int route)
    {
        for (int n = _solution.Nodes[_problem.Vehicles[route].Start].Next; n != _problem.Vehicles[route].End;)
        {
            int next = _solution.Nodes[n].Next;
            if (_problem.Nodes[n].Kind == NodeKind.Visit && _solution.Nodes[n].Route >= 0)
            {
                Remove(n);
                next = _solution.Nodes[_problem.Vehicles[route].Start].Next;
            }

            n = next;
        }

        _solution.Refresh(route);
    }

    private int PickJob()
    {
        if (Focus.Length > 0) return _rng.Unit() < FocusChance ? Focus[_rng.Below(Focus.Length)] : _rng.Below(_problem.Jobs.Count);
        var absent = _solution.Jobs.Absent;
        bool areFew = absent.Length > _problem.Hopeless.Count && absent.Length <= _problem.Jobs.Count / FewAbsentPart;
        return areFew && _rng.Below(RuinsPerAbsent) == 0 && absent[_rng.Below(absent.Length)] is var job && !_problem.Hopeless.Contains(job) ? job : _rng.Below(_problem.Jobs.Count);
    }

    private int PickSeed()
    {
        for (int tries = 0; tries < 20 && _problem.Jobs.Count > 0; tries++)
        {
            int job = PickJob();
            if (_problem.Jobs.IsDone[job]) continue;
            int alternative = _solution.Jobs.AlternativeOf[job];
            if (alternative < 0) alternative = _problem.Jobs.First[job] + _rng.Below(_problem.Jobs.First[job + 1] - _problem.Jobs.First[job]);
            if (_problem.Jobs.IsPossible[alternative]) return _problem.Jobs.FirstNode[alternative];
        }

        return -1;
    }
}
