using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search;

/// <summary>Several islands on threads of their own, which meet at fixed parts of the budget.</summary>
/// <remarks>
/// The first island takes nothing from the others until the end: it does what it would do alone, so further threads never make a plan worse. The others take over the best and put the
/// routes of all together: the later it gets, the more often, because then the best is worth refining. Ties go to the lower island, so with an iteration budget the outcome depends on
/// seed and thread count only.
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
            ChooseLeader();
            if (Leader.IsCancelled || Leader.HasReachedTarget || _islands[0].IsProven) return;
            foreach (var island in _islands.AsSpan(1))
            {
                if (island.Best.Cost > Leader.Best.Cost) island.Adopt(Leader.Best);
                if (part >= RecombinedFrom) island.Gather(_islands);
            }

            if (part >= RecombinedFrom) OnThreads(i => _islands[i].Recombine());
        }

        ChooseLeader();
        if (Leader == _islands[0] && _islands.Length > 1)
        {
            Leader.Gather(_islands);
            Leader.Recombine();
        }
    }

    private void ChooseLeader()
    {
        Leader = _islands[0];
        foreach (var island in _islands)
            if (island.Best.Cost < Leader.Best.Cost) Leader = island;
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
