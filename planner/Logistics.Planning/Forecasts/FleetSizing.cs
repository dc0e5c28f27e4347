using Logistics.Domain;

namespace Logistics.Planning.Forecasts;

/// <summary>What vehicles of a class and shift did lately, from published or solved plans.</summary>
/// <param name="ParcelsPerVehicle">Parcels one vehicle serves in a shift of the kind, &gt; 0.</param>
public sealed record ShiftProductivity(string ShiftName, int StartMinute, int EndMinute, int Vehicles, double ParcelsPerVehicle);

/// <param name="Share">Share of the day's parcels this shift serves.</param>
/// <param name="Vehicles">Vehicles, each with a courier.</param>
/// <param name="Couriers">Couriers on duty; one rides each vehicle.</param>
/// <param name="Available">Active vehicles that have worked such shifts.</param>
public sealed record ShiftProposal(string ShiftName, int StartMinute, int EndMinute, double Share, double Parcels, int Vehicles, int Couriers, int Available);

/// <summary>A day's proposal.</summary>
/// <param name="Parcels">Parcels the fleet is sized for: no fewer than are ordered.</param>
/// <param name="P50">Expected parcels.</param>
/// <param name="P90">Parcels that nine days in ten do not exceed.</param>
/// <param name="Ordered">Parcels already known for the day.</param>
/// <param name="Capacity">Parcels the vehicles available serve.</param>
/// <param name="Confidence">Probability that they suffice.</param>
public sealed record FleetProposal(DateOnly Day, double P50, double P90, int Ordered, double Parcels, double Capacity, double Confidence, IReadOnlyList<ShiftProposal> Shifts);

/// <summary>Proposes vehicles and couriers by shift for forecast volumes. Pure.</summary>
public static class FleetSizing
{
    // A hundredth of a vehicle is a parcel or two: no reason to send another.
    private const double RoundingSlack = 0.01;

    /// <summary>The volume that is not exceeded with the service level's probability.</summary>
    /// <param name="serviceLevel">In [0.5, 0.99].</param>
    /// <remarks>P50 and P90 fix a lognormal: parcels peak upwards, never below zero.</remarks>
    public static double VolumeAt(double p50, double p90, double serviceLevel)
    {
        if (p50 <= 0) return serviceLevel >= 0.9 ? p90 : 0;
        return p50 * Math.Exp(Deviation(p50, p90) * NormalQuantile(serviceLevel));
    }

    /// <summary>Probability that no more than so many parcels come.</summary>
    public static double ConfidenceOf(double p50, double p90, double parcels)
    {
        if (p50 <= 0) return parcels >= p90 ? 1 : 0.5;
        if (parcels <= 0) return 0;
        return NormalShare(Math.Log(parcels / p50) / Math.Max(Deviation(p50, p90), 1e-6));
    }

    /// <param name="ordered">Parcels already known for the day: what is ordered comes, whatever was forecast.</param>
    /// <param name="shifts">Productivity by kind of shift; each keeps the share of the day it had.</param>
    public static FleetProposal Propose(DateOnly day, double p50, double p90, double serviceLevel, int ordered, IReadOnlyList<ShiftProductivity> shifts)
    {
        var parcels = Math.Max(VolumeAt(p50, p90, serviceLevel), ordered);
        var capacity = shifts.Sum(s => s.Vehicles * s.ParcelsPerVehicle);
        return new FleetProposal(day, p50, p90, ordered, parcels, capacity, capacity < ordered ? 0 : ConfidenceOf(p50, p90, capacity), [.. shifts.Select(s =>
        {
            var share = capacity > 0 ? s.Vehicles * s.ParcelsPerVehicle / capacity : 0;
            var vehicles = (int)Math.Ceiling(parcels * share / s.ParcelsPerVehicle - RoundingSlack);
            return new ShiftProposal(s.ShiftName, s.StartMinute, s.EndMinute, share, parcels * share, vehicles, vehicles, s.Vehicles);
        })]);
    }

    /// <summary>What each kind of shift does, from the day's shifts and a plan that used them.</summary>
    /// <param name="fallbackParcels">Parcels a vehicle serves where the plan says nothing.</param>
    public static IReadOnlyList<ShiftProductivity> Measure(ServiceArea area, IReadOnlyList<Shift> shifts, DayPlan? plan, double fallbackParcels)
    {
        var served = (plan?.Routes ?? []).GroupBy(r => r.ShiftId, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(r => r.Trips.Sum(t => t.Stops.Sum(s => s.Tasks.Count))), StringComparer.Ordinal);
        return [.. shifts.GroupBy(s => (Start: MinuteOf(area, s, s.Start), End: MinuteOf(area, s, s.End))).OrderBy(g => g.Key.Start).ThenBy(g => g.Key.End).Select(g =>
        {
            var used = g.Where(s => served.GetValueOrDefault(s.Id) > 0).ToList();
            var each = used.Count > 0 ? used.Average(s => (double)served[s.Id]) : fallbackParcels;
            return new ShiftProductivity($"{Text(g.Key.Start)}–{Text(g.Key.End)}", g.Key.Start, g.Key.End, g.Count(), Math.Max(each, 1));
        })];
    }

    private static int MinuteOf(ServiceArea area, Shift shift, DateTimeOffset at) => (int)Math.Round((at - area.InstantOf(shift.Day, 0)).TotalMinutes);

    private static string Text(int minute) => FormattableString.Invariant($"{minute / 60 % 24:00}:{minute % 60:00}");

    private static double Deviation(double p50, double p90)
    {
        const double normal90 = 1.2815515655446004;
        return Math.Log(Math.Max(p90, p50) / p50) / normal90;
    }

    // Abramowitz & Stegun 26.2.17; errs by less than 0.0000001.
    private static double NormalShare(double x)
    {
        var t = 1 / (1 + 0.2316419 * Math.Abs(x));
        var tail = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return x >= 0 ? 1 - tail : tail;
    }

    // Abramowitz & Stegun 26.2.23; errs by less than 0.00045.
    private static double NormalQuantile(double p)
    {
        var q = Math.Clamp(p, 0.5, 0.99);
        var t = Math.Sqrt(-2 * Math.Log(1 - q));
        return t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
    }
}
