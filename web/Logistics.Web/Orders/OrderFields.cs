using System.Globalization;
using Logistics.Domain;
using Logistics.Web.Hosting;
using Logistics.Web.Imports;

namespace Logistics.Web.Orders;

/// <summary>An order as flat text fields named like <see cref="OrderColumns"/>: a row of a file, or the quarantine's form.</summary>
/// <remarks>
/// Terminals are codes joined by ";", each with an optional window and preference: <c>T001@2026-11-22T01:00:00Z/2026-11-22T04:00:00Z=50</c>.
/// The door is 是/否, with the same optional parts.
/// </remarks>
public sealed class OrderFields(ServiceArea area, DateOnly defaultDay)
{
    /// <summary>Reads fields into a draft; what cannot be read is a problem, never a guess.</summary>
    /// <param name="partner">Code used where the fields name no partner.</param>
    public DraftReading Read(IReadOnlyDictionary<string, string> fields, string? partner = null)
    {
        var cells = new FieldCells(fields);
        var isWindowInDay = IsWindowInDay(cells);
        var day = isWindowInDay ? null : cells.ReadTime<DateOnly>(OrderColumns.Day, t => TimeText.TryDay(t, defaultDay, out var d) ? d : null, "a date such as 2026-11-22");
        var (from, until) = ReadPromise(cells, day, isWindowInDay);
        ReadPieces(cells);
        var (lon, lat) = ReadPlace(cells);
        var volume = cells.Volume(OrderColumns.Volume) ?? cells.VolumeOfDimensions(OrderColumns.Dimensions);
        var draft = new OrderDraft
        {
            Partner = cells.Text(OrderColumns.Partner) ?? partner,
            Waybill = cells.Text(OrderColumns.Waybill),
            Hub = cells.Text(OrderColumns.Hub),
            Epc = cells.Text(OrderColumns.Epc),
            Size = cells.Read<SizeClass>(OrderColumns.Size, FieldText.FindSize, "S, M, L or XL (小, 中, 大, 特大)") ?? SizeOf(volume, cells.Text(OrderColumns.Size)),
            WeightGrams = cells.Amount(OrderColumns.Weight),
            VolumeMillilitres = volume,
            Handling = cells.Read<HandlingClass>(OrderColumns.Handling, FieldText.FindHandling, "normal, fresh, valuable, fragile, oversize, drug or prohibited (普通, 生鲜, 贵重, 易碎, 超规, 药品, 禁寄)"),
            IsDamaged = cells.Boolean(OrderColumns.Damaged),
            Priority = cells.Read<int>(OrderColumns.Priority, t => int.TryParse(t, CultureInfo.InvariantCulture, out var n) ? n : null, "a whole number from 0 to 100"),
            ReleaseAt = cells.ReadTime<DateTimeOffset>(OrderColumns.Release, t => TimeText.TryInstant(t, day ?? defaultDay, area, out var at) ? at : null, "a date and time"),
            PromiseStart = from,
            PromiseEnd = until,
            RecipientName = cells.Raw(OrderColumns.Name),
            RecipientPhone = cells.Phone(OrderColumns.Phone),
            RecipientAddress = cells.Raw(OrderColumns.Address),
            District = cells.Text(OrderColumns.District),
            Lon = lon,
            Lat = lat,
            Datum = cells.Read<Datum>(OrderColumns.Datum, FieldText.FindDatum, "WGS84, GCJ02 or BD09"),
            HasTerminalConsent = cells.Boolean(OrderColumns.Consent),
            DesignatedTerminal = cells.Text(OrderColumns.Designated),
            HasSenderLockerAgreement = cells.Boolean(OrderColumns.Agreement),
        };
        return new DraftReading(draft with { Options = ReadOptions(cells, draft) }, cells.Problems, fields);
    }

