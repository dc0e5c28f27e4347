using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>Times one route exactly, with every rule that has to do with time: breaks, bands, closures, slots, rides, releases, soft lateness; <see cref="StartSeeker"/> chooses the start.</summary>
/// <remarks>For a fixed start everything happens as early as it can; breaks are placed by labels over (position, breaks taken). O(length · breaks) a start. Owned by one island.</remarks>
internal sealed class Walk
{
    public const long Infeasible = long.MaxValue;
    private const int Never = int.MaxValue;

    // On longer routes the start is not stepped from event to event: it is the latest that ends as early, or jumps over all the waiting it can absorb.
    private const int LongRoute = 24;

    // Where there are many jobs, shorter ones are not worth forty walks either.
    private const int LongestStepped = 8;
    private const int ManyJobs = 200;

    private int[] _nodes = new int[64];
    private int[] _loadFrom = new int[64];
    private int[] _notBefore = new int[64];
    private readonly CompiledProblem _problem;
    private readonly int _longestStepped;
    private readonly BreakPlacer _breakPlacer;
    private readonly RideTimer _rides;
    private readonly SlotTaker _slotTaker;
    private readonly StartSeeker _starts;
    private readonly StartShifts _shifts = new();
    private int _count;

    // Nodes there would be if no jobs were joined.
    private int _size;
    private int _vehicle;
    private int _breaks;

    // Beginning that distance, duration and driving were measured from.
    private int _measured;
    private CompiledBreak[] _rests = [];

    public Walk(CompiledProblem problem, SlotBook slots)
    {
        _problem = problem;
        _longestStepped = problem.Jobs.Count > ManyJobs ? LongestStepped : LongRoute;
        (_breakPlacer, _rides, _slotTaker) = (new BreakPlacer(problem), new RideTimer(problem), new SlotTaker(problem, slots));
        _starts = new StartSeeker(problem, this, _shifts, _breakPlacer, _slotTaker);
    }

    /// <summary>Nodes of the route, start and end included.</summary>
    public ReadOnlySpan<int> Nodes => _nodes.AsSpan(0, _count);
    public List<(CompiledUse Use, int Slot)> Uses => _slotTaker.Taken;

    /// <summary>Times of the last walk by position.</summary>
    public int[] Arrivals { get; private set; } = new int[64];
    public int[] Starts { get; private set; } = new int[64];
    public int[] Departures { get; private set; } = new int[64];
    public long[] DistancesSoFar { get; private set; } = new long[64];

    /// <summary>Breaks of the last walk: position they follow, arrival, start.</summary>
    public List<(int Position, int Arrival, int Start)> Rests { get; } = [];
    public long Distance { get; private set; }
    public long Travel { get; private set; }
    public long Lateness { get; private set; }
    public int Duration { get; private set; }
    public int Stops { get; private set; }
    public int Tasks { get; private set; }

    /// <summary>How often a route was walked from some start so far: the work done.</summary>
    public long Count { get; private set; }

    /// <summary>Second the route begins in the last walk.</summary>
    public int Begin { get; private set; }

    /// <summary>What the last price found, of which only the beginning may be known.</summary>
    public WalkedRoute Describe(long cost) => new(Begin, _measured == Begin, cost, Duration, Distance, (int)Travel);

    public int Vehicle => _vehicle;
    public CompiledBreak[] Breaks => _rests;

    /// <summary>Earliest beginning of each loading, by position.</summary>
    public ReadOnlySpan<int> LoadFrom => _loadFrom.AsSpan(0, _count);

    /// <summary>Nothing but single windows depends on the second: the model of the start is exact.</summary>
    public bool IsPlain { get; private set; }
    public bool IsTimeDependent { get; private set; }

    /// <summary>Somebody on the route can be late at a price.</summary>
    public bool HasLate { get; private set; }
    public bool IsLong => _size > LongRoute;

    /// <summary>The start may be moved from event to event: the route is short enough.</summary>
    public bool IsStepped => _size <= _longestStepped;

    /// <summary>Begins listing a route's nodes.</summary>
    public void Open(int vehicle)
    {
        _vehicle = vehicle;
        _count = _size = 0;
        _rests = _problem.Vehicles[vehicle].Breaks;
        _breaks = _rests.Length;
    }

    public void Add(int node)
    {
        if (_count == _nodes.Length) Grow();
        _nodes[_count++] = node;
        _size += _problem.Nodes[node].Joined;
    }

