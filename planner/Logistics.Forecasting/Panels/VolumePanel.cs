namespace Logistics.Forecasting.Panels;

/// <summary>Daily series over one stretch of days. Day 0 is <see cref="FirstDate"/>. Immutable once built; thread-safe.</summary>
public sealed class VolumePanel
{
    private readonly Dictionary<string, int> _indexById;

    public VolumePanel(DateOnly firstDate, int days, IReadOnlyList<VolumeSeries> series)
    {
        FirstDate = firstDate;
        AreCounts = series.All(s => s.Values.All(double.IsInteger));
        Days = days;
        Series = series;
        _indexById = new Dictionary<string, int>(series.Count, StringComparer.Ordinal);
        for (var i = 0; i < series.Count; i++)
        {
            if (series[i].EndDay != days || series[i].FirstDay < 0 || series[i].Values.Length == 0)
                throw new ArgumentException($"Series '{series[i].Id}' covers days [{series[i].FirstDay}, {series[i].EndDay}), which must end at {days}.", nameof(series));
            if (!_indexById.TryAdd(series[i].Id, i))
                throw new ArgumentException($"Series '{series[i].Id}' appears twice.", nameof(series));
        }
    }

    public DateOnly FirstDate { get; }

    /// <summary>Number of days, the last one included.</summary>
    public int Days { get; }

    /// <summary>Whether all volumes are whole numbers.</summary>
    public bool AreCounts { get; }

    public DateOnly LastDate => FirstDate.AddDays(Days - 1);

    public IReadOnlyList<VolumeSeries> Series { get; }

    /// <summary>Volume of all series together on each of the first days.</summary>
    public double[] SumByDay(int days)
    {
        var total = new double[days];
        foreach (var series in Series)
            for (var day = series.FirstDay; day < days; day++) total[day] += series[day];
        return total;
    }

    public DateOnly DateOf(int day) => FirstDate.AddDays(day);

    public int DayOf(DateOnly date) => date.DayNumber - FirstDate.DayNumber;

    /// <summary>Position of a series, or null when the panel does not hold it.</summary>
    public int? FindSeries(string id) => _indexById.TryGetValue(id, out var index) ? index : null;
}
