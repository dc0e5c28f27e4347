namespace Logistics.Routing.Search;

/// <summary>How much of the allowed time and iterations is spent.</summary>
/// <remarks>The clock is read every few iterations only. Without a clock the search depends on nothing but its seed.</remarks>
internal sealed class Budget(SearchOptions options, CancellationToken cancellation)
{
    private const int Stride = 64;

    public long Iterations { get; private set; }

    /// <summary>Part spent, in [0, 1]; the larger of time and iterations.</summary>
    public double Spent { get; private set; }
    public double Seconds { get; private set; }
    public bool IsCancelled { get; private set; }

    /// <summary>True when <see cref="Spent"/> was just brought up to date.</summary>
    public bool IsFresh { get; private set; }

    public bool IsOver => Iterations >= options.MaxIterations || Spent >= 1 || IsCancelled;

    public void Refresh()
    {
        IsFresh = true;
        IsCancelled = cancellation.IsCancellationRequested;
        double byCount = options.MaxIterations == long.MaxValue ? 0 : (double)Iterations / Math.Max(1, options.MaxIterations);
        double byTime = 0;
        if (options.ElapsedSeconds is { } clock)
        {
            Seconds = clock();
            if (!double.IsPositiveInfinity(options.MaxSeconds)) byTime = Seconds / Math.Max(1e-9, options.MaxSeconds);
        }

        Spent = Math.Max(byCount, byTime);
    }

    /// <summary>Counts iterations that were made elsewhere.</summary>
    public void Add(long iterations)
    {
        Iterations += iterations;
        Refresh();
    }

    public void Count()
    {
        Iterations++;
        IsFresh = false;
        if (Iterations % Stride == 0) Refresh();
    }
}
