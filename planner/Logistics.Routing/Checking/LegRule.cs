using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>A driven leg: when it really leaves, when it arrives and how far it is. Driving seconds are <c>Arrives − Leaves</c>.</summary>
internal readonly record struct DrivenLeg(int Leaves, int Arrives, int Distance, bool IsDetour);

/// <summary>The leg rule of <see cref="TimeBands"/> and <see cref="LegClosures"/>, written plainly from its documentation.</summary>
internal static class LegRule
{
    private const long Whole = 1_000_000_000;

    /// <summary>Drives from one place to another; null when there is no way. A leg from a place to itself is no leg at all.</summary>
    public static DrivenLeg? Drive(TravelProfile travel, int from, int to, int ready)
    {
        if (from == to) return new DrivenLeg(ready, ready, 0, IsDetour: false);
        int distance = travel.Distance(from, to), seconds = travel.Duration(from, to);
        var straight = IsPassable(distance, seconds) ? DriveWhenOpen(travel, from, to, ready, distance, seconds) : null;
        if (straight is { } now && now.Leaves == ready) return straight;
        var detour = DriveRound(travel, from, to, ready);
        if (straight is null) return detour;
        // Ties wait: the straight way is preferred when it arrives no later.
        return detour is { } round && round.Arrives < straight.Value.Arrives ? detour : straight;
    }

    private static bool IsPassable(int distance, int seconds) => distance != TravelProfile.Unreachable && seconds != TravelProfile.Unreachable;

    private static DrivenLeg? DriveWhenOpen(TravelProfile travel, int from, int to, int ready, int distance, int seconds)
    {
        int leave = ready;
        foreach (var closed in ListClosed(travel, from, to))
        {
            if (ArriveAt(travel, from, to, leave, seconds) is not { } arrive) return null;
            if (leave < arrive && closed.From < arrive && leave < closed.Until) leave = closed.Until;
        }
        return ArriveAt(travel, from, to, leave, seconds) is { } end ? new DrivenLeg(leave, end, distance, IsDetour: false) : null;
    }

    private static ClosedInterval[] ListClosed(TravelProfile travel, int from, int to)
    {
        if (travel.Closures is not { } closures) return [];
        int leg = travel.LegIndex(from, to), set = leg < 0 ? 0 : closures.SetOfLeg[leg];
        return set == 0 ? [] : closures.Sets[set - 1];
    }

    private static DrivenLeg? DriveRound(TravelProfile travel, int from, int to, int ready)
    {
        if (travel.Closures is not { DetourDistance: { } distances, DetourDuration: { } durations } closures) return null;
        int leg = travel.LegIndex(from, to);
        if (leg < 0 || closures.SetOfLeg[leg] == 0 || !IsPassable(distances[leg], durations[leg])) return null;
        return ArriveAt(travel, from, to, ready, durations[leg]) is { } end ? new DrivenLeg(ready, end, distances[leg], IsDetour: true) : null;
    }

    /// <summary>Arrival under congestion; null when it lies beyond what an int can hold.</summary>
    private static int? ArriveAt(TravelProfile travel, int from, int to, int leave, int seconds)
    {
        if (travel.Bands is not { } bands || seconds == 0) return Narrow((long)leave + seconds);
        var factors = bands.FactorPermille[bands.LegClass is { } classes ? classes[travel.LegIndex(from, to)] : 0];
        int band = 0;
        while (band < bands.FromSeconds.Length && bands.FromSeconds[band] <= leave) band++;

        long now = leave, left = Whole;
        for (; ; band++)
        {
            long whole = (((long)seconds * factors[band]) + 999) / 1000;
            long needed = (long)((((Int128)left * whole) + (Whole - 1)) / Whole);
            if (band == bands.FromSeconds.Length || now + needed <= bands.FromSeconds[band]) return Narrow(now + needed);
            left -= (bands.FromSeconds[band] - now) * Whole / whole;
            now = bands.FromSeconds[band];
        }
    }

    private static int? Narrow(long time) => time <= int.MaxValue ? (int)time : null;
}
