using Logistics.Routing.Model;

namespace Logistics.Routing.Tests.Oracle;

/// <summary>A third writing of the leg rule, second by second where the others compute, so that a shared mistake cannot hide.</summary>
internal static class OracleLegs
{
    /// <summary>Leaving, arrival and metres of the leg, or null when there is no way.</summary>
    public static (int Leaves, int Arrives, int Metres)? Drive(TravelProfile travel, int from, int to, int ready)
    {
        if (from == to) return (ready, ready, 0);
        int leg = (from * travel.PlaceCount) + to;
        var closed = travel.Closures is { } closures && closures.SetOfLeg[leg] > 0 ? closures.Sets[closures.SetOfLeg[leg] - 1] : [];
        (int Leaves, int Arrives, int Metres)? straight = null;
        if (travel.Duration(from, to) != TravelProfile.Unreachable && travel.Distance(from, to) != TravelProfile.Unreachable)
        {
            for (int leave = ready; straight is null; leave++)
            {
                int arrive = Arrive(travel, leg, leave, travel.Duration(from, to));
                if (!Array.Exists(closed, c => Math.Max(c.From, leave) < Math.Min(c.Until, arrive))) straight = (leave, arrive, travel.Distance(from, to));
            }
        }

        if (closed.Length == 0 || travel.Closures!.DetourDuration is not { } detours || detours[leg] == TravelProfile.Unreachable) return straight;
        var round = (ready, Arrive(travel, leg, ready, detours[leg]), travel.Closures.DetourDistance![leg]);
        return straight is null || round.Item2 < straight.Value.Arrives ? round : straight;
    }

    private static int Arrive(TravelProfile travel, int leg, int leave, int seconds)
    {
        if (travel.Bands is not { } bands) return leave + seconds;
        int[] factors = bands.FactorPermille[bands.LegClass?[leg] ?? 0];
        const long Whole = 1_000_000_000;
        long parts = Whole, now = leave;
        for (int b = 0; b < factors.Length; b++)
        {
            long end = b < bands.FromSeconds.Length ? bands.FromSeconds[b] : long.MaxValue;
            if (now >= end) continue;
            long full = (long)Math.Ceiling(seconds * factors[b] / 1000m), needed = (long)Math.Ceiling((decimal)parts * full / Whole);
            if (needed <= end - now) return (int)(now + needed);
            parts -= (end - now) * Whole / full;
            now = end;
        }

        throw new InvalidOperationException("The last band never ends.");
    }
}
