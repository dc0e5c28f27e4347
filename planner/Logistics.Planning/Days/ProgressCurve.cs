using Logistics.Domain;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Planning.Days;

/// <summary>What a running solve has reached, in the day's own terms.</summary>
/// <param name="CostFen">Best cost so far; null before the first plan.</param>
/// <param name="UnassignedJobs">Joined jobs left out by the best plan.</param>
/// <param name="Sketch">The best plan's routes as lines; null when they are not worth drawing again yet.</param>
public sealed record DayProgress(double Seconds, long Iterations, long CostFen, int UnassignedJobs, int VehiclesUsed, bool IsImproved, IReadOnlyList<RouteSketch>? Sketch = null);

/// <summary>A route as straight lines between its stops.</summary>
/// <param name="Vehicle">Index in <see cref="DayModel.Vehicles"/>.</param>
public sealed record RouteSketch(int Vehicle, IReadOnlyList<GeoPoint> Points);

/// <summary>Gathers the improvements of all islands into one falling curve and passes reports on. Thread-safe.</summary>
/// <param name="draw">Draws a plan the search reports.</param>
internal sealed class ProgressCurve(DayModel model, Func<Plan, IReadOnlyList<RouteSketch>> draw, Action<DayProgress>? listener)
{
    /// <summary>Exporting a plan takes the search some milliseconds, and the eye no more than this.</summary>
    private const double SecondsBetweenSketches = 0.7;
    private const int MaxPoints = 400;
    private readonly Lock _gate = new();
    private readonly List<SolveProgress> _points = [];
    private long _best = long.MaxValue;
    private double _sketchedAt = double.NegativeInfinity;

    public IReadOnlyList<SolveProgress> Points
    {
        get
        {
            lock (_gate) return [.. _points];
        }
    }

    public void Add(SearchProgress report)
    {
        var costFen = report.BestCost / PlanningRules.UnitsPerFen;
        bool isImproved, isSketched = false;
        lock (_gate)
        {
            isImproved = report.BestCost < _best;
            if (isImproved)
            {
                _best = report.BestCost;
                _points.Add(new SolveProgress(Math.Round(report.Seconds, 3), report.Iterations, costFen, report.Unserved + model.RuledOut.Count));
                // Every other point goes when it gets long: the curve keeps its shape and both ends.
                if (_points.Count > MaxPoints) Thin();
                isSketched = listener is not null && report.Seconds - _sketchedAt >= SecondsBetweenSketches;
                if (isSketched) _sketchedAt = report.Seconds;
            }
        }

        listener?.Invoke(new DayProgress(report.Seconds, report.Iterations, costFen, report.Unserved, report.VehiclesUsed, isImproved, isSketched ? draw(report.FindBestPlan()) : null));
    }

    private void Thin()
    {
        var kept = _points.Where((_, i) => i % 2 == 0 || i == _points.Count - 1).ToList();
        _points.Clear();
        _points.AddRange(kept);
    }
}
