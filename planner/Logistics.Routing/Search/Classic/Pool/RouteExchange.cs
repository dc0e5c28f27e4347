using System.Numerics;

namespace Logistics.Routing.Search.Classic.Pool;

/// <summary>Exchanges some routes of a plan for others of a pool that serve the same jobs for less.</summary>
/// <remarks>
/// A route comes in, those of the plan that serve its jobs go out, and what they leave open asks for the next: the job that the fewest routes can serve, routes of least reduced cost first, until nothing is
/// open. In reduced costs an exchange gains what goes out less what comes in, and that must be positive at every depth: of an exchange that gains, some order has only positive partial sums (Lin and
/// Kernighan 1973). Every route of the pool may begin; first a little work each, then ten times as much. Owned by one thread.
/// </remarks>
internal sealed class RouteExchange
{
    private const int MostIn = 14;
    private const long LeastWorkOfStart = 1_000;
    private const long MostWorkOfStart = 1_000_000;

    // Open jobs whose routes are counted before one is chosen: those that the fewest routes of the pool serve.
    private const int Counted = 4;

    // Words of a mask that cost as much to look at as a job.
    private const int WordsPerWork = 4;

    // A route that comes in may drive out as many more that are dearer than their jobs' prices.
    private const int RoutesInSlack = 2;

    private readonly PoolColumns _columns;
    private readonly JobPrices _prices;
    private readonly Predicate<int[]> _isAllowed;

    // Columns in the plan, −1 where a vehicle stays idle.
    private readonly int[] _plan;
    private readonly bool[] _isInPlan;

    // For each job its place in the plan.
    private readonly int[] _owner;

    // Columns by reduced cost, all of them and those with each job; of the latter, how many are worth a look.
    private readonly int[] _order;
    private readonly int[][] _withJob;
    private readonly int[] _rank;

    // Jobs as bits: of each column, of what has come in, of what is left open.
    private readonly ulong[] _masks;
    private readonly int _width;
    private readonly ulong[] _covered;
    private readonly ulong[] _open;
    private readonly List<int> _in = [];
    private readonly List<int> _out = [];
    private readonly bool[] _isOut;
    private double _slack;
    private long _workUntil;

    /// <param name="plan">A column for each vehicle or −1; together they serve every job once. Changed in place.</param>
    /// <param name="isAllowed">Whether such a plan may be driven by the fleet.</param>
    public RouteExchange(PoolColumns columns, JobPrices prices, int[] plan, Predicate<int[]> isAllowed)
    {
        (_columns, _prices, _plan, _isAllowed) = (columns, prices, plan, isAllowed);
        _width = (columns.JobCount + 63) / 64;
        _masks = new ulong[columns.Count * _width];
        _order = new int[columns.Count];
        _withJob = new int[columns.JobCount][];
        _rank = new int[columns.JobCount];
        (_isInPlan, _owner) = (new bool[columns.Count], new int[columns.JobCount]);
        (_covered, _open, _isOut) = (new ulong[_width], new ulong[_width], new bool[plan.Length]);
        ListColumns();
        NotePlan();
        for (int j = 0; j < _rank.Length; j++) _rank[j] = _withJob[j].Count(c => prices.ReducedCostOf(c) < 2 * _slack);
    }

    /// <summary>Work done, in jobs and columns looked at.</summary>
    public long Work { get; private set; }

    /// <summary>Makes the plan cheaper until no exchange is found or the work is done; false when it stays as it was.</summary>
    public bool Run(long maxWork)
    {
        bool isAny = false;
        for (long each = LeastWorkOfStart; each <= MostWorkOfStart && Work < maxWork; each *= 10)
            while (RunOnce(each, maxWork)) isAny = true;
        return isAny;
    }

    private bool RunOnce(long each, long maxWork)
    {
        bool isAny = false;
        foreach (int c in _order)
        {
            if (Work >= maxWork) break;
            if (_isInPlan[c]) continue;
            _workUntil = Math.Min(maxWork, Work + each);
            isAny |= TryIn(c, 0);
            Clear();
        }

        return isAny;
    }

    private void Clear()
    {
        Array.Clear(_covered);
        Array.Clear(_open);
        foreach (int place in _out) _isOut[place] = false;
        _out.Clear();
        _in.Clear();
    }

    /// <summary>Takes a column in, and whatever must follow; true when the plan was changed.</summary>
    /// <param name="gain">What the exchange has gained so far, in reduced costs.</param>
    private bool TryIn(int column, double gain)
    {
        int from = _out.Count;
        gain -= _prices.ReducedCostOf(column);
        foreach (int j in _columns.JobsOf(column))
        {
            int place = _owner[j];
            if (_isOut[place]) continue;
            _isOut[place] = true;
            _out.Add(place);
            gain += _prices.ReducedCostOf(_plan[place]);
        }

        Work += _columns.JobsOf(column).Length;
        if (gain > 0)
        {
            var mask = MaskOf(column);
            for (int i = from; i < _out.Count; i++) Add(_open, MaskOf(_plan[_out[i]]));
            Add(_covered, mask);
            Remove(_open, mask);
            _in.Add(column);
            if (TryNext(gain)) return true;
            _in.RemoveAt(_in.Count - 1);
            Remove(_covered, mask);
            Add(_open, mask);
            for (int i = from; i < _out.Count; i++) Remove(_open, MaskOf(_plan[_out[i]]));
        }

        for (int i = from; i < _out.Count; i++) _isOut[_out[i]] = false;
        _out.RemoveRange(from, _out.Count - from);
        return false;
    }

