using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>Finds room in slots for a route that is being walked, and remembers what it took.</summary>
internal sealed class SlotTaker(CompiledProblem problem, SlotBook slots)
{
    private const int Never = int.MaxValue;

    /// <summary>Units taken by the walk so far.</summary>
    public List<(CompiledUse Use, int Slot)> Taken { get; } = [];

    /// <summary>First second from <paramref name="from"/> on whose slots have room for the node's uses; may lie beyond <paramref name="until"/>.</summary>
    public int Find(int node, int from, int until)
    {
        if (!problem.Resources.HasSlots) return from;
        int start = from;
        while (start <= until && !HasRoom(node, start, out int next))
        {
            if (next == Never) return Never;
            start = next;
        }

        return start;
    }

    /// <summary>Takes the node's units at its start; the second at which the first of its slots ends, or a very large one.</summary>
    public long Take(int node, int start)
    {
        long end = Never;
        if (!problem.Resources.HasSlots) return end;
        foreach (ref readonly var use in problem.Resources.SlottedOf(node))
        {
            int slot = SlotBook.SlotOf(use, start);
            Taken.Add((use, slot));
            slots.Count(use, slot, 1);
            if (use.SlotSeconds > 0) end = Math.Min(end, (slot + 1L) * use.SlotSeconds);
        }

        return end;
    }

    /// <summary>Gives everything back to the book; <see cref="Taken"/> still names it.</summary>
    public void Lift()
    {
        foreach (var (use, slot) in Taken) slots.Count(use, slot, -1);
    }

    private bool HasRoom(int node, int start, out int next)
    {
        next = Never;
        foreach (ref readonly var use in problem.Resources.SlottedOf(node))
        {
            int slot = SlotBook.SlotOf(use, start);
            if (slots.Fits(use, slot)) continue;
            if (use.SlotSeconds > 0 && slots.FitsEmpty(use)) next = (slot + 1) * use.SlotSeconds;
            return false;
        }

        return true;
    }
}
