using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>Times one route exactly, with every rule that has to do with time: breaks, bands, closures, slots, rides, releases, soft lateness, and the choice of the start.</summary>
/// <remarks>
/// For a fixed start everything happens as early as it can; breaks are placed by labels over (position, breaks taken). Where the cost is convex in the start, <see cref="StartModel"/>
/// names the cheapest after one walk. On long routes <see cref="LatestStart"/> names the latest that still ends as early as possible. Elsewhere the start is moved later from one event to the next (a wait used up, a window, due time or border reached, overtime or the longest
/// duration left) and the cheapest kept. O(length · breaks) a start. Owned by one island.
/// </remarks>
internal sealed class Walk(CompiledProblem problem, SlotBook slots)
{
    public const long Infeasible = long.MaxValue;
    private const int Never = int.MaxValue;
    private const int MaxStarts = 40;

    // On longer routes the start is not stepped from event to event: it is the latest that ends as early, or jumps over all the waiting it can absorb.
    private const int LongRoute = 24;
    private const int MaxJumps = 3;

    // Where there are many jobs, shorter ones are not worth forty walks either.
    private const int LongestStepped = 8;
    private const int ManyJobs = 200;

    // More breaks could be placed in too many ways.
    private const int MaxBreaksTried = 2;

    private int[] _nodes = new int[64];
    private int[] _loadFrom = new int[64];
    private int[] _notBefore = new int[64];
    private readonly int _longestStepped = problem.Jobs.Count > ManyJobs ? LongestStepped : LongRoute;
    private readonly BreakPlacer _breakPlacer = new(problem);
    private readonly LatestStart _latest = new(problem);
    private readonly BreakWays _ways = new();
    private readonly int[] _bestWay = new int[MaxBreaksTried];
    private readonly StartModel _model = new();
    private readonly RideTimer _rides = new(problem);
    private readonly SlotTaker _slotTaker = new(problem, slots);
    private int _count;

    // Nodes there would be if no jobs were joined.
    private int _size;
    private int _vehicle;
    private int _breaks;
    private IReadOnlyList<Break> _rests = [];

    // What the next start that matters is, found while walking.
    private long _shift;
    private long _absorbed;

    // The largest shift that misses no window.
    private long _slack;

    // Whether the model of the start is exact: nothing but single windows depends on the second.
    private bool _isPlain;
    private bool _isTimeDependent;

    // Whether somebody on the route can be late at a price.
    private bool _hasLate;

    // Whether only the cost is asked for: the times of the best start need not be found again.
    private bool _isPriceEnough;

    // Whether the last walk reached the end, whatever it measured there.
    private bool _isTimed;

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

    private bool IsLong => _size > LongRoute;
    private bool IsStepped => _size <= _longestStepped;

    /// <summary>Begins listing a route's nodes.</summary>
    public void Open(int vehicle)
    {
        _vehicle = vehicle;
        _count = _size = 0;
        _rests = problem.Source.Vehicles[vehicle].Breaks;
        _breaks = _rests.Count;
    }

    public void Add(int node)
    {
        if (_count == _nodes.Length) Grow();
        _nodes[_count++] = node;
        _size += problem.Nodes[node].Joined;
    }

    /// <summary>Cost of the listed route with the best start found, or <see cref="Infeasible"/>; times and measures are those of that start.</summary>
    /// <param name="seeksLateStart">Move the start even where duration costs nothing (for plans people read).</param>
    /// <param name="hint">Start that was good before the last change; long routes are tried there first.</param>
    /// <param name="end">The earliest second the route can end; −1 = to be found.</param>
    public long Time(bool seeksLateStart = false, int hint = 0, int end = -1)
    {
        _isPriceEnough = false;
        return Seek(seeksLateStart, hint, end);
    }

    /// <summary>Cost of the listed route as <see cref="Time"/> finds it, and <see cref="Begin"/>; everything else is of some start that was tried.</summary>
    public long Price(int hint, int end = -1)
    {
        _isPriceEnough = true;
        return Seek(seeksLateStart: false, hint, end);
    }

    /// <summary>Cost of the listed route when it begins at a second that <see cref="Price"/> has named for it.</summary>
    public long TimeFrom(int begin, int end = -1)
    {
        ref readonly var v = ref problem.Vehicles[_vehicle];
        FindLoading(v);
        return BeginsLate(v, seeksLateStart: false) ? TimeLate(v, FindEarliest(v), end) : WalkFrom(begin);
    }

