using System.Globalization;
using Logistics.Web.Orders;

namespace Logistics.Web.Imports;

/// <summary>Something about a file that was concluded rather than read; shown above the preview, where it can be changed.</summary>
/// <param name="Field">Column it is about.</param>
/// <param name="Rule">unit.assumed (value: the unit), date.dayFirst or date.monthFirst (value: a cell), datum.header (value: the datum), column.unused and cells.merged (value: the header), rows.aside and rows.repeated (value: row numbers), or sheet.taken (value: its name).</param>
public sealed record ImportNote(string Field, string Rule, string Value);

/// <summary>What holds for a whole file and cannot be told from one cell: units, the order of day and month, the datum, values given for all rows.</summary>
/// <remarks>Rows are completed with it, so that each means the same on its own, in quarantine. Immutable.</remarks>
internal sealed class FileHabits
{
    private const int RowsShown = 5;
    private static readonly string[] TimeColumns = [OrderColumns.Day, OrderColumns.From, OrderColumns.Until, OrderColumns.Window, OrderColumns.Release];
    private static readonly (string Word, int Days)[] NamedDays = [("今天", 0), ("今日", 0), ("明天", 1), ("明日", 1), ("后天", 2), ("today", 0), ("tomorrow", 1)];
    private static readonly string[] MeasuredColumns = [OrderColumns.Weight, OrderColumns.Volume, OrderColumns.Dimensions];

    private readonly Dictionary<string, string> _fixedValues = new(StringComparer.Ordinal);
    private readonly List<ImportNote> _notes = [];
    private readonly bool? _isDayFirst;
    private readonly MergedCells _merged;
    private readonly DateOnly _today;
    private readonly string _sidesUnit;

    /// <param name="asides">Lines that are no orders.</param>
    /// <param name="partner">Code of the partner chosen for the file.</param>
    /// <param name="today">What 今天 meant when the file came.</param>
    public FileHabits(Upload upload, IReadOnlyList<ImportRow> rows, IReadOnlyList<ImportRow> asides, string? partner, DateOnly today)
    {
        (_today, _merged) = (today, new MergedCells(rows));
        _notes.AddRange(upload.Concluded);
        foreach (var column in _merged.Columns) _notes.Add(new ImportNote(column, "cells.merged", upload.Mapping[column]!));
        if (asides.Count > 0) _notes.Add(new ImportNote(OrderColumns.Waybill, "rows.aside", Listed(asides.Select(a => a.Number).ToList())));
        if (partner is not null) _fixedValues[OrderColumns.Partner] = partner;
        foreach (var (column, value) in upload.Mapping)
        {
            if (FixedValue(value, upload.Headers) is { } text) _fixedValues[column] = text;
        }
        AddDatum(upload);
        _sidesUnit = upload.Mapping.GetValueOrDefault(OrderColumns.Length) is { } side ? HeaderUnits.UnitOf(side) ?? "" : "";
        if (RepeatedRows(rows) is { Count: > 0 } repeated) _notes.Add(new ImportNote(OrderColumns.Waybill, "rows.repeated", Listed(repeated)));
        foreach (var column in MeasuredColumns) AddUnit(column, upload, rows);
        _isDayFirst = FindDateOrder(rows);
    }

