using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>Units taken of slotted resources and docks, by slot and class, with what each route contributes.</summary>
/// <remarks>Owned by one island. Counters are nested like <see cref="ResourceTable"/>'s: a key counts units of classes ≥ its own.</remarks>
internal sealed class SlotBook
{
    private readonly CompiledProblem _problem;
    // Slots of later days than any plan has, or shorter than any dock's, are looked up.
    private const int NearSlots = 1 << 14;

    // Units used by cell and slot; as long as the last slot that was ever taken.
    private readonly int[][] _used;
    private readonly Dictionary<long, int> _usedFar = [];
    private readonly List<(CompiledUse Use, int Slot)>[] _byRoute;

    public SlotBook(CompiledProblem problem)
    {
        _problem = problem;
        _used = new int[problem.Resources.Capacity.Length][];
        Array.Fill(_used, []);
        _byRoute = [.. problem.Vehicles.Select(_ => new List<(CompiledUse, int)>())];
        foreach (var (use, slot) in problem.Resources.SlotsBefore) Count(use, slot, 1);
    }

    /// <summary>Slot a start falls in.</summary>
    public static int SlotOf(in CompiledUse use, int start) => use.SlotSeconds == 0 ? 0 : start / use.SlotSeconds;

    public bool Fits(in CompiledUse use, int slot)
    {
        for (int c = use.Cell; c <= use.Cell + use.SizeClass; c++)
            if (UsedIn(c, slot) + use.Units > _problem.Resources.Capacity[c]) return false;
        return true;
    }

    /// <summary>False when even an empty slot has too few units.</summary>
    public bool FitsEmpty(in CompiledUse use)
    {
        for (int c = use.Cell; c <= use.Cell + use.SizeClass; c++)
            if (use.Units > _problem.Resources.Capacity[c]) return false;
        return true;
    }

    public void Count(in CompiledUse use, int slot, int sign)
    {
        for (int c = use.Cell; c <= use.Cell + use.SizeClass; c++)
        {
            if ((uint)slot >= NearSlots)
            {
                _usedFar[Key(c, slot)] = UsedIn(c, slot) + (sign * use.Units);
                continue;
            }

            if (slot >= _used[c].Length) Array.Resize(ref _used[c], Math.Max(16, 2 * (slot + 1)));
            _used[c][slot] += sign * use.Units;
        }
    }

    private int UsedIn(int cell, int slot)
    {
        if ((uint)slot >= NearSlots) return _usedFar.GetValueOrDefault(Key(cell, slot));
        var used = _used[cell];
        return slot < used.Length ? used[slot] : 0;
    }

    /// <summary>Takes a route's units out, so that its own walk does not compete with itself.</summary>
    public void Lift(int route)
    {
        foreach (var (use, slot) in _byRoute[route]) Count(use, slot, -1);
    }

    /// <summary>Puts back what <see cref="Lift"/> took out.</summary>
    public void Lower(int route)
    {
        foreach (var (use, slot) in _byRoute[route]) Count(use, slot, 1);
    }

    /// <summary>A lifted route has no units any more.</summary>
    public void Empty(int route) => _byRoute[route].Clear();

    /// <summary>Replaces a lifted route's units by those of a walk and counts them.</summary>
    public void Replace(int route, List<(CompiledUse Use, int Slot)> uses)
    {
        _byRoute[route].Clear();
        _byRoute[route].AddRange(uses);
        Lower(route);
    }

    /// <summary>Sets a route's units as they were once found.</summary>
    public void Preset(int route, ReadOnlySpan<(CompiledUse Use, int Slot)> uses)
    {
        Lift(route);
        _byRoute[route].Clear();
        foreach (var use in uses) _byRoute[route].Add(use);
        Lower(route);
    }

    private static long Key(int cell, int slot) => ((long)cell << 32) | (uint)slot;
}
