using Logistics.Domain;
using Logistics.Planning.Days;
using Logistics.Web.Hosting;

namespace Logistics.Web.Plans;

/// <summary>One solve, from the request to the stored plan. The worker writes it, requests read it; all state behind one lock.</summary>
public sealed class SolveJob(string id, DateOnly day, SolveRequest request, Actor actor, TimeProvider time) : IDisposable
{
    private const int MostPoints = 400;

    private readonly Lock _gate = new();
    private readonly List<CurvePoint> _curve = [];
    private readonly CancellationTokenSource _cancel = new();
    private readonly long _created = time.GetTimestamp();
    private SolveState _state = SolveState.Queued;
    private long? _started, _ended;
    private long _iterations;
    private BestSoFar? _best;
    private IReadOnlyList<PreviewRoute>? _preview, _announced;
    private string? _planId;
    private SolveError? _error;

    public string Id => id;

    public DateOnly Day => day;

    public SolveRequest Request => request;

    public Actor Actor => actor;

    /// <summary>Set by cancel; the search then returns the best it has.</summary>
    public CancellationToken Cancelled => _cancel.Token;

    public bool IsOver
    {
        get
        {
            lock (_gate) return _ended is not null;
        }
    }

    public void Enter(SolveState state)
    {
        lock (_gate)
        {
            if (state == SolveState.Solving) _started = time.GetTimestamp();
            _state = state;
        }
    }

    public void Report(DayProgress progress, int ruledOut)
    {
        lock (_gate)
        {
            _iterations = Math.Max(_iterations, progress.Iterations);
            if (progress.Sketch is { } sketch) _preview = [.. sketch.Select(r => new PreviewRoute(r.Vehicle + 1, [.. r.Points.Select(p => new LonLat(Math.Round(p.Lon, 5), Math.Round(p.Lat, 5)))]))];
            if (!progress.IsImproved) return;
            _best = new BestSoFar(progress.CostFen, progress.UnassignedJobs + ruledOut, progress.VehiclesUsed);
            _curve.Add(new CurvePoint(Math.Round(progress.Seconds, 2), progress.CostFen, progress.UnassignedJobs + ruledOut));
            // Every other point goes when it gets long: the curve keeps its shape and both ends.
            if (_curve.Count > MostPoints) for (var i = _curve.Count - 2; i > 0; i -= 2) _curve.RemoveAt(i);
        }
    }

    public void Finish(DayPlan plan)
    {
        lock (_gate)
        {
            _planId = plan.Id;
            _best = new BestSoFar(plan.Cost.TotalFen(), plan.Unassigned.Count, plan.Routes.Count);
            _iterations = Math.Max(_iterations, plan.Solve?.Iterations ?? 0);
            End(SolveState.Done);
        }
    }

    /// <summary>Cancelled before there was anything worth keeping.</summary>
    public void FinishCancelled()
    {
        lock (_gate) End(SolveState.Cancelled);
    }

    public void Fail(SolveError error)
    {
        lock (_gate)
        {
            _error = error;
            End(SolveState.Failed);
        }
    }

    public void Cancel() => _cancel.Cancel();

    public void Dispose() => _cancel.Dispose();

    /// <param name="isAnnounced">For the live feed, which is not sent the same lines twice.</param>
    public SolveJobView View(bool isAnnounced = false)
    {
        lock (_gate)
        {
            var preview = isAnnounced && ReferenceEquals(_preview, _announced) ? null : _preview;
            if (isAnnounced) _announced = _preview;
            var elapsed = _started is { } started ? time.GetElapsedTime(started, _ended ?? time.GetTimestamp()) : time.GetElapsedTime(_created, _ended ?? time.GetTimestamp());
            return new SolveJobView(
                id, day, _state, Math.Round(elapsed.TotalSeconds, 1), request.Seconds ?? 0, _iterations, [.. _curve], _best, _ended is null ? preview : null, _planId, _error);
        }
    }

    private void End(SolveState state)
    {
        _state = state;
        _ended = time.GetTimestamp();
    }
}
