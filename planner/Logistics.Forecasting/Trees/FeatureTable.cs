namespace Logistics.Forecasting.Trees;

/// <summary>A column of a feature table. A categorical column holds non-negative whole numbers that name classes.</summary>
/// <param name="Meaning">How networks scale it; trees need not know.</param>
public sealed record FeatureColumn(string Name, bool IsCategorical = false, ColumnMeaning Meaning = ColumnMeaning.Ratio);

/// <summary>What the numbers of a column are.</summary>
public enum ColumnMeaning
{
    /// <summary>A multiple of the series' level, ≥ 0.</summary>
    Ratio,

    /// <summary>A number whose differences mean the same everywhere.</summary>
    Plain,

    /// <summary>Days to or since something, signed or not: near ones matter, far ones hardly differ.</summary>
    Distance,

    /// <summary>Day of the month, 1 to 31: its turn matters, as do the days near it.</summary>
    MonthDay,

    /// <summary>Day of the year; with one or two years of history it names single days, which networks would learn by heart.</summary>
    YearDay,
}

/// <summary>A growing table of feature rows, row-major; NaN is "missing".</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class FeatureTable(IReadOnlyList<FeatureColumn> columns)
{
    private float[] _values = [];

    public IReadOnlyList<FeatureColumn> Columns { get; } = columns;

    public int Width => Columns.Count;

    public int Rows { get; private set; }

    /// <summary>All rows, row-major, <c>Rows × Width</c> values.</summary>
    public ReadOnlySpan<float> Values => _values.AsSpan(0, Rows * Width);

    public ReadOnlySpan<float> Row(int row) => _values.AsSpan(row * Width, Width);

    /// <summary>Adds a row and returns it for filling; its content is unspecified until filled.</summary>
    public Span<float> AddRow()
    {
        var needed = checked((Rows + 1) * Width);
        if (needed > _values.Length)
            Array.Resize(ref _values, Math.Max(needed, (int)Math.Min((long)_values.Length * 2, Array.MaxLength)));
        return _values.AsSpan(Rows++ * Width, Width);
    }

    /// <summary>Reserves room, so that adding rows does not copy.</summary>
    public void Reserve(int rows)
    {
        var needed = checked(rows * Width);
        if (needed > _values.Length) Array.Resize(ref _values, needed);
    }

    /// <summary>Forgets every row and keeps the room.</summary>
    public void Clear() => Rows = 0;
}
