using Logistics.Routing.Model;

namespace Logistics.Routing.Tests.Oracle;

/// <summary>Counts resource uses by resource, slot and class in one flat array.</summary>
internal sealed class UseBook
{
    private readonly Problem _problem;
    private readonly int[] _first;
    private readonly int[] _slots;

    public UseBook(Problem problem, int horizon)
    {
        _problem = problem;
        _slots = [.. problem.Resources.Select(r => r.SlotSeconds == 0 ? 1 : (horizon / r.SlotSeconds) + 1)];
        _first = new int[problem.Resources.Count];
        for (int r = 0; r < problem.Resources.Count; r++)
        {
            _first[r] = Size;
            Size += _slots[r] * problem.Resources[r].CapacityByClass.Count;
        }
    }

    public int Size { get; }

    public void Add(int[] counts, IReadOnlyList<ResourceUse> uses, int second, int sign)
    {
        foreach (var use in uses)
        {
            var resource = _problem.Resources[use.Resource];
            int slot = resource.SlotSeconds == 0 ? 0 : Math.Min(second / resource.SlotSeconds, _slots[use.Resource] - 1);
            counts[_first[use.Resource] + (slot * resource.CapacityByClass.Count) + use.SizeClass] += sign * use.Units;
        }
    }

    /// <summary>Hall's condition for every resource and slot.</summary>
    public bool Fits(int[] counts)
    {
        for (int r = 0; r < _problem.Resources.Count; r++)
        {
            var capacity = _problem.Resources[r].CapacityByClass;
            for (int slot = 0; slot < _slots[r]; slot++)
            {
                int used = 0, available = 0;
                for (int c = capacity.Count - 1; c >= 0; c--)
                {
                    used += counts[_first[r] + (slot * capacity.Count) + c];
                    available += capacity[c];
                    if (used > available) return false;
                }
            }
        }

        return true;
    }
}
