namespace Logistics.Routing.Search.Classic;

/// <summary>Cuts the budget into cycles of annealing: a small problem gains more from several than from one that goes on when nothing moves any more.</summary>
/// <remarks>
/// The first cycles start afresh from a melted plan, so that they end in different valleys; the others go on from the best at a middle temperature. How many there are
/// follows from how many iterations the budget allows a job; one where it allows few. Fresh cycles take turns at how dear another vehicle is while hot: which number of vehicles is
/// cheapest in the end nobody knows before. The others go on with what the best was found with.
/// </remarks>
/// <param name="island">Islands side by side begin their turns differently.</param>
/// <param name="isFreeFirst">Begin without pressure: where one cycle is all there is, more vehicles are mostly right.</param>
/// <param name="isMixed">Alternatives or trips: more to settle, so that a cycle needs twice as long.</param>
/// <param name="isSettledHot">The shape of a plan is settled while hot, however long that lasts: many short fresh cycles, then what is left for the best of them.</param>
internal sealed class AnnealingCycles(int jobs, int island = 0, bool isFreeFirst = false, bool isMixed = false, bool isSettledHot = false)
{
    /// <summary>Iterations a job that make a cycle worth its start: what many short ones find apart, the pool puts together.</summary>
    public const int IterationsPerJob = 1_600;

    /// <summary>The same for one that goes on from the best of the short ones.</summary>
    public const int IterationsPerJobOfLong = 4_500;

    /// <summary>The same for a fresh cycle where the shape of a plan is settled while hot.</summary>
    public const int IterationsPerJobOfShort = 900;

    private const int MaxCycles = 40;

    // Part of cycles of one length that are fresh, and of the budget that goes into short ones.
    private const double FreshPart = 0.65;
    private const double ShortPart = 0.6;

    // The best of fewer short ones is no better than what one long cycle finds.
    private const int FewestShort = 4;

    // More would be over before their number is known.
    private const int MostShort = 14;

    // Places on the way from the highest to the lowest temperature. On a logarithmic scale of 1.05 to 0.03 legs: ten legs and a third of a leg.
    private const double Melted = -0.65;
    private const double Reheated = 0.34;
    private const double MeltPart = 0.02;

    // The first iterations run on cold code and say little about how many there will be.
    private const double WarmFrom = 0.02;

    // Parts of the most pressure in fresh cycles, one after the other.
    private static readonly double[] Pressures = [1, 0.25, 0];

    private double _warmSpent;
    private long _warmIterations;
    private double _bestPressure = isFreeFirst ? 0 : 1;

    // Fresh cycles, and the part of the budget at whose end the last of them ends.
    private int _fresh = 1;
    private double _freshEnd = 1;

    /// <summary>Number of cycles; 0 until it is known.</summary>
    public int Count { get; private set; }

    /// <summary>Cycle under way, in [0, <see cref="Count"/>).</summary>
    public int Current { get; private set; }

    /// <summary>True in cycles that owe nothing to the best plan.</summary>
    public bool IsFresh => Current < _fresh;

    /// <summary>How dear another vehicle is in this cycle, as part of the most.</summary>
    public double Pressure => IsFresh ? Pressures[isFreeFirst ? Pressures.Length - 1 - Turn : Turn] : _bestPressure;

    private int Turn => (Current + island) % Pressures.Length;

    /// <summary>Notes that the current cycle has found a new best plan.</summary>
    public void NoteBest() => _bestPressure = Pressure;

    /// <summary>True when a new cycle has just begun.</summary>
    /// <param name="spent">Part of the budget that is spent, in [0, 1].</param>
    public bool Update(double spent, long iterations)
    {
        if (Count == 0 && !Foretell(spent, iterations)) return false;
        int now = Math.Min(Count - 1, (int)FindPlace(spent));
        if (now == Current) return false;
        Current = now;
        return true;
    }

    /// <summary>How far the current cycle has cooled: 1 at its end, below 0 while the plan is melted.</summary>
    public double FindCooled(double spent)
    {
        if (Count <= 1) return spent;
        double part = Math.Clamp(FindPlace(spent) - Current, 0, 1);
        if (!IsFresh) return Reheated + ((1 - Reheated) * part);
        return Current > 0 && part < MeltPart ? Melted : part;
    }

    /// <summary>Cycles done after a part of the budget, the current one in part.</summary>
    private double FindPlace(double spent) => spent < _freshEnd ? spent / _freshEnd * _fresh : _fresh + ((spent - _freshEnd) / Math.Max(1e-9, 1 - _freshEnd) * (Count - _fresh));

    private bool Foretell(double spent, long iterations)
    {
        if (spent < WarmFrom) return false;
        if (_warmIterations == 0) (_warmSpent, _warmIterations) = (spent, iterations);
        if (spent < _warmSpent + WarmFrom) return false;
        double left = (iterations - _warmIterations) / (spent - _warmSpent) * (1 - spent), perJob = (iterations + left) / jobs / (isMixed ? 2 : 1);
        if (isSettledHot) Divide(Math.Min(MostShort, CountOf(perJob * ShortPart / IterationsPerJobOfShort)), perJob);
        else
        {
            Count = CountOf(perJob / IterationsPerJob);
            _fresh = (int)Math.Ceiling(FreshPart * Count);
            _freshEnd = (double)_fresh / Count;
        }

        return true;
    }

    private void Divide(int fresh, double perJob)
    {
        if (fresh < FewestShort)
        {
            Count = 1;
            return;
        }

        (_fresh, _freshEnd) = (fresh, ShortPart);
        Count = fresh + CountOf(perJob * (1 - ShortPart) / IterationsPerJobOfLong);
    }

    private static int CountOf(double cycles) => Math.Clamp((int)Math.Round(cycles), 1, MaxCycles);
}