    private long Seek(bool seeksLateStart, int hint, int end)
    {
        ref readonly var v = ref problem.Vehicles[_vehicle];
        FindLoading(v);
        if (BeginsLate(v, seeksLateStart)) return TimeLate(v, FindEarliest(v), end);
        long best = TimeWithBreaks(v, seeksLateStart, hint);
        bool isEarliestBest = !_hasLate && !_isTimeDependent && !problem.Resources.HasSlots && !problem.Jobs.HasRideLimits;
        return isEarliestBest || !problem.IsTiny || _breaks is 0 or > MaxBreaksTried || IsLong ? best : SeekBreaks(v, best, seeksLateStart, hint);
    }

    /// <summary>Tries every way to place the breaks: where lateness, rides, detours or slots count, the earliest end need not be the cheapest.</summary>
    private long SeekBreaks(in VehicleData v, long best, bool seeksLateStart, int hint)
    {
        bool isFound = false;
        _ways.Begin(_count, _rests);
        while (_ways.TryNext())
        {
            _breakPlacer.Placement = _ways.Positions;
            long cost = TimeWithBreaks(v, seeksLateStart, hint);
            if (cost >= best) continue;
            best = cost;
            isFound = true;
            _ways.Positions.CopyTo(_bestWay, 0);
        }

        _breakPlacer.Placement = isFound ? _bestWay : null;
        best = TimeWithBreaks(v, seeksLateStart, hint);
        _breakPlacer.Placement = null;
        return best;
    }

    private long TimeWithBreaks(in VehicleData v, bool seeksLateStart, int hint)
    {
        int start = FindEarliest(v);
        long cost = Infeasible;
        if (!_isPlain && !IsStepped && hint > start && hint <= v.LatestStart && (cost = WalkFrom(hint)) != Infeasible) start = hint;
        else cost = WalkFrom(start);
        if (v.IsUnderWay || !(v.IsStartChosen || seeksLateStart)) return cost;
        if (cost == Infeasible && !IsMeasured(v)) return Infeasible;
        return _isPlain || !IsStepped ? SeekByModel(v, start, cost) : SeekByEvents(v, start, cost);
    }

    /// <summary>Limits count from the start, so that beginning later may mend what is too long; what is merely too late only gets later.</summary>
    private bool IsMeasured(in VehicleData v) => v.MaxDuration != int.MaxValue || v.MaxTravel != int.MaxValue || v.MaxDistance != CompiledProblem.Unlimited || problem.Jobs.HasRideLimits;

    /// <summary>Whether the start is too dear to step and the model of it no more than a guess, while the earliest end is the cheapest.</summary>
    private bool BeginsLate(in VehicleData v, bool seeksLateStart) =>
        !_isPlain && !IsStepped && !_hasLate && !problem.Jobs.HasRideLimits && !v.IsUnderWay && (v.IsStartChosen || seeksLateStart);

    private int FindEarliest(in VehicleData v) => Math.Min(Math.Max(Math.Max(v.EarliestStart, v.LoadFrom), v.IsUnderWay ? 0 : _loadFrom[0]), v.LatestStart);

    /// <summary>Ends as early as the route can, and begins as late as that allows.</summary>
    private long TimeLate(in VehicleData v, int start, int end)
    {
        if (end < 0)
        {
            int loading = _slotTaker.Find(_nodes[0], Math.Max(start, _loadFrom[0]), v.LoadUntil);
            if (loading > v.LoadUntil || !_breakPlacer.Place(this, _rests, _vehicle, loading + problem.Nodes[_nodes[0]].Handling)) return Infeasible;
            end = _breakPlacer.End;
        }

        int late = Math.Min(_latest.Find(_breakPlacer, Nodes, _loadFrom, v, _rests, end), Math.Min(v.LoadUntil, v.LatestStart));
        long cost = Infeasible;
        if (late >= start && _isPriceEnough && TryMeasure(v))
        {
            (Begin, Duration) = (late, end - late);
            return Price(v);
        }

        if (late >= start)
        {
            _breakPlacer.Placement = _latest.Placement;
            cost = WalkFrom(late);
            _breakPlacer.Placement = null;
        }

        // Slots may be taken, or metres limited, where the late start would have them.
        return cost == Infeasible ? WalkFrom(start) : cost;
    }

