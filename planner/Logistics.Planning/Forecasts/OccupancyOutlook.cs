using Logistics.Forecasting.Dwell;

namespace Logistics.Planning.Forecasts;

/// <param name="HoursAhead">Hours from now.</param>
/// <param name="Mean">Parcels expected to want a place then; may exceed what there is.</param>
/// <param name="P90">Not exceeded nine times in ten.</param>
public sealed record OccupancyHour(int HoursAhead, double Mean, double P90);

/// <summary>Foresees how full a terminal gets over the next days. Pure.</summary>
public static class OccupancyOutlook
{
    // Couriers deposit over the working day, evenly enough for an hour's resolution.
    private const int DepositFrom = 9;
    private const int DepositUntil = 18;
    private const double Normal90 = 1.2815515655446004;

    /// <param name="curve">How long parcels lie here.</param>
    /// <param name="agesHours">Age of each parcel there now.</param>
    /// <param name="deposits">Forecast deposits by day: element 0 is today's remainder, spread over what is left of the deposit hours.</param>
    /// <param name="hourNow">Local hour of the day, 0 ≤ hour &lt; 24.</param>
    /// <returns>One entry for each hour 1 … <paramref name="hours"/> ahead.</returns>
    /// <remarks>Mean and variance are exact for independent stays; the quantile takes their sum as normal. O(hours · (parcels + deposit hours)).</remarks>
    public static IReadOnlyList<OccupancyHour> Project(DwellCurve curve, IReadOnlyList<double> agesHours, IReadOnlyList<(double P50, double P90)> deposits, double hourNow, int hours)
    {
        var slots = Slots(deposits, hourNow, hours);
        var result = new OccupancyHour[hours];
        for (var h = 1; h <= hours; h++)
        {
            double mean = 0, variance = 0;
            foreach (var age in agesHours)
            {
                var stays = curve.StillThere(age, h);
                mean += stays;
                variance += stays * (1 - stays);
            }

            // A day's forecast error hits all its slots together, so it is summed before it is squared.
            var byDay = new double[deposits.Count];
            foreach (var (at, day, parcels, spread) in slots)
            {
                if (at >= h) continue;
                var stays = curve[h - at];
                mean += parcels * stays;
                variance += parcels * stays;
                byDay[day] += spread * stays;
            }

            variance += byDay.Sum(s => s * s);
            result[h - 1] = new OccupancyHour(h, mean, mean + Normal90 * Math.Sqrt(variance));
        }

        return result;
    }

    private static List<(double At, int Day, double Parcels, double Spread)> Slots(IReadOnlyList<(double P50, double P90)> deposits, double hourNow, int hours)
    {
        var slots = new List<(double, int, double, double)>();
        for (var day = 0; day < deposits.Count; day++)
        {
            var from = Math.Max(DepositFrom, day == 0 ? (int)Math.Ceiling(hourNow) : 0);
            if (from >= DepositUntil) continue;
            var share = 1.0 / (DepositUntil - from);
            var spread = Math.Max(0, deposits[day].P90 - deposits[day].P50) / Normal90;
            for (var hour = from; hour < DepositUntil; hour++)
            {
                var at = day * 24 + hour - hourNow;
                if (at < hours) slots.Add((at, day, deposits[day].P50 * share, spread * share));
            }
        }

        return slots;
    }
}
