using Logistics.Forecasting.Networks;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Tests.Networks;

public sealed class MatrixTests
{
    [Theory]
    [InlineData(1, 1, 8)]
    [InlineData(4, 3, 8)]
    [InlineData(7, 5, 24)]
    [InlineData(9, 64, 32)]
    public void Product_is_the_sum_of_products(int m, int k, int n)
    {
        var random = new SeededRandom(3);
        var a = Enumerable.Range(0, m * k).Select(_ => (float)random.NextNormal()).ToArray();
        var b = Enumerable.Range(0, k * n).Select(_ => (float)random.NextNormal()).ToArray();
        var turned = new float[m * k];
        for (var i = 0; i < m; i++)
            for (var j = 0; j < k; j++) turned[j * m + i] = a[i * k + j];
        var (straight, fromTurned) = (new float[m * n], new float[m * n]);

        Matrix.Multiply(a, k, 1, b, straight, m, k, n);
        Matrix.Multiply(turned, 1, m, b, fromTurned, m, k, n);

        for (var i = 0; i < m; i++)
            for (var j = 0; j < n; j++)
            {
                double expected = 0;
                for (var x = 0; x < k; x++) expected += (double)a[i * k + x] * b[x * n + j];
                Assert.Equal(expected, straight[i * n + j], 1e-4);
            }
        Assert.Equal(straight, fromTurned);
    }

    [Fact]
    public void Width_that_is_no_multiple_of_a_vector_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Matrix.Multiply(new float[4], 2, 1, new float[6], new float[6], 2, 2, 3));
}