    /// <summary>The fields that would be read back as this draft.</summary>
    public static Dictionary<string, string> Write(OrderDraft draft)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(OrderColumns.Partner, draft.Partner);
        Add(OrderColumns.Waybill, draft.Waybill);
        Add(OrderColumns.Hub, draft.Hub);
        Add(OrderColumns.Epc, draft.Epc);
        Add(OrderColumns.Size, draft.Size?.ToString());
        Add(OrderColumns.Weight, Number(draft.WeightGrams));
        Add(OrderColumns.Volume, Number(draft.VolumeMillilitres));
        Add(OrderColumns.Handling, draft.Handling is { } h ? char.ToLowerInvariant(h.ToString()[0]) + h.ToString()[1..] : null);
        Add(OrderColumns.Damaged, Boolean(draft.IsDamaged));
        Add(OrderColumns.Priority, draft.Priority?.ToString(CultureInfo.InvariantCulture));
        Add(OrderColumns.Release, Instant(draft.ReleaseAt));
        Add(OrderColumns.From, Instant(draft.PromiseStart));
        Add(OrderColumns.Until, Instant(draft.PromiseEnd));
        Add(OrderColumns.Name, draft.RecipientName);
        Add(OrderColumns.Phone, draft.RecipientPhone);
        Add(OrderColumns.Address, draft.RecipientAddress);
        Add(OrderColumns.District, draft.District);
        Add(OrderColumns.Lon, Number(draft.Lon));
        Add(OrderColumns.Lat, Number(draft.Lat));
        Add(OrderColumns.Datum, draft.Datum?.ToString().ToUpperInvariant());
        Add(OrderColumns.Consent, Boolean(draft.HasTerminalConsent));
        Add(OrderColumns.Designated, draft.DesignatedTerminal);
        Add(OrderColumns.Agreement, Boolean(draft.HasSenderLockerAgreement));
        if (draft.Options is { Count: > 0 } options)
        {
            Add(OrderColumns.Terminals, string.Join(';', options.Where(o => o.Terminal is not null).Select(o => OptionText.Write(o.Terminal!, o))));
            Add(OrderColumns.Door, options.FirstOrDefault(o => o.Terminal is null) is { } door ? OptionText.Write("yes", door) : "no");
        }
        return fields;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) fields[name] = value;
        }
    }

    /// <summary>2026-11-28 下午 in the day's column, where no other column says when.</summary>
    private bool IsWindowInDay(FieldCells cells) =>
        cells.Text(OrderColumns.Day) is { } text && cells.Text(OrderColumns.From) is null && cells.Text(OrderColumns.Until) is null && cells.Text(OrderColumns.Window) is null
        && !TimeText.TryDay(text, defaultDay, out _) && !TimeText.IsYearLast(text) && WindowText.Find(text, null, defaultDay, area) is not null;

    private (DateTimeOffset? From, DateTimeOffset? Until) ReadPromise(FieldCells cells, DateOnly? day, bool isWindowInDay)
    {
        if (cells.Text(OrderColumns.From) is null)
        {
            // A deadline's column often holds a window or "18:00前".
            var column = isWindowInDay ? OrderColumns.Day : cells.Text(OrderColumns.Until) is not null ? OrderColumns.Until : OrderColumns.Window;
            if (cells.Text(column) is not { } text) return day is { } whole ? (area.InstantOf(whole, WindowText.UsualFromMinute), area.InstantOf(whole, WindowText.UsualUntilMinute)) : (null, null);
            if (column != OrderColumns.Until && WindowText.IsEarlyInstant(text, day ?? defaultDay, area))
            {
                // Nobody means midnight to eight.
                cells.Refuse(column, text, "window.lone", "is one time before the usual hours begin, so it is the end of no window; write a window such as 08:00-12:00.");
                return (null, null);
            }
            var window = cells.ReadTime<TimeWindow>(column, t => WindowText.Find(t, day, defaultDay, area), "a time such as 2026-11-22 09:00, or a window such as 09:00-12:00");
            return (window?.Start, window?.End);
        }
        var from = ReadInstant(cells, OrderColumns.From, day);
        // Without an end the day's ordinary hours end it.
        var until = cells.Text(OrderColumns.Until) is not null ? ReadInstant(cells, OrderColumns.Until, day ?? (from is { } start ? area.DayOf(start) : null))
            : (day ?? (from is { } begin ? area.DayOf(begin) : null)) is { } on ? area.InstantOf(on, WindowText.UsualUntilMinute) : null;
        return (from, until);
    }

    private DateTimeOffset? ReadInstant(FieldCells cells, string column, DateOnly? day) =>
        cells.ReadTime<DateTimeOffset>(column, t => TimeText.TryInstant(t, day ?? defaultDay, area, out var at) ? at : null, "a date and time such as 2026-11-22 09:00");

    /// <summary>One order is one parcel: a row that stands for several would send one and forget the others.</summary>
    private static void ReadPieces(FieldCells cells)
    {
        const string one = "1";
        if (cells.Text(OrderColumns.Pieces) is { } pieces && pieces.TrimEnd('件', '箱', '个', ' ') is not (one or "1.0")) cells.Refuse(OrderColumns.Pieces, pieces, "order.pieces", "is not 1: an order is one parcel; send a row for each with a waybill of its own.");
    }

    /// <summary>Longitude and latitude, each in its column or, where the other is empty, both in one.</summary>
    private static (double? Lon, double? Lat) ReadPlace(FieldCells cells)
    {
        var (lon, lat) = (cells.Text(OrderColumns.Lon), cells.Text(OrderColumns.Lat));
        if ((lon is null) != (lat is null) && FieldText.FindPlace(lon ?? lat!) is { } place) return place;
        var (x, y) = (cells.Degrees(OrderColumns.Lon), cells.Degrees(OrderColumns.Lat));
        if (y is not (> 90 and <= 180) || x is not (>= -90 and <= 90)) return (x, y);
        cells.Refuse(OrderColumns.Lat, lat!, "position.swapped", $"can be no latitude, and the longitude {lon} could be: they are swapped.");
        return (x, null);
    }

    private List<OptionDraft>? ReadOptions(FieldCells cells, OrderDraft draft)
    {
        var options = new List<OptionDraft>();
        var doorText = cells.Text(OrderColumns.Door);
        var door = doorText is null ? null : OptionText.Read(doorText, area, cells, OrderColumns.Door);
        var isDoor = door is null ? (bool?)null : FieldText.FindBoolean(door.Terminal!);
        if (door is not null && isDoor is null) cells.Add(OrderColumns.Door, doorText!, "是 or 否 (yes or no)");
        var terminals = cells.Text(OrderColumns.Terminals)?.Split([';', ',', '|', '/', '、', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        // A window contains "/", so a cell with windows is split at ";" only.
        if (cells.Text(OrderColumns.Terminals) is { } all && all.Contains('@', StringComparison.Ordinal)) terminals = all.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var doorFen = cells.Read<long>(OrderColumns.DoorPreference, Fen, "whole fen, 0 or more");
        var terminalFen = cells.Read<long>(OrderColumns.TerminalPreference, Fen, "whole fen, 0 or more");
        if (isDoor is true || (isDoor is null && terminals.Length > 0 && draft.Lon is not null && draft.DesignatedTerminal is null))
        {
            options.Add(new OptionDraft(DeliveryKind.Door, null, door?.Start, door?.End, door?.PreferenceFen ?? doorFen));
        }
        foreach (var terminal in terminals)
        {
            if (OptionText.Read(terminal, area, cells, OrderColumns.Terminals) is { } option) options.Add(option with { Kind = DeliveryKind.Terminal, PreferenceFen = option.PreferenceFen ?? terminalFen });
        }
        return options.Count == 0 ? null : options;
    }

    // Thresholds of docs/api.md, used only when a file names no class: 4, 15 and 45 litres.
    private static SizeClass? SizeOf(double? volumeMl, string? sizeText) => sizeText is not null || volumeMl is not { } ml || !double.IsFinite(ml) || ml <= 0 ? null
        : ml <= 4_000 ? SizeClass.S : ml <= 15_000 ? SizeClass.M : ml <= 45_000 ? SizeClass.L : SizeClass.XL;

    private static long? Fen(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var fen) ? fen : null;

    private static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private static string? Boolean(bool? value) => value is null ? null : value.Value ? "yes" : "no";

    private static string? Instant(DateTimeOffset? at) => at is null ? null : TimeText.Instant(at.Value);
}
