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

    [Fact]
    public async Task Forecasts_of_an_origin_do_not_change_when_later_values_do()
    {
        // Origins lie 14 and 28 days before the end; the first row changed is the day after the first of them.
        var rows = Panel(days: 90).Split('\n');
        var origin = Start.AddDays(90 - 1 - 28);
        var changed = Array.ConvertAll(rows, row => row.Split(',') is [.., var date, _] && DateOnly.TryParse(date, CultureInfo.InvariantCulture, out var day) && day > origin ? row + "7" : row);

        var (before, after) = (await ForecastsAsync(string.Join('\n', rows)), await ForecastsAsync(string.Join('\n', changed)));

        var first = origin.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal(2 * 14, before.Count(r => r.StartsWith(first, StringComparison.Ordinal)));
        Assert.Equal(before.Where(r => r.StartsWith(first, StringComparison.Ordinal)), after.Where(r => r.StartsWith(first, StringComparison.Ordinal)));
        Assert.NotEqual(before, after);

        async Task<string[]> ForecastsAsync(string text)
        {
            var result = await Shell.RunAsync("forecast", "backtest", "--panel", _shell.Write("panel.csv", text), "--origins", "2", "--step", "14", "--threads", "1", "--out", _shell.PathOf("out.csv"));
            Assert.Equal(0, result.Code);
            return _shell.Read("out.csv").Split('\n');
        }
    }

    [Fact]
    public async Task Panel_with_marks_disorder_and_foreign_line_ends_is_read_and_what_is_wrong_is_named()
    {
        // A byte order mark, CRLF, the newest rows first, one day twice, one negative, one empty, one missing, a series of one day and one without a parcel.
        var rows = Panel(days: 60).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Reverse().ToList();
        rows.RemoveAll(r => r.StartsWith("A,2024-01-20,", StringComparison.Ordinal));
        rows.AddRange(["A,2024-01-30,41", "\"B,1\",2024-01-12,-5", "\"B,1\",2024-01-25,", "once,2024-02-29,3"]);
        rows.AddRange(Enumerable.Range(0, 60).Select(d => $"never,{Start.AddDays(d):yyyy-MM-dd},0"));
        var panel = _shell.Write("panel.csv", "\uFEFFseries_id,date,volume\r\n" + string.Join("\r\n", rows) + "\r\n");
        var trained = await Shell.RunAsync("forecast", "train", "--panel", panel, "--threads", "1", "--out", _shell.PathOf("model"));
        var predicted = await Shell.RunAsync("forecast", "predict", "--model", _shell.PathOf("model"), "--panel", panel, "--out", _shell.PathOf("out.csv"));

        Assert.Equal((0, 0), (trained.Code, predicted.Code));
        Assert.All(["A: 1 days had several rows", "A: 1 days had no row", "B,1: 1 negative", "B,1: 1 volumes were not numbers", "never: never a parcel", "once: 1 day of history"], text => Assert.Contains(text, trained.Output, StringComparison.Ordinal));
        var forecasts = _shell.Read("out.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToArray();
        Assert.Equal(4 * 14, forecasts.Length);
        Assert.All(forecasts, row => Assert.True(row.Split(',')[^3..].All(v => double.TryParse(v, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= 0), row));
        Assert.All(forecasts.Where(r => r.StartsWith("never,", StringComparison.Ordinal)), row => Assert.EndsWith(",0,0,0", row, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("series,date,volume\na,2024-01-01,1\n", "column series_id is missing")]
    [InlineData("series_id,date,volume\na,01/02/2024,1\n", "line 2: date \"01/02/2024\" must be yyyy-MM-dd, 1902 to 2099.")]
    [InlineData("series_id,date,volume\n", "no rows after the header")]
    [InlineData("series_id,date,volume\na,2024-01-01,x\n", "line 2: volume \"x\" must be one like 12")]
    [InlineData("series_id,date,volume\na,1924-01-01,1\nb,2024-01-01,1\n", "1924-01-01 (a) to 2024-01-01 (b), more than 10000 days. Maybe a mistyped year.")]
    [InlineData("series_id,date,volume\na,2024-01-01,1\n", "need 211 days; the panel has 1. It can be trained on and forecast")]
    [InlineData("series_id,date,volume\na,2024-01-01,1\na,2024-03-15,1\n", "the panel has 75. Maybe --origins 3,")]
    public async Task Unusable_panel_is_refused_with_the_reason(string text, string reason)
    {
        var result = await Shell.RunAsync("forecast", "backtest", "--panel", _shell.Write("panel.csv", text), "--out", _shell.PathOf("out.csv"));
        Assert.Equal(2, result.Code);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_shell.PathOf("out.csv")));
    }

    [Fact]
    public async Task Volumes_beyond_any_count_are_replaced_and_named()
    {
        var huge = Panel(days: 60).Split('\n').Select(r => r.StartsWith("A,2024-02-0", StringComparison.Ordinal) ? r[..13] + "1e308" : r);
        Assert.Equal(0, (await Shell.RunAsync("forecast", "train", "--panel", _shell.Write("panel.csv", Panel(days: 60)), "--threads", "1", "--out", _shell.PathOf("model"))).Code);

        var result = await Shell.RunAsync("forecast", "predict", "--model", _shell.PathOf("model"), "--panel", _shell.Write("panel.csv", string.Join('\n', huge)), "--out", _shell.PathOf("out.csv"));

        Assert.Equal(0, result.Code);
        Assert.Contains("A: 9 volumes were over 1,000,000,000,000", result.Output, StringComparison.Ordinal);
        Assert.All(_shell.Read("out.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1), row => Assert.True(double.Parse(row.Split(',')[^1], CultureInfo.InvariantCulture) < 1000, row));
    }

    [Theory]
    [InlineData("--origins", "0", "Origins 0 must be ≥ 1.")]
    [InlineData("--step", "-5", "Step -5 must be ≥ 1 day.")]
    [InlineData("--horizon", "0", "Horizon 0 must be ≥ 1 day.")]
    [InlineData("--out", "no-folder/out.csv", "does not exist.")]
    [InlineData("--calendar", "no-file.csv", "does not exist.")]
    public async Task Option_out_of_range_is_refused(string option, string value, string reason)
    {
        var panel = _shell.Write("panel.csv", Panel(days: 60));
        string[] output = option == "--out" ? [] : ["--out", _shell.PathOf("out.csv")];
        var result = await Shell.RunAsync(["forecast", "backtest", "--panel", panel, .. option == "--origins" ? [] : new[] { "--origins", "2" }, option, value, .. output]);

        Assert.Equal(2, result.Code);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Panel_without_a_parcel_prints_dashes_for_what_cannot_be_measured()
    {
        var panel = _shell.Write("panel.csv", "series_id,date,volume\n" + string.Concat(Enumerable.Range(0, 40).Select(d => $"a,{Start.AddDays(d):yyyy-MM-dd},0\n")));
        var result = await Shell.RunAsync("forecast", "backtest", "--panel", panel, "--origins", "1", "--threads", "1", "--out", _shell.PathOf("out.csv"));

        Assert.Equal(0, result.Code);
        Assert.DoesNotContain("NaN", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "begin with \"LGFC\"")]
    [InlineData(8, "ends too early")]
    [InlineData(2000, "ends too early")]
    public async Task Damaged_model_is_refused_and_leaves_the_earlier_result(int bytesKept, string reason)
    {
        var panel = _shell.Write("panel.csv", Panel(days: 60));
        Assert.Equal(0, (await Shell.RunAsync("forecast", "train", "--panel", panel, "--threads", "1", "--out", _shell.PathOf("model"))).Code);
        File.WriteAllBytes(_shell.PathOf("model"), File.ReadAllBytes(_shell.PathOf("model"))[..bytesKept]);
        _shell.Write("out.csv", "earlier");

        var result = await Shell.RunAsync("forecast", "predict", "--model", _shell.PathOf("model"), "--panel", panel, "--out", _shell.PathOf("out.csv"));

        Assert.Equal(2, result.Code);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.Equal("earlier", _shell.Read("out.csv"));
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
