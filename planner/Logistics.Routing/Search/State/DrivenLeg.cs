using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>A leg as it is driven at a certain time: when it leaves, when it arrives, how far it is.</summary>
internal readonly record struct DrivenLeg(int Leave, int Arrival, int Distance)
{
    private const long Parts = 1_000_000_000;
    private const int RoundingSlack = 2;
    private const int Never = -1;

    /// <summary>Drives a leg ready to leave at <paramref name="ready"/>; false when there is no way. Rules: <see cref="TimeBands"/>, <see cref="LegClosures"/>.</summary>
    public static bool TryDrive(Legs legs, int from, int to, int ready, out DrivenLeg leg)
    {
        leg = new DrivenLeg(ready, ready, 0);
        if (from == to || from == legs.Nowhere || to == legs.Nowhere) return true;
        if (!legs.IsTimeDependent)
        {
            leg = new DrivenLeg(ready, ready + legs.Duration(from, to), legs.Distance(from, to));
            return !legs.HasBlocked || !legs.IsBlocked(from, to);
        }

        return legs.Raw is { } raw ? TryDrive(legs.Source, raw, raw.CellOf(from, to), ready, out leg) : TryDriveAnywhere(legs, from, to, ready, out leg);
    }

    /// <summary>The usual case, by reading arrays: a leg of a matrix that is never closed and does not meet the border of a band.</summary>
    private static bool TryDrive(TravelProfile travel, RawLegs raw, int cell, int ready, out DrivenLeg leg)
    {
        int distance = raw.Distances[cell], duration = raw.Durations[cell];
        if (distance < Legs.Blocked && duration < Legs.Blocked && !raw.MayBeClosed(cell))
        {
            long arrival = raw.Arrive(cell, ready, duration);
            if (arrival < 0) arrival = Arrive(travel, cell, ready, duration);
            leg = new DrivenLeg(ready, (int)Math.Min(arrival, int.MaxValue), distance);
            return arrival <= CompiledProblem.Horizon;
        }

        return TryDriveClosed(travel, cell, ready, distance, duration, out leg);
    }

    private static bool TryDriveAnywhere(Legs legs, int from, int to, int ready, out DrivenLeg leg)
    {
        leg = new DrivenLeg(ready, ready, 0);
        int cell = legs.Source.LegIndex(from, to);
        return cell >= 0 && TryDriveClosed(legs.Source, cell, ready, legs.Source.Distance(from, to), legs.Source.Duration(from, to), out leg);
    }

    private static bool TryDriveClosed(TravelProfile travel, int cell, int ready, int distance, int duration, out DrivenLeg leg)
    {
        leg = new DrivenLeg(ready, ready, 0);
        bool isOpen = distance < Legs.Blocked && duration < Legs.Blocked;
        bool hasStraight = isOpen && TryStraight(travel, cell, ready, distance, duration, out leg);
        if (hasStraight && leg.Leave == ready) return true;
        if (travel.Closures is not { DetourDistance: { } distances, DetourDuration: { } durations } closures || closures.SetOfLeg[cell] == 0) return hasStraight;
        if (distances[cell] == TravelProfile.Unreachable || durations[cell] == TravelProfile.Unreachable) return hasStraight;
        long round = Arrive(travel, cell, ready, durations[cell]);
        if (round > CompiledProblem.Horizon || (hasStraight && round >= leg.Arrival)) return hasStraight;
        leg = new DrivenLeg(ready, (int)round, distances[cell]);
        return true;
    }

    /// <summary>A bound on the latest second to leave and still arrive by <paramref name="until"/>: never too early, by rounding a second or two too late.</summary>
    public static int LatestLeave(Legs legs, int from, int to, int until)
    {
        if (from == to || from == legs.Nowhere || to == legs.Nowhere) return until;
        if (!legs.IsTimeDependent) return until - legs.Duration(from, to);
        var travel = legs.Source;
        int cell, duration;
        if (legs.Raw is { } raw)
        {
            cell = raw.CellOf(from, to);
            duration = raw.Durations[cell];
            if (duration < Legs.Blocked && !raw.MayBeClosed(cell) && raw.LastLeave(cell, until, duration) is >= 0 and var leave) return leave;
        }
        else
        {
            cell = travel.LegIndex(from, to);
            if (cell < 0) return until - Legs.Blocked;
            duration = travel.Duration(from, to);
        }

        if (travel.Bands is not { } bands || (travel.Closures is { } closures && closures.SetOfLeg[cell] > 0)) return until - legs.Duration(from, to);
        return duration >= Legs.Blocked ? until - Legs.Blocked : GuessLeave(bands, cell, duration, until);
    }

    /// <summary>The latest second to leave and still arrive by <paramref name="until"/>; negative when there is none.</summary>
    public static int LastLeave(Legs legs, int from, int to, int until)
    {
        if (from == to || from == legs.Nowhere || to == legs.Nowhere) return until;
        if (!legs.IsTimeDependent) return until - legs.Duration(from, to);
        var travel = legs.Source;
        int cell = travel.LegIndex(from, to);
        if (cell < 0) return Never;
        int duration = travel.Duration(from, to);
        if (travel.Closures is { } closures && closures.SetOfLeg[cell] is var set && set > 0) return LastLeaveClosed(legs, from, to, cell, closures.Sets[set - 1], duration, until);
        if (legs.Raw is { } raw && duration < Legs.Blocked && raw.LastLeave(cell, until, duration) is >= 0 and var leave) return leave;
        return LastLeaveOpen(travel, cell, duration, until);
    }

    /// <summary>Straight on before what is closed, or round it.</summary>
    private static int LastLeaveClosed(Legs legs, int from, int to, int cell, ClosedInterval[] closed, int duration, int until)
    {
        var travel = legs.Source;
        int straight = LastLeaveOpen(travel, cell, duration, until);
        for (int c = closed.Length - 1; c >= 0 && straight >= 0; c--)
        {
            if (duration > 0 && straight < closed[c].Until && Arrive(travel, cell, straight, duration) > closed[c].From) straight = LastLeaveOpen(travel, cell, duration, closed[c].From);
        }

        if (travel.Closures!.DetourDuration is not { } detours) return straight;
        int round = LastLeaveOpen(travel, cell, detours[cell], until);
        // Whoever finds the straight way open takes it, even where it is the longer one.
        return round > straight && TryDrive(legs, from, to, round, out var leg) && leg.Arrival <= until ? round : straight;
    }

    private static int LastLeaveOpen(TravelProfile travel, int cell, int duration, int until)
    {
        if (duration >= Legs.Blocked) return Never;
        if (travel.Bands is not { } bands) return until - duration;
        int leave = GuessLeave(bands, cell, duration, until);
        while (leave >= 0 && Arrive(travel, cell, leave, duration) > until) leave--;
        return leave;
    }

    /// <summary>The latest second to leave, or one or two more.</summary>
    private static int GuessLeave(TimeBands bands, int cell, int duration, int until)
    {
        var factors = bands.FactorPermille[bands.LegClass is { } classes ? classes[cell] : 0];
        int band = 0;
        while (band < bands.FromSeconds.Length && bands.FromSeconds[band] < until) band++;
        double now = until, left = duration / 1000.0;
        for (; band > 0 && left * factors[band] > now - bands.FromSeconds[band - 1]; band--)
        {
            left -= (now - bands.FromSeconds[band - 1]) / factors[band];
            now = bands.FromSeconds[band - 1];
        }

        return Math.Min(until, (int)Math.Floor(now - (left * factors[band])) + RoundingSlack);
    }

    private static bool TryStraight(TravelProfile travel, int cell, int ready, int distance, int duration, out DrivenLeg leg)
    {
        int leave = ready;
        long arrival = Arrive(travel, cell, leave, duration);
        if (travel.Closures is { } closures && closures.SetOfLeg[cell] is var set && set > 0)
        {
            foreach (var closed in closures.Sets[set - 1])
            {
                // A leg of no length meets nothing.
                if (arrival == leave || closed.From >= arrival || leave >= closed.Until) continue;
                leave = closed.Until;
                arrival = Arrive(travel, cell, leave, duration);
            }
        }

        leg = new DrivenLeg(leave, (int)Math.Min(arrival, int.MaxValue), distance);
        return arrival <= CompiledProblem.Horizon;
    }

    /// <summary>When a leg that leaves at <paramref name="leave"/> arrives, bands considered and closures not.</summary>
    public static long Arrive(TravelProfile travel, int cell, int leave, int duration)
    {
        if (travel.Bands is not { } bands || duration == 0) return (long)leave + duration;
        var factors = bands.FactorPermille[bands.LegClass is { } classes ? classes[cell] : 0];
        int band = 0;
        while (band < bands.FromSeconds.Length && bands.FromSeconds[band] <= leave) band++;
        long now = leave, left = Parts;
        while (true)
        {
            long whole = (((long)duration * factors[band]) + 999) / 1000;
            long needed = left == Parts ? whole : whole < 1 << 30 ? ((left * whole) + Parts - 1) / Parts : (long)((((Int128)left * whole) + Parts - 1) / Parts);
            if (band == bands.FromSeconds.Length || now + needed <= bands.FromSeconds[band]) return now + needed;
            left -= (bands.FromSeconds[band] - now) * Parts / whole;
            now = bands.FromSeconds[band++];
        }
    }
}
