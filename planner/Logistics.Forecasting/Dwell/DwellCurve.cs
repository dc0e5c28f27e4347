namespace Logistics.Forecasting.Dwell;

/// <summary>Share of parcels still in their compartment after each hour. Immutable; thread-safe.</summary>
public sealed class DwellCurve
{
    /// <summary>Hours a curve covers; parcels older than that leave at the last hourly rate.</summary>
    public const int Hours = 120;

    private readonly double[] _survival;

    internal DwellCurve(double[] survival, int parcels)
    {
        _survival = survival;
        Parcels = parcels;
    }

    /// <summary>Parcels the curve was measured on, before borrowing.</summary>
    public int Parcels { get; }

    /// <summary>Share still there after the hours, in (0, 1]; 1 at 0, never rising.</summary>
    public double this[double hours]
    {
        get
        {
            if (hours <= 0) return 1;
            if (hours >= Hours) return _survival[Hours] * Math.Pow(LastRate, hours - Hours);
            var whole = (int)hours;
            return _survival[whole] + (hours - whole) * (_survival[whole + 1] - _survival[whole]);
        }
    }

    /// <summary>Chance that a parcel of this age is still there after more hours, in [0, 1].</summary>
    public double StillThere(double ageHours, double moreHours)
    {
        var now = this[ageHours];
        return now > 0 ? Math.Clamp(this[ageHours + moreHours] / now, 0, 1) : 0;
    }

    private double LastRate => _survival[Hours - 24] > 0 ? Math.Pow(_survival[Hours] / _survival[Hours - 24], 1.0 / 24) : 0;
}
