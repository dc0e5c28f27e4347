namespace Logistics.Routing.Search.Classic.Pool;

/// <summary>Prices of jobs under which few routes of a pool are worth their cost: the dual of choosing routes that serve every job once.</summary>
/// <remarks>
/// The bound of the linear program has a corner for every route, and subgradients crawl along them. Smoothed – a route of reduced cost r counts −μ·log(1 + e^(−r/μ)) instead of min(0, r)
/// (Nesterov 2005, §4) – it is climbed by <see cref="Ascent"/> with smaller and smaller μ. Routes far from being worth their cost are not looked at on the way.
/// </remarks>
internal sealed class JobPrices
{
    private const int MostSteps = 80;

    // In μ: a route of so high a reduced cost counts for nothing; one of that much more will not come near while μ stays.
    private const double Negligible = 30;
    private const double Far = 60;

    // In average costs of a job: the most by which a step may change a price, and μ. The last leaves the bound about a tenth of a percent below the program's.
    private const double MostChange = 0.5;
    private static readonly double[] Smoothings = [0.1, 0.03, 0.01];

    private readonly PoolColumns _columns;
    private readonly double[] _price;
    private readonly double[] _reduced;
    private readonly int[] _near;
    private readonly double _averageCost;
    private int _nearCount;

    /// <param name="planCost">What the best plan known costs.</param>
    /// <param name="start">Prices to begin with, one a job.</param>
    public JobPrices(PoolColumns columns, long planCost, double[] start)
    {
        _columns = columns;
        _price = (double[])start.Clone();
        _reduced = new double[columns.Count];
        _near = new int[columns.Count];
        _averageCost = Math.Max(1, Math.Abs((double)planCost)) / columns.JobCount;
        Reduce();
    }

    /// <summary>No selection of routes costs less.</summary>
    public double Bound { get; private set; }

    /// <summary>Work done, in jobs looked at.</summary>
    public long Work { get; private set; }

    /// <summary>Cost of a route without the prices of its jobs.</summary>
    public double ReducedCostOf(int column) => _reduced[column];

    /// <summary>Looks for prices with a higher bound.</summary>
    public void Run(long maxWork)
    {
        var ascent = new Ascent(_price.Length);
        for (int i = 0; i < Smoothings.Length; i++)
        {
            double mu = Smoothings[i] * _averageCost;
            long workUntil = maxWork * (i + 1) / Smoothings.Length;
            ListNear(Far * mu);
            ascent.Run(_price, (price, gradient) => Value(price, gradient, mu), MostSteps, MostChange * _averageCost, () => Work > workUntil);
            Reduce();
        }
    }

    private void ListNear(double reducedBelow)
    {
        _nearCount = 0;
        for (int c = 0; c < _columns.Count; c++)
            if (_reduced[c] < reducedBelow) _near[_nearCount++] = c;
    }

    private void Reduce()
    {
        double bound = 0;
        foreach (double p in _price) bound += p;
        for (int c = 0; c < _columns.Count; c++)
        {
            double reduced = _columns.Cost[c];
            foreach (int j in _columns.JobsOf(c)) reduced -= _price[j];
            _reduced[c] = reduced;
            bound += Math.Min(0, reduced);
        }

        Bound = bound;
        Work += _columns.Jobs.Length;
    }

    /// <summary>The smoothed bound and how it changes with each price.</summary>
    private double Value(double[] price, double[] gradient, double mu)
    {
        double value = 0;
        foreach (double p in price) value += p;
        Array.Fill(gradient, 1);
        foreach (int c in _near.AsSpan(0, _nearCount))
        {
            var jobs = _columns.JobsOf(c);
            double worth = -_columns.Cost[c];
            foreach (int j in jobs) worth += price[j];
            Work += jobs.Length;
            double t = worth / mu;
            if (t < -Negligible) continue;
            double e = Math.Exp(-Math.Abs(t));
            value -= mu * (Math.Max(0, t) + Math.Log(1 + e));
            double share = (t > 0 ? 1 : e) / (1 + e);
            foreach (int j in jobs) gradient[j] -= share;
        }

        return value;
    }
}
