namespace Logistics.Routing.Search.Classic.Pool;

/// <summary>Prices of jobs under which few routes of a pool are worth their cost: the dual of choosing routes that serve every job once.</summary>
/// <remarks>
/// Subgradient ascent on the Lagrangian with a deflected direction (Held and Karp 1971; Caprara, Fischetti and Toth 1999, §3). Routes that no solution below the upper bound
/// can hold – bound + reduced cost reaches it – are dropped on the way, so that late passes are cheap.
/// </remarks>
internal sealed class JobPrices
{
    private const int Patience = 12;
    private const double LeastStep = 0.004;
    private const double Deflection = 0.3;

    private readonly PoolColumns _columns;
    private readonly long _upper;
    private readonly double[] _reduced;
    private readonly double[] _price;
    private readonly double[] _best;
    private readonly double[] _direction;
    private int[] _active;
    private int _activeCount;

    /// <param name="upper">Cost to stay below; whole, so that a solution of interest costs at most one less.</param>
    /// <param name="start">Prices to begin with, one a job.</param>
    public JobPrices(PoolColumns columns, long upper, double[] start)
    {
        (_columns, _upper) = (columns, upper);
        _price = (double[])start.Clone();
        _best = (double[])start.Clone();
        _direction = new double[columns.JobCount];
        _reduced = new double[columns.Count];
        _active = new int[columns.Count];
        for (int c = 0; c < columns.Count; c++) _active[c] = c;
        _activeCount = columns.Count;
    }

    /// <summary>No selection of routes costs less.</summary>
    public double Bound { get; private set; } = double.NegativeInfinity;

    /// <summary>Routes that may still be in a selection below the upper bound.</summary>
    public ReadOnlySpan<int> Active => _active.AsSpan(0, _activeCount);

    /// <summary>Cost of a route without the prices of its jobs; valid for active routes after <see cref="Run"/>.</summary>
    public double ReducedCostOf(int column) => _reduced[column];

    /// <summary>Work done, in jobs looked at.</summary>
    public long Work { get; private set; }

    /// <summary>False when no selection can be below the upper bound.</summary>
    public bool Run(long maxWork)
    {
        var step = 1.0;
        int patience = Patience;
        var cover = new int[_columns.JobCount];
        while (step > LeastStep && Work < maxWork)
        {
            double bound = Price(cover);
            if (bound > Bound + 1e-9)
            {
                if (bound > Bound + (0.002 * (_upper - bound))) patience = Patience;
                Bound = bound;
                _price.CopyTo(_best, 0);
                if (Bound > _upper - 1 + 1e-6) return false;
                Drop(bound);
            }
            else if (--patience <= 0)
            {
                patience = Patience;
                step /= 2;
                _best.CopyTo(_price, 0);
                Array.Clear(_direction);
                Price(cover);
            }

            if (!TryStep(cover, step)) break;
        }

        _best.CopyTo(_price, 0);
        Drop(Price(cover));
        return true;
    }

    private double Price(int[] cover)
    {
        double bound = 0;
        foreach (double p in _price) bound += p;
        Array.Clear(cover);
        foreach (int c in Active)
        {
            double reduced = _columns.Cost[c];
            var jobs = _columns.JobsOf(c);
            foreach (int j in jobs) reduced -= _price[j];
            _reduced[c] = reduced;
            Work += jobs.Length;
            if (reduced >= 0) continue;
            bound += reduced;
            foreach (int j in jobs) cover[j]++;
        }

        return bound;
    }

    private bool TryStep(int[] cover, double step)
    {
        double square = 0;
        for (int j = 0; j < cover.Length; j++)
        {
            _direction[j] = (Deflection * _direction[j]) + (1 - cover[j]);
            square += _direction[j] * _direction[j];
        }

        if (square < 1e-9) return false;
        double length = step * (_upper - Bound) / square;
        for (int j = 0; j < cover.Length; j++) _price[j] += length * _direction[j];
        return true;
    }

    private void Drop(double bound)
    {
        int kept = 0;
        for (int i = 0; i < _activeCount; i++)
        {
            int c = _active[i];
            if (bound + Math.Max(0, _reduced[c]) <= _upper - 1 + 1e-6) _active[kept++] = c;
        }

        _activeCount = kept;
    }
}
