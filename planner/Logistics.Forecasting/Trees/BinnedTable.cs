namespace Logistics.Forecasting.Trees;

/// <summary>A feature table as bytes, column by column, ready for histograms.</summary>
public sealed class BinnedTable
{
    private readonly byte[][] _columns;

    private BinnedTable(FeatureBinner[] binners, byte[][] columns, int rows)
    {
        Binners = binners;
        _columns = columns;
        Rows = rows;
    }

    public IReadOnlyList<FeatureBinner> Binners { get; }

    public int Rows { get; }

    public int Width => _columns.Length;

    /// <summary>Bins of one feature, by row.</summary>
    public byte[] Column(int feature) => _columns[feature];

    /// <summary>Learns bins from the table and applies them.</summary>
    public static BinnedTable Fit(FeatureTable table)
    {
        var binners = new FeatureBinner[table.Width];
        for (var f = 0; f < binners.Length; f++) binners[f] = FeatureBinner.Fit(table, f);
        return Apply(table, binners);
    }

    /// <summary>Applies bins learned elsewhere, e.g. to validation rows.</summary>
    public static BinnedTable Apply(FeatureTable table, IReadOnlyList<FeatureBinner> binners)
    {
        var columns = new byte[table.Width][];
        for (var f = 0; f < columns.Length; f++) columns[f] = new byte[table.Rows];
        for (var row = 0; row < table.Rows; row++)
        {
            var values = table.Row(row);
            for (var f = 0; f < columns.Length; f++) columns[f][row] = binners[f].Bin(values[f]);
        }

        return new BinnedTable([.. binners], columns, table.Rows);
    }
}
