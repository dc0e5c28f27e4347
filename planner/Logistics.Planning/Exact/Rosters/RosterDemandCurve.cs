namespace Logistics.Planning.Exact.Rosters;

/// <summary>A day's parcels: those that came, or those expected.</summary>
/// <param name="Day">Day of the roster.</param>
/// <param name="ForecastP90">Volume that is not exceeded nine times in ten; null where no forecast exists.</param>
/// <param name="History">Volumes of comparable days (same weekday), used where no forecast exists.</param>
/// <param name="Came">Volume of a day that is over; null while it is to come.</param>
public sealed record RosterDayVolume(int Day, double? ForecastP90, IReadOnlyList<double> History, double? Came = null);

/// <summary>Share of a day's parcels delivered in a period.</summary>
/// <param name="StartMinute">Start of the period.</param>
/// <param name="EndMinute">End of the period.</param>
/// <param name="Share">At least 0; the shares of a day need not sum to 1 exactly, they are scaled.</param>
public sealed record RosterPeriodShare(int StartMinute, int EndMinute, double Share);

/// <summary>Turns expected parcels into couriers needed.</summary>
public static class RosterDemandCurve
{
    /// <summary>One demand per day and period: enough couriers for the day's parcels (<see cref="Parcels"/>).</summary>
    /// <param name="volumes">Volume of each day; a day without forecast and history needs nobody.</param>
    /// <param name="profile">How a day spreads over its periods.</param>
    /// <param name="parcelsPerCourierHour">What one courier delivers in an hour; positive.</param>
    public static IReadOnlyList<RosterDemand> From(IEnumerable<RosterDayVolume> volumes, IReadOnlyList<RosterPeriodShare> profile, double parcelsPerCourierHour)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parcelsPerCourierHour);
        var total = profile.Sum(p => p.Share);
        if (total <= 0) throw new ArgumentException("The shares of the day's periods must be positive in sum.", nameof(profile));
        return [.. from day in volumes
                   let parcels = Parcels(day)
                   from period in profile
                   let perHour = parcels * period.Share / total / ((period.EndMinute - period.StartMinute) / 60.0)
                   select new RosterDemand(day.Day, period.StartMinute, period.EndMinute, (int)Math.Ceiling((perHour / parcelsPerCourierHour) - 1e-9))];
    }

    /// <summary>Parcels that a day is staffed for: those that came, else the forecast's P90, else the 90th percentile of its history.</summary>
    public static double Parcels(RosterDayVolume volume) => volume.Came ?? volume.ForecastP90 ?? Percentile(volume.History, 0.9);

    /// <summary>Percentile with linear interpolation between the ordered values; 0 for none.</summary>
    internal static double Percentile(IReadOnlyList<double> values, double share)
    {
        if (values.Count == 0) return 0;
        var ordered = values.Order().ToArray();
        var at = share * (ordered.Length - 1);
        var below = (int)Math.Floor(at);
        return below + 1 == ordered.Length ? ordered[below] : ordered[below] + ((at - below) * (ordered[below + 1] - ordered[below]));
    }
}
