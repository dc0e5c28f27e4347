namespace Logistics.Routing.Tests.Oracle;

/// <summary>On tiny random problems with any mix of features the search finds the brute-force optimum. A plain range of seeds; many more, with those it still misses: <c>Logistics.Benchmarks oracle 0 500</c> (docs/optimiser.md).</summary>
public sealed class OracleTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Search_finds_the_brute_force_optimum(int seed) => Assert.Null(OracleComparison.Run(seed, iterations: 3000, TestContext.Current.CancellationToken).Fault);
}
