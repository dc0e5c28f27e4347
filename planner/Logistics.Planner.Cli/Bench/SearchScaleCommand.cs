using System.CommandLine;
using System.Globalization;
using Logistics.Planner.Cli.Running;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Planner.Cli.Bench;

/// <summary><c>logistics scale</c>: measures time per iteration and memory as the number of visits grows (docs/benchmarks-routing.md).</summary>
internal static class SearchScaleCommand
{
    public static Command Create()
    {
        var visits = new Option<int[]>("--visits") { Description = "Numbers of visits.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1_000, 10_000, 100_000] };
        var iterations = new Option<long>("--iterations") { Description = "Iterations for each.", DefaultValueFactory = _ => 200_000 };
        var windows = new Option<bool>("--windows") { Description = "With time windows." };
        var command = new Command("scale", "Measure time per iteration and memory by problem size.") { visits, iterations, windows };
        visits.Validators.Add(result =>
        {
            foreach (int count in result.GetValueOrDefault<int[]>() ?? [])
                if (count is < 10 or > 1_000_000) result.AddError($"--visits: {count} is not in [10, 1000000].");
        });
        command.SetAction((parsed, cancel) => RunAsync(parsed.InvocationConfiguration.Output, parsed.GetValue(visits)!, parsed.GetValue(iterations), parsed.GetValue(windows), cancel));
        return command;
    }

    private static async Task<int> RunAsync(TextWriter output, int[] sizes, long iterations, bool hasWindows, CancellationToken cancel)
    {
        foreach (int visits in sizes)
        {
            var problem = Make(visits, hasWindows);
            long before = GC.GetTotalMemory(forceFullCollection: true), held = 0;
            // CPU time, so that what else the machine does is not measured.
            var clock = new RunClock();
            double ready = 0, last = 0;
            double Elapsed()
            {
                last = clock.CpuSeconds;
                if (held != 0) return last;
                held = GC.GetTotalMemory(forceFullCollection: true) - before;
                return ready = last = clock.CpuSeconds;
            }

            var result = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = iterations, ElapsedSeconds = Elapsed }, cancel);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{visits} visits: first plan after {ready:F2} CPU s, {1e6 * (last - ready) / Math.Max(1, result.Iterations):F2} µs of it an iteration, {held / (double)visits:F0} bytes a visit, cost {result.Plan.Cost.Total}"));
        }

        return ExitCode.Good;
    }

    /// <summary>Visits spread evenly, so that the density – and with it the work beside one visit – is the same in every size; about twenty on a route.</summary>
    private static Problem Make(int visits, bool hasWindows)
    {
        var random = new Random(visits);
        double side = 30 * Math.Sqrt(visits);
        var x = Enumerable.Range(0, visits + 1).Select(_ => random.NextDouble() * side).ToArray();
        var y = Enumerable.Range(0, visits + 1).Select(_ => random.NextDouble() * side).ToArray();
        (x[0], y[0]) = (side / 2, side / 2);
        int day = (int)(4 * side) + 20_000;
        Visit Visit(int place)
        {
            int from = (int)side + random.Next(10_000);
            return new Visit { Place = place, Delivery = [1 + random.Next(9)], HandlingSeconds = hasWindows ? 60 : 0, Windows = hasWindows ? [new TimeWindow(from, from + 4_000)] : [] };
        }

        return new Problem
        {
            Name = $"scale {visits}",
            Dimensions = 1,
            Places = [.. x.Select((_, p) => new Place($"place {p}") { X = x[p], Y = y[p] })],
            Profiles = [new EuclideanTravel(x, y, 1, PlaneRounding.Nearest)],
            Depots = [new Depot { Id = "depot", Place = 0 }],
            Vehicles = [.. Enumerable.Range(0, (visits / 10) + 1).Select(v => new Vehicle { Id = $"vehicle {v}", StartDepot = 0, EndDepot = 0, Capacity = [100], CostPerMetre = 1, Shift = new TimeWindow(0, day) })],
            Jobs = [.. Enumerable.Range(0, visits).Select(j => new Job { Id = $"job {j}", Alternatives = [new Alternative { Visits = [Visit(j + 1)] }] })],
        };
    }
}
