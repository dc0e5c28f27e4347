using System.Globalization;
using System.Text;

namespace Logistics.Planner.Cli.Tests;

/// <summary>The forecast commands others script.</summary>
public sealed class ForecastCommandTests : IDisposable
{
    private static readonly DateOnly Start = new(2024, 1, 1);

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Backtest_writes_a_row_for_each_origin_series_and_day()
    {
        var panel = _shell.Write("panel.csv", Panel(days: 120));
        var result = await Shell.RunAsync("forecast", "backtest", "--panel", panel, "--origins", "2", "--horizon", "7", "--step", "14", "--threads", "1", "--out", _shell.PathOf("out.csv"));

        Assert.Equal(0, result.Code);
        var lines = _shell.Read("out.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("origin,series_id,date,p50,p90", lines[0]);
        Assert.Equal(2 * 2 * 7, lines.Length - 1);
        // The panel ends on 2024-04-29; the last origin lies a week before.
        Assert.Contains(lines, l => l.StartsWith("2024-04-22,\"B,1\",2024-04-29,", StringComparison.Ordinal));
        Assert.Contains("seasonal naive", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trained_model_predicts_the_days_after_the_panel()
    {
        var panel = _shell.Write("panel.csv", Panel(days: 60));
        Assert.Equal(0, (await Shell.RunAsync("forecast", "train", "--panel", panel, "--threads", "1", "--out", _shell.PathOf("model"))).Code);
        var result = await Shell.RunAsync("forecast", "predict", "--model", _shell.PathOf("model"), "--panel", panel, "--horizon", "3", "--out", _shell.PathOf("out.csv"));

        Assert.Equal(0, result.Code);
        var lines = _shell.Read("out.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("series_id,date,p10,p50,p90", lines[0]);
        Assert.Equal(2 * 3, lines.Length - 1);
        Assert.StartsWith("A,2024-03-01,", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("series,date,volume\na,2024-01-01,1\n", "column series_id is missing")]
    [InlineData("series_id,date,volume\na,01/02/2024,1\n", "line 2: date \"01/02/2024\" must be yyyy-MM-dd")]
    [InlineData("series_id,date,volume\n", "no rows after the header")]
    [InlineData("series_id,date,volume\na,2024-01-01,1\n", "need 211 days; the panel has 1")]
    public async Task Unusable_panel_is_refused_with_the_reason(string text, string reason)
    {
        var result = await Shell.RunAsync("forecast", "backtest", "--panel", _shell.Write("panel.csv", text), "--out", _shell.PathOf("out.csv"));
        Assert.Equal(2, result.Code);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reserve_plans_the_same_day_by_mean_and_by_P90()
    {
        var result = await Shell.RunAsync("forecast", "reserve", "--parcels", "150", "--seconds", "1", "--days", "50");

        Assert.Equal(0, result.Code);
        var rows = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["policy", "by the mean", "by P90", "nothing leaves"], rows.Select(r => r[..Math.Min(16, r.Length)].Split("  ")[0].Trim()));
    }

    [Fact]
    public async Task Share_out_of_range_is_refused()
    {
        var result = await Shell.RunAsync("forecast", "reserve", "--late", "0.9");

        Assert.Equal(2, result.Code);
        Assert.Contains("--late 0.9 must be in [0, 0.5]", result.Error, StringComparison.Ordinal);
    }

    private static string Panel(int days)
    {
        var text = new StringBuilder("series_id,date,volume\n");
        for (var d = 0; d < days; d++)
        {
            var date = Start.AddDays(d);
            var factor = date.DayOfWeek == DayOfWeek.Sunday ? 0.5 : 1;
            text.Append(CultureInfo.InvariantCulture, $"A,{date:yyyy-MM-dd},{(40 + d % 5) * factor}\n\"B,1\",{date:yyyy-MM-dd},{(90 + d % 7) * factor}\n");
        }

        return text.ToString();
    }
}
