using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>Goes through every way to take breaks in order on a route, all of them first, then without those that may be waived.</summary>
internal sealed class BreakWays
{
    private int[] _positions = [];
    private CompiledBreak[] _rests = [];
    private int _count;
    private int _taken;
    private bool _isBegun;

    /// <summary>Position after which each break is taken, −1 = not at all; as long as the most breaks asked for.</summary>
    public int[] Positions => _positions;

    /// <param name="count">Nodes of the route.</param>
    public void Begin(int count, CompiledBreak[] rests)
    {
        (_count, _rests, _taken, _isBegun) = (count, rests, rests.Length, false);
        if (_positions.Length < rests.Length) _positions = new int[rests.Length];
    }

    public bool TryNext()
    {
        if (!_isBegun)
        {
            _isBegun = true;
            Fill();
            return true;
        }

        int last = _taken - 1;
        while (last >= 0 && _positions[last] == _count - 2) last--;
        if (last >= 0)
        {
            Array.Fill(_positions, _positions[last] + 1, last, _taken - last);
            return true;
        }

        if (--_taken < 0 || !_rests[_taken].IsWaivedIfRouteEndsBefore) return false;
        Fill();
        return true;
    }

    private void Fill()
    {
        Array.Fill(_positions, 0, 0, _taken);
        Array.Fill(_positions, -1, _taken, _rests.Length - _taken);
    }
}
