namespace Logistics.Forecasting.Dwell;

/// <summary>How many compartments of a size will be free, at a chosen certainty: what a planner may promise.</summary>
public static class FreeCompartments
{
    /// <summary>Largest number n such that at least n compartments are free with the given probability.</summary>
    /// <param name="usable">Compartments of the size in service.</param>
    /// <param name="stillThere">For each parcel there now: its chance of being there at the hour, see <see cref="DwellCurve.StillThere"/>.</param>
    /// <param name="expectedDeposits">Parcels expected to be deposited before the hour and still there at it; Poisson mean ≥ 0.</param>
    /// <param name="certainty">In (0, 1); 0.9 promises what holds nine times in ten.</param>
    /// <remarks>Exact: the distribution of the occupied count is the Poisson–binomial of the present parcels convolved with the Poisson of the coming ones. O(n²).</remarks>
    public static int Promise(int usable, ReadOnlySpan<double> stillThere, double expectedDeposits, double certainty)
    {
        if (usable <= 0) return 0;
        // Index n: probability that exactly n are occupied; what exceeds `usable` is gathered in the last cell.
        var occupied = new double[usable + 1];
        occupied[0] = 1;
        foreach (var chance in stillThere)
        {
            var p = Math.Clamp(chance, 0, 1);
            occupied[usable] += occupied[usable - 1] * p;
            for (var n = usable - 1; n > 0; n--) occupied[n] = occupied[n] * (1 - p) + occupied[n - 1] * p;
            occupied[0] *= 1 - p;
        }

        var total = AddPoisson(occupied, Math.Max(0, expectedDeposits));
        double cumulated = 0;
        for (var n = 0; n <= usable; n++)
        {
            cumulated += total[n];
            if (cumulated >= certainty - 1e-12) return usable - n;
        }

        return 0;
    }

    /// <summary>Expected number still there at an hour of deposits spread evenly over the hours before it.</summary>
    /// <param name="deposits">Parcels deposited in the span.</param>
    /// <param name="spanHours">Length of the span that ends at the hour.</param>
    public static double ExpectedRemaining(DwellCurve curve, double deposits, double spanHours)
    {
        if (spanHours <= 0) return deposits;
        const int steps = 24;
        double share = 0;
        for (var i = 0; i < steps; i++) share += curve[(i + 0.5) * spanHours / steps];
        return deposits * share / steps;
    }

    private static double[] AddPoisson(double[] occupied, double mean)
    {
        var last = occupied.Length - 1;
        var total = new double[occupied.Length];
        var probability = Math.Exp(-mean);
        for (var k = 0; k <= last; k++)
        {
            for (var n = 0; n + k < last; n++) total[n + k] += occupied[n] * probability;
            probability *= mean / (k + 1);
        }

        double below = 0;
        for (var n = 0; n < last; n++) below += total[n];
        total[last] = Math.Max(0, 1 - below);
        return total;
    }
}
