namespace Logistics.Routing.Search.Compiled;

/// <summary>Service levels turned round: how many jobs of each level's group may be served worse than it asks, or not at all.</summary>
internal sealed class LevelTable
{
    private readonly ulong[] _missedBy;
    private readonly ulong[] _countedIn;

    public LevelTable(CompiledProblem compiled)
    {
        var problem = compiled.Source;
        Count = problem.ServiceLevels.Count;
        Allowed = new int[Count];
        MissedBefore = new int[Count];
        _missedBy = Count == 0 ? [] : new ulong[compiled.Jobs.JobOf.Length];
        _countedIn = Count == 0 ? [] : new ulong[problem.Jobs.Count];
        for (int s = 0; s < Count; s++)
        {
            var level = problem.ServiceLevels[s];
            int members = 0;
            for (int j = 0; j < problem.Jobs.Count; j++)
            {
                if (level.Group is { } group && problem.Jobs[j].Group != group) continue;
                members++;
                _countedIn[j] |= 1UL << s;
                for (int a = compiled.Jobs.First[j]; a < compiled.Jobs.First[j + 1]; a++)
                    if (problem.Jobs[j].Alternatives[a - compiled.Jobs.First[j]].Level > level.MaxLevel) _missedBy[a] |= 1UL << s;
                if (compiled.Jobs.IsDone[j] && problem.Jobs[j].Alternatives[compiled.Jobs.DoneAlternative[j]].Level > level.MaxLevel) MissedBefore[s]++;
            }

            Allowed[s] = members - level.MinJobs;
        }
    }

    public int Count { get; }

    /// <summary>Most jobs that may miss each level.</summary>
    public int[] Allowed { get; }

    /// <summary>Misses that are history.</summary>
    public int[] MissedBefore { get; }

    /// <summary>Levels an alternative misses, as bits.</summary>
    public ulong MissedBy(int alternative) => Count == 0 ? 0 : _missedBy[alternative];

    /// <summary>Levels that count a job, as bits.</summary>
    public ulong CountedIn(int job) => Count == 0 ? 0 : _countedIn[job];
}