    /// <summary>Adds up what the route measures where that does not depend on when its legs are driven; false where it does.</summary>
    /// <remarks>Who leaves later never arrives earlier on a leg that is always open, so that the latest start ends when the earliest does.</remarks>
    private bool TryMeasure(in VehicleData v)
    {
        if (problem.Resources.HasSlots || v.CostPerTravelSecond > 0 || v.MaxTravel != int.MaxValue || v.MaxStops != int.MaxValue || v.MaxTasks != int.MaxValue) return false;
        if (v.Legs.IsTimeDependent && v.Legs.Raw is null) return false;
        long distance = v.DistanceBefore;
        for (int i = 1; i < _count; i++)
        {
            int from = problem.Nodes[_nodes[i - 1]].Place, to = problem.Nodes[_nodes[i]].Place;
            if (from == to || from == v.Legs.Nowhere || to == v.Legs.Nowhere) continue;
            if (v.Legs.Raw is { } raw && raw.MayBeClosed(raw.CellOf(from, to))) return false;
            distance += v.Legs.Distance(from, to);
        }

        (Distance, Lateness) = (distance, v.LatenessBefore);
        return true;
    }

    /// <summary>Moves the start to where the model says it is cheapest; where the model is a guess, a few times.</summary>
    private long SeekByModel(in VehicleData v, int start, long cost)
    {
        long best = cost;
        int bestStart = start, shortest = cost == Infeasible ? int.MaxValue : Duration, last = start;
        for (int tries = 0; tries < (_isPlain ? 1 : MaxJumps) && _isTimed; tries++)
        {
            long most = Math.Min(_slack, (long)v.LatestStart - last), least = Math.Max(0, (long)Duration - v.MaxDuration);
            long shift = least > most ? 0 : _model.FindBest(least, most, Duration, _absorbed, v.CostPerSecond, v.RegularSeconds, v.CostPerOvertimeSecond);
            if (shift == 0) break;
            last = (int)(last + shift);
            cost = WalkFrom(last);
            if (cost < best || (cost == best && cost != Infeasible && Duration < shortest)) (best, bestStart, shortest) = (cost, last, Duration);
        }

        GoBackTo(bestStart, last);
        return best;
    }

    private long SeekByEvents(in VehicleData v, int start, long cost)
    {
        long best = cost;
        int bestStart = start, shortest = cost == Infeasible ? int.MaxValue : Duration, last = start;
        for (int tries = 0; tries < MaxStarts; tries++)
        {
            if (_isTimed)
            {
                OfferStart((long)Duration - v.RegularSeconds);
                OfferStart((long)Duration - v.MaxDuration);
            }

            if (_shift <= 0 || _shift >= Never || last >= v.LatestStart) break;
            // Past the last legal start there is no event, but up to it there is waiting to save.
            last = (int)(last + Math.Min(_shift, (long)v.LatestStart - last));
            cost = WalkFrom(last);
            if (cost == Infeasible && !IsMeasured(v)) break;
            if (cost < best || (cost == best && cost != Infeasible && Duration < shortest)) (best, bestStart, shortest) = (cost, last, Duration);
        }

        GoBackTo(bestStart, last);
        return best;
    }

    /// <summary>Walks from the best start once more where another was tried last.</summary>
    private void GoBackTo(int best, int last)
    {
        if (last == best) return;
        if (_isPriceEnough) Begin = best;
        else WalkFrom(best);
    }

    private void FindLoading(in VehicleData v)
    {
        int head = 0;
        _loadFrom[0] = v.LoadFrom;
        _isTimeDependent = v.Legs.Source.IsTimeDependent;
        _hasLate = false;
        _isPlain = !_isTimeDependent && _breaks == 0 && !problem.Resources.HasSlots && !problem.Jobs.HasRideLimits;
        Array.Clear(_notBefore, 0, _count);
        for (int i = 1; i < _count; i++)
        {
            ref readonly var node = ref problem.Nodes[_nodes[i]];
            if (node.WindowCount > 0) _isPlain = false;
            if (node.DueTime != int.MaxValue && node.CostPerLateSecond > 0) _hasLate = true;
            if (node.Kind == NodeKind.Reload)
            {
                head = i;
                _loadFrom[i] = node.Earliest;
            }
            else if (node.Kind == NodeKind.Visit && node.Mate < 0)
            {
                _loadFrom[head] = Math.Max(_loadFrom[head], problem.Jobs.Release[node.Alternative]);
            }
        }
    }

    private long WalkFrom(int begin)
    {
        if (!problem.Jobs.HasRideLimits) return WalkOnce(begin);
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
        ref readonly var v = ref problem.Vehicles[_vehicle];
        Begin = begin;
        Count++;
        _shift = Never;
        _absorbed = 0;
        _slack = Never;
        _isTimed = false;
        _model.Clear();
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
        Duration = now - begin;
        _isTimed = true;
        return _breaks > 0 && !AreWaived(now) ? Infeasible : Price(v);
    }

