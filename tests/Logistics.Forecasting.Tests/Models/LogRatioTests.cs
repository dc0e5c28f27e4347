using Logistics.Forecasting.Models;

namespace Logistics.Forecasting.Tests.Models;

public sealed class LogRatioTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(30)]
    public void Ratio_returns_from_its_score(double ratio) => Assert.Equal(ratio, LogRatio.ToRatio(LogRatio.ToScore(ratio)), 12);

    [Fact]
    public void Score_below_an_empty_day_is_an_empty_day() => Assert.Equal(0, LogRatio.ToRatio(LogRatio.ToScore(0) - 1));

    [Fact]
    public void Steps_of_a_path_add_up_to_the_ratio_at_its_end()
    {
        // From 0.9 + 0.1 = 1 in steps that double twice: 4 − 0.1. Each of the two equal steps has half of the 3 gained.
        var step = Math.Log(2);
        var (start, perScore) = LogRatio.Path(LogRatio.ToScore(0.9), 2 * step);

        Assert.Equal(0.9, start, 12);
        Assert.Equal(1.5, step * perScore, 12);
        Assert.Equal(3.9, start + 2 * step * perScore, 12);
    }
}
