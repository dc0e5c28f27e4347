using Logistics.OrTools.Modelling;
using Logistics.OrTools.Protocol;

namespace Logistics.OrTools.Tests;

public sealed class SolvingTests(Engine engine) : IClassFixture<Engine>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Small_model_is_solved_to_its_known_optimum()
    {
        var result = await engine.Solver.SolveAsync(Models.Knapsack(), cancellationToken: Token);

        Assert.Equal(CpSatOutcome.Optimal, result.Outcome);
        Assert.Equal(-220, result.Response!.ObjectiveValue);
        Assert.Equal([0, 1, 1], result.Response.Solution);
        Assert.Equal(0, result.RelativeGap);
    }

    [Fact]
    public async Task Contradiction_is_proven_infeasible()
    {
        var result = await engine.Solver.SolveAsync(Models.Contradiction(), cancellationToken: Token);

        Assert.Equal(CpSatOutcome.Infeasible, result.Outcome);
        Assert.False(result.HasSolution);
        Assert.NotEmpty(result.Message);
    }

    [Fact]
    public async Task Malformed_model_is_refused_and_the_process_lives_on()
    {
        var refused = await engine.Solver.SolveAsync(Models.Malformed(), cancellationToken: Token);
        var next = await engine.Solver.SolveAsync(Models.Knapsack(), cancellationToken: Token);

        Assert.Equal(CpSatOutcome.ModelInvalid, refused.Outcome);
        Assert.Equal(CpSatOutcome.Optimal, next.Outcome);
    }

    [Fact]
    public async Task Time_limit_ends_a_hard_search_with_a_solution_and_a_bound()
    {
        var seen = new List<CpSatProgress>();
        var result = await SolveHardAsync(3, seen);
        // A busy machine may not come to a first solution in that time.
        for (var seconds = 6; result.Outcome == CpSatOutcome.OutOfTime && seconds < 60; seconds *= 2)
        {
            seen.Clear();
            result = await SolveHardAsync(seconds, seen);
        }

        Assert.Equal(CpSatOutcome.Feasible, result.Outcome);
        Assert.InRange(result.RelativeGap, 1e-9, 0.2);
        lock (seen)
        {
            Assert.Contains(seen, p => p.Objective is not null && p.Bound is not null);
            Assert.Equal(seen.Select(p => p.Solutions).Order(), seen.Select(p => p.Solutions));
        }
    }

    private Task<CpSatResult> SolveHardAsync(int seconds, List<CpSatProgress> seen) =>
        engine.Solver.SolveAsync(Models.Hard(), new SatParameters { MaxTimeInSeconds = seconds }, new Collect(seen), Token);

    [Fact]
    public async Task Circuit_and_maximum_hold_in_the_answer()
    {
        // Three nodes on a line at 0, 1, 3: every round trip costs 6; the longest leg is 3.
        var model = new CpModelBuilder("tour");
        long[] at = [0, 1, 3];
        var arcs = (from i in Enumerable.Range(0, 3) from j in Enumerable.Range(0, 3) where i != j select (i, j, Literal: model.NewBool())).ToList();
        var length = new LinearSum();
        foreach (var (i, j, literal) in arcs) length.Add(literal, Math.Abs(at[i] - at[j]));
        var longest = model.NewInt(0, 100);
        model.AddCircuit(arcs);
        model.AddMax(longest, arcs.Select(a => new LinearSum().Add(a.Literal, Math.Abs(at[a.i] - at[a.j]))));
        model.Minimize(length.Add(longest));

        var result = await engine.Solver.SolveAsync(model.Model, cancellationToken: Token);

        Assert.Equal(9, result.Response!.ObjectiveValue);
        Assert.Equal(3, result.Response.Value(longest));
    }

    private sealed class Collect(List<CpSatProgress> seen) : IProgress<CpSatProgress>
    {
        public void Report(CpSatProgress value)
        {
            lock (seen) seen.Add(value);
        }
    }
}
