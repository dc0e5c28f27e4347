using Logistics.Routing.Search.Classic.Pool;

namespace Logistics.Routing.Tests.Search.Pool;

public class AscentTests
{
    [Fact]
    public void The_top_of_a_narrow_hill_is_found()
    {
        // −Σ k·(x − k)², a hundred times as steep one way as another: the top is (1, 2, …, 100).
        var at = new double[100];
        new Ascent(at.Length).Run(at, (x, gradient) =>
        {
            double value = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double away = x[i] - (i + 1);
                value -= (i + 1) * away * away;
                gradient[i] = -2 * (i + 1) * away;
            }

            return value;
        }, 200, 10, () => false);
        for (int i = 0; i < at.Length; i++) Assert.Equal(i + 1, at[i], 0.01);
    }

    [Fact]
    public void At_the_top_it_stays()
    {
        double[] at = [3];
        new Ascent(1).Run(at, (x, gradient) =>
        {
            gradient[0] = -2 * (x[0] - 3);
            return -(x[0] - 3) * (x[0] - 3);
        }, 10, 10, () => false);
        Assert.Equal(3, at[0]);
    }
}
