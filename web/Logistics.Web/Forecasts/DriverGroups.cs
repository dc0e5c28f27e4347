namespace Logistics.Web.Forecasts;

/// <summary>Sorts the model's many features into the few kinds of reason a dispatcher asks for.</summary>
internal static class DriverGroups
{
    public static string Of(string feature) => feature switch
    {
        "horizon" => "horizon",
        "weekday" or "weekday_index_26" => "weekday",
        "day_of_year" or "day_of_month" => "season",
        "promotion_analog" => "lastPromotion",
        _ when feature.EndsWith("_promotion_analog", StringComparison.Ordinal) => "lastPromotion",
        _ when feature.StartsWith("panel_", StringComparison.Ordinal) || feature.StartsWith("part_", StringComparison.Ordinal) => "network",
        _ when feature.StartsWith("analog", StringComparison.Ordinal) => "lastYear",
        _ when feature.Contains("holiday", StringComparison.Ordinal) || feature.StartsWith("spring", StringComparison.Ordinal) || feature == "is_adjusted_workday" => "holiday",
        _ when feature.Contains("promotion", StringComparison.Ordinal) => "promotion",
        _ when feature.StartsWith("same_weekday", StringComparison.Ordinal) => "weekday",
        _ when feature.StartsWith("lag_", StringComparison.Ordinal) || feature is "mean_3" or "mean_7" or "week_growth" or "days_since_parcel" or "smooth_fast" => "recent",
        _ when feature.StartsWith('q') || feature is "max_28" or "std_28" or "zero_share_28" => "spread",
        _ => "level",
    };
}
