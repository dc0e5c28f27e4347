using Logistics.Routing.Model;

namespace Logistics.Routing.Search.Compiled;

/// <summary>Units of a resource that a visit or a loading takes.</summary>
/// <param name="Cell">First cell of the resource.</param>
/// <param name="SizeClass">Smallest class that will do.</param>
internal readonly record struct CompiledUse(int Resource, int Cell, int SizeClass, int Units, int SlotSeconds);

/// <summary>Shared resources as nested counters: cell (r, c) counts units used of classes ≥ c.</summary>
/// <remarks>A set of uses fits exactly when no cell exceeds its capacity (Hall's condition on a chain).</remarks>
internal sealed class ResourceTable
{
    private readonly CompiledUse[] _timeless;
    private readonly int[] _firstTimeless;
    private readonly CompiledUse[] _slotted;
    private readonly int[] _firstSlotted;

    public ResourceTable(CompiledProblem compiled)
    {
        var problem = compiled.Source;
        var capacity = new List<int>();
        var firstCell = new int[problem.Resources.Count];
        for (int r = 0; r < problem.Resources.Count; r++)
        {
            firstCell[r] = capacity.Count;
            var byClass = problem.Resources[r].CapacityByClass;
            for (int c = 0; c < byClass.Count; c++) capacity.Add(byClass.Skip(c).Sum());
        }

        Capacity = [.. capacity];
        UsedBefore = new int[Capacity.Length];
        CompiledUse Compile(ResourceUse use) => new(use.Resource, firstCell[use.Resource], use.SizeClass, use.Units, problem.Resources[use.Resource].SlotSeconds);

        // Docks are counted where loadings happen, so everything else that uses their resource is counted there too.
        var isDocked = new bool[problem.Resources.Count];
        foreach (var depot in problem.Depots)
            if (depot.Dock is { } used) isDocked[used.Resource] = true;
        var timeless = new List<CompiledUse>();
        _firstTimeless = new int[compiled.Jobs.JobOf.Length + 1];
        var slotted = new List<CompiledUse>();
        _firstSlotted = new int[compiled.Nodes.Length + 1];
        var byNode = new List<CompiledUse>[compiled.Nodes.Length];
        for (int a = 0; a < compiled.Jobs.JobOf.Length; a++)
        {
            _firstTimeless[a] = timeless.Count;
            if (!compiled.Jobs.IsPossible[a]) continue;
            var visits = problem.Jobs[compiled.Jobs.JobOf[a]].Alternatives[compiled.Jobs.IndexInJob[a]].Visits;
            foreach (int node in (ReadOnlySpan<int>)[compiled.Jobs.FirstNode[a], compiled.Jobs.SecondNode[a]])
            {
                if (node < 0) continue;
                foreach (var use in visits[compiled.Nodes[node].IsDropOff ? 1 : 0].Uses.Select(Compile))
                {
                    if (use.SlotSeconds == 0 && !isDocked[use.Resource]) timeless.Add(use);
                    else (byNode[node] ??= []).Add(use);
                }
            }
        }

        _firstTimeless[^1] = timeless.Count;
        for (int v = 0; v < problem.Vehicles.Count; v++)
        {
            var vehicle = problem.Vehicles[v];
            if (vehicle.StartDepot is { } depot && vehicle.Committed?.StartedAt is null && problem.Depots[depot].Dock is { } dock)
                byNode[compiled.Vehicles[v].Start] = [Compile(dock)];
            ref readonly var data = ref compiled.Vehicles[v];
            for (int r = data.FirstReload; r < data.FirstReload + (data.MaxReloads * data.ReloadDepotCount); r++)
                if (problem.Depots[compiled.Nodes[r].Depot].Dock is { } reloadDock) byNode[r] = [Compile(reloadDock)];
            if (vehicle.Committed is { } committed) CountHistory(problem, vehicle, committed, Compile, isDocked);
        }

        Bound = new SlotBound(compiled, Capacity, byNode, SlotsBefore);
        for (int n = 0; n < byNode.Length; n++)
        {
            _firstSlotted[n] = slotted.Count;
            if (byNode[n] is { } uses) slotted.AddRange(uses.Where(u => Bound.MayBind(u)));
        }

        _firstSlotted[^1] = slotted.Count;
        _timeless = [.. timeless];
        _slotted = [.. slotted];
        HasSlots = _slotted.Length > 0;
        HasTimeless = _timeless.Length > 0;
        IsOverdrawn = HasHistoryTakenTooMuch();
    }

