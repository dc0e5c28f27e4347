using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Classic;

/// <summary>A problem that needs no more than windows, one load, kinds of vehicle, limited durations, trips, alternatives or prizes of single visits and pickup–delivery pairs, as flat arrays of ints. Immutable, shared by islands.</summary>
/// <remarks>
/// Nodes keep the numbers of the compiled problem, so routes go to and fro unchanged. Everything else a problem may ask for is left to the general search: here no
/// price is an estimate, and a position is judged by one subtraction and one comparison. See docs/decisions/ for why there are two.
/// </remarks>
internal sealed class ClassicProblem
{
    // Kinds that may serve each visit, a bit each; null when all may.
    private readonly ulong[]? _kindMask;

    // Trips of a vehicle besides its first.
    private readonly int _extraTrips;

    // Visits with more than one window, by node.
    private readonly bool[] _hasGaps;

    private ClassicProblem(CompiledProblem problem, LegPricing pricing, int[]? costs, int[]? costsInto, IReadOnlyList<TripTerms>? terms)
    {
        Terms = terms is null ? [.. problem.Vehicles.Select(_ => TripTerms.None)] : [.. terms];
        HasOwnTimes = Array.Exists(Terms, t => t.HasOwnTimes);
        HasExcess = Array.Exists(Terms, t => t.IsCounted);
        (Source, Pricing, Costs, CostsInto) = (problem, pricing, costs, costsInto);
        VisitCount = problem.VisitCount;
        HasTrips = ClassicScope.AsksForTrips(problem);
        _extraTrips = HasTrips ? problem.Vehicles.Max(v => v.MaxReloads) : 0;
        int vehicles = problem.Vehicles.Length, count = problem.Nodes.Length + (2 * vehicles * _extraTrips);
        RouteCount = vehicles * (1 + _extraTrips);
        VehicleOf = [.. Enumerable.Range(0, RouteCount).Select(r => r < vehicles ? r : (r - vehicles) / _extraTrips)];
        StartOf = [.. Enumerable.Range(0, RouteCount).Select(r => r < vehicles ? problem.Vehicles[r].Start : problem.Nodes.Length + (2 * (r - vehicles)))];
        EndOf = [.. Enumerable.Range(0, RouteCount).Select(r => r < vehicles ? problem.Vehicles[r].End : problem.Nodes.Length + (2 * (r - vehicles)) + 1)];
        (Place, Earliest, Latest, Service, Mate) = (new int[count], new int[count], new int[count], new int[count], new int[VisitCount]);
        (Demand, JobOf) = (new int[VisitCount], new int[VisitCount]);
        int[] first = problem.Jobs.First;
        FirstNode = [.. Enumerable.Range(0, problem.Jobs.Count).Select(j => problem.Jobs.FirstNode[first[j]])];
        SecondNode = [.. Enumerable.Range(0, problem.Jobs.Count).Select(j => problem.Jobs.SecondNode[first[j]])];
        Preference = [.. Enumerable.Range(0, VisitCount).Select(n => problem.Jobs.Preference[problem.Nodes[n].Alternative])];
        HasGroups = ClassicScope.AsksForGroups(problem);
        ServedCount = problem.Jobs.HasPairs ? VisitCount : problem.Jobs.Count;
        HasTimes = problem.HasTimeLimits;
        _hasGaps = [.. Enumerable.Range(0, count).Select(n => n < VisitCount && problem.Nodes[n].WindowCount > 0)];
        HasSeveralWindows = Array.Exists(_hasGaps, h => h);
        HasBands = problem.Vehicles[0].Legs.IsTimeDependent;
        HasStays = ClassicScope.AsksForStays(problem);
        HasShares = ClassicScope.AsksForShares(problem);
        Setup = new int[HasStays ? count : 0];
        IsOnArrival = new bool[HasStays ? count : 0];
        HasPairs = problem.Jobs.HasPairs;
        HasPrizes = problem.Jobs.HasPrices;
        Prize = [.. problem.Jobs.UnservedCost.Select(p => p < 0 ? problem.MandatoryCost : p)];
        IsMandatory = [.. problem.Jobs.UnservedCost.Select(p => p < 0)];
        Release = [.. Enumerable.Range(0, VisitCount).Select(n => problem.Jobs.Release[problem.Nodes[n].Alternative])];
        for (int n = 0; n < count; n++)
        {
            ref readonly var node = ref problem.Nodes[FindOriginal(n)];
            (Place[n], Earliest[n], Latest[n], Service[n]) = (node.Place, node.Earliest, node.Latest, node.Handling);
            if (n >= VisitCount) continue;
            if (HasStays) (Setup[n], IsOnArrival[n]) = (node.Setup, node.IsOnArrival);
            (Mate[n], JobOf[n]) = (node.Mate, problem.Jobs.JobOf[node.Alternative]);
            if (problem.Dimensions > 0) Demand[n] = (int)(problem.Delivery[n] + problem.Pickup[n]);
        }

        Capacity = [.. VehicleOf.Select(v => problem.Dimensions == 0 ? int.MaxValue : (int)Math.Min(problem.Capacity[v], int.MaxValue / 2))];
        FixedCost = [.. VehicleOf.Select(v => problem.Vehicles[v].FixedCost)];
        Rate = [.. VehicleOf.Select(v => pricing.Rate[v])];
        KindOf = [.. VehicleOf.Select(v => problem.Vehicles[v].Class)];
        KindCount = problem.VehicleClassCount;
        HasKinds = KindCount > 1 && !HasPairs;
        HasKin = HasKinds && !HasTrips && problem.Kin.HasKin;
        HasRates = HasKinds && (pricing.HasRates || Enumerable.Range(0, KindCount).Any(k => DiffersFromKin(problem.Kin, k, FixedCost)));
        HasSizes = HasKin && (HasRates || Enumerable.Range(0, KindCount).Any(k => DiffersFromKin(problem.Kin, k, Capacity)));
        MaxDuration = [.. problem.Vehicles.Select(v => v.MaxDuration)];
        HasDurations = Array.Exists(MaxDuration, d => d != int.MaxValue);
        if (HasKinds && !problem.Fit.IsOpen) (Serves, _kindMask) = ListServed(problem);
        foreach (int end in EndOf) Service[end] = 0;
    }

