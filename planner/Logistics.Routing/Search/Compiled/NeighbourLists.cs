using System.Runtime.CompilerServices;

namespace Logistics.Routing.Search.Compiled;

/// <summary>For each site the sites near it, so that one iteration looks at a bounded neighbourhood whatever the size of the problem.</summary>
/// <remarks>
/// Only sites that some vehicle may visit both. Two lists a site: by distance alone (what is removed together), and by distance plus the waiting that windows force, without pairs that windows forbid
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
        var near = new BoundedHeap(NearCount);
        var promising = new BoundedHeap(PromisingCount);
        if (sites > MaxScannedSites && SiteGrid.TryBuild(problem) is { } grid) FillFromGrid(grid, near, promising, 4 * Math.Max(nearCount, promisingCount));
        else FillByPlace(near, promising);
    }

    public int NearCount { get; }
    public int PromisingCount { get; }

    /// <summary>Nearest sites first, itself included; −1 where there are fewer.</summary>
    public int[] Near { get; }

    /// <summary>Most promising neighbours first, itself included; −1 where there are fewer.</summary>
    public int[] Promising { get; }

    private void FillFromGrid(SiteGrid grid, BoundedHeap near, BoundedHeap promising, int atLeast)
    {
        var around = new List<int>();
        for (int s = 0; s < _problem.SitePlace.Length; s++)
        {
            grid.ListAround(s, atLeast, around);
            foreach (int t in around) Offer(s, t, Measure(_problem.SitePlace[s], _problem.SitePlace[t]), near, promising);
            Drain(s, near, promising);
        }
    }

    /// <summary>Many sites share a place: places are ranged once by how far they are, and a site looks no further than its lists still take anything.</summary>
    /// <remarks>What a list keeps does not depend on the order of the offers, so rings of about one distance are as good as a sorted list.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillByPlace(BoundedHeap near, BoundedHeap promising)
    {
        var sitesOf = Enumerable.Range(0, _problem.SitePlace.Length).GroupBy(s => _problem.SitePlace[s]).Select(g => (Place: g.Key, Sites: g.ToArray())).ToArray();
        var lengths = new double[sitesOf.Length];
        var durations = new double[sitesOf.Length];
        var rings = new DistanceRings(sitesOf.Length);
        foreach (var (place, own) in sitesOf)
        {
            for (int p = 0; p < sitesOf.Length; p++) (lengths[p], durations[p]) = Measure(place, sitesOf[p].Place);
            rings.Range(lengths);
            foreach (int s in own)
            {
                for (int ring = 0; ring < DistanceRings.Count && (rings.From(ring) <= near.Limit || rings.From(ring) <= promising.Limit); ring++)
                {
                    foreach (int p in rings.In(ring))
                    {
                        foreach (int t in sitesOf[p].Sites) Offer(s, t, (lengths[p], durations[p]), near, promising);
                    }
                }

                Drain(s, near, promising);
            }
        }
    }

    private void Drain(int site, BoundedHeap near, BoundedHeap promising)
    {
        near.DrainTo(Near.AsSpan(site * NearCount, NearCount));
        promising.DrainTo(Promising.AsSpan(site * PromisingCount, PromisingCount));
    }

    /// <summary>How far two places are from each other in metres, time counted in, and the shorter duration.</summary>
    private (double Length, double Duration) Measure(int a, int b)
    {
        double distance = Legs.Blocked, duration = Legs.Blocked;
        foreach (var legs in _problem.Roads)
        {
            if (!legs.Knows(a) || !legs.Knows(b)) continue;
            distance = Math.Min(legs.Distance(a, b), legs.DistanceInto(a, b));
            duration = Math.Min(legs.Duration(a, b), legs.DurationInto(a, b));
            break;
        }

        return (distance + (0.5 * _metresPerSecond * duration), duration);
    }

    private void Offer(int s, int t, (double Length, double Duration) leg, BoundedHeap near, BoundedHeap promising)
    {
        if (_problem.SiteGroup[s] != _problem.SiteGroup[t]) return;
        double length = s == t ? -1 : leg.Length;
        near.Offer(length, t);
        double forth = Wait(s, t, leg.Duration), back = Wait(t, s, leg.Duration);
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
                if (!legs.Knows(i) || !legs.Knows(j) || legs.Distance(i, j) == Legs.Blocked || legs.Duration(i, j) == Legs.Blocked) continue;
                distance += legs.Distance(i, j);
                duration += legs.Duration(i, j);
            }
        }

        return duration > 0 ? Math.Max(distance, 1) / duration : 1;
    }
}