    /// <summary>Units of classes ≥ c by cell.</summary>
    public int[] Capacity { get; }

    /// <summary>Units of timeless resources that history has used.</summary>
    public int[] UsedBefore { get; }

    /// <summary>Slotted units that history has used: (resource, slot, class, units).</summary>
    public List<(CompiledUse Use, int Slot)> SlotsBefore { get; } = [];

    /// <summary>True when history has taken more of a resource than there is: no plan is legal then.</summary>
    public bool IsOverdrawn { get; }

    /// <summary>True when some use depends on when it happens, and some plan might take too much at once (<see cref="SlotBound"/>).</summary>
    public bool HasSlots { get; }
    public bool HasTimeless { get; }

    public SlotBound Bound { get; }

    public ReadOnlySpan<CompiledUse> TimelessOf(int alternative) =>
        _timeless.AsSpan(_firstTimeless[alternative], _firstTimeless[alternative + 1] - _firstTimeless[alternative]);

    /// <summary>Uses of a node that depend on when it is served, without those of resources that never run out.</summary>
    public ReadOnlySpan<CompiledUse> SlottedOf(int node) => _slotted.AsSpan(_firstSlotted[node], _firstSlotted[node + 1] - _firstSlotted[node]);

    /// <summary>True when <paramref name="use"/> still fits beside <paramref name="used"/>.</summary>
    public bool Fits(int[] used, in CompiledUse use)
    {
        for (int c = use.Cell; c <= use.Cell + use.SizeClass; c++)
            if (used[c] + use.Units > Capacity[c]) return false;
        return true;
    }

    /// <summary>True when all uses together still fit beside <paramref name="used"/>, which is as before afterwards.</summary>
    public bool FitsAll(int[] used, ReadOnlySpan<CompiledUse> uses)
    {
        if (uses.Length == 1) return Fits(used, uses[0]);
        int counted = 0;
        for (; counted < uses.Length && Fits(used, uses[counted]); counted++) Count(used, uses[counted], 1);
        for (int u = 0; u < counted; u++) Count(used, uses[u], -1);
        return counted == uses.Length;
    }

    public static void Count(int[] used, in CompiledUse use, int sign)
    {
        for (int c = use.Cell; c <= use.Cell + use.SizeClass; c++) used[c] += sign * use.Units;
    }

    private bool HasHistoryTakenTooMuch()
    {
        for (int c = 0; c < Capacity.Length; c++)
            if (UsedBefore[c] > Capacity[c]) return true;
        var used = new Dictionary<(int Cell, int Slot), int>();
        foreach (var (use, slot) in SlotsBefore)
            for (int c = use.Cell; c <= use.Cell + use.SizeClass; c++)
                if ((used[(c, slot)] = used.GetValueOrDefault((c, slot)) + use.Units) > Capacity[c]) return true;
        return false;
    }

    private void CountHistory(Problem problem, Vehicle vehicle, CommittedRoute committed, Func<ResourceUse, CompiledUse> compile, bool[] isDocked)
    {
        foreach (var frozen in committed.Frozen)
        {
            foreach (var use in problem.Jobs[frozen.Job].Alternatives[frozen.Alternative].Visits[frozen.Visit].Uses.Select(compile))
            {
                if (use.SlotSeconds == 0 && !isDocked[use.Resource]) Count(UsedBefore, use, 1);
                else SlotsBefore.Add((use, use.SlotSeconds == 0 ? 0 : frozen.Start / use.SlotSeconds));
            }
        }

        if (committed.StartedAt is { } startedAt && vehicle.StartDepot is { } depot && problem.Depots[depot].Dock is { } dock)
        {
            var use = compile(dock);
            SlotsBefore.Add((use, use.SlotSeconds == 0 ? 0 : startedAt / use.SlotSeconds));
        }
    }
}
