using Logistics.Routing.Model;

namespace Logistics.Routing.Search.State;

/// <summary>When a leg whose travel depends on the time begins to behave differently.</summary>
/// <remarks>
/// Between two changes the arrival is linear in the departure, up to rounding in a band: a route's cheapest start is at one of them. They are: leaving or arriving meets a band's
/// border, arriving meets a closure's beginning, leaving meets its end, or waiting it out becomes as good as the detour.
/// </remarks>
internal static class LegEvents
{
    private const long None = long.MaxValue;

    /// <summary>The least positive number of seconds by which leaving later makes a change; <see cref="long.MaxValue"/> when there is none.</summary>
    public static long FindNext(TravelProfile travel, int from, int to, in DrivenLeg leg)
    {
        if (from == to || from >= travel.PlaceCount || to >= travel.PlaceCount) return None;
        int cell = travel.LegIndex(from, to);
        if (cell < 0) return None;
        long next = None;
        if (travel.Bands is { } bands) MeetBorders(bands, cell, leg, ref next);
        if (travel.Closures is { } closures && closures.SetOfLeg[cell] is var set && set > 0)
        {
            int duration = travel.Duration(from, to);
            foreach (var closed in closures.Sets[set - 1])
            {
                Offer((long)closed.From - leg.Arrival, ref next);
                Offer(closed.From - leg.Arrival + 1L, ref next);
                Offer((long)closed.Until - leg.Leave, ref next);
                if (duration < Compiled.Legs.Blocked) Offer(DrivenLeg.Arrive(travel, cell, closed.Until, duration) - leg.Arrival, ref next);
            }
        }

        return next;
    }

    private static void MeetBorders(TimeBands bands, int cell, in DrivenLeg leg, ref long next)
    {
        var factors = bands.FactorPermille[bands.LegClass is { } classes ? classes[cell] : 0];
        int left = BandOf(bands, leg.Leave), reached = BandOf(bands, leg.Arrival);
        foreach (int border in bands.FromSeconds)
        {
            Offer((long)border - leg.Leave, ref next);
            if (border < leg.Arrival) continue;
            // Leaving a second later arrives later by the ratio of the two bands.
            long shift = (border - (long)leg.Arrival) * factors[left] / Math.Max(1, factors[reached]);
            Offer(shift, ref next);
            Offer(shift + 1, ref next);
        }
    }

    private static int BandOf(TimeBands bands, int second)
    {
        int band = 0;
        while (band < bands.FromSeconds.Length && bands.FromSeconds[band] <= second) band++;
        return band;
    }

    private static void Offer(long shift, ref long next)
    {
        if (shift > 0 && shift < next) next = shift;
    }
}
