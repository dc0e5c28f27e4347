using Logistics.Routing.Model;

namespace Logistics.Routing.Search.Compiled;

/// <summary>Which vehicle class may do which alternative, and which goods may not share a trip.</summary>
internal sealed class FitTable
{
    private readonly bool[] _isAllowed;
    private readonly int _classes;

    public FitTable(CompiledProblem compiled)
    {
        var problem = compiled.Source;
        _classes = Math.Max(1, compiled.VehicleClassCount);
        int alternatives = compiled.Jobs.JobOf.Length;
        _isAllowed = new bool[alternatives * _classes];
        bool isOpen = true;
        // Vehicles of one class fit alike: of thousands only one each is looked at.
        int[] looked = [.. Enumerable.Range(0, problem.Vehicles.Count).Where(v => Array.FindIndex(compiled.Vehicles, w => w.Class == compiled.Vehicles[v].Class) == v)];
        // Thousands of alternatives share one list of allowed vehicles.
        var isListed = new bool[problem.Vehicles.Count];
        IReadOnlyList<int>? listed = null;
        for (int a = 0; a < alternatives; a++)
        {
            var alternative = problem.Jobs[compiled.Jobs.JobOf[a]].Alternatives[compiled.Jobs.IndexInJob[a]];
            if (alternative.AllowedVehicles is { } allowed && !ReferenceEquals(allowed, listed))
            {
                Array.Clear(isListed);
                foreach (int v in allowed) isListed[v] = true;
                listed = allowed;
            }

            foreach (int v in looked)
            {
                bool fits = FitsClass(compiled, alternative, problem.Vehicles[v], v, isOnBoard: compiled.Jobs.BoundVehicle[a] == v)
                    && (alternative.AllowedVehicles is null || isListed[v]) && !alternative.ForbiddenVehicles.Contains(v);
                _isAllowed[(a * _classes) + compiled.Vehicles[v].Class] = fits;
                isOpen &= fits && compiled.Jobs.BoundVehicle[a] < 0;
            }
        }

        IsOpen = isOpen;
        _bound = compiled.Jobs.BoundVehicle;
        (Goods, Conflicts) = ReadGoods(compiled);
        GoodsBefore = new ulong[problem.Vehicles.Count];
        for (int v = 0; v < GoodsBefore.Length; v++)
        {
            foreach (var frozen in problem.Vehicles[v].Committed?.Frozen ?? [])
                GoodsBefore[v] |= Goods[compiled.Jobs.First[frozen.Job] + frozen.Alternative];
        }

        HasConflicts = problem.GoodsConflicts.Count > 0;
    }

    private readonly int[] _bound;

    /// <summary>True when every vehicle may do everything.</summary>
    public bool IsOpen { get; }

    public bool HasConflicts { get; }

    /// <summary>Bit of the goods class of each alternative; 0 when it conflicts with nothing.</summary>
    public ulong[] Goods { get; }

    /// <summary>Bits of the goods classes each alternative may not meet on a trip.</summary>
    public ulong[] Conflicts { get; }

    /// <summary>Goods classes of each vehicle's executed visits.</summary>
    public ulong[] GoodsBefore { get; }

    public bool IsAllowed(int alternative, int vehicle, int vehicleClass) =>
        (_bound[alternative] < 0 || _bound[alternative] == vehicle)
        && _isAllowed[(alternative * _classes) + vehicleClass];

    private static bool FitsClass(CompiledProblem compiled, Alternative alternative, Vehicle vehicle, int index, bool isOnBoard)
    {
        // What is on board before a vehicle has left is too much for it: it may not leave at all.
        for (int k = 0; k < compiled.Dimensions && vehicle.Committed is { StartedAt: null }; k++)
            if (compiled.LoadBefore[(index * compiled.Dimensions) + k] > compiled.Capacity[(index * compiled.Dimensions) + k]) return false;
        foreach (int skill in alternative.Skills)
            if (!vehicle.Skills.Contains(skill)) return false;
        foreach (var visit in alternative.Visits)
        {
            if (vehicle.Zones is { } zones && visit.Zone is { } zone && !zones.Contains(zone)) return false;
            for (int k = 0; k < compiled.Dimensions; k++)
            {
                // What is on board already is only put off.
                long brought = isOnBoard || k >= visit.Delivery.Count ? 0 : visit.Delivery[k];
                long amount = Math.Max(brought, isOnBoard && alternative.Visits.Count == 2 || k >= visit.Pickup.Count ? 0 : visit.Pickup[k]);
                if (amount > compiled.Capacity[(index * compiled.Dimensions) + k]) return false;
            }
        }

        return true;
    }

    private static (ulong[] Goods, ulong[] Conflicts) ReadGoods(CompiledProblem compiled)
    {
        var problem = compiled.Source;
        var bits = new Dictionary<int, int>();
        foreach (var conflict in problem.GoodsConflicts)
        {
            bits.TryAdd(conflict.ClassA, bits.Count);
            bits.TryAdd(conflict.ClassB, bits.Count);
        }

        // More than 64 conflicting classes share bits: legal still, only stricter.
        ulong Bit(int goodsClass) => goodsClass != 0 && bits.TryGetValue(goodsClass, out int bit) ? 1UL << (bit & 63) : 0;
        var goods = new ulong[compiled.Jobs.JobOf.Length];
        var conflicts = new ulong[goods.Length];
        for (int a = 0; a < goods.Length; a++)
        {
            int goodsClass = problem.Jobs[compiled.Jobs.JobOf[a]].Alternatives[compiled.Jobs.IndexInJob[a]].GoodsClass;
            goods[a] = Bit(goodsClass);
            foreach (var conflict in problem.GoodsConflicts)
            {
                if (goods[a] == 0) break;
                if (conflict.ClassA == goodsClass) conflicts[a] |= Bit(conflict.ClassB);
                if (conflict.ClassB == goodsClass) conflicts[a] |= Bit(conflict.ClassA);
            }
        }

        return (goods, conflicts);
    }
}
