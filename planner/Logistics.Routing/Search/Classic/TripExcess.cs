namespace Logistics.Routing.Search.Classic;

/// <summary>What waiting and overtime cost on each vehicle, and what it owes for driving too far or missing its break, under its <see cref="TripTerms"/>.</summary>
/// <remarks>
/// A vehicle ends as early as it can and begins as late as lets it: what is then between its tasks besides legs is waiting. No position is priced by it: a vehicle that was touched counts
/// as if it did not wait until <see cref="Update"/>. Owned by one thread, undone with its <see cref="ClassicRoutes{TLegs}"/>.
/// </remarks>
internal sealed class TripExcess<TLegs>(ClassicProblem problem, ClassicRoutes<TLegs> routes, TripChains chains, TripTimer<TLegs> timer)
    where TLegs : struct, IClassicLegs
{
    // How many times as dear as waiting it is to be too late for a break.
    private const int PenaltyFactor = 20;

    private readonly Excess[] _of = new Excess[problem.Source.Vehicles.Length];
    private readonly int[] _stampOf = new int[problem.Source.Vehicles.Length];
    private readonly (int Vehicle, Excess Old)[] _kept = new (int, Excess)[problem.Source.Vehicles.Length];
    private int _count;
    private int _stamp = 1;

    /// <summary>What waiting and overtime cost; nothing on vehicles touched since the last update.</summary>
    public long Cost { get; private set; }

    /// <summary>Above 0 when a vehicle drives too far, or leaves when its break is over.</summary>
    public long Penalty { get; private set; }

    public void Clear()
    {
        Array.Clear(_of);
        (Cost, Penalty) = (0, 0);
        Begin();
    }

    public void Begin()
    {
        _stamp++;
        _count = 0;
    }

    public void Rollback()
    {
        foreach (var (vehicle, old) in _kept.AsSpan(0, _count)) Set(vehicle, old);
        Begin();
    }

    /// <summary>Notes that a vehicle's trips change.</summary>
    public void Touch(int vehicle)
    {
        if (_stampOf[vehicle] == _stamp) return;
        _stampOf[vehicle] = _stamp;
        _kept[_count++] = (vehicle, _of[vehicle]);
        Set(vehicle, default);
    }

    /// <summary>Counts the vehicles touched as their trips are now.</summary>
    public void Update()
    {
        foreach (var (vehicle, _) in _kept.AsSpan(0, _count)) Set(vehicle, Measure(vehicle));
    }

    private void Set(int vehicle, Excess excess)
    {
        Cost += excess.Cost - _of[vehicle].Cost;
        Penalty += excess.Penalty - _of[vehicle].Penalty;
        _of[vehicle] = excess;
    }

    private Excess Measure(int vehicle)
    {
        int last = chains.LastOf(vehicle);
        if (last < 0) return default;
        int end = routes.Gaps[problem.EndOf[last]].Departure, latest = end, loading = 0, leave = 0;
        long waiting = 0, metres = 0;
        ref readonly var terms = ref problem.Terms[vehicle];
        for (int trip = last; trip >= 0; trip = chains.Before(trip))
        {
            if (trip != last) latest = timer.FindLatestEnd(vehicle, chains.After(trip), loading);
            loading = FindLatestLoading(trip, latest, ref waiting);
            leave = routes.Gaps[problem.StartOf[trip]].Departure;
            // A vehicle does not begin while its trips cannot.
            if (chains.Before(trip) < 0) loading = Cap(loading, problem.Source.Vehicles[vehicle].LatestStart, ref waiting);
            if (terms.Metres is not null) metres += MeasureLegs(trip, terms.Metres);
        }

        long overtime = Math.Max(0, end - loading - terms.RegularSeconds);
        // A break is taken on the way: who leaves when it is over has missed it.
        long missed = Math.Max(0, leave - (long)terms.Rest.At), beyond = Math.Max(0, metres - terms.MaxDistance);
        return new Excess((waiting * terms.CostPerWaitSecond) + (overtime * terms.CostPerOvertimeSecond), (missed * PenaltyFactor * terms.CostPerWaitSecond) + (beyond * terms.CostPerMetreBeyond));
    }

    /// <summary>Latest second at which a trip may begin loading to end by another; where a window closes before that, what is behind it waits.</summary>
    private int FindLatestLoading(int trip, int latest, ref long waiting)
    {
        int at = routes.Gaps[problem.EndOf[trip]].Previous;
        for (; at < problem.VisitCount; at = routes.Gaps[at].Previous)
        {
            latest = timer.FindLatestLeave(trip, at, latest) - problem.Service[at];
            latest = Cap(latest, problem.FindLatestStart(at, latest), ref waiting);
        }

        return Cap(timer.FindLatestLeave(trip, at, latest) - problem.Service[at], problem.Source.Vehicles[problem.VehicleOf[trip]].LoadUntil, ref waiting);
    }

    private static int Cap(int second, int most, ref long waiting)
    {
        waiting += Math.Max(0, second - most);
        return Math.Min(second, most);
    }

    private long MeasureLegs(int trip, int[] metres)
    {
        int places = problem.Source.Source.Places.Count, at = problem.StartOf[trip];
        long sum = 0;
        do
        {
            ref readonly var gap = ref routes.Gaps[at];
            sum += metres[(gap.Place * places) + gap.NextPlace];
            at = gap.Next;
        }
        while (at < problem.VisitCount);
        return sum;
    }

    private readonly record struct Excess(long Cost, long Penalty);
}
