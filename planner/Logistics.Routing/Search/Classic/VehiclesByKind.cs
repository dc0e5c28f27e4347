namespace Logistics.Routing.Search.Classic;

/// <summary>Vehicles of each kind, idle or not. Immutable.</summary>
internal sealed class VehiclesByKind
{
    // Those of kind k are [first[k], first[k + 1]).
    private readonly int[] _first;
    private readonly int[] _members;

    public VehiclesByKind(ClassicProblem problem)
    {
        _members = [.. Enumerable.Range(0, problem.KindOf.Length).OrderBy(v => problem.KindOf[v])];
        _first = new int[problem.KindCount + 1];
        foreach (int kind in problem.KindOf) _first[kind + 1]++;
        for (int k = 0; k < problem.KindCount; k++) _first[k + 1] += _first[k];
    }

    public ReadOnlySpan<int> Of(int kind) => _members.AsSpan(_first[kind], _first[kind + 1] - _first[kind]);
}
