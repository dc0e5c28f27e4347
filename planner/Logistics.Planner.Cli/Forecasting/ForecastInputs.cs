using System.CommandLine;
using Logistics.Forecasting.Panels;

namespace Logistics.Planner.Cli.Forecasting;

/// <summary>Options the forecast commands share.</summary>
internal static class ForecastInputs
{
    public static Option<FileInfo> Panel() => new Option<FileInfo>("--panel")
    {
        Description = "CSV with series_id,date,volume.",
        Required = true,
    }.AcceptExistingOnly();

    public static Option<FileInfo?> Calendar() => new("--calendar") { Description = "CSV with date,holiday_name,is_public_holiday,is_adjusted_workday,promo." };

    public static Option<FileInfo> Out(string what) => new("--out") { Description = $"File to write {what} to.", Required = true };

    public static Option<int> Number(string name, int value, string description) => new(name) { Description = description, DefaultValueFactory = _ => value };

    public static Option<GapRule> Gaps() => new("--gaps")
    {
        Description = "What a day without a row means: Zero (nothing came) or CarrySameWeekday (the record was lost).",
        DefaultValueFactory = _ => GapRule.Zero,
    };
}