    /// <summary>Cost of the listed route with the best start found, or <see cref="Infeasible"/>; times and measures are those of that start.</summary>
    /// <param name="seeksLateStart">Move the start even where duration costs nothing (for plans people read).</param>
    /// <param name="hint">Start that was good before the last change; long routes are tried there first.</param>
    /// <param name="end">The earliest second the route can end; −1 = to be found.</param>
    public long Time(bool seeksLateStart = false, int hint = 0, int end = -1)
    {
        FindLoading(_problem.Vehicles[_vehicle]);
        return _starts.Seek(seeksLateStart, hint, end, isPriceEnough: false);
    }

    /// <summary>Cost of the listed route as <see cref="Time"/> finds it, and <see cref="Begin"/>; everything else is of some start that was tried.</summary>
    public long Price(int hint, int end = -1)
    {
        FindLoading(_problem.Vehicles[_vehicle]);
        return _starts.Seek(seeksLateStart: false, hint, end, isPriceEnough: true);
    }

    /// <summary>Cost of the listed route when it begins at a second that <see cref="Price"/> has named for it; the times of single activities only where the cost depends on them.</summary>
    public long TimeFrom(int begin, int end = -1)
    {
        FindLoading(_problem.Vehicles[_vehicle]);
        return _starts.TimeFrom(begin, end);
    }

    /// <summary>Adds up what the route measures where that does not depend on when its legs are driven; false where it does.</summary>
    /// <remarks>Who leaves later never arrives earlier on a leg that is always open, so that the latest start ends when the earliest does.</remarks>
    public bool TryMeasure(in VehicleData v)
    {
        if (_problem.Resources.HasSlots || v.CostPerTravelSecond > 0 || v.MaxTravel != int.MaxValue || v.MaxStops != int.MaxValue || v.MaxTasks != int.MaxValue) return false;
        if (v.Legs.IsTimeDependent && v.Legs.Raw is null) return false;
        long distance = v.DistanceBefore;
        for (int i = 1; i < _count; i++)
        {
            int from = _problem.Nodes[_nodes[i - 1]].Place, to = _problem.Nodes[_nodes[i]].Place;
            if (from == to || from == v.Legs.Nowhere || to == v.Legs.Nowhere) continue;
            if (v.Legs.Raw is { } raw && raw.MayBeClosed(raw.CellOf(from, to))) return false;
            distance += v.Legs.Distance(from, to);
        }

        (Distance, Lateness) = (distance, v.LatenessBefore);
        return true;
    }

    /// <summary>Cost of the route as measured, between two seconds.</summary>
    public long PriceBetween(in VehicleData v, int begin, int end)
    {
        (Begin, _measured, Duration) = (begin, begin, end - begin);
        return PriceMeasured(v);
    }

    /// <summary>Names a start without walking from it.</summary>
    public void BeginAt(int begin) => Begin = begin;

    private void FindLoading(in VehicleData v)
    {
        int head = 0;
        _loadFrom[0] = v.LoadFrom;
        IsTimeDependent = v.Legs.Source.IsTimeDependent;
        HasLate = false;
        IsPlain = !IsTimeDependent && _breaks == 0 && !_problem.Resources.HasSlots && !_problem.Jobs.HasRideLimits;
        Array.Clear(_notBefore, 0, _count);
        for (int i = 1; i < _count; i++)
        {
            ref readonly var node = ref _problem.Nodes[_nodes[i]];
            if (node.WindowCount > 0) IsPlain = false;
            if (node.DueTime != int.MaxValue && node.CostPerLateSecond > 0) HasLate = true;
            if (node.Kind == NodeKind.Reload)
            {
                head = i;
                _loadFrom[i] = node.Earliest;
            }
            else if (node.Kind == NodeKind.Visit && node.Mate < 0)
            {
                _loadFrom[head] = Math.Max(_loadFrom[head], _problem.Jobs.Release[node.Alternative]);
            }
        }
    }

    /// <summary>Cost of the route from a start, or <see cref="Infeasible"/>: everything happens as early as it can.</summary>
    public long WalkFrom(int begin)
    {
        if (!_problem.Jobs.HasRideLimits) return WalkOnce(begin);
        Array.Clear(_notBefore, 0, _count);
        long cost = WalkOnce(begin);
        // Each round settles a ride or shows that waiting does not shorten it.
        long least = long.MaxValue;
        for (int round = 0; cost != Infeasible && _rides.Delay(Nodes, Starts, Departures, _notBefore, out long excess); round++)
        {
            if (excess >= least && round > 3) return Infeasible;
            least = Math.Min(least, excess);
            cost = WalkOnce(begin);
        }

        return cost == Infeasible || !_rides.Fit(Nodes, Starts, Departures) ? Infeasible : cost;
    }

