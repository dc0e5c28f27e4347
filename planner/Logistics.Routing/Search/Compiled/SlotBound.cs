namespace Logistics.Routing.Search.Compiled;

/// <summary>The most units of each slotted resource that any plan can take in one slot: where they are always there, the search need not count them.</summary>
/// <remarks>
/// Each job takes what the greediest of its alternatives does, all in one slot. A vehicle loads there again no sooner than after its shortest trip: loading, the quickest way to a visit, what is done
/// there, the quickest way back; trips without a visit are not driven (<see cref="State.Solution.Refresh"/>). History takes all that it took in one slot.
/// </remarks>
internal sealed class SlotBound
{
    private readonly CompiledProblem _compiled;
    private readonly int[] _capacity;
    private readonly List<CompiledUse>[] _byNode;
    private readonly long[] _most;
    private readonly Dictionary<(Legs Legs, int Place), (int There, int Back)> _trips = [];

    /// <param name="capacity">Units of classes ≥ c by cell.</param>
    /// <param name="byNode">Slotted uses of each node, null for none.</param>
    /// <param name="before">What history has used.</param>
    public SlotBound(CompiledProblem compiled, int[] capacity, List<CompiledUse>[] byNode, List<(CompiledUse Use, int Slot)> before)
    {
        (_compiled, _capacity, _byNode) = (compiled, capacity, byNode);
        _most = new long[capacity.Length];
        foreach (var (use, _) in before) Add(_most, use, 1);
        if (Array.TrueForAll(byNode, uses => uses is null)) return;
        AddJobs();
        for (int v = 0; v < compiled.Vehicles.Length; v++) AddLoadings(compiled.Vehicles[v]);
    }

    /// <summary>Most units of classes ≥ c in one slot, by cell.</summary>
    public ReadOnlySpan<long> Most => _most;

    /// <summary>False when no plan can take more of the resource in a slot than there is.</summary>
    /// <param name="use">Some use of it.</param>
    public bool MayBind(in CompiledUse use)
    {
        // The classes a use takes from begin at the resource's first cell.
        for (int c = use.Cell; c <= use.Cell + use.SizeClass; c++)
            if (_most[c] > _capacity[c]) return true;
        return false;
    }

    private void AddJobs()
    {
        var jobs = _compiled.Jobs;
        long[] dearest = new long[_most.Length], own = new long[_most.Length];
        var touched = new HashSet<int>();
        for (int job = 0; job < jobs.Count; job++)
        {
            touched.Clear();
            for (int a = jobs.First[job]; a < jobs.First[job + 1]; a++)
            {
                foreach (int node in (ReadOnlySpan<int>)[jobs.FirstNode[a], jobs.SecondNode[a]])
                {
                    if (node < 0 || _byNode[node] is not { } uses) continue;
                    foreach (var use in uses)
                    {
                        Add(own, use, 1);
                        for (int c = use.Cell; c <= use.Cell + use.SizeClass; c++) touched.Add(c);
                    }
                }

                foreach (int c in touched) (dearest[c], own[c]) = (Math.Max(dearest[c], own[c]), 0);
            }

            foreach (int c in touched) (_most[c], dearest[c]) = (_most[c] + dearest[c], 0);
        }
    }

    private void AddLoadings(VehicleData v)
    {
        var nodes = new List<(int Node, int Count)> { (v.Start, 1) };
        for (int d = 0; d < v.ReloadDepotCount; d++) nodes.Add((v.FirstReload + (d * v.MaxReloads), v.MaxReloads));
        nodes.RemoveAll(n => _byNode[n.Node] is null);
        // A loading takes from one dock only.
        foreach (var here in nodes.GroupBy(n => _byNode[n.Node][0].Resource))
        {
            // Reloads are shared by all depots.
            int count = Math.Min(1 + v.MaxReloads, here.Sum(n => n.Count));
            int slotSeconds = _byNode[here.First().Node][0].SlotSeconds;
            if (slotSeconds > 0 && count > 1) count = (int)Math.Min(count, 1 + ((slotSeconds - 1) / Math.Max(1, FindShortestTrip(v.Legs, here.Select(n => n.Node)))));
            foreach (var use in here.Select(n => _byNode[n.Node][0]).Distinct())
                Add(_most, use, count);
        }
    }

    /// <summary>Seconds from the beginning of a loading to that of the next, at least.</summary>
    private long FindShortestTrip(Legs legs, IEnumerable<int> loadings)
    {
        long there = int.MaxValue, back = int.MaxValue;
        foreach (int node in loadings)
        {
            var trip = FindTrip(legs, _compiled.Nodes[node].Place);
            there = Math.Min(there, (long)_compiled.Nodes[node].Handling + trip.There);
            back = Math.Min(back, trip.Back);
        }

        return there + back;
    }

    /// <summary>Least seconds from a place to the end of a first visit, and from a last visit to the place.</summary>
    private (int There, int Back) FindTrip(Legs legs, int place)
    {
        if (_trips.TryGetValue((legs, place), out var known)) return known;
        int there = Legs.Blocked, back = Legs.Blocked;
        for (int n = 0; n < _compiled.VisitCount; n++)
        {
            ref readonly var node = ref _compiled.Nodes[n];
            if (!_compiled.Jobs.IsPossible[node.Alternative] || !legs.Knows(node.Place)) continue;
            there = (int)Math.Min(there, (long)legs.Duration(place, node.Place) + (node.Place == place ? 0 : node.Setup) + node.Handling);
            back = Math.Min(back, legs.Duration(node.Place, place));
        }

        return _trips[(legs, place)] = (there, back);
    }

    private static void Add(long[] cells, in CompiledUse use, long times)
    {
        for (int c = use.Cell; c <= use.Cell + use.SizeClass; c++) cells[c] += times * use.Units;
    }
}
