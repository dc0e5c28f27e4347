namespace Logistics.Routing.Search.Compiled;

/// <summary>For each site the sites near it, so that one iteration looks at a bounded neighbourhood whatever the size of the problem.</summary>
/// <remarks>
/// Two lists a site: by distance alone (what is removed together), and by distance plus the waiting that windows force, without pairs that windows forbid
/// in both directions (where an insertion is worth pricing; after Vidal et al. 2013). Immutable, shared by islands. Memory: 4 bytes × (near + promising) × sites.
/// </remarks>
internal sealed class NeighbourLists
{
    private const double WaitWeight = 0.2;
    private const int MaxScannedSites = 6_000;

    private readonly CompiledProblem _problem;
    private readonly double _metresPerSecond;

    public NeighbourLists(CompiledProblem problem, int nearCount, int promisingCount)
    {
        _problem = problem;
        int sites = problem.SitePlace.Length;
        NearCount = Math.Min(nearCount, sites);
        PromisingCount = Math.Min(promisingCount, sites);
        Near = new int[sites * NearCount];
        Promising = new int[sites * PromisingCount];
        _metresPerSecond = FindSpeed();
        var grid = sites > MaxScannedSites ? SiteGrid.TryBuild(problem) : null;
        var near = new BoundedHeap(NearCount);
        var promising = new BoundedHeap(PromisingCount);
        var all = grid is null ? Enumerable.Range(0, sites).ToArray() : [];
        var buffer = new List<int>();
        for (int s = 0; s < sites; s++)
        {
            ReadOnlySpan<int> candidates = all;
            if (grid is not null)
            {
                grid.ListAround(s, 4 * Math.Max(nearCount, promisingCount), buffer);
                candidates = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(buffer);
            }

            near.Clear();
            promising.Clear();
            foreach (int t in candidates) Offer(s, t, near, promising);
            near.DrainTo(Near.AsSpan(s * NearCount, NearCount));
            promising.DrainTo(Promising.AsSpan(s * PromisingCount, PromisingCount));
        }
    }

    public int NearCount { get; }
    public int PromisingCount { get; }

    /// <summary>Nearest sites first, itself included; −1 where there are fewer.</summary>
    public int[] Near { get; }

    /// <summary>Most promising neighbours first, itself included; −1 where there are fewer.</summary>
    public int[] Promising { get; }

    private void Offer(int s, int t, BoundedHeap near, BoundedHeap promising)
    {
        var legs = _problem.Legs[0];
        int a = _problem.SitePlace[s], b = _problem.SitePlace[t];
        double distance = Math.Min(legs.Distance(a, b), legs.Distance(b, a)), duration = Math.Min(legs.Duration(a, b), legs.Duration(b, a));
        double length = distance + (0.5 * _metresPerSecond * duration);
        if (s == t) length = -1;
        near.Offer(length, t);
        double forth = Wait(s, t, duration), back = Wait(t, s, duration);
        double wait = Math.Min(forth, back);
        if (double.IsPositiveInfinity(wait) && s != t) return;
        promising.Offer(length + (s == t ? 0 : WaitWeight * _metresPerSecond * 1.5 * wait), t);
    }

    /// <summary>Waiting that going from one site straight to the other forces, seconds; infinite when it is always too late.</summary>
    private double Wait(int from, int to, double duration)
    {
        if (_problem.SiteEarliest[from] + duration > _problem.SiteLatest[to]) return double.PositiveInfinity;
        return Math.Max(0, _problem.SiteEarliest[to] - duration - _problem.SiteLatest[from]);
    }

    private double FindSpeed()
    {
        var legs = _problem.Legs[0];
        double distance = 0, duration = 0;
        int n = Math.Min(legs.Nowhere, 100);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                if (legs.Distance(i, j) == Legs.Blocked || legs.Duration(i, j) == Legs.Blocked) continue;
                distance += legs.Distance(i, j);
                duration += legs.Duration(i, j);
            }
        }

        return duration > 0 ? Math.Max(distance, 1) / duration : 1;
    }
}
