namespace Logistics.Routing.Tests.Explaining;

/// <summary>Explanations on random problems are true. A thousand of them: <c>Logistics.Benchmarks explain</c>.</summary>
public sealed class ExplanationTruthTests
{
    // 5440: a vehicle under way that cannot reach its end depot; a job beside that depot is just as far away.
    // 41081, 41303: goods are released after the latest start, so the vehicle starts and waits.
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40), 5440, 41041, 41081, 41303];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Explanations_are_true(int seed) => Assert.Empty(ExplanationTruth.Judge(seed, TestContext.Current.CancellationToken).Faults);
}