    public CompiledProblem Source { get; }

    /// <summary>Cost of each leg, [from × stride + to], and turned, [to × stride + from]; null when legs are computed on demand.</summary>
    public int[]? Costs { get; }
    public int[]? CostsInto { get; }

    /// <summary>What a leg costs, and how many times as much for each vehicle.</summary>
    public LegPricing Pricing { get; }

    /// <summary>The same multiple for each route.</summary>
    public long[] Rate { get; }
    public int VisitCount { get; }
    public int[] Place { get; }
    public int[] Earliest { get; }
    public int[] Latest { get; }
    public int[] Service { get; }

    /// <summary>Seconds of parking, paid when the node before is elsewhere, and whether the window holds for the stop's arrival only; empty unless <see cref="HasStays"/>.</summary>
    public int[] Setup { get; }
    public bool[] IsOnArrival { get; }

    /// <summary>The other visit of a pair, or −1.</summary>
    public int[] Mate { get; }

    public int[] JobOf { get; }

    /// <summary>Visits of each job, of several alternatives those of the first; the second is −1 but for pairs.</summary>
    public int[] FirstNode { get; }
    public int[] SecondNode { get; }

    /// <summary>What each visit costs because it is the one chosen.</summary>
    public long[] Preference { get; }

    /// <summary>What a visit adds to the load; of a pair's second visit the negative. For single visits the sign makes no difference: the trip's sum must fit.</summary>
    public int[] Demand { get; }
    public int[] Capacity { get; }
    public long[] FixedCost { get; }

    /// <summary>A vehicle may make several trips, or goods are ready late.</summary>
    public bool HasTrips { get; }

    /// <summary>Routes there may be: one a vehicle, and one for each further trip it may make.</summary>
    public int RouteCount { get; }
    public int[] VehicleOf { get; }
    public int[] StartOf { get; }
    public int[] EndOf { get; }

    /// <summary>Second each visit's goods are ready at the depot.</summary>
    public int[] Release { get; }

    /// <summary>Kind of each vehicle: those of one kind are alike in all but their name.</summary>
    public int[] KindOf { get; }
    public int KindCount { get; }

