using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search;

/// <summary>Several islands on threads of their own, which meet at fixed parts of the budget and go on from the best.</summary>
/// <remarks>
/// Early on each island keeps to itself; the later it gets, the more often they meet, because then the best is worth refining together. Ties go to the lower island,
/// so with an iteration budget the outcome depends on seed and thread count only.
/// </remarks>
internal sealed class Archipelago
{
    private static readonly double[] Meetings = [0.5, 0.65, 0.75, 0.82, 0.88, 0.92, 0.95, 0.975, 1.0];
    private const double RecombinedFrom = 0.75;
    private readonly Island[] _islands;

    public Archipelago(CompiledProblem problem, NeighbourLists neighbours, ClassicTables? classic, SearchOptions options, CancellationToken cancellation)
    {
        _islands = new Island[Math.Max(1, options.Threads)];
        OnThreads(i => _islands[i] = new Island(problem, neighbours, classic, options, i, cancellation));
    }

    public Island Leader { get; private set; } = null!;
    public long Iterations => _islands.Sum(i => i.Iterations);

    public void Run()
    {
        foreach (double part in Meetings)
        {
            OnThreads(i => _islands[i].RunUntil(part));
            Leader = _islands[0];
            foreach (var island in _islands)
                if (island.Best.Cost < Leader.Best.Cost) Leader = island;
            if (Leader.IsCancelled || Leader.HasReachedTarget || _islands[0].IsProven) return;
            if (part >= RecombinedFrom) Leader.Recombine(_islands);
            foreach (var island in _islands)
                if (part < 1 && island.Best.Cost > Leader.Best.Cost) island.Adopt(Leader.Best);
        }
    }

    private void OnThreads(Action<int> work)
    {
        if (_islands.Length == 1)
        {
            work(0);
            return;
        }

        var failures = new Exception?[_islands.Length];
        var threads = new Thread[_islands.Length];
        for (int i = 0; i < threads.Length; i++)
        {
            int index = i;
            threads[i] = new Thread(() =>
            {
                try
                {
                    work(index);
                }
#pragma warning disable CA1031 // Rethrown on the caller's thread below.
                catch (Exception failure)
#pragma warning restore CA1031
                {
                    failures[index] = failure;
                }
            })
            { IsBackground = true, Name = $"island {i}" };
            threads[i].Start();
        }

        foreach (var thread in threads) thread.Join();
        if (Array.Find(failures, f => f is not null) is { } first) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
    }
}
