using Logistics.Web.Orders;

namespace Logistics.Web.Imports;

/// <summary>Cells that were merged in a spreadsheet come as one value above empty ones; these mean the one above.</summary>
/// <remarks>Only for what a whole group shares, its day or its hub, never for a recipient: a parcel must not go to its neighbour because a cell was forgotten. Immutable.</remarks>
internal sealed class MergedCells
{
    private const int FewestRows = 3;
    private static readonly string[] Shared = [OrderColumns.Day, OrderColumns.From, OrderColumns.Until, OrderColumns.Window, OrderColumns.Release, OrderColumns.Partner, OrderColumns.Hub, OrderColumns.District];

    private readonly Dictionary<string, Dictionary<int, string>> _values = new(StringComparer.Ordinal);

    public MergedCells(IReadOnlyList<ImportRow> rows)
    {
        foreach (var column in Shared)
        {
            if (Find(rows, column) is { } values) _values[column] = values;
        }
    }

    /// <summary>Columns that have such cells.</summary>
    public IEnumerable<string> Columns => _values.Keys;

    /// <summary>Puts the values above into the empty cells of a row.</summary>
    public void Fill(int rowNumber, Dictionary<string, string> fields)
    {
        foreach (var (column, values) in _values)
        {
            if (values.TryGetValue(rowNumber, out var value)) fields[column] = value;
        }
    }

    /// <summary>Value by row for the empty cells; null unless the column looks merged: the first cell is filled, half of the rest is not, and no value stands twice in a row.</summary>
    private static Dictionary<int, string>? Find(IReadOnlyList<ImportRow> rows, string column)
    {
        var cells = rows.Select(r => FieldText.Clean(r.Fields.GetValueOrDefault(column))).ToList();
        var empty = cells.Count(c => c is null);
        if (rows.Count < FewestRows || cells[0] is null || 2 * empty < rows.Count) return null;
        if (cells.Zip(cells.Skip(1)).Any(p => p.First is not null && p.First == p.Second)) return null;
        var values = new Dictionary<int, string>(empty);
        var above = "";
        foreach (var (row, cell) in rows.Zip(cells))
        {
            if (cell is null) values[row.Number] = above;
            else above = cell;
        }
        return values;
    }
}
