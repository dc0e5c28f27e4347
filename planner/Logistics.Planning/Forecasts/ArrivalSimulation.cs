using Logistics.Domain;
using Logistics.Forecasting.Dwell;

namespace Logistics.Planning.Forecasts;

/// <summary>A parcel no plan holds: it arrives at a terminal by another way, such as a late order.</summary>
public sealed record LateParcel(string TerminalId, SizeClass Size, DateTimeOffset At);

/// <param name="Deposits">Parcels the plan brings to terminals with boxes.</param>
/// <param name="FullPerDay">Parcels that find no box when the courier comes, mean over the simulated days.</param>
/// <param name="DaysWithAny">Share of simulated days with at least one.</param>
public sealed record ArrivalOutcome(int Deposits, double FullPerDay, double DaysWithAny);

/// <summary>Plays a plan against lockers whose parcels leave at random by the dwell curve, and counts what finds them full. Deterministic by seed.</summary>
public static class ArrivalSimulation
{
    /// <param name="compartments">Boxes at the moment of planning.</param>
    /// <param name="now">The moment of planning.</param>
    /// <param name="late">Parcels that come besides the plan, into the same boxes.</param>
    public static ArrivalOutcome Run(
        DayPlan plan, IReadOnlyList<Compartment> compartments, ServiceArea area, DwellModel dwell, DateTimeOffset now, IReadOnlyList<LateParcel> late, int days, int seed)
    {
        var arrivals = plan.Routes.SelectMany(r => r.Trips).SelectMany(t => t.Stops).Where(s => s.TerminalId is not null)
            .SelectMany(s => s.Tasks.Where(t => t.CompartmentSize is not null).Select(t => new Arrival(s.TerminalId!, t.CompartmentSize!.Value, (s.ServiceStart - now).TotalHours, IsPlanned: true)))
            .Concat(late.Select(l => new Arrival(l.TerminalId, l.Size, (l.At - now).TotalHours, IsPlanned: false)))
            .ToLookup(a => a.TerminalId, StringComparer.Ordinal);
        var weekday = area.DayOf(now).AddDays(-1).DayOfWeek;
        var today = area.DayOf(now).DayOfWeek;
        var lockers = compartments.Where(c => c.Service == CompartmentService.InService).GroupBy(c => c.TerminalId, StringComparer.Ordinal)
            .Select(g => new Locker([.. g], [.. arrivals[g.Key].OrderBy(a => a.Hour).ThenBy(a => a.Size)], dwell[g.Key, weekday], dwell[g.Key, today], now)).Where(l => l.Arrivals.Length > 0).ToList();
        var random = new Random(seed);
        int full = 0, bad = 0;
        for (var day = 0; day < days; day++)
        {
            var missed = lockers.Sum(l => l.PlayDay(random));
            full += missed;
            if (missed > 0) bad++;
        }

        return new ArrivalOutcome(lockers.Sum(l => l.Arrivals.Count(a => a.IsPlanned)), (double)full / days, (double)bad / days);
    }

    private sealed record Arrival(string TerminalId, SizeClass Size, double Hour, bool IsPlanned);

    private sealed class Locker(Compartment[] boxes, Arrival[] arrivals, DwellCurve before, DwellCurve after, DateTimeOffset now)
    {
        private readonly double[] _freeAt = new double[boxes.Length];

        public Arrival[] Arrivals => arrivals;

        /// <summary>Parcels of the plan that found no box in one simulated day.</summary>
        public int PlayDay(Random random)
        {
            for (var i = 0; i < boxes.Length; i++)
            {
                var isTaken = boxes[i].Use is CompartmentUse.Occupied or CompartmentUse.Overdue;
                _freeAt[i] = isTaken ? Stay(before, Math.Max(0, (now - (boxes[i].Since ?? now)).TotalHours), random.NextDouble()) : 0;
            }

            var full = 0;
            foreach (var arrival in arrivals)
            {
                var box = SmallestFree(arrival);
                if (box >= 0) _freeAt[box] = arrival.Hour + Stay(after, 0, random.NextDouble());
                else if (arrival.IsPlanned) full++;
            }

            return full;
        }

        private int SmallestFree(Arrival arrival)
        {
            var best = -1;
            for (var i = 0; i < boxes.Length; i++)
                if (_freeAt[i] <= arrival.Hour && boxes[i].Size >= arrival.Size && (best < 0 || boxes[i].Size < boxes[best].Size)) best = i;
            return best;
        }

        // Hours until a parcel of this age is collected, for a uniform draw: where its survival crosses it.
        private static double Stay(DwellCurve curve, double ageHours, double draw)
        {
            const int longest = 400;
            double low = 0, high = longest;
            if (curve.StillThere(ageHours, longest) > draw) return longest;
            for (var i = 0; i < 16; i++)
            {
                var middle = (low + high) / 2;
                if (curve.StillThere(ageHours, middle) > draw) low = middle;
                else high = middle;
            }

            return high;
        }
    }
}
