using Logistics.Forecasting.Models;

namespace Logistics.Forecasting.Tests.Models;

public sealed class QuantileCalibrationTests
{
    [Theory]
    [InlineData(1, 1.05, 0.3)]
    [InlineData(0, 1.15, 0.5)]
    public void Width_is_moved_part_of_the_way_to_what_covered_nine_in_ten(double learned, double usual, double share)
    {
        // P90 is 10 above the median, and of 100 days the actuals lie 0.2, 0.4 … 20 above it: ⌈0.9 · 101⌉ = 91 are covered at 18.2, 1.82 times the width.
        // All are of one level, which makes them the third class, a week ahead.
        var calibration = QuantileCalibration.Fit([.. Enumerable.Range(1, 100).Select(i => new CalibrationCase(5, 1, 90, 100, 110, 100 + 0.2 * i))], learned, areCounts: false);

        Assert.Equal(100 + 10 * (usual + share * (1.82 - usual)), calibration.Apply(5, 1, 90, 100, 110).Upper, 9);
    }

    [Fact]
    public void Days_whose_P10_is_zero_say_nothing_of_its_width()
    {
        var full = Enumerable.Range(1, 100).Select(i => new CalibrationCase(5, 1, 90, 100, 110, 100 - 0.2 * i)).ToArray();
        var empty = Enumerable.Range(1, 900).Select(_ => new CalibrationCase(5, 1, 0, 1, 3, 2)).ToArray();
        var (alone, mixed) = (QuantileCalibration.Fit(full, 1, areCounts: false), QuantileCalibration.Fit([.. full, .. empty], 1, areCounts: false));

        Assert.Equal(alone.LowerFactors, mixed.LowerFactors);
        Assert.Equal(0, mixed.Apply(5, 1, 0, 1, 3).Lower);
    }
}