    private long WalkOnce(int begin)
    {
        ref readonly var v = ref _problem.Vehicles[_vehicle];
        (Begin, _measured) = (begin, -1);
        Count++;
        _shifts.Clear();
        _slotTaker.Taken.Clear();
        Rests.Clear();
        (Distance, Travel, Lateness, Tasks, Stops) = (v.DistanceBefore, 0, v.LatenessBefore, v.TasksBefore, v.StopsBefore);
        int now = LeaveStart(v, begin);
        if (now != Never && _breaks > 0 && !_breakPlacer.Place(this, _rests, _vehicle, now)) return GiveUp();
        if (now == Never) return GiveUp();
        DistancesSoFar[0] = Distance;
        for (int i = 0; i < _count - 1; i++)
        {
            if (_breaks > 0) now = Rest(i, now);
            if (now == Never) return GiveUp();
            now = Go(v, i, i + 1, now, isFinal: true);
            if (now == Never) return GiveUp();
        }

        _slotTaker.Lift();
        (Duration, _measured) = (now - begin, begin);
        _shifts.IsTimed = true;
        return _breaks > 0 && !AreWaived(now) ? Infeasible : PriceMeasured(v);
    }

    private long GiveUp()
    {
        _slotTaker.Lift();
        return Infeasible;
    }

    private long PriceMeasured(in VehicleData v)
    {
        if (Duration > v.MaxDuration || Distance > v.MaxDistance || Travel > v.MaxTravel || Stops > v.MaxStops || Tasks > v.MaxTasks) return Infeasible;
        long cost = v.FixedCost + (Distance * v.CostPerMetre) + (Travel * v.CostPerTravelSecond) + (Duration * v.CostPerSecond) + Lateness;
        return Duration > v.RegularSeconds ? cost + ((Duration - v.RegularSeconds) * v.CostPerOvertimeSecond) : cost;
    }

    private int LeaveStart(in VehicleData v, int begin)
    {
        int node = _nodes[0];
        Arrivals[0] = begin;
        int start = v.IsUnderWay ? begin : Math.Max(begin, _loadFrom[0]);
        if (!v.IsUnderWay)
        {
            start = _slotTaker.Find(node, start, v.LoadUntil);
            if (start == Never || start > v.LoadUntil) return Never;
        }

        TakeSlots(node, start);
        Starts[0] = start;
        _shifts.Absorb(start - begin, isEvent: !v.IsUnderWay);
        _shifts.Bound((long)v.LoadUntil - start);
        return Departures[0] = start + _problem.Nodes[node].Handling;
    }

    /// <summary>Drives from position i to position j and does what is to be done there; the departure, or Never.</summary>
    public int Go(in VehicleData v, int i, int j, int now, bool isFinal)
    {
        ref readonly var from = ref _problem.Nodes[_nodes[i]];
        ref readonly var node = ref _problem.Nodes[_nodes[j]];
        if (!DrivenLeg.TryDrive(v.Legs, from.Place, node.Place, now, out var leg)) return Never;
        bool isSamePlace = from.Place == node.Place;
        bool isStay = isSamePlace && (from.Kind == NodeKind.Visit || (i == 0 && v.StartsInStay));
        int arrival = leg.Arrival, start;
        if (arrival > CompiledProblem.Horizon) return Never;
        if (node.Kind == NodeKind.Visit)
            start = isStay && node.IsOnArrival ? _slotTaker.Find(_nodes[j], Math.Max(arrival, _notBefore[j]), CompiledProblem.Horizon) : FindStart(_nodes[j], node, Math.Max(arrival, _notBefore[j]));
        else
            start = _slotTaker.Find(_nodes[j], Math.Max(arrival, node.Kind == NodeKind.Reload ? _loadFrom[j] : node.Earliest), node.Latest);
        if (start == Never || (start > node.Latest && !(isStay && node.IsOnArrival))) return Never;
        long departure = (long)start + (isSamePlace ? 0 : node.Setup) + node.Handling;
        if (departure > CompiledProblem.Horizon) return Never;
        if (isFinal) Note(i, j, now, leg, start, (int)departure, isStay);
        return (int)departure;
    }

