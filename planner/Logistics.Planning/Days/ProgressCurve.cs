using Logistics.Domain;
using Logistics.Routing.Search;

namespace Logistics.Planning.Days;

/// <summary>What a running solve has reached, in the day's own terms.</summary>
/// <param name="CostFen">Best cost so far; null before the first plan.</param>
/// <param name="UnassignedJobs">Joined jobs left out by the best plan.</param>
public sealed record DayProgress(double Seconds, long Iterations, long CostFen, int UnassignedJobs, int VehiclesUsed, bool IsImproved);

/// <summary>Gathers the improvements of all islands into one falling curve and passes reports on. Thread-safe.</summary>
internal sealed class ProgressCurve(DayModel model, Action<DayProgress>? listener)
{
    private const int MaxPoints = 400;
    private readonly Lock _gate = new();
    private readonly List<SolveProgress> _points = [];
    private long _best = long.MaxValue;

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
        bool isImproved;
        lock (_gate)
        {
            isImproved = report.BestCost < _best;
            if (isImproved)
            {
                _best = report.BestCost;
                _points.Add(new SolveProgress(Math.Round(report.Seconds, 3), report.Iterations, costFen, report.Unserved + model.RuledOut.Count));
                // Every other point goes when it gets long: the curve keeps its shape and both ends.
                if (_points.Count > MaxPoints) Thin();
            }
        }

        listener?.Invoke(new DayProgress(report.Seconds, report.Iterations, costFen, report.Unserved, report.VehiclesUsed, isImproved));
    }

    private void Thin()
    {
        var kept = _points.Where((_, i) => i % 2 == 0 || i == _points.Count - 1).ToList();
        _points.Clear();
        _points.AddRange(kept);
    }
}
