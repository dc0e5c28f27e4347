using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Features;

/// <summary>Daily volume of the groups of one grouping against the level its members had at an origin.</summary>
/// <remarks>
/// Both sides of a ratio count the same members – those with four weeks of history at the origin – so that a series joining the panel
/// does not look like growth. Immutable; thread-safe.
/// </remarks>
internal sealed class GroupLevels
{
    private const int MatureAge = 28;

    private readonly int[] _membership;
    private readonly float[][] _level;
    private readonly float[][][] _volume;
    private readonly float[][] _week;

    /// <param name="maxHorizon">Largest distance of a day from an origin, in days.</param>
    public GroupLevels(SeriesWindows[] windows, int[] membership, int days, int maxHorizon)
    {
        _membership = membership;
        var groups = membership.Length == 0 ? 0 : membership.Max() + 1;
        _level = NewTable(groups, days);
        _volume = new float[maxHorizon + 1][][];
        for (var h = 0; h <= maxHorizon; h++) _volume[h] = NewTable(groups, days);
        for (var s = 0; s < windows.Length; s++)
        {
            var w = windows[s];
            var group = membership[s];
            var first = w.Series.FirstDay + MatureAge - 1;
            for (var day = first; day < days; day++) _level[group][day] += (float)w.Scale(day);
            for (var h = 0; h <= maxHorizon; h++)
            {
                var volume = _volume[h][group];
                for (var day = first + h; day < days; day++) volume[day] += (float)w.Series[day];
            }
        }

        _week = NewTable(groups, days);
        for (var g = 0; g < groups; g++)
            for (var day = 0; day < days; day++)
            {
                float sum = 0;
                for (var i = 0; i < 7; i++) sum += day - i >= 0 && _level[g][day - i] > 0 ? _volume[0][g][day - i] / _level[g][day - i] : float.NaN;
                _week[g][day] = sum / 7;
            }
    }

    /// <summary>Mean of the daily <see cref="Ratio"/> over the week that ends at the origin, each day against its own level; NaN if unknown.</summary>
    public double WeekRatio(int series, int origin) => origin < 0 ? double.NaN : _week[_membership[series]][origin];

    /// <summary>Volume on a day over the level at an origin at most maxHorizon days before it; NaN if unknown.</summary>
    public double Ratio(int series, int origin, int day)
    {
        if (origin < 0 || day < origin || day - origin >= _volume.Length) return double.NaN;
        var group = _membership[series];
        var level = _level[group][origin];
        return level > 0 ? _volume[day - origin][group][day] / level : double.NaN;
    }

    private static float[][] NewTable(int groups, int days)
    {
        var table = new float[groups][];
        for (var g = 0; g < groups; g++) table[g] = new float[days];
        return table;
    }
}
