using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Classic;

/// <summary>What the visits of all routes use together: units of resources, and how many jobs may be served worse than a level asks. Owned by one thread, undone with its routes.</summary>
internal sealed class SharedLimits
{
    private readonly CompiledProblem _source;
    private readonly int[] _used;
    private readonly LevelCounts _levels;

    // Visits served (n) and dropped (~n) since the changes began.
    private readonly List<int> _log;

    public SharedLimits(ClassicProblem problem)
    {
        _source = problem.Source;
        _used = new int[_source.Resources.Capacity.Length];
        _levels = new LevelCounts(_source);
        // An iteration takes each job out at most once and puts it back at most once.
        _log = new List<int>(2 * _source.Jobs.Count);
        Clear();
    }

    /// <summary>As when no visit is served.</summary>
    public void Clear()
    {
        _source.Resources.UsedBefore.CopyTo(_used, 0);
        _levels.Clear();
        Begin();
    }

    public void Begin() => _log.Clear();

    public void Rollback()
    {
        for (int i = _log.Count - 1; i >= 0; i--)
        {
            if (_log[i] >= 0) Count(_log[i], -1);
            else Count(~_log[i], 1);
        }

        Begin();
    }

    /// <summary>True when everything shared leaves room for a visit.</summary>
    public bool Admits(int visit)
    {
        int alternative = _source.Nodes[visit].Alternative;
        return _levels.Admits(alternative) && (!_source.Resources.HasTimeless || _source.Resources.FitsAll(_used, _source.Resources.TimelessOf(alternative)));
    }

    public void Serve(int visit)
    {
        Count(visit, 1);
        _log.Add(visit);
    }

    public void Drop(int visit)
    {
        Count(visit, -1);
        _log.Add(~visit);
    }

    /// <summary>Price of levels that the jobs served miss; 0 when all hold.</summary>
    public long FindPenalty() => _levels.FindExcess() * _source.MandatoryCost;

    private void Count(int visit, int sign)
    {
        int alternative = _source.Nodes[visit].Alternative;
        _levels.Serve(alternative, sign);
        foreach (ref readonly var use in _source.Resources.TimelessOf(alternative)) ResourceTable.Count(_used, use, sign);
    }
}
