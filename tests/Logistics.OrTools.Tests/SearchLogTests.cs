using Logistics.OrTools.Hosting;

namespace Logistics.OrTools.Tests;

public sealed class SearchLogTests
{
    [Theory]
    [InlineData("#1       1.28s best:6284  next:[6285,6417] main", true, 1.28, 1, 6284.0, 6417.0)]
    [InlineData("#12      2.33s best:-6323 next:[-6415,-6324] main", false, 2.33, 12, -6323.0, -6415.0)]
    [InlineData("#Bound   1.05s best:-inf  next:[-0,10034] initial_domain", true, 1.05, 4, null, 10034.0)]
    [InlineData("#Bound   0.20s best:inf   next:[3,99]    main", false, 0.20, 4, null, 3.0)]
    [InlineData("#5       0.31s best:7.5   next:[]        main", false, 0.31, 5, 7.5, null)]
    public void Progress_line_is_read(string line, bool isMaximised, double seconds, int solutions, double? objective, double? bound)
    {
        Assert.Equal(
            new CpSatProgress(TimeSpan.FromSeconds(seconds), solutions, objective, bound),
            SearchLog.TryParse(line, 4, isMaximised));
    }

    [Theory]
    [InlineData("#Variables: 100 (#bools: 100 in objective) (100 primary variables)")]
    [InlineData("#kLinearN: 10 (#terms: 986)")]
    [InlineData("objective: 6348")]
    [InlineData("")]
    public void Other_lines_are_not_progress(string line) => Assert.Null(SearchLog.TryParse(line, 0, isMaximised: false));
}
