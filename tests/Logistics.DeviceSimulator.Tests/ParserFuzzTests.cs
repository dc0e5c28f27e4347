using Logistics.DeviceSimulator.Fuzz;

namespace Logistics.DeviceSimulator.Tests;

/// <summary>A short run of what <c>logistics-sim fuzz</c> does for ten million cases.</summary>
public sealed class ParserFuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2026)]
    public void Mutated_packets_never_break_the_parsers(int seed)
    {
        var fuzz = new ParserFuzz(seed);

        Assert.Null(fuzz.Run(20_000, TestContext.Current.CancellationToken));
        Assert.True(fuzz.Cases >= 20_000);
        // A corpus of which nothing is ever accepted would test only the first byte.
        Assert.InRange(fuzz.Accepted, 1, fuzz.Cases - 1);
    }
}
