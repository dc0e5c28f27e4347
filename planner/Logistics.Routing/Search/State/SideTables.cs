using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>Copies of what is cached for a node outside of it: bounds of walked times, loads beyond the first dimension, releases and goods of trips.</summary>
/// <remarks>Buffers grow once and are reused. Owned by one journal.</remarks>
internal sealed class SideTables(CompiledProblem problem, Solution solution)
{
    private readonly bool _hasBounds = solution.Bounds.At.Length > 0;
    private readonly bool _hasTrips = problem.Jobs.HasReleases || problem.Fit.HasConflicts;
    private readonly int _width = solution.Loads.Width;
    private NodeBounds[] _bounds = [];
    private (int Release, ulong Goods)[] _trips = [];
    private (long Load, long HighestBefore, long HighestAfter)[] _loads = [];

    public void Grow(int count)
    {
        if (_hasBounds) Array.Resize(ref _bounds, count);
        if (_hasTrips) Array.Resize(ref _trips, count);
        if (_width > 0) Array.Resize(ref _loads, count * _width);
    }

    public void Save(int node, int at)
    {
        if (_hasBounds) _bounds[at] = solution.Bounds.At[node];
        if (_hasTrips && solution.Nodes[node].Head == node) _trips[at] = (solution.TripRelease[node], solution.TripGoods[node]);
        for (int k = 0; k < _width; k++)
        {
            int cell = (node * _width) + k;
            _loads[(at * _width) + k] = (solution.Loads.Load[cell], solution.Loads.HighestBefore[cell], solution.Loads.HighestAfter[cell]);
        }
    }

    /// <summary>Puts back what was saved; the node itself is restored already.</summary>
    public void Restore(int node, int at)
    {
        if (_hasBounds) solution.Bounds.At[node] = _bounds[at];
        if (_hasTrips && solution.Nodes[node].Head == node) (solution.TripRelease[node], solution.TripGoods[node]) = _trips[at];
        for (int k = 0; k < _width; k++)
        {
            int cell = (node * _width) + k;
            (solution.Loads.Load[cell], solution.Loads.HighestBefore[cell], solution.Loads.HighestAfter[cell]) = _loads[(at * _width) + k];
        }
    }
}
