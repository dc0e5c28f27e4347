using Logistics.Routing.Model;

namespace Logistics.Planning.Days;

/// <summary>When a vehicle that leaves now arrives, under hours and closures; for first plans, which the search and the checker time again.</summary>
internal static class LegClock
{
    private const long Parts = 1_000_000_000;

    /// <summary>Arrival second, or −1 when there is no way.</summary>
    public static int Arrive(TravelProfile travel, int from, int to, int leave)
    {
        if (from == to) return leave;
        var duration = travel.Duration(from, to);
        if (duration == TravelProfile.Unreachable) return -1;
        var leg = travel.LegIndex(from, to);
        if (travel.Closures is not { } closures || closures.SetOfLeg[leg] is 0) return Drive(travel.Bands, leg, duration, leave);

        var set = closures.Sets[closures.SetOfLeg[leg] - 1];
        int start = leave, arrival = Drive(travel.Bands, leg, duration, start);
        foreach (var closed in set)
        {
            if (closed.Until <= start || closed.From >= arrival) continue;
            start = closed.Until;
            arrival = Drive(travel.Bands, leg, duration, start);
        }

        var round = closures.DetourDuration?[leg] ?? TravelProfile.Unreachable;
        return start == leave || round == TravelProfile.Unreachable ? arrival : Math.Min(arrival, Drive(travel.Bands, leg, round, leave));
    }

    private static int Drive(TimeBands? bands, int leg, int duration, int leave)
    {
        if (bands is null) return leave + duration;
        var factors = bands.FactorPermille[bands.LegClass?[leg] ?? 0];
        var band = 0;
        while (band < bands.FromSeconds.Length && bands.FromSeconds[band] <= leave) band++;
        long left = Parts, now = leave;
        while (true)
        {
            var whole = ((long)duration * factors[band] + 999) / 1000;
            var needed = ((left * whole) + Parts - 1) / Parts;
            if (band == bands.FromSeconds.Length || now + needed <= bands.FromSeconds[band]) return (int)(now + needed);
            left -= (bands.FromSeconds[band] - now) * Parts / whole;
            now = bands.FromSeconds[band++];
        }
    }
}
