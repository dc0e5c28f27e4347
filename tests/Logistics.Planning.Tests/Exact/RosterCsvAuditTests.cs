using Logistics.Planning.Exact.Rosters;

namespace Logistics.Planning.Tests.Exact;

public sealed class RosterCsvAuditTests(ExactEngine engine) : IClassFixture<ExactEngine>
{
    [Theory]
    [InlineData(12, 5, 0.9)]
    [InlineData(10, 8, 1.3)]
    public async Task Exported_file_keeps_the_law_and_leaves_exactly_what_the_optimum_says(int couriers, int seed, double load)
    {
        var problem = RosterSample.Week(couriers, seed, load);
        var roster = await RosterSolver.SolveAsync(engine.Solver, problem, TimeSpan.FromMinutes(2), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(roster.IsProvenOptimal, roster.Message);

        var audit = new RosterCsvAudit(problem, Export(problem, roster.Duties));

        Assert.Equal(roster.Duties.Count, audit.Count);
        Assert.Empty(audit.ListFaults());
        Assert.Equal(roster.BrokenWishes.Where(b => b.Kind == BrokenWishKind.Shortage).Select(b => b.Amount), audit.ListMissing());
        Assert.Equal(roster.BrokenWishes.Count(b => b.Kind == BrokenWishKind.Wish), audit.CountBrokenWishes());
        Assert.Equal(roster.BrokenWishes.Count(b => b.Kind is BrokenWishKind.UnderContract or BrokenWishKind.OverContract), audit.CountOffContract());
    }

    [Fact]
    public void Audit_sees_a_barred_plate_a_short_night_an_absence_and_a_vehicle_with_two_people()
    {
        var problem = new RosterProblem
        {
            FirstDay = new DateOnly(2026, 11, 23),
            Shifts = [new("early", 360, 840, 480, ["van"]), new("late", 840, 1320, 480, ["van"])],
            Couriers =
            [
                new() { Id = "c0", Name = "A", ContractMinutes = 0, VehicleClasses = new HashSet<string> { "van" }, AbsentDays = new HashSet<int> { 4 } },
                new() { Id = "c1", Name = "B", ContractMinutes = 0, VehicleClasses = new HashSet<string> { "van" } },
            ],
            Vehicles = [new("v0", "京A10000", "van", new HashSet<int> { 2 })],
            Demand = [],
        };
        RosterDuty[] duties = [new("c0", 0, "late", "v0"), new("c0", 1, "early", "v0"), new("c1", 1, "early", "v0"), new("c1", 2, "early", "v0"), new("c0", 4, "late", "v0")];

        var faults = new RosterCsvAudit(problem, Export(problem, duties)).ListFaults();

        Assert.Equal(4, faults.Count);
        Assert.Contains(faults, f => f.EndsWith(": rest", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.EndsWith(": absent", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.EndsWith(": plate barred", StringComparison.Ordinal));
        Assert.Contains("京A10000: two people at 2026-11-24T06:00:00", faults);
    }

    private static string Export(RosterProblem problem, IReadOnlyList<RosterDuty> duties)
    {
        using var text = new StringWriter();
        RosterCsv.Write(problem, duties, text);
        return text.ToString();
    }
}
