using Logistics.OrTools;
using Logistics.OrTools.Protocol;
using Logistics.Planning.Exact.Rosters;

namespace Logistics.Planning.Tests.Exact;

public sealed class RosterTests(ExactEngine engine) : IClassFixture<ExactEngine>
{
    private static readonly RosterShift Early = new("early", 360, 840, 480, []);
    private static readonly RosterShift Late = new("late", 840, 1320, 480, [], IsUnpopular: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Week_of_twelve_couriers_breaks_no_rule_and_its_points_are_true()
    {
        var problem = RosterSample.Week(12, seed: 3);

        var roster = await SolveAsync(problem);

        Assert.Equal(CpSatOutcome.Optimal, roster.Outcome);
        Assert.Empty(RosterChecker.ListViolations(problem, roster.Duties));
        Assert.Equal(RosterChecker.Shortage(problem, roster.Duties), roster.Shortage);
        Assert.Equal(RosterChecker.Points(problem, roster.Duties, RosterFairness.Shares(problem)), roster.Points, 6);
        Assert.Equal(roster.Points, roster.PointsBound, 6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Optimum_equals_the_best_of_all_rosters_of_a_tiny_team(int seed)
    {
        var problem = RosterTiny.Random(seed);
        var shares = RosterFairness.Shares(problem);
        var best = RosterTiny.EnumerateAll(problem)
            .Where(duties => RosterChecker.ListViolations(problem, duties).Count == 0)
            .Min(duties => (RosterChecker.Shortage(problem, duties), RosterChecker.Points(problem, duties, shares)));

        var roster = await SolveAsync(problem);

        Assert.True(roster.IsProvenOptimal);
        Assert.Equal(best, (roster.Shortage, roster.Points));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Hubs_of_their_own_are_proven_one_by_one_and_the_sums_are_the_whole_week_s(int seed)
    {
        // The tiny team with every demand given to a hub: north has c0, south c1 and c2.
        var tiny = RosterTiny.Random(seed);
        var problem = tiny with { Demand = [.. tiny.Demand.Select((d, i) => d with { Hub = i % 2 == 0 ? "north" : "south" })] };
        var shares = RosterFairness.Shares(problem);
        var best = RosterTiny.EnumerateAll(problem)
            .Where(duties => RosterChecker.ListViolations(problem, duties).Count == 0)
            .Min(duties => (RosterChecker.Shortage(problem, duties), RosterChecker.Points(problem, duties, shares)));

        var roster = await SolveAsync(problem);

        Assert.Equal(2, RosterParts.Split(problem).Count);
        Assert.True(roster.IsProvenOptimal);
        Assert.Equal(best, (roster.Shortage, roster.Points));
        Assert.Equal(RosterChecker.Shortage(problem, roster.Duties), roster.Shortage);
    }

    [Fact]
    public async Task Time_that_one_hub_did_not_need_proves_another()
    {
        // Two are needed and one is there, so each hub's first step has something to prove; the first hub's share ends before it is.
        var problem = Team(0) with
        {
            Couriers = [new() { Id = "a", Hub = "n", ContractMinutes = 0 }, new() { Id = "b", Hub = "s", ContractMinutes = 0 }],
            Demand = [new(0, 360, 840, 2, Hub: "n"), new(0, 360, 840, 2, Hub: "s")],
        };
        await using var late = new LateOnce(engine.Solver);

        var roster = await RosterSolver.SolveAsync(late, problem, TimeSpan.FromSeconds(60), cancellationToken: Token);

        Assert.True(roster.IsProvenOptimal);
        Assert.Equal((960, 960), (roster.Shortage, roster.ShortageBound));
        Assert.Equal(["a", "b"], roster.Duties.Select(d => d.CourierId));
    }

    [Fact]
    public void Hubs_that_share_vehicles_or_demand_stay_together()
    {
        RosterCourier Of(string id, string hub) => new() { Id = id, Hub = hub, ContractMinutes = 0, VehicleClasses = new HashSet<string> { "van" } };
        var apart = Team(0) with { Couriers = [Of("a", "n"), Of("b", "s") with { VehicleClasses = new HashSet<string>() }], Demand = [new(0, 360, 840, 1, Hub: "n"), new(0, 360, 840, 1, Hub: "s")] };
        Assert.Equal(2, RosterParts.Split(apart).Count);
        Assert.Single(RosterParts.Split(apart with { Couriers = [Of("a", "n"), Of("b", "s")] }));
        Assert.Single(RosterParts.Split(apart with { Demand = [.. apart.Demand, new(0, 360, 840, 1, Skill: "fresh")] }));
    }

    [Fact]
    public async Task Demand_that_cannot_be_met_is_answered_with_who_is_missing_when()
    {
        // One courier, three needed in the morning; the afternoon is not staffed at all by a rested courier.
        var problem = Team(1) with { Demand = [new(0, 360, 840, 3), new(1, 360, 840, 1)] };

        var roster = await SolveAsync(problem);

        Assert.True(roster.IsProvenOptimal);
        var missing = Assert.Single(roster.BrokenWishes, b => b.Kind == BrokenWishKind.Shortage);
        Assert.Equal((0, 2L), (missing.Day, missing.Amount));
        Assert.Equal("2026-11-23 06:00–14:00: 2 of 3 couriers are missing.", missing.Text);
    }

    [Fact]
    public async Task Late_shift_leaves_no_early_shift_the_day_after()
    {
        // Late ends at 22:00; eleven hours later it is 09:00 and the early shift has begun.
        var problem = Team(1) with { Demand = [new(0, 840, 1320, 1, Priority: 5), new(1, 360, 840, 1)] };

        var roster = await SolveAsync(problem);

        Assert.Equal([new RosterDuty("c0", 0, "late", null)], roster.Duties);
        Assert.Equal(480, roster.Shortage);
    }

    [Fact]
    public async Task Locks_are_kept_and_the_rest_is_solved_around_them()
    {
        var problem = Team(2) with
        {
            Demand = [new(0, 360, 840, 1), new(0, 840, 1320, 1)],
            Locks = [new("c0", 0, "late"), new("c1", 1, null)],
            Wishes = [new("c0", 0, RosterWishKind.Avoid, "late", 10)],
        };

        var roster = await SolveAsync(problem);

        Assert.Equal([new("c0", 0, "late", null), new("c1", 0, "early", null)], roster.Duties);
        Assert.DoesNotContain(roster.BrokenWishes, b => b.Kind == BrokenWishKind.Lock);
    }

    [Fact]
    public async Task Lock_against_the_law_is_named_and_not_kept()
    {
        var problem = Team(1) with { Demand = [], Locks = [new("c0", 0, "late"), new("c0", 1, "early")] };

        var roster = await SolveAsync(problem);

        Assert.Empty(RosterChecker.ListViolations(problem, roster.Duties));
        Assert.Single(roster.BrokenWishes, b => b.Kind == BrokenWishKind.Lock);
    }

    [Fact]
    public async Task Barred_plate_stays_in_the_yard_and_the_other_van_drives()
    {
        var drive = new RosterShift("drive", 480, 960, 480, ["van"]);
        var problem = Team(2) with
        {
            Shifts = [drive],
            Vehicles = [new("v0", "京A00001", "van", new HashSet<int> { 0 }), new("v1", "京A00002", "van", new HashSet<int>())],
            Demand = [new(0, 480, 960, 2), new(1, 480, 960, 2)],
        };

        var roster = await SolveAsync(problem);

        Assert.Equal("v1", Assert.Single(roster.Duties, d => d.Day == 0).VehicleId);
        Assert.Equal(2, roster.Duties.Count(d => d.Day == 1));
        Assert.Equal(1, Assert.Single(roster.BrokenWishes, b => b.Kind == BrokenWishKind.Shortage).Amount);
    }

    [Fact]
    public async Task Locked_vehicle_is_driven_by_its_lock_only()
    {
        var drive = new RosterShift("drive", 480, 960, 480, ["van"]);
        var problem = Team(2) with
        {
            Shifts = [drive],
            Vehicles = [new("v0", "京A00001", "van", new HashSet<int>()), new("v1", "京A00002", "van", new HashSet<int>())],
            Demand = [new(0, 480, 960, 2)],
            Locks = [new("c1", 0, "drive", "v0")],
        };

        var roster = await SolveAsync(problem);

        Assert.Equal([new("c0", 0, "drive", "v1"), new("c1", 0, "drive", "v0")], roster.Duties);
    }

    [Fact]
    public async Task Unsound_problem_is_refused_with_every_error()
    {
        var problem = Team(1) with { Shifts = [new("night", 1200, 1700, 480, [])], Demand = [new(9, 0, 60, 1)], Locks = [new("nobody", 0, null)] };

        var error = await Assert.ThrowsAsync<ArgumentException>(() => SolveAsync(problem));

        Assert.Contains("Shift night: 1200 to 1700 must lie within [0, 1440]", error.Message, StringComparison.Ordinal);
        Assert.Contains("Demand 0 (day 9, 0 to 60): the day must be 0 to 6.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Lock: courier nobody is unknown.", error.Message, StringComparison.Ordinal);
    }

    private Task<Roster> SolveAsync(RosterProblem problem) => RosterSolver.SolveAsync(engine.Solver, problem, TimeSpan.FromSeconds(120), cancellationToken: Token);

    private static RosterProblem Team(int couriers) => new()
    {
        FirstDay = new DateOnly(2026, 11, 23),
        Shifts = [Early, Late],
        Couriers = [.. Enumerable.Range(0, couriers).Select(i => new RosterCourier { Id = $"c{i}", ContractMinutes = 0, VehicleClasses = new HashSet<string> { "van" } })],
        Demand = [],
    };

    /// <summary>The real solver, whose first answer is that its time was up.</summary>
    private sealed class LateOnce(ICpSat solver) : ICpSat
    {
        private bool _wasLate;

        public Task<CpSatResult> SolveAsync(CpModelProto model, SatParameters? parameters = null, IProgress<CpSatProgress>? progress = null, CancellationToken cancellationToken = default)
        {
            if (_wasLate) return solver.SolveAsync(model, parameters, progress, cancellationToken);
            _wasLate = true;
            return Task.FromResult(new CpSatResult(CpSatOutcome.OutOfTime, null, "Out of time."));
        }

        public Task<string?> FindProblemAsync(CancellationToken cancellationToken = default) => solver.FindProblemAsync(cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
