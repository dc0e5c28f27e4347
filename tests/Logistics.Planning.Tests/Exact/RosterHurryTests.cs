using Logistics.OrTools;
using Logistics.OrTools.Protocol;
using Logistics.Planning.Exact.Rosters;

namespace Logistics.Planning.Tests.Exact;

/// <summary>What becomes of a roster when the solver is cut off before it has come to the start it was given.</summary>
public sealed class RosterHurryTests
{
    [Fact]
    public async Task Answer_worse_than_the_start_is_not_taken_and_locks_are_kept()
    {
        // Two are needed and one is there, so the first step has something to prove; the lock is the one duty that can be worked.
        var problem = new RosterProblem
        {
            FirstDay = new DateOnly(2026, 11, 23),
            Shifts = [new("early", 360, 840, 480, []), new("late", 840, 1320, 480, [])],
            Couriers = [new() { Id = "c0", ContractMinutes = 480 }],
            Demand = [new(0, 840, 1320, 2)],
            Locks = [new("c0", 0, "late")],
        };
        await using var hurried = new NobodyWorks();

        var roster = await RosterSolver.SolveAsync(hurried, problem, TimeSpan.FromSeconds(5), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, hurried.Solves);
        Assert.Equal([new RosterDuty("c0", 0, "late", null)], roster.Duties);
        Assert.False(roster.IsProvenOptimal);
        Assert.Equal((480, 0), (roster.Shortage, roster.ShortageBound));
    }

    [Fact]
    public async Task Search_alone_keeps_every_lock_among_many_exchanges()
    {
        // Every Wednesday of a dozen couriers is locked; the search exchanges duties on all days for as long as it likes.
        var week = RosterSample.Week(12, seed: 4);
        var free = await RosterSolver.SolveAsync(new NobodyWorks(), week, TimeSpan.FromSeconds(5), cancellationToken: TestContext.Current.CancellationToken);
        var problem = week with { Locks = [.. free.Duties.Where(d => d.Day == 2).Select(d => new RosterLock(d.CourierId, 2, d.ShiftId))], Wishes = [.. week.Couriers.Select(c => new RosterWish(c.Id, 2, RosterWishKind.DayOff, Weight: 10))] };
        Assert.NotEmpty(problem.Locks);

        var roster = await RosterSolver.SolveAsync(new NobodyWorks(), problem, TimeSpan.FromSeconds(5), cancellationToken: TestContext.Current.CancellationToken);

        Assert.DoesNotContain(roster.BrokenWishes, b => b.Kind == BrokenWishKind.Lock);
        Assert.Empty(RosterChecker.ListViolations(problem, roster.Duties));
    }

    [Fact]
    public async Task Hub_whose_turn_comes_after_the_time_is_over_is_staffed_all_the_same()
    {
        // As when the hubs before it took longer than all of the time, on a crowded machine.
        var roster = await RosterSolver.SolveAsync(new NobodyWorks(), RosterSample.Week(12, seed: 4), TimeSpan.FromSeconds(-5), cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotEmpty(roster.Duties);
        Assert.False(roster.IsProvenOptimal);
    }

    /// <summary>A solver in a hurry: its only answer is that nobody works, which every law allows.</summary>
    private sealed class NobodyWorks : ICpSat
    {
        public int Solves { get; private set; }

        public Task<CpSatResult> SolveAsync(CpModelProto model, SatParameters? parameters = null, IProgress<CpSatProgress>? progress = null, CancellationToken cancellationToken = default)
        {
            Solves++;
            // Truths are false; numbers – what is missing, above or below – are as great as they can be.
            long[] values = [.. model.Variables.Select(v => v.Domain[^1] == 1 ? 0 : v.Domain[^1])];
            var objective = model.Objective.Offset + model.Objective.Vars.Zip(model.Objective.Coeffs, (v, c) => (double)c * values[v]).Sum();
            return Task.FromResult(new CpSatResult(CpSatOutcome.Feasible, new CpSolverResponse { Status = CpSolverStatus.Feasible, Solution = { values }, ObjectiveValue = objective }, "Out of time."));
        }

        public Task<string?> FindProblemAsync(CancellationToken cancellationToken = default) => Task.FromResult<string?>(null);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
