using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>Vehicles not in use, by class, so that of many like vehicles only one need be tried.</summary>
internal sealed class IdleVehicles
{
    private readonly int[] _classOf;
    private readonly int[] _first;
    private readonly int[] _count;
    private readonly int[] _members;
    private readonly int[] _slotOf;

    public IdleVehicles(CompiledProblem problem)
    {
        _classOf = [.. problem.Vehicles.Select(v => v.Class)];
        ClassCount = problem.VehicleClassCount;
        _first = new int[ClassCount + 1];
        foreach (int c in _classOf) _first[c + 1]++;
        for (int c = 0; c < ClassCount; c++) _first[c + 1] += _first[c];
        _count = new int[ClassCount];
        _members = new int[_classOf.Length];
        _slotOf = new int[_classOf.Length];
        Array.Fill(_slotOf, -1);
        UsedCount = _classOf.Length;
    }

    public int ClassCount { get; }

    /// <summary>Vehicles that are not idle.</summary>
    public int UsedCount { get; private set; }

    /// <summary>Classes with idle vehicles, a bit each; beyond 64 classes some share a bit, and it says nothing.</summary>
    public ulong Classes { get; private set; }

    /// <summary>Idle vehicles of a class.</summary>
    public ReadOnlySpan<int> Of(int vehicleClass) => _members.AsSpan(_first[vehicleClass], _count[vehicleClass]);

    public void Set(int vehicle, bool isIdle)
    {
        if (isIdle == _slotOf[vehicle] >= 0) return;
        int c = _classOf[vehicle];
        UsedCount += isIdle ? -1 : 1;
        if (isIdle)
        {
            _slotOf[vehicle] = _first[c] + _count[c];
            _members[_first[c] + _count[c]++] = vehicle;
            Classes |= 1UL << c;
            return;
        }

        int last = _members[_first[c] + --_count[c]];
        if (_count[c] == 0) Classes &= ~(1UL << c);
        _members[_slotOf[vehicle]] = last;
        _slotOf[last] = _slotOf[vehicle];
        _slotOf[vehicle] = -1;
    }
}
