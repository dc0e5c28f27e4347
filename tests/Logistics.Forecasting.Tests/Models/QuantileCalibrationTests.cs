using Logistics.Forecasting.Models;

namespace Logistics.Forecasting.Tests.Models;

public sealed class QuantileCalibrationTests
{
    [Fact]
    public void Width_is_moved_half_way_to_what_covered_nine_in_ten()
    {
        // P90 is 10 above the median, and of 100 days the actuals lie 0.2, 0.4 … 20 above it: ⌈0.9 · 101⌉ = 91 are covered at 18.2, 1.82 times the width.
        // All are of one level, which makes them the third class, a week ahead: half-way from 1.05 to 1.82.
        var calibration = QuantileCalibration.Fit([.. Enumerable.Range(1, 100).Select(i => new CalibrationCase(5, 1, 90, 100, 110, 100 + 0.2 * i))], 1, areCounts: false);

        Assert.Equal(100 + 10 * (1.05 + 0.5 * (1.82 - 1.05)), calibration.Apply(5, 1, 90, 100, 110).Upper, 9);
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
