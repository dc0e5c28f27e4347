using Logistics.Routing.Search.Classic;

namespace Logistics.Routing.Tests.Search;

public class AnnealingCyclesTests
{
    [Theory]
    [InlineData(100, 0.3, false, 1)]
    [InlineData(100, 1.4, false, 1)]
    [InlineData(100, 5, false, 5)]
    [InlineData(100, 8, true, 4)]
    [InlineData(10, 300, false, 40)]
    public void There_are_as_many_as_give_each_job_its_iterations(int jobs, double times, bool isMixed, int expected)
    {
        long iterations = (long)(times * jobs * AnnealingCycles.IterationsPerJob);
        var cycles = new AnnealingCycles(jobs, isMixed: isMixed);
        for (int percent = 0; percent <= 100; percent++) cycles.Update(percent / 100.0, iterations * percent / 100);
        Assert.Equal(expected, cycles.Count);
        Assert.Equal(expected - 1, cycles.Current);
    }

    // Iterations a job, fresh cycles in the first three fifths, those from the best.
    [Theory]
    [InlineData(4_500, 1, 0)]
    [InlineData(6_000, 4, 1)]
    [InlineData(11_000, 7, 1)]
    [InlineData(90_000, 14, 8)]
    public void Where_plans_are_settled_hot_many_short_ones_compete_for_the_rest(int perJob, int fresh, int others)
    {
        const int Jobs = 100;
        var cycles = new AnnealingCycles(Jobs, isSettledHot: true);
        double lastFresh = 0, last = 0;
        for (int step = 0; step <= 10_000; step++)
        {
            double spent = step / 10_000.0;
            if (cycles.Update(spent, (long)perJob * Jobs * step / 10_000)) Assert.True(last > 0.97, $"cycle {cycles.Current - 1} ends at {last}");
            last = cycles.FindCooled(spent);
            if (cycles.Current == fresh - 1) lastFresh = spent;
        }

        Assert.Equal(fresh + others, cycles.Count);
        Assert.Equal(cycles.Count - 1, cycles.Current);
        Assert.Equal(1, last, 3);
        Assert.Equal(others == 0 ? 1 : 0.6, lastFresh, 2);
    }

    [Fact]
    public void Every_cycle_ends_cold_and_only_fresh_ones_begin_hot()
    {
        var cycles = new AnnealingCycles(100);
        var starts = new List<double>();
        double last = 0;
        for (int step = 0; step <= 10_000; step++)
        {
            double spent = step / 10_000.0;
            if (cycles.Update(spent, 4L * 100 * AnnealingCycles.IterationsPerJob * step / 10_000))
            {
                Assert.True(last > 0.99, $"cycle {cycles.Current - 1} ends at {last}");
                starts.Add(cycles.FindCooled(spent + 1e-9));
            }

            last = cycles.FindCooled(spent);
        }

        // Four cycles: three afresh (the later ones melt the plan), one from the best.
        Assert.Equal(4, cycles.Count);
        Assert.Equal(1, last, 3);
        Assert.All(starts.Take(2), s => Assert.True(s < 0));
        Assert.InRange(Assert.Single(starts.Skip(2)), 0.3, 0.4);
    }

    [Fact]
    public void Fresh_cycles_take_turns_at_pressure_and_the_rest_keep_what_found_the_best()
    {
        const int Cycles = 8;
        var cycles = new AnnealingCycles(100);
        var pressures = new double[Cycles];
        for (int step = 0; step <= 10_000; step++)
        {
            cycles.Update(step / 10_000.0, (long)Cycles * 100 * AnnealingCycles.IterationsPerJob * step / 10_000);
            pressures[cycles.Current] = cycles.Pressure;
            // The second finds the best plan, whatever comes later.
            if (cycles.Current == 1) cycles.NoteBest();
        }

        Assert.Equal(Cycles, cycles.Count);
        Assert.Equal([1, 0.25, 0, 1, 0.25, 0, 0.25, 0.25], pressures);
        Assert.Equal(0.25, new AnnealingCycles(100, island: 1).Pressure);
        Assert.Equal(0, new AnnealingCycles(100, isFreeFirst: true).Pressure);
    }
}
