using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.Classic;

/// <summary>For each visit the nodes near it, and the nodes beside which its insertion is worth pricing. Immutable, shared by islands.</summary>
/// <remarks>Made from the lists of sites. Memory: 4 bytes × near + 12 bytes × (promising + ends) a visit.</remarks>
internal sealed class ClassicNeighbours
{
    // Pairs need more: where the pickup goes depends on where the delivery can. Small problems can afford them.
    private const int MostPromising = 32;

    // Where visits may be left out, many neighbours are in no route.
    private const int MostPromisingOfPrizes = 64;

    // Many neighbours are on vehicles that may not serve a visit; those that never are on one with it are looked over.
    private const int MostPromisingOfSites = 48;
    private const int ScannedOfSites = 160;
    private const int LeastPromisingOfPairs = 40;
    private const int PromisingOfAllPairs = 32_000;
    private const int MostEnds = 16;

    // Where there are many visits these lists are most of the memory, and no budget lets a search come to their ends.
    private const int ManyVisits = 5_000;
    private const int MostPromisingOfMany = 24;
    private const int MostEndsOfMany = 6;

    private readonly (int Into, int Onward)[] _leastLegs;

    public ClassicNeighbours(ClassicProblem problem, NeighbourLists sites)
    {
        int visits = problem.VisitCount, siteCount = problem.Source.SitePlace.Length;
        var first = new int[siteCount + 1];
        var members = new int[visits];
        for (int n = 0; n < visits; n++) first[problem.Source.Nodes[n].Site + 1]++;
        for (int s = 0; s < siteCount; s++) first[s + 1] += first[s];
        var next = (int[])first.Clone();
        for (int n = 0; n < visits; n++) members[next[problem.Source.Nodes[n].Site]++] = n;

        NearCount = Math.Min(sites.NearCount, visits);
        Promising = new NeighbourTable(visits, Math.Min(CountPromising(problem), Math.Min(sites.PromisingCount, visits)));
        // Where no two visits share a site and both are numbered alike, the list of sites is that of visits.
        bool isSame = siteCount == visits && Enumerable.Range(0, visits).All(n => problem.Source.Nodes[n].Site == n);
        Near = isSame ? sites.Near : new int[visits * NearCount];
        if (!isSame) Array.Fill(Near, -1);
        for (int n = 0; n < visits; n++)
        {
            int site = problem.Source.Nodes[n].Site, near = 0, promising = 0;
            foreach (int other in isSame ? [] : sites.Near.AsSpan(site * sites.NearCount, sites.NearCount))
                for (int i = other < 0 ? 0 : first[other]; i < (other < 0 ? 0 : first[other + 1]) && near < NearCount; i++) Near[(n * NearCount) + near++] = members[i];
            foreach (int other in sites.Promising.AsSpan(site * sites.PromisingCount, sites.PromisingCount))
            {
                for (int i = other < 0 ? 0 : first[other]; i < (other < 0 ? 0 : first[other + 1]) && promising < Promising.Count; i++)
                    if (problem.JobOf[members[i]] != problem.JobOf[n] && problem.MayShareRoute(n, members[i])) Promising[n, promising++] = Describe(problem, members[i], n);
            }
        }

        Ends = new NeighbourTable(visits, Math.Min(visits > ManyVisits ? MostEndsOfMany : MostEnds, visits));
        new RouteEnds(problem, this).Fill();
        _leastLegs = new (int, int)[visits > ManyVisits ? 0 : visits];
        for (int n = 0; n < _leastLegs.Length; n++) _leastLegs[n] = FindLeastLegs(problem, n);
    }

    /// <summary>Sites among which the promising are looked for.</summary>
    public static int CountScanned(ClassicProblem problem) => problem.Serves is null ? CountPromising(problem) : Math.Max(ScannedOfSites, CountPromising(problem));

    /// <summary>Neighbours beside which an insertion is priced.</summary>
    private static int CountPromising(ClassicProblem problem) =>
        problem.HasPairs ? Math.Max(LeastPromisingOfPairs, PromisingOfAllPairs / problem.VisitCount)
        : problem.HasPrizes ? MostPromisingOfPrizes
        : (problem.Serves is not null ? MostPromisingOfSites : problem.VisitCount > ManyVisits ? MostPromisingOfMany : MostPromising) * problem.VisitCount / Math.Max(1, problem.Source.Jobs.Count);

    public int NearCount { get; }

    /// <summary>Nearest first, the visit itself included; −1 where there are fewer.</summary>
    public int[] Near { get; }

    /// <summary>Most promising first.</summary>
    public NeighbourTable Promising { get; }

    /// <summary>Nodes whose leg from or to a depot passes near the visit and which are not promising anyway, least detour first.</summary>
    public NeighbourTable Ends { get; }

    /// <summary>Bounds on what any leg into and from a visit costs; 0 where there are too many visits to look at all legs.</summary>
    public (int Into, int Onward) LeastLegs(int visit) => _leastLegs.Length == 0 ? (0, 0) : _leastLegs[visit];

    public static Neighbour Describe(ClassicProblem problem, int neighbour, int visit)
    {
        int to = problem.CostOf(neighbour, visit), from = problem.CostOf(visit, neighbour);
        return new Neighbour
        {
            Node = neighbour,
            CostInto = Admits(problem, neighbour, visit) ? to : Neighbour.Never,
            CostOnward = Admits(problem, visit, neighbour) ? from : Neighbour.Never,
        };
    }

    public static bool Admits(ClassicProblem problem, int from, int to) => !problem.HasTimes
        || (problem.HasStays && problem.IsOnArrival[to] && problem.Place[from] == problem.Place[to])
        || (long)problem.Earliest[from] + problem.Service[from] + problem.Source.Legs[0].Duration(problem.Place[from], problem.Place[to]) <= problem.Latest[to];

    private static (int Into, int Onward) FindLeastLegs(ClassicProblem problem, int visit)
    {
        int into = int.MaxValue, onward = int.MaxValue;
        for (int n = 0; n < problem.Place.Length; n++)
        {
            if (n == visit) continue;
            into = Math.Min(into, problem.CostOf(n, visit));
            onward = Math.Min(onward, problem.CostOf(visit, n));
        }

        return (into, onward);
    }
}

/// <summary>A node beside which a visit may go, with the legs between the two.</summary>
internal struct Neighbour
{
    /// <summary>Stands for the cost of a leg that windows forbid.</summary>
    public const int Never = 1 << 29;

    public int Node;

    /// <summary>Cost from the neighbour to the visit, and back.</summary>
    public int CostInto;
    public int CostOnward;
}
