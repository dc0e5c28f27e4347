using Logistics.OrTools.Hosting;

namespace Logistics.OrTools.Tests;

/// <summary>A solver pool for one test class; skips visibly where Node or the package is missing.</summary>
public sealed class Engine : IAsyncLifetime
{
    public NodeCpSat Solver { get; } = new(new CpSatOptions { MaxProcesses = 1 });

    public async ValueTask InitializeAsync()
    {
        if (await Solver.FindProblemAsync(TestContext.Current.CancellationToken) is { } problem) Assert.Skip(problem);
    }

    public ValueTask DisposeAsync() => Solver.DisposeAsync();
}