    private bool TryNext(double gain)
    {
        int job = FindHardest(gain, out bool isComplete);
        if (isComplete) return TryApply();
        if (job < 0 || _in.Count >= MostIn) return false;
        foreach (int c in _withJob[job])
        {
            double reduced = _prices.ReducedCostOf(c);
            if (Work >= _workUntil || reduced >= gain + _slack) return false;
            if (IsApart(c) && reduced - SumOutBy(c) < gain && TryIn(c, gain)) return true;
        }

        return false;
    }

    /// <summary>Reduced cost that would go out with a column.</summary>
    private double SumOutBy(int column)
    {
        double sum = 0;
        int last = -1;
        foreach (int j in _columns.JobsOf(column))
        {
            int place = _owner[j];
            if (place == last || _isOut[place]) continue;
            last = place;
            // One that is met twice counts twice: more than there is, never less.
            sum += Math.Max(0, _prices.ReducedCostOf(_plan[place]));
        }

        Work += _columns.JobsOf(column).Length / 2;
        return sum;
    }

    private bool IsApart(int column)
    {
        Work += 1 + (_width / WordsPerWork);
        var mask = MaskOf(column);
        for (int w = 0; w < mask.Length; w++)
            if ((mask[w] & _covered[w]) != 0) return false;
        return true;
    }

    /// <summary>The open job with the fewest columns that fit, −1 when one has none.</summary>
    private int FindHardest(double gain, out bool isComplete)
    {
        Span<int> rarest = stackalloc int[Counted];
        int known = ListRarest(rarest), hardest = -1, fewest = int.MaxValue;
        isComplete = known == 0;
        foreach (int job in rarest[..known])
        {
            int count = 0;
            foreach (int c in _withJob[job])
            {
                if (_prices.ReducedCostOf(c) >= gain + _slack) break;
                if (IsApart(c) && ++count >= fewest) break;
            }

            if (count == 0) return -1;
            if (count < fewest) (hardest, fewest) = (job, count);
        }

        return hardest;
    }

    private int ListRarest(Span<int> rarest)
    {
        int known = 0;
        for (int w = 0; w < _width; w++)
        {
            for (ulong bits = _open[w]; bits != 0; bits &= bits - 1)
            {
                int job = (w << 6) + BitOperations.TrailingZeroCount(bits), at = known;
                for (; at > 0 && _rank[rarest[at - 1]] > _rank[job]; at--)
                    if (at < Counted) rarest[at] = rarest[at - 1];
                if (at == Counted) continue;
                rarest[at] = job;
                if (known < Counted) known++;
            }
        }

        Work += known;
        return known;
    }

    private bool TryApply()
    {
        var next = (int[])_plan.Clone();
        long change = 0;
        foreach (int place in _out)
        {
            change -= _columns.Cost[next[place]];
            next[place] = -1;
        }

        int free = 0;
        foreach (int c in _in)
        {
            change += _columns.Cost[c];
            while (free < next.Length && next[free] >= 0) free++;
            if (free == next.Length) return false;
            next[free] = c;
        }

        if (change >= 0 || !_isAllowed(next)) return false;
        next.CopyTo(_plan, 0);
        NotePlan();
        return true;
    }

    private void ListColumns()
    {
        var reduced = new double[_columns.Count];
        for (int c = 0; c < reduced.Length; c++) (reduced[c], _order[c]) = (_prices.ReducedCostOf(c), c);
        Array.Sort(reduced, _order);
        var counts = new int[_columns.JobCount];
        foreach (int j in _columns.Jobs) counts[j]++;
        for (int j = 0; j < counts.Length; j++) _withJob[j] = new int[counts[j]];
        Array.Clear(counts);
        foreach (int c in _order)
        {
            foreach (int j in _columns.JobsOf(c))
            {
                _masks[(c * _width) + (j >> 6)] |= 1UL << j;
                _withJob[j][counts[j]++] = c;
            }
        }
    }

    private void NotePlan()
    {
        Array.Clear(_isInPlan);
        var dearest = new List<double>();
        for (int place = 0; place < _plan.Length; place++)
        {
            if (_plan[place] < 0) continue;
            _isInPlan[_plan[place]] = true;
            foreach (int j in _columns.JobsOf(_plan[place])) _owner[j] = place;
            dearest.Add(Math.Max(0, _prices.ReducedCostOf(_plan[place])));
        }

        _slack = dearest.OrderDescending().Take(RoutesInSlack).Sum();
    }

    private Span<ulong> MaskOf(int column) => _masks.AsSpan(column * _width, _width);

    private static void Add(Span<ulong> to, ReadOnlySpan<ulong> mask)
    {
        for (int w = 0; w < to.Length; w++) to[w] |= mask[w];
    }

    private static void Remove(Span<ulong> from, ReadOnlySpan<ulong> mask)
    {
        for (int w = 0; w < from.Length; w++) from[w] &= ~mask[w];
    }
}
