using System.Numerics;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>How many jobs of each service level's group are served worse than it asks, or not at all. Owned by one thread.</summary>
internal sealed class LevelCounts
{
    private readonly CompiledProblem _problem;
    private readonly int[] _missed;
    private readonly int[] _absent;

    public LevelCounts(CompiledProblem problem)
    {
        _problem = problem;
        _missed = new int[problem.Levels.Count];
        _absent = new int[problem.Levels.Count];
        Clear();
    }

    /// <summary>As when no job is served but those of history.</summary>
    public void Clear()
    {
        _problem.Levels.MissedBefore.CopyTo(_missed, 0);
        Array.Clear(_absent);
        for (int j = 0; j < _problem.Jobs.Count; j++)
            if (!_problem.Jobs.IsDone[j]) Add(_problem.Levels.CountedIn(j), _absent, 1);
    }

    /// <summary>True when no level forbids one more job served so.</summary>
    public bool Admits(int alternative)
    {
        if (_missed.Length == 0) return true;
        for (ulong bits = _problem.Levels.MissedBy(alternative); bits != 0; bits &= bits - 1)
        {
            int level = BitOperations.TrailingZeroCount(bits);
            if (_missed[level] >= _problem.Levels.Allowed[level]) return false;
        }

        return true;
    }

    /// <summary>Counts a job as served by an alternative, or no longer.</summary>
    /// <param name="sign">1, or −1 to take it back.</param>
    public void Serve(int alternative, int sign)
    {
        Add(_problem.Levels.MissedBy(alternative), _missed, sign);
        Add(_problem.Levels.CountedIn(_problem.Jobs.JobOf[alternative]), _absent, -sign);
    }

    /// <summary>Jobs too many that miss their levels, over all levels.</summary>
    public long FindExcess()
    {
        long excess = 0;
        for (int s = 0; s < _missed.Length; s++) excess += Math.Max(0, _missed[s] + _absent[s] - _problem.Levels.Allowed[s]);
        return excess;
    }

    private static void Add(ulong levels, int[] counts, int sign)
    {
        for (; levels != 0; levels &= levels - 1) counts[BitOperations.TrailingZeroCount(levels)] += sign;
    }
}
