namespace Logistics.Routing.Search.Classic.Pool;

/// <summary>Climbs a smooth concave function.</summary>
/// <remarks>L-BFGS (Liu and Nocedal 1989) with steps shortened until they gain enough (Armijo 1966). Owned by one thread; nothing is allocated by a run.</remarks>
internal sealed class Ascent
{
    private const int Remembered = 12;

    // A step gains at least this part of what the slope promises.
    private const double LeastPromise = 1e-4;
    private const double ShortestStep = 1e-6;

    // Part of the value below which a step ends the climb.
    private const double LeastGain = 1e-7;

    // Slopes and curvatures below this are rounding.
    private const double Flat = 1e-18;

    private readonly double[][] _steps;
    private readonly double[][] _changes;
    private readonly double[] _curvature = new double[Remembered];
    private readonly double[] _weight = new double[Remembered];
    private readonly double[] _direction;
    private readonly double[] _next;
    private double[] _gradient;
    private double[] _nextGradient;
    private int _count;

    /// <param name="size">Number of variables.</param>
    public Ascent(int size)
    {
        _steps = NewRows(size);
        _changes = NewRows(size);
        (_direction, _next, _gradient, _nextGradient) = (new double[size], new double[size], new double[size], new double[size]);
    }

    /// <summary>Moves a point uphill.</summary>
    /// <param name="at">Where to start, and afterwards the highest point found.</param>
    /// <param name="value">The function: takes a point, fills the gradient there, returns the value.</param>
    /// <param name="mostChange">The most by which a step may change a variable.</param>
    /// <param name="isOver">Asked before each step.</param>
    public void Run(double[] at, Func<double[], double[], double> value, int mostSteps, double mostChange, Func<bool> isOver)
    {
        _count = 0;
        double now = value(at, _gradient);
        for (int step = 0; step < mostSteps && !isOver(); step++)
        {
            Direct();
            double slope = Dot(_direction, _gradient), length = Math.Min(1, mostChange / Math.Max(Flat, FindLargest(_direction))), next;
            if (slope < Flat) return;
            double shortest = ShortestStep * length;
            while (true)
            {
                at.CopyTo(_next, 0);
                Add(_next, length, _direction);
                next = value(_next, _nextGradient);
                if (next >= now + (LeastPromise * length * slope) || length < shortest) break;
                length /= 3;
            }

            if (next <= now) return;
            Remember(at);
            _next.CopyTo(at, 0);
            (_gradient, _nextGradient) = (_nextGradient, _gradient);
            if (next - now < LeastGain * Math.Abs(now)) return;
            now = next;
        }
    }

    private void Remember(double[] at)
    {
        int slot = _count % Remembered;
        for (int i = 0; i < at.Length; i++)
        {
            _steps[slot][i] = _next[i] - at[i];
            // Gradients fall along a step uphill: the other way round curvatures are positive.
            _changes[slot][i] = _gradient[i] - _nextGradient[i];
        }

        // A straight stretch says nothing of the curve, and the row is written over by the next step.
        _curvature[slot] = Dot(_steps[slot], _changes[slot]);
        if (_curvature[slot] > Flat) _count++;
    }

    /// <summary>The two loops of the method, newest step first and oldest first.</summary>
    private void Direct()
    {
        _gradient.CopyTo(_direction, 0);
        int known = Math.Min(_count, Remembered);
        for (int k = 0; k < known; k++)
        {
            int slot = (_count - 1 - k) % Remembered;
            _weight[slot] = Dot(_steps[slot], _direction) / _curvature[slot];
            Add(_direction, -_weight[slot], _changes[slot]);
        }

        int newest = (_count - 1 + Remembered) % Remembered;
        // The first step is as long as it may be.
        double scale = known == 0 ? 1 / Flat : _curvature[newest] / Dot(_changes[newest], _changes[newest]);
        for (int i = 0; i < _direction.Length; i++) _direction[i] *= scale;
        for (int k = known - 1; k >= 0; k--)
        {
            int slot = (_count - 1 - k) % Remembered;
            Add(_direction, _weight[slot] - (Dot(_changes[slot], _direction) / _curvature[slot]), _steps[slot]);
        }
    }

    private static double[][] NewRows(int size)
    {
        var rows = new double[Remembered][];
        for (int i = 0; i < rows.Length; i++) rows[i] = new double[size];
        return rows;
    }

    private static double FindLargest(double[] of)
    {
        double largest = 0;
        foreach (double x in of) largest = Math.Max(largest, Math.Abs(x));
        return largest;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static void Add(double[] to, double factor, double[] what)
    {
        for (int i = 0; i < to.Length; i++) to[i] += factor * what[i];
    }
}
