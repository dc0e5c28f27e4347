using System.Diagnostics;
using System.Globalization;
using Logistics.Domain;
using Logistics.OrTools;
using Logistics.Planning.Days;
using Logistics.Planning.Demo;
using Logistics.Planning.Exact.Assignments;
using Logistics.Planning.Travel;

namespace Logistics.Planner.Cli.Bench;

/// <summary>Does the day's search gain from starting at the optimal assignment? <c>logistics exact --warm-start</c> gives both ways the same time.</summary>
internal static class WarmStartStudy
{
    // Of the whole time, for the plan that drives the optimal assignment; the rest searches the day with all options.
    private const double StartShare = 0.2;

    public static async Task RunAsync(TextWriter output, int parcels, int repeat, double seconds, CancellationToken cancel)
    {
        await using var solver = CpSat.Create(new CpSatOptions { MaxProcesses = 1 });
        if (await solver.FindProblemAsync(cancel) is { } missing) throw new BadInputException("exact", [missing]);
        for (var seed = 1; seed <= repeat; seed++)
        {
            var city = DemoCity.Generate(new DemoOptions { Day = new DateOnly(2026, 11, 25), Seed = seed, Parcels = parcels });
            var input = new DayInput { Network = city.Network, Day = city.Options.Day, Parcels = [.. city.Parcels], Shifts = city.Shifts, TakenByTerminal = DayInput.CountTaken(city.Compartments) };
            var day = new Searcher(seed);
            var cold = await day.SolveAsync(input, seconds, cancel);
            var watch = Stopwatch.GetTimestamp();
            var first = await day.SolveAsync(input, StartShare * seconds, cancel, iterations: 1);
            var assignment = DayAssignment.Of(input, first);
            var optimum = await AssignmentBound.SolveAsync(solver, assignment.Problem, TimeSpan.FromSeconds(StartShare * seconds), null, cancel);
            var proof = Stopwatch.GetElapsedTime(watch);
            if (optimum.Choices.Count == 0)
            {
                await output.WriteLineAsync($"seed {seed}: no assignment: {optimum.Message}");
                continue;
            }

            var start = await day.SolveAsync(assignment.Preferred(input, optimum), StartShare * seconds, cancel);
            var warm = await day.SolveAsync(input with { Base = start }, seconds - Stopwatch.GetElapsedTime(watch).TotalSeconds, cancel);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"seed {seed}, {seconds:0} s: cold {Text(cold)}; from the assignment ({optimum.Outcome} after {proof.TotalSeconds:0.0} s, driven {Text(start)}) {Text(warm)}; {100.0 * (warm.Cost.TotalFen() - cold.Cost.TotalFen()) / cold.Cost.TotalFen():+0.00;-0.00} %"));
        }
    }

    private static string Text(DayPlan plan) => string.Create(CultureInfo.InvariantCulture, $"{plan.Cost.TotalFen() / 100.0:0} yuan, {plan.Unassigned.Count} out");

    private sealed class Searcher(int seed)
    {
        private readonly DayPlanner _planner = new(GreatCircleTimes.Beijing, new TravelCache(), TimeProvider.System);
        private readonly IdFactory _ids = new(TimeProvider.System, seed);

        public async Task<DayPlan> SolveAsync(DayInput input, double seconds, CancellationToken cancel, long iterations = long.MaxValue)
        {
            var model = await _planner.BuildAsync(input, cancel);
            var settings = new SolveSettings { Seconds = seconds, Seed = seed, MaxIterations = iterations };
            return _planner.Solve(model, settings, new PlanHeader(_ids.New(IdPrefix.Plan), 1, "warm start", "exact"), _ids, null, cancel).DayPlan;
        }
    }
}
