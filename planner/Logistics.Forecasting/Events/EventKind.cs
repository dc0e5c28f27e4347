using Logistics.Forecasting.Features;

namespace Logistics.Forecasting.Events;

/// <summary>What a day of a holiday or promotion is called, and its place in the promotion.</summary>
/// <param name="Own">The holiday, or the promotion with its phase.</param>
/// <param name="Family">The promotion without its phase; null on holidays.</param>
/// <param name="Phase">The phase whatever the promotion's name; null on holidays.</param>
/// <param name="IsPast">The promotion's main day has come: known where the name tells it (618, 双11).</param>
/// <param name="Share">Part of the kind's effect, in (0, 1]: from the third day after the main one a sale ebbs, by half every two days.</param>
internal sealed record EventKind(string Own, string? Family, string? Phase, bool IsPast, double Share)
{
    private const int FullDays = 2;
    private const double EbbHalfDays = 2;
    private const double LeastShare = 0.001;

    /// <summary>All that days of the kind are known under.</summary>
    public IEnumerable<string> Names => Phase is null || Family is null ? [Own] : [Own, Phase, Family];

    /// <summary>Null on ordinary days.</summary>
    public static EventKind? Find(CalendarIndex calendar, int day) => calendar[day] switch
    {
        { Promotion.Length: > 0 } sale => OfSale(sale.Promotion, sale.PromotionFamily, calendar.DaysSinceMain[day] ?? -1),
        { IsPublicHoliday: true } rest => new EventKind("holiday:" + rest.Holiday, null, null, IsPast: false, 1),
        { IsAdjustedWorkday: true } => new EventKind("workday", null, null, IsPast: false, 1),
        _ => null,
    };

    private static EventKind OfSale(string name, string family, int sinceMain) =>
        new(name, "family:" + family, "phase:" + name[family.Length..], sinceMain >= 0, Math.Max(LeastShare, Math.Pow(0.5, Math.Max(0, sinceMain - FullDays) / EbbHalfDays)));
}
