namespace Logistics.DeviceGateway.Tests.Wire;

public sealed class WireVectorTests(ITestOutputHelper output)
{
    /// <summary>Of 1,826; the misses are named, with their reasons, in docs/gateway.md.</summary>
    private const int RequiredPasses = 1800;

    [Fact]
    public async Task Gateway_answers_the_wire_vectors()
    {
        var folder = WireVectors.FindFolder();
        Assert.SkipWhen(folder is null, "The wire vectors are missing; expected ../shared/conformance/mqtt-wire beside the repository.");
        await using var gateway = await RunningGateway.StartOpenAsync();
        var cases = WireVectors.Read(folder);
        var strict = 0;
        var misses = new List<string>();
        foreach (var wire in cases)
        {
            if (WireReplay.Run(wire, gateway.Port, Reading.Strict) is not { } strictFault)
            {
                strict++;
                continue;
            }

            if (WireReplay.Run(wire, gateway.Port, Reading.Lenient) is { } fault)
            {
                misses.Add($"{wire}: {fault}");
            }
            else
            {
                output.WriteLine($"only lenient: {wire}: {strictFault}");
            }
        }

        output.WriteLine($"strict {strict}, lenient {cases.Count - misses.Count} of {cases.Count}");
        foreach (var miss in misses)
        {
            output.WriteLine("miss: " + miss);
        }

        Assert.True(cases.Count - misses.Count >= RequiredPasses, string.Join('\n', misses));
    }
}
