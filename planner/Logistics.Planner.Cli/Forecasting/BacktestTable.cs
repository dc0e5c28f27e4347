using System.Globalization;
using Logistics.Forecasting.Backtesting;

namespace Logistics.Planner.Cli.Forecasting;

/// <summary>Prints the accuracy of a backtest.</summary>
internal static class BacktestTable
{
    public static void Print(BacktestScore score, TextWriter writer)
    {
        writer.WriteLine("method               WAPE    MASE    bias   PL90   cov90");
        foreach (var m in score.Methods)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{m.Method,-18} {m.Wape,6:0.0000}  {m.Mase,6:0.000}  {Signed(m.Bias),6}{(m.PinballShare90 is { } p ? $" {p,6:0.0000}  {m.Coverage90,6:0.000}" : "")}"));
        }

        writer.WriteLine();
        writer.WriteLine("origin       WAPE   PL90   cov90  best simple");
        foreach (var o in score.Origins)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{o.Origin:yyyy-MM-dd} {o.Wape,6:0.0000} {o.PinballShare90,6:0.0000}  {o.Coverage90,6:0.000}  {o.BestSimpleWape,6:0.0000} {o.BestSimple}"));
        writer.WriteLine();
        writer.WriteLine("coverage of P90 by days ahead, and by level of the series");
        writer.WriteLine(string.Join("  ", score.CoverageByHorizon.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key}: {c.Value:0.00}"))));
        writer.WriteLine(string.Join("  ", score.CoverageByLevel.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key}: {c.Value:0.00}"))));
    }
    /// <summary>A share with its sign and three decimals.</summary>
    /// <remarks>Rounded first: a format with signs of its own writes "-+0.000" for what rounds to nothing from below.</remarks>
    public static string Signed(double share) => Math.Round(share, 3) is not 0 and var rounded ? rounded.ToString("+0.000;-0.000", CultureInfo.InvariantCulture) : "0.000";
}
