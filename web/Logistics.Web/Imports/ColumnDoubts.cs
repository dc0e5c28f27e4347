using System.Globalization;
using Logistics.Domain;
using Logistics.Web.Orders;

namespace Logistics.Web.Imports;

/// <summary>Takes back guesses that the cells contradict: a column 商家 that names none of the network's partners, a 规格 that is no size of a box, a 仓库 of the partner's own.</summary>
internal static class ColumnDoubts
{
    public const string Rule = "column.unused";
    private const int RowsLooked = 200;

    /// <param name="rows">Read by the guess.</param>
    /// <param name="hasPartner">The file's partner is known; rows need not name one.</param>
    /// <returns>The guess without the columns none of whose cells can be read, and what was left out.</returns>
    public static (IReadOnlyDictionary<string, string?> Mapping, IReadOnlyList<ImportNote> Unused) Drop(IReadOnlyDictionary<string, string?> guess, IEnumerable<ImportRow> rows, NetworkSnapshot network, bool hasPartner)
    {
        List<(string Column, Func<string, bool> IsReadable)> doubtful =
        [
            (OrderColumns.Hub, t => network.FindHub(t) is not null),
            (OrderColumns.Size, t => FieldText.FindSize(t) is not null),
            (OrderColumns.Handling, t => FieldText.FindHandling(t) is not null),
            (OrderColumns.Priority, t => int.TryParse(t, CultureInfo.InvariantCulture, out _)),
        ];
        if (hasPartner) doubtful.Add((OrderColumns.Partner, t => network.FindPartner(t) is not null));
        var looked = rows.Take(RowsLooked).ToList();
        var mapping = new Dictionary<string, string?>(guess, StringComparer.Ordinal);
        var unused = new List<ImportNote>();
        foreach (var (column, isReadable) in doubtful)
        {
            if (guess.GetValueOrDefault(column) is not { } header) continue;
            var cells = looked.Select(r => FieldText.Clean(r.Fields.GetValueOrDefault(column))).OfType<string>().ToList();
            if (cells.Count == 0 || cells.Exists(c => isReadable(c))) continue;
            mapping[column] = null;
            if (column == OrderColumns.Size && guess.GetValueOrDefault(OrderColumns.Dimensions) is null && cells.TrueForAll(AreSides))
            {
                mapping[OrderColumns.Dimensions] = header;
                continue;
            }
            unused.Add(new ImportNote(column, Rule, header));
        }
        return (mapping, unused);
    }

    /// <summary>尺寸 30*20*10 is no size of a box, but the parcel's own.</summary>
    private static bool AreSides(string cell) => new FieldCells(new Dictionary<string, string>(StringComparer.Ordinal) { [OrderColumns.Dimensions] = cell }).VolumeOfDimensions(OrderColumns.Dimensions) is not null;
}
