using System.Diagnostics;
using System.Globalization;
using Logistics.OrTools.Hosting;
using Logistics.OrTools.Protocol;

namespace Logistics.OrTools.Tests;

/// <summary>The child is killed, hangs, is missing or is too much: the caller always gets a typed result.</summary>
public sealed class SupervisionTests
{
    private static readonly SatParameters LongSearch = new() { MaxTimeInSeconds = 120 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_child_is_a_crash_and_the_next_solve_works()
    {
        await using var solver = await StartAsync();
        var child = Assert.Single(solver.ListIdleProcessIds());

        var solving = solver.SolveAsync(Models.Hard(), LongSearch, new FirstProgress(() => Kill(child)), Token);
        var result = await solving;
        var next = await solver.SolveAsync(Models.Knapsack(), cancellationToken: Token);

        Assert.Equal(CpSatOutcome.Crashed, result.Outcome);
        Assert.Equal(CpSatOutcome.Optimal, next.Outcome);
    }

    [Fact]
    public async Task Child_killed_while_idle_is_replaced_unseen()
    {
        await using var solver = await StartAsync();
        var child = Process.GetProcessById(Assert.Single(solver.ListIdleProcessIds()));
        child.Kill();
        await child.WaitForExitAsync(Token);

        var result = await solver.SolveAsync(Models.Knapsack(), cancellationToken: Token);

        Assert.Equal(CpSatOutcome.Optimal, result.Outcome);
    }

    [Fact]
    public async Task Cancelling_ends_the_search_and_its_process()
    {
        await using var solver = await StartAsync();
        var child = Process.GetProcessById(Assert.Single(solver.ListIdleProcessIds()));
        using var cancel = new CancellationTokenSource();

        var result = await solver.SolveAsync(Models.Hard(), LongSearch, new FirstProgress(cancel.Cancel), cancel.Token);

        Assert.Equal(CpSatOutcome.Cancelled, result.Outcome);
        Assert.True(child.HasExited);
        Assert.Equal(CpSatOutcome.Optimal, (await solver.SolveAsync(Models.Knapsack(), cancellationToken: Token)).Outcome);
    }

    [Fact]
    public async Task Solver_past_its_limit_and_grace_is_hung()
    {
        var time = new Logistics.Testing.ManualTimeProvider();
        await using var solver = await StartAsync(new() { MaxProcesses = 1, Time = time });

        // The child really searches for two minutes; the clock that measures hangs jumps past limit and grace.
        var result = await solver.SolveAsync(Models.Hard(), LongSearch, new FirstProgress(() => time.Advance(TimeSpan.FromMinutes(10))), Token);

        Assert.Equal(CpSatOutcome.Hung, result.Outcome);
    }

    [Fact]
    public async Task Child_killed_at_random_moments_is_always_a_typed_result_and_leaves_nothing()
    {
        await using var solver = await StartAsync();
        var random = new Random(5);
        var seen = new HashSet<int>();
        for (var kill = 0; kill < 6; kill++)
        {
            using var giveUp = new CancellationTokenSource();
            var solving = solver.SolveAsync(Models.Hard(), LongSearch, null, giveUp.Token);
            // The moment is a matter of chance: starting, reading the model, presolving or searching.
            while (!solving.IsCompleted && solver.ListBusyProcessIds().Count == 0) await Task.Yield();
            for (var turn = random.Next(400_000); turn > 0 && !solving.IsCompleted; turn--) await Task.Yield();
            foreach (var child in solver.ListBusyProcessIds())
            {
                seen.Add(child);
                Kill(child);
            }

            Assert.Equal(CpSatOutcome.Crashed, (await solving).Outcome);
            Assert.Equal(CpSatOutcome.Optimal, (await solver.SolveAsync(Models.Knapsack(), cancellationToken: Token)).Outcome);
        }

        Assert.Equal(6, seen.Count);
        Assert.All(seen, child => Assert.ThrowsAny<ArgumentException>(() => Process.GetProcessById(child)));
    }

    [Fact]
    public async Task Cancel_kills_the_child_and_a_warm_one_takes_its_place()
    {
        await using var solver = await StartAsync();
        using var cancel = new CancellationTokenSource();
        var solving = solver.SolveAsync(Models.Hard(), LongSearch, new FirstProgress(cancel.Cancel), cancel.Token);

        Assert.Equal(CpSatOutcome.Cancelled, (await solving).Outcome);

        while (solver.ListIdleProcessIds().Count == 0) await Task.Yield();
        Assert.Equal(CpSatOutcome.Optimal, (await solver.SolveAsync(Models.Knapsack(), cancellationToken: Token)).Outcome);
    }

    [Fact]
    public async Task Model_beyond_the_size_limit_is_refused_before_it_is_sent()
    {
        await using var solver = new NodeCpSat(new() { MaxModelBytes = 10 });

        var result = await solver.SolveAsync(Models.Knapsack(), cancellationToken: Token);

        Assert.Equal(CpSatOutcome.ModelTooLarge, result.Outcome);
    }

    [Fact]
    public async Task Disposing_leaves_no_process()
    {
        var solver = await StartAsync();
        var child = Process.GetProcessById(Assert.Single(solver.ListIdleProcessIds()));

        await solver.DisposeAsync();

        Assert.True(child.HasExited);
    }

    [Fact]
    public async Task Killing_the_parent_takes_the_searching_child_along()
    {
        await using (await StartAsync())
        {
            // Only to skip where Node is missing.
        }

        using var parent = ParentProcess.Start();
        var line = await parent.StandardOutput.ReadLineAsync(Token);
        using var child = Process.GetProcessById(int.Parse(line!, CultureInfo.InvariantCulture));

        parent.Kill(); // SIGKILL: nothing of ours runs in the parent any more
        await child.WaitForExitAsync(Token);

        Assert.True(child.HasExited);
    }

    private static async Task<NodeCpSat> StartAsync(CpSatOptions? options = null)
    {
        var solver = new NodeCpSat(options ?? new() { MaxProcesses = 1 });
        if (await solver.FindProblemAsync(Token) is { } problem) Assert.Skip(problem);
        await solver.WarmUpAsync(Token);
        return solver;
    }

    private static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }

    /// <summary>Acts once, as soon as the solver has begun to search.</summary>
    private sealed class FirstProgress(Action act) : IProgress<CpSatProgress>
    {
        private int _seen;

        public void Report(CpSatProgress value)
        {
            if (Interlocked.Exchange(ref _seen, 1) == 0) act();
        }
    }
}
