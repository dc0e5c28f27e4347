using System.Globalization;
using Google.Protobuf;
using Logistics.OrTools.Protocol;
using Sat = Google.OrTools.Sat;

namespace Logistics.OrTools.Native;

/// <summary>CP-SAT in this process, by the official Google.OrTools package (9.11 or newer).</summary>
/// <remarks>
/// Compiled only with <c>-p:GoogleOrTools=true</c>. Messages cross as bytes, because the package has its own generated classes for them.
/// Unlike the child process this one can be interrupted, so a cancelled solve keeps its best solution. Thread-safe.
/// </remarks>
public sealed class NativeCpSat(CpSatOptions options) : ICpSat
{
    private readonly SemaphoreSlim _places = new(options.MaxProcesses);

    /// <inheritdoc />
    public Task<string?> FindProblemAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            using var wrapper = new Sat.SolveWrapper();
            return Task.FromResult<string?>(null);
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or BadImageFormatException)
        {
            return Task.FromResult<string?>($"Google.OrTools' native library cannot be loaded ({(e.InnerException ?? e).Message}). Maybe its runtime package for this platform is missing; build without -p:GoogleOrTools=true to use the child process.");
        }
    }

    /// <inheritdoc />
    public async Task<CpSatResult> SolveAsync(CpModelProto model, SatParameters? parameters = null, IProgress<CpSatProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.CalculateSize() > options.MaxModelBytes)
            return new(CpSatOutcome.ModelTooLarge, null, $"The model has {model.CalculateSize():N0} bytes; the exact engine takes at most {options.MaxModelBytes:N0}. Cut the problem into smaller ones.");
        if (await FindProblemAsync(cancellationToken) is { } problem) return new(CpSatOutcome.Unavailable, null, problem);
        try
        {
            await _places.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new(CpSatOutcome.Cancelled, null, "The solve was cancelled.");
        }

        try
        {
            // A search owns its thread for minutes; the pool's threads are for short work.
            return await Task.Factory.StartNew(
                () => Solve(model, parameters, progress, cancellationToken),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _places.Dispose();
        return ValueTask.CompletedTask;
    }

    private CpSatResult Solve(CpModelProto model, SatParameters? parameters, IProgress<CpSatProgress>? progress, CancellationToken cancellationToken)
    {
        using var wrapper = new Sat.SolveWrapper();
        wrapper.SetStringParameters(ToText(parameters));
        using var onSolution = new SolutionReporter(wrapper, progress, cancellationToken);
        using var onBound = new BoundReporter(wrapper, onSolution, cancellationToken);
        wrapper.AddSolutionCallback(onSolution);
        wrapper.AddBestBoundCallbackFromClass(onBound);
        using var registration = cancellationToken.Register(wrapper.StopSearch);
        var response = wrapper.Solve(Sat.CpModelProto.Parser.ParseFrom(model.ToByteArray()));
        wrapper.ClearSolutionCallback(onSolution);
        return CpSatResults.From(CpSolverResponse.Parser.ParseFrom(response.ToByteArray()), cancellationToken.IsCancellationRequested);
    }

    /// <summary>The parameters as protobuf text, the only form that the package takes in C#.</summary>
    private string ToText(SatParameters? given)
    {
        var effective = given?.Clone() ?? new SatParameters();
        if (!effective.HasMaxTimeInSeconds || !double.IsFinite(effective.MaxTimeInSeconds)) effective.MaxTimeInSeconds = options.DefaultTimeLimit.TotalSeconds;
        effective.LogToStdout = false;
        return string.Join(' ', SatParameters.Descriptor.Fields.InDeclarationOrder()
            .Where(f => f.Accessor.HasValue(effective))
            .Select(f => $"{f.Name}:{ToText(f.Accessor.GetValue(effective))}"));
    }

    private static string ToText(object value) => value is bool truth ? (truth ? "true" : "false") : string.Create(CultureInfo.InvariantCulture, $"{value}");

    private sealed class SolutionReporter(Sat.SolveWrapper wrapper, IProgress<CpSatProgress>? progress, CancellationToken cancellationToken) : Sat.SolutionCallback
    {
        private int _solutions;
        private double? _objective;

        public override void OnSolutionCallback()
        {
            _solutions++;
            _objective = ObjectiveValue();
            Report(WallTime(), BestObjectiveBound());
            // A stop that came before the search began was not heard.
            if (cancellationToken.IsCancellationRequested) wrapper.StopSearch();
        }

        public void Report(double? seconds, double bound) =>
            progress?.Report(new(TimeSpan.FromSeconds(seconds ?? 0), _solutions, _objective, double.IsFinite(bound) ? bound : null));
    }

    private sealed class BoundReporter(Sat.SolveWrapper wrapper, SolutionReporter solutions, CancellationToken cancellationToken) : Sat.BestBoundCallback
    {
        private readonly long _start = System.Diagnostics.Stopwatch.GetTimestamp();

        public override void NewBestBound(double bound)
        {
            solutions.Report(System.Diagnostics.Stopwatch.GetElapsedTime(_start).TotalSeconds, bound);
            if (cancellationToken.IsCancellationRequested) wrapper.StopSearch();
        }
    }
}
