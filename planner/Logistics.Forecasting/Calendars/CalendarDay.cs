namespace Logistics.Forecasting.Calendars;

/// <summary>What is known in advance about one day.</summary>
/// <param name="Holiday">Name of the public holiday, or empty.</param>
/// <param name="IsPublicHoliday">Offices closed by decree.</param>
/// <param name="IsAdjustedWorkday">A weekend day worked in exchange for a holiday.</param>
/// <param name="Promotion">Promotion and phase as "family_phase" (618_open, 1111_peak) or just "family"; empty when there is none.</param>
public sealed record CalendarDay(DateOnly Date, string Holiday, bool IsPublicHoliday, bool IsAdjustedWorkday, string Promotion)
{
    public static CalendarDay Ordinary(DateOnly date) => new(date, "", IsPublicHoliday: false, IsAdjustedWorkday: false, "");

    /// <summary>The promotion without its phase.</summary>
    public string PromotionFamily => Promotion.Split('_')[0];

    public bool IsEvent => IsPublicHoliday || Promotion.Length > 0;
}
