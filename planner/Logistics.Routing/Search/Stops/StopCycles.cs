namespace Logistics.Routing.Search.Stops;

/// <summary>When whole stops are moved and when single jobs are: in turn, so that each stop is made up anew again and again.</summary>
internal sealed class StopCycles
{
    // The first plan leaves out what single jobs soon fill in.
    private const double First = 0.03;
    private const double StopShare = 0.92;

    // Joining stops takes a tenth of a second where there are thousands of jobs.
    private const double SecondsPerCycle = 2;
    private const long IterationsPerCycle = 2_000;
    private const int MostCycles = 3;

    // Most of each cycle goes into the relaxation: many short ones find hardly anything. In a few seconds single jobs have more to mend.
    private const double RelaxedPart = 0.7;
    private const double RelaxedPartOfFew = 0.48;

    // In less, joining stops and finding their neighbours takes longer than the search that would follow, and a plan that was promised in two seconds comes late.
    private const double LeastSeconds = 3;

    private readonly int _cycles;

    public StopCycles(SearchOptions options)
    {
        double most = Math.Min(options.MaxSeconds / SecondsPerCycle, options.MaxIterations / (double)IterationsPerCycle);
        _cycles = options.MaxSeconds < LeastSeconds ? 0 : (int)Math.Clamp(most, 1, MostCycles);
    }

    /// <summary>Part of the budget for the relaxation in each cycle.</summary>
    public double RelaxedShare => (_cycles < MostCycles ? RelaxedPartOfFew : RelaxedPart) / Math.Max(1, _cycles);

    /// <summary>False when the budget is too short for stops.</summary>
    public bool HasTime => _cycles > 0;

    /// <param name="spent">Part of the budget that is spent.</param>
    public bool IsAtStops(double spent)
    {
        if (!HasTime || spent < First || spent >= 1) return false;
        double cycle = (spent - First) / (1 - First) * _cycles;
        return cycle - Math.Floor(cycle) < StopShare;
    }
}
