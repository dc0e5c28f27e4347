namespace Logistics.Routing.Search.Compiled;

/// <summary>Jobs that no plan can serve: every alternative is ruled out, fits no vehicle, or asks for more of a resource than there ever is. No search need make room for them.</summary>
internal sealed class HopelessJobs
{
    private readonly bool[] _isHopeless;

    public HopelessJobs(CompiledProblem compiled)
    {
        _isHopeless = new bool[compiled.Jobs.Count];
        for (int job = 0; job < _isHopeless.Length; job++)
        {
            if (compiled.Jobs.IsDone[job]) continue;
            bool isHopeless = true;
            for (int a = compiled.Jobs.First[job]; a < compiled.Jobs.First[job + 1] && isHopeless; a++) isHopeless = !MayBeServed(compiled, a);
            _isHopeless[job] = isHopeless;
            if (isHopeless) Count++;
        }
    }

    /// <summary>How many there are; every solution leaves them out.</summary>
    public int Count { get; }

    public bool Contains(int job) => _isHopeless[job];

    private static bool MayBeServed(CompiledProblem compiled, int alternative)
    {
        if (!compiled.Jobs.IsPossible[alternative]) return false;
        var resources = compiled.Resources;
        if (resources.HasTimeless && !resources.FitsAll(resources.UsedBefore, resources.TimelessOf(alternative))) return false;
        if (compiled.Fit.IsOpen) return true;
        for (int v = 0; v < compiled.Vehicles.Length; v++)
            if (compiled.Fit.IsAllowed(alternative, v, compiled.Vehicles[v].Class)) return true;
        return false;
    }
}