    private void Note(int i, int j, int ready, in DrivenLeg leg, int start, int departure, bool isStay)
    {
        ref readonly var node = ref _problem.Nodes[_nodes[j]];
        Arrivals[j] = leg.Arrival;
        Starts[j] = start;
        Departures[j] = departure;
        Distance += leg.Distance;
        Travel += leg.Arrival - leg.Leave;
        DistancesSoFar[j] = Distance;
        if (IsTimeDependent) NoteLeg(i, j, ready, leg);
        TakeSlots(_nodes[j], start);
        _shifts.Absorb(start - leg.Arrival);
        if (!(isStay && node.IsOnArrival)) NoteEvents(node, start);
        if (node.Kind != NodeKind.Visit) return;
        Tasks++;
        if (!isStay) Stops++;
        if (node.DueTime == int.MaxValue || node.CostPerLateSecond == 0) return;
        if (start > node.DueTime) Lateness += (start - (long)node.DueTime) * node.CostPerLateSecond;
        _shifts.Offer((long)node.DueTime - start);
        _shifts.Model.Add((long)start - node.DueTime, _shifts.Absorbed, node.CostPerLateSecond);
    }

    /// <summary>Waiting out a closure absorbs a later start like any wait; at a border the leg begins to take another time.</summary>
    private void NoteLeg(int i, int j, int ready, in DrivenLeg leg)
    {
        _shifts.Absorb(leg.Leave - ready);
        if (!IsStepped) return;
        long change = LegEvents.FindNext(_problem.Vehicles[_vehicle].Legs.Source, _problem.Nodes[_nodes[i]].Place, _problem.Nodes[_nodes[j]].Place, leg);
        if (change < Never) _shifts.Offer(change);
    }

    /// <summary>Remembers the least shift of the start that makes this activity behave differently.</summary>
    private void NoteEvents(in NodeData node, int start)
    {
        // The last second of a window, and the first behind it, where the next window takes over.
        _shifts.Bound((long)FindWindowEnd(node, start) - start);
        _shifts.Offer((long)node.Latest - start);
        // Into a faster band a leg may leave a second later and arrive at the same.
        if (start == node.Latest && IsTimeDependent && IsStepped) _shifts.Offer(1);
        for (int w = 0; w < node.WindowCount; w++)
        {
            _shifts.Offer((long)_problem.Windows[node.FirstWindow + w].Latest - start);
            _shifts.Offer(_problem.Windows[node.FirstWindow + w].Latest + 1L - start);
        }
    }

    private int FindWindowEnd(in NodeData node, int start)
    {
        for (int w = 0; w < node.WindowCount; w++)
            if (start <= _problem.Windows[node.FirstWindow + w].Latest) return _problem.Windows[node.FirstWindow + w].Latest;
        return node.Latest;
    }

    private int FindStart(int id, in NodeData node, int arrival)
    {
        if (node.WindowCount == 0)
        {
            int start = _slotTaker.Find(id, Math.Max(arrival, node.Earliest), node.Latest);
            return start <= node.Latest ? start : Never;
        }

        for (int w = 0; w < node.WindowCount; w++)
        {
            var window = _problem.Windows[node.FirstWindow + w];
            if (arrival > window.Latest) continue;
            int start = _slotTaker.Find(id, Math.Max(arrival, window.Earliest), window.Latest);
            if (start <= window.Latest) return start;
        }

        return Never;
    }

    private void TakeSlots(int node, int start)
    {
        long next = _slotTaker.Take(node, start);
        if (next < Never) _shifts.Offer(next - start);
    }

    /// <summary>Takes the breaks placed after position i.</summary>
    private int Rest(int i, int now)
    {
        for (int b = 0; b < _breakPlacer.TakenAt(i) && now != Never; b++) now = TakeRest(i, now);
        return now;
    }

    /// <summary>True when the breaks not taken are not owed by a route that ends at <paramref name="end"/>.</summary>
    private bool AreWaived(int end)
    {
        for (int b = Rests.Count; b < _breaks; b++)
            if (!_rests[b].IsWaivedIfRouteEndsBefore || end > _rests[b].Windows[0].Earliest) return false;
        return true;
    }

    private int TakeRest(int i, int now)
    {
        var rest = _rests[Rests.Count];
        int start = BreakPlacer.FindStart(rest, now);
        if (start == Never) return Never;
        Rests.Add((i, now, start));
        _shifts.Absorb(start - now);
        for (int w = 0; w < rest.Windows.Length; w++)
        {
            _shifts.Offer((long)rest.Windows[w].Latest - start);
            _shifts.Offer(rest.Windows[w].Latest + 1L - start);
        }

        long end = (long)start + rest.DurationSeconds;
        return end > CompiledProblem.Horizon ? Never : (int)end;
    }

    private void Grow()
    {
        int size = _nodes.Length * 2;
        Array.Resize(ref _nodes, size);
        Array.Resize(ref _loadFrom, size);
        Array.Resize(ref _notBefore, size);
        Arrivals = new int[size];
        Starts = new int[size];
        Departures = new int[size];
        DistancesSoFar = new long[size];
    }
}
