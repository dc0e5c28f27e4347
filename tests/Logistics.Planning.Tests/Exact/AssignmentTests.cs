using Logistics.OrTools;
using Logistics.Planning.Exact.Assignments;

namespace Logistics.Planning.Tests.Exact;

public sealed class AssignmentTests(ExactEngine engine) : IClassFixture<ExactEngine>
{
    private static readonly Dictionary<string, int> NoQuota = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hundred_parcels_are_assigned_to_a_proven_optimum_that_keeps_every_limit()
    {
        var problem = AssignmentSample.Day(100, 8, 4, seed: 5);

        var optimum = await SolveAsync(problem);

        Assert.Equal(CpSatOutcome.Optimal, optimum.Outcome);
        Assert.Equal(optimum.Cost, optimum.Bound);
        AssertLegal(problem, optimum.Choices);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Optimum_equals_the_best_of_all_assignments(int seed)
    {
        var problem = AssignmentSample.Day(6, 3, 2, seed, fill: 2);
        var best = EnumerateAll(problem, 0, []).Where(t => Fits(problem, t)).Min(t => AssignmentCosts.Total(problem, t));

        var optimum = await SolveAsync(problem);

        Assert.Equal((best, best), (optimum.Cost, optimum.Bound));
        AssertLegal(problem, optimum.Choices);
    }

    [Fact]
    public async Task Small_parcel_gives_way_when_only_a_large_compartment_is_left_for_a_large_one()
    {
        // One large compartment: either parcel fits it, only one gets it; the other costs 100 elsewhere.
        var problem = Small([new("small", 0, "p", [new(0, 0, 0)], 100), new("large", 1, "p", [new(0, 0, 0)], 300)], new("t", [0, 1], NoQuota));

        var optimum = await SolveAsync(problem);

        Assert.Equal(100, optimum.Cost);
        Assert.Equal([new("small", null, null), new("large", 0, 1)], optimum.Choices);
    }

    [Fact]
    public async Task Terminal_without_consent_or_too_far_is_never_chosen()
    {
        var problem = Small([new("a", 0, "p", [new(0, 0, 10, HasConsent: false)], 500), new("b", 0, "p", [new(0, 0, 900)], 500)], new("t", [2, 2], NoQuota)) with { MaxWalkMetres = 500 };

        var optimum = await SolveAsync(problem);

        Assert.All(optimum.Choices, c => Assert.Null(c.Terminal));
        Assert.Equal(1000, optimum.Cost);
    }

    [Fact]
    public async Task Plan_is_compared_with_the_optimum()
    {
        var problem = Small([new("a", 0, "p", [new(0, 40, 160)], 300)], new("t", [1, 0], NoQuota));
        var optimum = await SolveAsync(problem);

        var comparison = AssignmentBound.Compare(problem, [null], optimum);

        Assert.Equal(new AssignmentComparison(300, 200), comparison);
        Assert.Equal(0.5, comparison.GivenUp);
    }

    private Task<AssignmentOptimum> SolveAsync(AssignmentProblem problem) => AssignmentBound.SolveAsync(engine.Solver, problem, TimeSpan.FromSeconds(120), cancellationToken: Token);

    private static AssignmentProblem Small(IReadOnlyList<AssignmentParcel> parcels, AssignmentTerminal terminal) =>
        new() { SizeClasses = ["S", "L"], Terminals = [terminal], Parcels = parcels };

    private static void AssertLegal(AssignmentProblem problem, IReadOnlyList<AssignmentChoice> choices)
    {
        var seated = choices.Zip(problem.Parcels).Where(c => c.First.Terminal is not null).ToList();
        Assert.All(seated, c => Assert.True(c.First.SizeClass >= c.Second.SizeClass));
        Assert.All(seated, c => Assert.Contains(c.Second.Candidates, candidate => candidate.Terminal == c.First.Terminal));
        foreach (var box in seated.GroupBy(c => (c.First.Terminal, c.First.SizeClass)))
            Assert.True(box.Count() <= problem.Terminals[box.Key.Terminal!.Value].FreeCompartments[box.Key.SizeClass!.Value]);
        foreach (var held in seated.GroupBy(c => (c.First.Terminal, c.Second.PartnerId)))
            Assert.True(held.Count() <= problem.Terminals[held.Key.Terminal!.Value].Quotas.GetValueOrDefault(held.Key.PartnerId, int.MaxValue));
    }

    private static IEnumerable<int?[]> EnumerateAll(AssignmentProblem problem, int parcel, int?[] before) => parcel == problem.Parcels.Count
        ? [before]
        : problem.Parcels[parcel].Candidates.Select(c => (int?)c.Terminal).Append(null).SelectMany(t => EnumerateAll(problem, parcel + 1, [.. before, t]));

    /// <summary>Seats parcels one by one in the smallest compartment that fits, trying every order of classes: here, largest first.</summary>
    private static bool Fits(AssignmentProblem problem, int?[] terminals)
    {
        for (var t = 0; t < problem.Terminals.Count; t++)
        {
            var here = problem.Parcels.Where((_, p) => terminals[p] == t).ToList();
            if (here.GroupBy(p => p.PartnerId, StringComparer.Ordinal).Any(g => g.Count() > problem.Terminals[t].Quotas.GetValueOrDefault(g.Key, int.MaxValue))) return false;
            var boxes = problem.Terminals[t].FreeCompartments.SelectMany((n, k) => Enumerable.Repeat(k, n)).ToList();
            foreach (var parcel in here.OrderByDescending(p => p.SizeClass))
            {
                var box = boxes.Where(k => k >= parcel.SizeClass).DefaultIfEmpty(-1).Min();
                if (box < 0) return false;
                boxes.Remove(box);
            }
        }

        return true;
    }
}
