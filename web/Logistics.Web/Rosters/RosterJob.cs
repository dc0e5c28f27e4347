using Logistics.Planning.Exact.Rosters;

namespace Logistics.Web.Rosters;

/// <summary>One solve of a week. The solver writes it, requests read it; all state behind one lock.</summary>
public sealed class RosterJob(TimeSpan limit, TimeProvider time, CancellationToken stopping) : IProgress<RosterProgress>, IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private readonly long _started = time.GetTimestamp();
    private long? _ended;
    private RosterJobState _state = RosterJobState.Running;
    private RosterProgress _progress = new(RosterStep.Search, TimeSpan.Zero, null, null);
    private string? _message;

    public TimeSpan Limit => limit;

    /// <summary>Ends when the job does, whatever became of it.</summary>
    public Task Running { get; set; } = Task.CompletedTask;

    /// <summary>Set by cancel; the best roster so far is kept.</summary>
    public CancellationToken Cancelled => _cancel.Token;

    public bool IsOver
    {
        get
        {
            lock (_gate) return _state != RosterJobState.Running;
        }
    }

    public void Report(RosterProgress value)
    {
        lock (_gate) _progress = value;
    }

    public void Finish(RosterJobState state, string? message)
    {
        lock (_gate) (_state, _message, _ended) = (state, message, time.GetTimestamp());
    }

    public void Cancel() => _cancel.Cancel();

    public void Dispose() => _cancel.Dispose();

    public RosterJobView View()
    {
        lock (_gate)
        {
            var seconds = time.GetElapsedTime(_started, _ended ?? time.GetTimestamp()).TotalSeconds;
            return new(_state, _progress.Step, Math.Round(seconds, 1), limit.TotalSeconds, _progress.Best, _progress.Bound, _message);
        }
    }
}
