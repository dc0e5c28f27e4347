using System.Globalization;
using Logistics.Domain;

namespace Logistics.Web.Orders;

/// <summary>One option as text: <c>place[@from/until][=fen]</c>.</summary>
internal static class OptionText
{
    public static string Write(string place, OptionDraft option)
    {
        var window = option.Start is { } start && option.End is { } end ? $"@{TimeText.Instant(start)}/{TimeText.Instant(end)}" : "";
        var preference = option.PreferenceFen is { } fen ? string.Create(CultureInfo.InvariantCulture, $"={fen}") : "";
        return place + window + preference;
    }

    /// <summary>The option with its place in <see cref="OptionDraft.Terminal"/>, or null with a problem added.</summary>
    public static OptionDraft? Read(string text, ServiceArea area, FieldCells cells, string field)
    {
        var (rest, fen) = text.Split('=', 2) is [var left, var right] ? (left, right) : (text, null);
        var (place, window) = rest.Split('@', 2) is [var code, var span] ? (code, span) : (rest, null);
        long preference = 0;
        DateTimeOffset from = default, until = default;
        if ((fen is null || long.TryParse(fen, CultureInfo.InvariantCulture, out preference))
            && (window is null || (window.Split('/') is [var a, var b] && TimeText.TryInstant(a, null, area, out from) && TimeText.TryInstant(b, null, area, out until))))
        {
            return new OptionDraft(null, place.Trim(), window is null ? null : from, window is null ? null : until, fen is null ? null : preference);
        }
        cells.Add(field, text, "place[@from/until][=fen], such as T001 or T001@2026-11-22T01:00:00Z/2026-11-22T04:00:00Z=50");
        return null;
    }
}
