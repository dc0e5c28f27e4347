using System.Globalization;
using Logistics.Forecasting.Backtesting;

namespace Logistics.Planner.Cli.Forecasting;

/// <summary>Prints the accuracy of a backtest. What nothing was measured of is a dash.</summary>
internal static class BacktestTable
{
    public static void Print(BacktestScore score, TextWriter writer)
    {
        writer.WriteLine("method               WAPE    MASE    bias   PL90   cov90");
        foreach (var m in score.Methods)
        {
            var quantiles = m.PinballShare90 is { } pinball ? $" {Number(pinball, "0.0000"),6}  {Number(m.Coverage90 ?? double.NaN, "0.000"),6}" : "";
            writer.WriteLine($"{m.Method,-18} {Number(m.Wape, "0.0000"),6}  {Number(m.Mase, "0.000"),6}  {Signed(m.Bias),6}{quantiles}");
        }

        writer.WriteLine();
        writer.WriteLine("origin       WAPE   PL90   cov90  best simple");
        foreach (var o in score.Origins)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{o.Origin:yyyy-MM-dd} {Number(o.Wape, "0.0000"),6} {Number(o.PinballShare90, "0.0000"),6}  {Number(o.Coverage90, "0.000"),6}  {Number(o.BestSimpleWape, "0.0000"),6} {o.BestSimple}"));
        }

        writer.WriteLine();
        writer.WriteLine("coverage of P90 by days ahead, and by level of the series");
        writer.WriteLine(string.Join("  ", score.CoverageByHorizon.Select(c => $"{c.Key}: {Number(c.Value, "0.00")}")));
        writer.WriteLine(string.Join("  ", score.CoverageByLevel.Select(c => $"{c.Key}: {Number(c.Value, "0.00")}")));
    }

    /// <summary>A share with its sign and three decimals.</summary>
    /// <remarks>Rounded first: a format with signs of its own writes "-+0.000" for what rounds to nothing from below.</remarks>
    public static string Signed(double share) => Math.Round(share, 3) is not 0 and var rounded ? Number(rounded, "+0.000;-0.000") : "0.000";

    private static string Number(double value, string format) => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "–";
}