    /// <summary>Unit of each measured column whose numbers have none of their own.</summary>
    public Dictionary<string, string> Units { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<ImportNote> Notes => _notes;

    /// <summary>The text of a mapping "=text", which gives all rows that value; null for a header.</summary>
    public static string? FixedValue(string? mapped, IReadOnlyList<string> headers) => mapped is ['=', ..] && !headers.Contains(mapped, StringComparer.Ordinal) ? mapped[1..] : null;

    public Dictionary<string, string> Complete(ImportRow row)
    {
        var complete = new Dictionary<string, string>(row.Fields, StringComparer.Ordinal);
        _merged.Fill(row.Number, complete);
        JoinParts(complete);
        foreach (var (column, unit) in Units)
        {
            if (complete.TryGetValue(column, out var cell) && HasNoUnit(cell)) complete[column] = cell.TrimEnd() + unit;
        }
        if (_isDayFirst is { } isDayFirst)
        {
            foreach (var column in TimeColumns)
            {
                if (complete.TryGetValue(column, out var cell) && FieldText.Clean(cell) is { } text && TimeText.IsYearLast(text)) complete[column] = YearFirst(text, isDayFirst);
            }
        }
        foreach (var column in TimeColumns)
        {
            if (complete.TryGetValue(column, out var cell) && FieldText.Clean(cell) is { } text && FindNamedDay(text) is { } dated) complete[column] = dated;
        }
        foreach (var (column, value) in _fixedValues) complete.TryAdd(column, value);
        return complete;
    }

    /// <summary>Three sides become one cell, the rest of an address joins its beginning: an order has no fields for them.</summary>
    private void JoinParts(Dictionary<string, string> fields)
    {
        if (fields.Remove(OrderColumns.AddressDetail, out var detail) && !string.IsNullOrWhiteSpace(detail))
        {
            // 801 alone is nobody's address.
            var street = fields.GetValueOrDefault(OrderColumns.Address, "").Trim();
            if (street.Length > 0 && !street.Contains(detail.Trim(), StringComparison.Ordinal)) fields[OrderColumns.Address] = $"{street} {detail.Trim()}";
        }
        string?[] sides = [FieldText.Clean(Taken(OrderColumns.Length)), FieldText.Clean(Taken(OrderColumns.Width)), FieldText.Clean(Taken(OrderColumns.Height))];
        if (sides.Any(s => s is not null)) fields.TryAdd(OrderColumns.Dimensions, string.Join('*', sides.Select(s => s ?? "?")) + _sidesUnit);

        string? Taken(string column) => fields.Remove(column, out var cell) ? cell : null;
    }

    /// <summary>Rows whose waybill stood before with other contents: the last one counts.</summary>
    private static List<int> RepeatedRows(IReadOnlyList<ImportRow> rows)
    {
        var first = new Dictionary<string, ImportRow>(StringComparer.Ordinal);
        var repeated = new List<int>();
        foreach (var row in rows)
        {
            if (FieldText.Clean(row.Fields.GetValueOrDefault(OrderColumns.Waybill)) is not { } waybill || first.TryAdd(waybill, row)) continue;
            var before = first[waybill].Fields;
            if (before.Count != row.Fields.Count || before.Any(f => row.Fields.GetValueOrDefault(f.Key) != f.Value)) repeated.Add(row.Number);
        }
        return repeated;
    }

    private static string Listed(List<int> numbers) => string.Join(", ", numbers.Take(RowsShown)) + (numbers.Count > RowsShown ? ", …" : "");

    /// <summary>今天 14点前 with the date it meant, for tomorrow it would be another; null when it begins with none of these words.</summary>
    private string? FindNamedDay(string text)
    {
        foreach (var (word, days) in NamedDays)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase)) return string.Create(CultureInfo.InvariantCulture, $"{_today.AddDays(days):yyyy-MM-dd} {text[word.Length..].TrimStart(' ', ',')}").TrimEnd();
        }
        return null;
    }

    private void AddDatum(Upload upload)
    {
        if (upload.Mapping.GetValueOrDefault(OrderColumns.Datum) is not null) return;
        if (upload.Mapping.GetValueOrDefault(OrderColumns.Lon) is not { } header || HeaderUnits.DatumOf(header) is not { } datum) return;
        _fixedValues[OrderColumns.Datum] = datum;
        _notes.Add(new ImportNote(OrderColumns.Datum, "datum.header", datum));
    }

    /// <summary>The unit chosen, or named by the header; else, where no cell names one, what the amounts can only mean: nobody sends parcels of 2.5 grams.</summary>
    private void AddUnit(string column, Upload upload, IReadOnlyList<ImportRow> rows)
    {
        if (upload.Mapping.GetValueOrDefault(column) is not { } header || FixedValue(header, upload.Headers) is not null) return;
        if (upload.Units.GetValueOrDefault(column) is { } chosen)
        {
            Units[column] = chosen;
        }
        else if (HeaderUnits.UnitOf(header) is { } named)
        {
            Units[column] = named;
        }
        else if (column != OrderColumns.Dimensions && LikelyUnit(column, rows) is { } likely)
        {
            Units[column] = likely;
            _notes.Add(new ImportNote(column, "unit.assumed", likely));
        }
    }

    private static string? LikelyUnit(string column, IReadOnlyList<ImportRow> rows)
    {
        const double heaviest = 200, mostUncut = 60;
        var (most, isCut) = (0.0, false);
        foreach (var row in rows)
        {
            if (!row.Fields.TryGetValue(column, out var cell) || FieldText.Clean(cell) is not { } text || !FieldText.TryAmount(text, out var amount) || !double.IsFinite(amount)) continue;
            if (!HasNoUnit(text)) return null;
            most = Math.Max(most, amount);
            isCut |= amount != Math.Floor(amount);
        }
        if (most <= 0 || most >= heaviest || (!isCut && most > mostUncut)) return null;
        return column == OrderColumns.Weight ? "kg" : most < 1 ? "m3" : "l";
    }

    private static bool HasNoUnit(string cell) => char.IsDigit(cell.TrimEnd().LastOrDefault());

    /// <summary>3/4/2026 is read only where another date of the file, such as 3/15/2026, tells which number is the day; null when none or both orders occur.</summary>
    private bool? FindDateOrder(IReadOnlyList<ImportRow> rows)
    {
        (string Column, string Cell)? dayFirst = null, monthFirst = null;
        foreach (var row in rows)
        {
            foreach (var column in TimeColumns)
            {
                if (!row.Fields.TryGetValue(column, out var cell) || FieldText.Clean(cell) is not { } text || !TimeText.IsYearLast(text)) continue;
                var (first, second) = Numbers(text);
                if (first > 12) dayFirst ??= (column, text);
                if (second > 12) monthFirst ??= (column, text);
            }
        }
        if (dayFirst is null == monthFirst is null) return null;
        var (named, example) = (dayFirst ?? monthFirst)!.Value;
        _notes.Add(new ImportNote(named, dayFirst is null ? "date.monthFirst" : "date.dayFirst", example));
        return monthFirst is null;
    }

    private static (int First, int Second) Numbers(string yearLast)
    {
        var parts = yearLast.Split(' ', 2)[0].Split('/', '-', '.');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static string YearFirst(string text, bool isDayFirst)
    {
        var split = text.IndexOf(' ', StringComparison.Ordinal);
        var (date, rest) = split < 0 ? (text, "") : (text[..split], text[split..]);
        var (first, second) = Numbers(text);
        var year = date[(date.LastIndexOfAny(['/', '-', '.']) + 1)..];
        var (day, month) = isDayFirst ? (first, second) : (second, first);
        return string.Create(CultureInfo.InvariantCulture, $"{(year.Length == 2 ? "20" : "")}{year}-{month:00}-{day:00}{rest}");
    }
}