    private long GiveUp()
    {
        _slotTaker.Lift();
        return Infeasible;
    }

    private long Price(in VehicleData v)
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
        _absorbed += start - begin;
        if (_absorbed > 0 && !v.IsUnderWay) _shift = Math.Min(_shift, _absorbed);
        _slack = Math.Min(_slack, _absorbed + v.LoadUntil - start);
        return Departures[0] = start + problem.Nodes[node].Handling;
    }

    /// <summary>Drives from position i to position j and does what is to be done there; the departure, or Never.</summary>
    public int Go(in VehicleData v, int i, int j, int now, bool isFinal)
    {
        ref readonly var from = ref problem.Nodes[_nodes[i]];
        ref readonly var node = ref problem.Nodes[_nodes[j]];
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
        ref readonly var node = ref problem.Nodes[_nodes[j]];
        Arrivals[j] = leg.Arrival;
        Starts[j] = start;
        Departures[j] = departure;
        Distance += leg.Distance;
        Travel += leg.Arrival - leg.Leave;
        DistancesSoFar[j] = Distance;
        if (_isTimeDependent) NoteLeg(i, j, ready, leg);
        TakeSlots(_nodes[j], start);
        _absorbed += start - leg.Arrival;
        if (_absorbed > 0) _shift = Math.Min(_shift, _absorbed);
        if (!(isStay && node.IsOnArrival)) NoteEvents(node, start);
        if (node.Kind != NodeKind.Visit) return;
        Tasks++;
        if (!isStay) Stops++;
        if (node.DueTime == int.MaxValue || node.CostPerLateSecond == 0) return;
        if (start > node.DueTime) Lateness += (start - (long)node.DueTime) * node.CostPerLateSecond;
        Offer((long)node.DueTime - start);
        _model.Add((long)start - node.DueTime, _absorbed, node.CostPerLateSecond);
    }

    /// <summary>Waiting out a closure absorbs a later start like any wait; at a border the leg begins to take another time.</summary>
    private void NoteLeg(int i, int j, int ready, in DrivenLeg leg)
    {
        _absorbed += leg.Leave - ready;
        if (_absorbed > 0) _shift = Math.Min(_shift, _absorbed);
        if (!IsStepped) return;
        long change = LegEvents.FindNext(problem.Vehicles[_vehicle].Legs.Source, problem.Nodes[_nodes[i]].Place, problem.Nodes[_nodes[j]].Place, leg);
        if (change < Never) Offer(change);
    }

    /// <summary>Remembers the least shift of the start that makes this activity behave differently.</summary>
    private void NoteEvents(in NodeData node, int start)
    {
        // The last second of a window, and the first behind it, where the next window takes over.
        _slack = Math.Min(_slack, _absorbed + FindWindowEnd(node, start) - start);
        Offer((long)node.Latest - start);
        // Into a faster band a leg may leave a second later and arrive at the same.
        if (start == node.Latest && _isTimeDependent && IsStepped) Offer(1);
        for (int w = 0; w < node.WindowCount; w++)
        {
            Offer((long)problem.Windows[node.FirstWindow + w].Latest - start);
            Offer(problem.Windows[node.FirstWindow + w].Latest + 1L - start);
        }
    }

    private int FindWindowEnd(in NodeData node, int start)
    {
        for (int w = 0; w < node.WindowCount; w++)
            if (start <= problem.Windows[node.FirstWindow + w].Latest) return problem.Windows[node.FirstWindow + w].Latest;
        return node.Latest;
    }

    /// <summary>A shift that moves the present activity by so much is an event.</summary>
    private void Offer(long distance) => OfferStart(_absorbed + distance);

    private void OfferStart(long shift)
    {
        if (shift > 0 && shift < _shift) _shift = shift;
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
            var window = problem.Windows[node.FirstWindow + w];
            if (arrival > window.Latest) continue;
            int start = _slotTaker.Find(id, Math.Max(arrival, window.Earliest), window.Latest);
            if (start <= window.Latest) return start;
        }

        return Never;
    }

    private void TakeSlots(int node, int start)
    {
        long next = _slotTaker.Take(node, start);
        if (next < Never) Offer(next - start);
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
        _absorbed += start - now;
        if (_absorbed > 0) _shift = Math.Min(_shift, _absorbed);
        for (int w = 0; w < rest.Windows.Count; w++)
        {
            Offer((long)rest.Windows[w].Latest - start);
            Offer(rest.Windows[w].Latest + 1L - start);
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
