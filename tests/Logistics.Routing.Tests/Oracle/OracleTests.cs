namespace Logistics.Routing.Tests.Oracle;

/// <summary>On tiny random problems with any mix of features the search finds the brute-force optimum. Many more seeds: <c>Logistics.Benchmarks oracle</c>.</summary>
public sealed class OracleTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(37, 59)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Search_finds_the_brute_force_optimum(int seed) => Assert.Null(OracleComparison.Run(seed, iterations: 3000, TestContext.Current.CancellationToken).Fault);
}