    /// <summary>Which kinds may serve a visit, [visit × kinds + kind]; null when all may.</summary>
    public bool[]? Serves { get; }

    /// <summary>Most seconds between the start and the end of each vehicle's route.</summary>
    public int[] MaxDuration { get; }

    /// <summary>There are several kinds of vehicle.</summary>
    public bool HasKinds { get; }

    /// <summary>Some kinds could drive each other's routes at the same times; not asked where a vehicle makes several trips.</summary>
    public bool HasKin { get; }

    /// <summary>Some vehicles cost more a metre than others, or more altogether than their kin.</summary>
    public bool HasRates { get; }

    /// <summary>Some vehicles cost or hold more than their kin.</summary>
    public bool HasSizes { get; }
    public bool HasDurations { get; }

    /// <summary>Some jobs can be done at one of several places, or cost something wherever they are done.</summary>
    public bool HasGroups { get; }

    /// <summary>Visits of a plan that leaves nothing out.</summary>
    public int ServedCount { get; }

    /// <summary>More is to be settled than which vehicle visits whom when. Choosing among vehicles, or among stops, gains more from several beginnings.</summary>
    public bool IsMixed => (HasGroups && !HasStays) || HasTrips;

    /// <summary>Which depot or vehicle serves what, and how many there are, is settled while hot and hardly moves again: routes are full by the clock.</summary>
    public bool IsSettledHot => HasDurations && !IsMixed && !HasPairs && !HasPrizes;

    /// <summary>Parking is paid once a stop, or windows hold for a stop's arrival only.</summary>
    public bool HasStays { get; }

    /// <summary>Jobs share resources, or a level of service is asked for.</summary>
    public bool HasShares { get; }

    public bool HasTimes { get; }

    /// <summary>Some visits have more than one window; with trips only.</summary>
    public bool HasSeveralWindows { get; }

    /// <summary>How long a leg takes depends on the time of day; with trips only.</summary>
    public bool HasBands { get; }
    public bool HasPairs { get; }

    /// <summary>What each vehicle that makes trips keeps to besides.</summary>
    public TripTerms[] Terms { get; }

    /// <summary>Some keep breaks or are slower, which the compiled problem does not know.</summary>
    public bool HasOwnTimes { get; }

    /// <summary>Waiting or overtime cost something, or a vehicle may drive so far only.</summary>
    public bool HasExcess { get; }

    /// <summary>Some jobs may be left out at a price.</summary>
    public bool HasPrizes { get; }

    /// <summary>What leaving a job out costs.</summary>
    public long[] Prize { get; }
    public bool[] IsMandatory { get; }

    /// <summary>First of the routes that stand for a vehicle's further trips; they follow each other.</summary>
    public int FirstExtraOf(int vehicle) => Source.Vehicles.Length + (vehicle * _extraTrips);

    /// <summary>Cost of the leg between two nodes, before the vehicle's rate.</summary>
    public int CostOf(int from, int to)
    {
        var legs = Source.Vehicles[0].Legs;
        return (int)((legs.Distance(Place[from], Place[to]) * Pricing.PerMetre) + (legs.Duration(Place[from], Place[to]) * Pricing.PerSecond));
    }

    /// <summary>Kinds that may serve a visit, a bit each; beyond 64 kinds some share a bit, so that a bit set says perhaps.</summary>
    public ulong KindsOf(int visit) => _kindMask is null ? ulong.MaxValue : _kindMask[visit];

    /// <summary>False when no vehicle serves both.</summary>
    public bool MayShareRoute(int visit, int other) => _kindMask is null || (_kindMask[visit] & _kindMask[other]) != 0;

    /// <summary>The visits of which one does a job; single visits only.</summary>
    public ReadOnlySpan<int> MembersOf(int job) => Source.Jobs.FirstNode.AsSpan(Source.Jobs.First[job], Source.Jobs.First[job + 1] - Source.Jobs.First[job]);

    public bool MayServe(int visit, int vehicle) => Serves is null || Serves[(visit * KindCount) + KindOf[vehicle]];

