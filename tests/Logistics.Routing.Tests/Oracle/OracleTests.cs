namespace Logistics.Routing.Tests.Oracle;

/// <summary>On tiny random problems with any mix of features the search finds the brute-force optimum. A plain range of seeds and those that once showed a fault; many more: <c>Logistics.Benchmarks oracle 0 500</c> (docs/optimiser.md).</summary>
public sealed class OracleTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 100), 107, 147, 150, 165, 189, 249, 331, 388, 439, 457, 475, 492, 499, 1240, 2449, 5237, 5457, 5983];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Search_finds_the_brute_force_optimum(int seed) => Assert.Null(OracleComparison.Run(seed, iterations: 3000, TestContext.Current.CancellationToken).Fault);
}
