using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>Units taken of slotted resources and docks, by slot and class, with what each route contributes.</summary>
/// <remarks>Owned by one island. Counters are nested like <see cref="ResourceTable"/>'s: a key counts units of classes ≥ its own.</remarks>
internal sealed class SlotBook
{
    private readonly CompiledProblem _problem;
    private readonly Dictionary<long, int> _used = [];
    private readonly List<(CompiledUse Use, int Slot)>[] _byRoute;

    public SlotBook(CompiledProblem problem)
    {
        _problem = problem;
        _byRoute = [.. problem.Vehicles.Select(_ => new List<(CompiledUse, int)>())];
        foreach (var (use, slot) in problem.Resources.SlotsBefore) Count(use, slot, 1);
    }

    /// <summary>Slot a start falls in.</summary>
    public static int SlotOf(in CompiledUse use, int start) => use.SlotSeconds == 0 ? 0 : start / use.SlotSeconds;

    public bool Fits(in CompiledUse use, int slot)
    {
        for (int c = use.Cell; c <= use.Cell + use.SizeClass; c++)
            if (_used.GetValueOrDefault(Key(c, slot)) + use.Units > _problem.Resources.Capacity[c]) return false;
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
            long key = Key(c, slot);
            _used[key] = _used.GetValueOrDefault(key) + (sign * use.Units);
        }
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
