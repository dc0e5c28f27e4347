using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Tests.Search;

/// <summary>Waiting, overtime and too long ways of vehicles that make trips cost what a vehicle driven second by second says.</summary>
public sealed class TripExcessTests
{
    private const int PerWait = 7;
    private const int PerOvertime = 3;
    private const int Regular = 2_500;
    private const int PerMetre = 11;

    [Fact]
    public void Cost_after_any_steps_is_legs_and_what_brute_force_says_of_the_rest()
    {
        int waited = 0, overtime = 0, tooFar = 0;
        for (int seed = 0; seed < 16; seed++)
        {
            var problem = ClassicProblems.WithClosingTimes(ClassicProblems.WithTripKinds(ClassicProblems.WithTrips(ClassicProblems.Rough(seed, 30), seed, vehicles: 14)));
            var compiled = new CompiledProblem(problem);
            int[] metres = MeasureLegs(compiled);
            TripTerms[] terms = [.. problem.Vehicles.Select((_, v) => new TripTerms(FixedRest.None, -1, PerWait, Regular, PerOvertime) with { MaxDistance = v % 3 == 0 ? 2_000 : long.MaxValue, CostPerMetreBeyond = PerMetre, Metres = metres })];
            var plan = ClassicSearches.Construct(compiled, compiled);
            var search = ClassicSearches.Open(compiled, terms, (ulong)seed, plan);
            var rng = new Rng((ulong)seed);
            var annealing = new Annealing(3_000, 300, rng);
            for (int step = 0; step < 300; step++)
            {
                annealing.Cool(step / 300.0);
                search.TryStep(annealing);
                if (step % 30 != 29) continue;
                search.KeepIn(plan);
                if (plan.Absent > 0) continue;
                long expected = new PlanExporter(compiled).Export(plan).Routes.Sum(r => r.Cost.Total);
                for (int v = 0; v < problem.Vehicles.Count; v++)
                {
                    var (wait, over, driven) = Drive(compiled, plan.RouteOf(v).ToArray(), v);
                    long far = Math.Max(0, driven - terms[v].MaxDistance);
                    (waited, overtime, tooFar) = (waited + Math.Sign(wait), overtime + Math.Sign(over), tooFar + Math.Sign(far));
                    expected += (PerWait * wait) + (PerOvertime * over) + (PerMetre * far);
                }

                Assert.True(expected == search.Cost, $"seed {seed}, step {step}: {search.Cost} is not {expected}");
                search = ClassicSearches.Open(compiled, terms, (ulong)(seed + step), plan);
                Assert.Equal(expected, search.Cost);
            }
        }

        Assert.True(waited > 50 && overtime > 50 && tooFar > 5, $"{waited} waited, {overtime} worked too long, {tooFar} drove too far");
    }

    [Fact]
    public void A_fleet_is_not_complete_while_a_vehicle_drives_too_far()
    {
        var problem = ClassicProblems.WithTrips(ClassicProblems.Rough(3, 30), 3, vehicles: 8);
        var compiled = new CompiledProblem(problem);
        Assert.True(ClassicSearches.Open(compiled, [.. problem.Vehicles.Select(_ => new TripTerms(FixedRest.None, CostPerWaitSecond: PerWait))], 1, ClassicSearches.Construct(compiled, compiled)).IsComplete);
        Assert.False(ClassicSearches.Open(compiled, [.. problem.Vehicles.Select(_ => new TripTerms(FixedRest.None, CostPerWaitSecond: PerWait, MaxDistance: 10, CostPerMetreBeyond: PerMetre, Metres: MeasureLegs(compiled)))], 1, ClassicSearches.Construct(compiled, compiled)).IsComplete);
    }

    [Fact]
    public void A_fleet_is_not_complete_while_a_vehicle_leaves_when_its_break_is_over()
    {
        var problem = ClassicProblems.WithTrips(ClassicProblems.Rough(3, 30), 3, vehicles: 8);
        var compiled = new CompiledProblem(problem);
        var plan = ClassicSearches.Construct(compiled, compiled);
        int first = Enumerable.Range(0, 8).Where(v => plan.RouteOf(v).Length > 0).Min(v => new PlanExporter(compiled).Export(plan).Routes.First(r => r.Vehicle == v).Steps[0].Departure);
        Assert.True(ClassicSearches.Open(compiled, [.. problem.Vehicles.Select(_ => new TripTerms(new FixedRest(18_000, 0), CostPerWaitSecond: PerWait))], 1, plan).IsComplete);
        var late = ClassicSearches.Open(compiled, [.. problem.Vehicles.Select(_ => new TripTerms(new FixedRest(first - 1, 0), CostPerWaitSecond: PerWait))], 1, plan);
        Assert.False(late.IsComplete);
    }

    private static int[] MeasureLegs(CompiledProblem compiled)
    {
        int places = compiled.Source.Places.Count;
        var legs = compiled.Vehicles[0].Legs;
        return [.. Enumerable.Range(0, places * places).Select(i => i / places == i % places ? 0 : (int)legs.Distance(i / places, i % places))];
    }

    /// <summary>Waiting and overtime of the latest start that ends as early as any, and metres.</summary>
    private static (long Wait, long Overtime, long Driven) Drive(CompiledProblem compiled, int[] nodes, int v)
    {
        if (nodes.Length == 0) return (0, 0, 0);
        ref readonly var vehicle = ref compiled.Vehicles[v];
        int end = TryEnd(compiled, nodes, v, vehicle.EarliestStart, out int work, out long driven)!.Value;
        int begin = vehicle.EarliestStart;
        for (int later = begin; later <= Math.Min(vehicle.LatestStart, vehicle.LoadUntil) && TryEnd(compiled, nodes, v, later, out _, out _) is { } ends && ends <= end; later++) begin = later;
        return (end - begin - work, Math.Max(0, end - begin - Regular), driven);
    }

    private static int? TryEnd(CompiledProblem compiled, int[] nodes, int v, int begin, out int work, out long driven)
    {
        ref readonly var vehicle = ref compiled.Vehicles[v];
        int now = begin, at = vehicle.Start, loading = compiled.Nodes[at].Handling;
        (work, driven) = (0, 0);
        for (int i = -1; i <= nodes.Length; i++)
        {
            int node = i < 0 ? vehicle.Start : i < nodes.Length ? nodes[i] : vehicle.End;
            ref readonly var data = ref compiled.Nodes[node];
            if (i >= 0)
            {
                int from = compiled.Nodes[at].Place, seconds = from == data.Place ? 0 : vehicle.Legs.Duration(from, data.Place);
                (now, work, at) = (now + seconds, work + seconds, node);
                driven += from == data.Place ? 0 : vehicle.Legs.Distance(from, data.Place);
            }

            if (data.Kind == NodeKind.Visit)
            {
                var windows = compiled.Source.Jobs[compiled.Jobs.JobOf[data.Alternative]].Alternatives[0].Visits[0].Windows.Where(w => now <= w.Latest).ToList();
                if (windows.Count == 0) return null;
                (now, work) = (Math.Max(now, windows[0].Earliest) + data.Handling, work + data.Handling);
            }
            else if (data.Kind == NodeKind.End)
            {
                if (now > data.Latest) return null;
            }
            else
            {
                int release = nodes.Skip(i + 1).TakeWhile(n => n < compiled.VisitCount).Max(n => compiled.Jobs.Release[compiled.Nodes[n].Alternative]);
                now = Math.Max(now, Math.Max(vehicle.LoadFrom, release));
                if (now > vehicle.LoadUntil) return null;
                (now, work) = (now + loading, work + loading);
            }
        }

        return now;
    }
}
