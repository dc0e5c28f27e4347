using Logistics.OrTools.Protocol;

namespace Logistics.Planning.Exact.Rosters;

/// <summary>What forbids a duty: the model's own packing constraints (at most one, at most so many minutes, at most so many vehicles), read from the model itself, so that there is no second opinion of the law.</summary>
internal sealed class RosterRooms
{
    private readonly (int Room, long Weight)[][] _roomsOf; // by variable
    private readonly List<long> _left = []; // by constraint

    public RosterRooms(CpModelProto model)
    {
        var roomsOf = model.Variables.Select(_ => new List<(int, long)>()).ToArray();
        foreach (var constraint in model.Constraints)
        {
            if (constraint.AtMostOne is { } one)
            {
                foreach (var literal in one.Literals) roomsOf[literal].Add((_left.Count, 1));
                _left.Add(1);
            }
            else if (constraint.Linear is { } linear && linear.Coeffs.All(c => c >= 0) && linear.Domain[1] < long.MaxValue)
            {
                for (var i = 0; i < linear.Vars.Count; i++) roomsOf[linear.Vars[i]].Add((_left.Count, linear.Coeffs[i]));
                _left.Add(linear.Domain[1]);
            }
        }

        _roomsOf = [.. roomsOf.Select(r => r.ToArray())];
    }

    public bool Fits(int variable)
    {
        foreach (var (room, weight) in _roomsOf[variable])
            if (_left[room] < weight) return false;
        return true;
    }

    public bool TryTake(int variable)
    {
        if (!Fits(variable)) return false;
        foreach (var (room, weight) in _roomsOf[variable]) _left[room] -= weight;
        return true;
    }

    public void Free(int variable)
    {
        foreach (var (room, weight) in _roomsOf[variable]) _left[room] += weight;
    }
}