    /// <summary>When what is done at a node begins that is reached at a second; one reached when it has closed for good is not waited for.</summary>
    public int FindStart(int node, int arrival) =>
        HasGaps(node) && arrival <= Latest[node] ? Timing.FirstStart(Source.Windows, Source.Nodes[node], arrival) : Math.Max(arrival, Earliest[node]);

    /// <summary>Latest second at or before another at which what is done at a node may begin; its first opening is not looked at where it has one window.</summary>
    public int FindLatestStart(int node, int second)
    {
        int latest = Math.Min(second, Latest[node]);
        return HasGaps(node) ? Timing.LastStart(Source.Windows, Source.Nodes[node], latest) : latest;
    }

    /// <summary>Null when the problem asks for more.</summary>
    public static ClassicProblem? Find(CompiledProblem problem, IReadOnlyList<TripTerms>? terms = null)
    {
        if (!ClassicScope.Holds(problem)) return null;
        if (LegPricing.Find(problem.Vehicles) is not { } pricing || (pricing.HasRates && problem.Jobs.HasPairs)) return null;
        var legs = problem.Vehicles[0].Legs;
        if (legs.Distances is null)
            return legs.FindLongest() * (pricing.PerMetre + pricing.PerSecond) <= ClassicScope.LargestLeg ? new ClassicProblem(problem, pricing, null, null, terms) : null;
        var costs = Scale(legs, pricing.PerMetre, pricing.PerSecond);
        if (costs is null) return null;
        if (ReferenceEquals(costs, legs.Distances)) return new ClassicProblem(problem, pricing, costs, legs.DistancesInto, terms);
        return new ClassicProblem(problem, pricing, costs, ReferenceEquals(costs, legs.Durations) ? legs.DurationsInto : legs.Transpose(costs), terms);
    }

    private bool HasGaps(int node) => HasSeveralWindows && _hasGaps[node];

    private static bool DiffersFromKin<T>(KinTable kin, int kind, T[] ofVehicle)
        where T : IEquatable<T>
    {
        foreach (int other in kin.Of(kind))
            if (!ofVehicle[kin.Representative[other]].Equals(ofVehicle[kin.Representative[kind]])) return true;
        return false;
    }

    /// <summary>The compiled problem's node that one of a further trip copies.</summary>
    private int FindOriginal(int node)
    {
        if (node < Source.Nodes.Length) return node;
        ref readonly var vehicle = ref Source.Vehicles[(node - Source.Nodes.Length) / (2 * _extraTrips)];
        return (node - Source.Nodes.Length) % 2 == 0 ? vehicle.Start : vehicle.End;
    }

    private static (bool[] Serves, ulong[] Mask) ListServed(CompiledProblem problem)
    {
        int kinds = problem.VehicleClassCount;
        var serves = new bool[problem.VisitCount * kinds];
        var mask = new ulong[problem.VisitCount];
        for (int n = 0; n < problem.VisitCount; n++)
        {
            for (int kind = 0; kind < kinds; kind++)
            {
                if (!problem.Fit.IsAllowed(problem.Nodes[n].Alternative, problem.Kin.Representative[kind], kind)) continue;
                serves[(n * kinds) + kind] = true;
                // Of more than 64 kinds some share a bit: a list of neighbours is then a little longer than it need be.
                mask[n] |= 1UL << kind;
            }
        }

        return (serves, mask);
    }

    /// <summary>The matrix of costs – one of the existing ones where that says it – or null when a leg costs too much.</summary>
    private static int[]? Scale(Legs legs, long perMetre, long perSecond)
    {
        if (perMetre == 1 && perSecond == 0) return Array.TrueForAll(legs.Distances!, d => d <= ClassicScope.LargestLeg) ? legs.Distances : null;
        if (perMetre == 0 && perSecond == 1) return Array.TrueForAll(legs.Durations!, d => d <= ClassicScope.LargestLeg) ? legs.Durations : null;
        var costs = new int[legs.Distances!.Length];
        for (int i = 0; i < costs.Length; i++)
        {
            long cost = (legs.Distances[i] * perMetre) + (legs.Durations![i] * perSecond);
            if (cost > ClassicScope.LargestLeg) return null;
            costs[i] = (int)cost;
        }

        return costs;
    }
}
