using Google.Protobuf;
using Logistics.OrTools.Protocol;

namespace Logistics.OrTools.Hosting;

/// <summary>CP-SAT in child processes: a small pool that keeps one process warm and replaces what it had to kill.</summary>
/// <remarks>
/// The WebAssembly solver cannot be interrupted, so cancelling kills its process (about 0.1 s) and a replacement starts in the
/// background (about 1 s). Thread-safe.
/// </remarks>
public sealed class NodeCpSat(CpSatOptions options) : ICpSat
{
    private readonly SemaphoreSlim _places = new(options.MaxProcesses);
    private readonly Stack<SolverProcess> _idle = new(); // locked by itself
    private readonly HashSet<SolverProcess> _busy = []; // locked by _idle
    private readonly CancellationTokenSource _closing = new();
    private Task<string?>? _problem; // the search for Node; kept once it has succeeded
    private bool _isClosed; // locked by _idle

    /// <summary>Ids of the processes that wait for work.</summary>
    public IReadOnlyList<int> ListIdleProcessIds()
    {
        lock (_idle) return [.. _idle.Select(p => p.ProcessId)];
    }

    /// <summary>Ids of the processes that solve.</summary>
    public IReadOnlyList<int> ListBusyProcessIds()
    {
        lock (_idle) return [.. _busy.Select(p => p.ProcessId)];
    }

    /// <summary>Starts a process ahead of the first solve.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken = default)
    {
        if (await FindProblemAsync(cancellationToken) is not null) return;
        await _places.WaitAsync(cancellationToken);
        try
        {
            Return(await TakeAsync(cancellationToken));
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc />
    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken = default)
    {
        var search = _problem ?? options.Installation.FindProblemAsync(cancellationToken);
        var problem = await search;
        // Only success is remembered: an operator who installs Node need not restart us.
        _problem = problem is null ? search : null;
        return problem;
    }

    /// <inheritdoc />
    public async Task<CpSatResult> SolveAsync(CpModelProto model, SatParameters? parameters = null, IProgress<CpSatProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var size = model.CalculateSize();
        if (size > options.MaxModelBytes)
            return new(CpSatOutcome.ModelTooLarge, null, $"The model has {size:N0} bytes; the exact engine takes at most {options.MaxModelBytes:N0}. Cut the problem into smaller ones.");
        var effective = Effective(parameters, progress is not null);
        var limit = TimeSpan.FromSeconds(effective.MaxTimeInSeconds) + options.HangGrace;
        try
        {
            if (await FindProblemAsync(cancellationToken) is { } problem) return new(CpSatOutcome.Unavailable, null, problem);
            await _places.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return Cancelled;
        }

        SolverProcess? child = null;
        var isHealthy = false;
        using var hang = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(hang.Token, cancellationToken, _closing.Token);
        try
        {
            child = await TakeAsync(either.Token);
            lock (_idle) _busy.Add(child);
            // The limit starts once a process is there: waiting for a place is not hanging.
            using var timer = options.Time.CreateTimer(_ => hang.Cancel(), null, limit, Timeout.InfiniteTimeSpan);
            var log = progress is null ? null : new ProgressReader(progress, model.Objective is { ScalingFactor: < 0 });
            var (kind, payload) = await child.SolveAsync(model.ToByteArray(), effective.ToByteArray(), log is null ? null : log.Read, either.Token);
            isHealthy = kind == ReplyKind.Solved && child.ResidentMebibytes <= options.RecycleAboveMebibytes;
            return kind == ReplyKind.Solved
                ? CpSatResults.From(CpSolverResponse.Parser.ParseFrom(payload))
                : CpSatResults.FromFailure(System.Text.Encoding.UTF8.GetString(payload));
        }
        catch (OperationCanceledException) when (hang.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new(CpSatOutcome.Hung, null, $"The solver did not stop within {limit.TotalSeconds:0} s and was killed. Try a smaller problem or a longer time limit.");
        }
        catch (OperationCanceledException)
        {
            return Cancelled;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            // Node was there when we looked for it and is gone now: look again before the next solve.
            _problem = null;
            return new(CpSatOutcome.Unavailable, null, $"\"{options.Installation.NodePath}\" cannot be run any more ({e.Message}). Install Node {CpSatInstallation.OldestNode} or newer again, or set LOGISTICS_NODE to its path.");
        }
        catch (Exception e) when (e is IOException or InvalidProtocolBufferException)
        {
            if (child is null) _problem = null;
            return CpSatResults.FromFailure(e.Message);
        }
        finally
        {
            if (child is not null)
                lock (_idle) _busy.Remove(child);
            if (child is not null && isHealthy)
            {
                Return(child);
            }
            else if (child is not null)
            {
                await child.DisposeAsync();
                _ = ReplaceAsync();
            }

            _places.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        SolverProcess[] idle;
        lock (_idle)
        {
            _isClosed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        await _closing.CancelAsync();
        foreach (var child in idle) await child.DisposeAsync();
    }

    private static CpSatResult Cancelled => new(CpSatOutcome.Cancelled, null, "The solve was cancelled.");

    private SatParameters Effective(SatParameters? given, bool wantsLog)
    {
        var effective = given?.Clone() ?? new SatParameters();
        if (!effective.HasMaxTimeInSeconds || !double.IsFinite(effective.MaxTimeInSeconds)) effective.MaxTimeInSeconds = options.DefaultTimeLimit.TotalSeconds;
        // The build has one thread to search with; more workers only cost memory.
        effective.NumWorkers = 1;
        effective.LogSearchProgress = wantsLog;
        effective.LogToStdout = wantsLog;
        return effective;
    }

    private async Task<SolverProcess> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            SolverProcess? child;
            lock (_idle) _idle.TryPop(out child);
            if (child is null) return await SolverProcess.StartAsync(options.Installation, options.StartLimit, options.Time, cancellationToken);
            if (child.IsAlive) return child;
            await child.DisposeAsync();
        }
    }

    private void Return(SolverProcess child)
    {
        lock (_idle)
        {
            // One warm process is enough: the others' memory is worth more than the second they take to start.
            if (!_isClosed && _idle.Count == 0)
            {
                _idle.Push(child);
                return;
            }
        }

        _ = child.DisposeAsync().AsTask();
    }

    private async Task ReplaceAsync()
    {
        try
        {
            lock (_idle)
                if (_isClosed || _idle.Count > 0) return;
            Return(await SolverProcess.StartAsync(options.Installation, options.StartLimit, options.Time, _closing.Token));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.ComponentModel.Win32Exception)
        {
            // The next solve starts its own process and reports what is wrong then.
        }
    }

    private sealed class ProgressReader(IProgress<CpSatProgress> progress, bool isMaximised)
    {
        private int _solutions;

        public void Read(string line)
        {
            if (SearchLog.TryParse(line, _solutions, isMaximised) is not { } found) return;
            _solutions = found.Solutions;
            progress.Report(found);
        }
    }
}
