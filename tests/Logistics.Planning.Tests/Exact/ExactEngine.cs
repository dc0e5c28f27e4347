using Logistics.OrTools;

namespace Logistics.Planning.Tests.Exact;

/// <summary>One solver for a test class; skips visibly where Node or the package is missing.</summary>
public sealed class ExactEngine : IAsyncLifetime
{
    public ICpSat Solver { get; } = CpSat.Create(new CpSatOptions { MaxProcesses = 1, HangGrace = TimeSpan.FromMinutes(2) });

    public async ValueTask InitializeAsync()
    {
        if (await Solver.FindProblemAsync(TestContext.Current.CancellationToken) is { } problem) Assert.Skip(problem);
    }

    public ValueTask DisposeAsync() => Solver.DisposeAsync();
}
