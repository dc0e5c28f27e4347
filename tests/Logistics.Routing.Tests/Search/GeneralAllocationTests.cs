using Logistics.Routing.Search;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Moves;

namespace Logistics.Routing.Tests.Search;

/// <summary>The general search allocates nothing once its buffers have grown, whatever features meet.</summary>
public sealed class GeneralAllocationTests
{
    private const int Rounds = 8;

    [Theory]
    [InlineData(10)]
    [InlineData(14)]
    public void A_settled_general_search_allocates_nothing(int jobs)
    {
        var faults = new List<string>();
        int slotted = 0;
        for (int seed = 0; seed < 24; seed++)
        {
            var compiled = new CompiledProblem(RandomProblems.Make(seed, jobs));
            if (compiled.Resources.HasSlots) slotted++;
            var rng = new Rng((ulong)seed);
            var search = new GeneralSearch(compiled, new NeighbourLists(compiled, 120, 40), new InsertionOrder(compiled), [], rng);
            search.Construct(isGenerous: false);
            var annealing = new Annealing(50, 5, rng);
            annealing.Cool(0.1);
            long bytes = -1;
            for (int round = 0; round < Rounds && bytes != 0; round++) bytes = Run(search, annealing);
            if (bytes > 0) faults.Add($"seed {seed}: still {bytes} bytes in a round of 150 steps{(compiled.Resources.HasSlots ? ", slots" : "")}");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(slotted > 3, $"{slotted} problems with slots say little");
    }

    private static long Run(GeneralSearch search, Annealing annealing)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 150; step++) search.TryStep(annealing);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
