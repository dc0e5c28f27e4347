using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Pipes;

namespace Logistics.OrTools.Hosting;

/// <summary>One child process with a CP-SAT solver in it; solves one request at a time.</summary>
/// <remarks>
/// Frames go over a named pipe (a Unix domain socket elsewhere than on Windows) that only this user may open; the
/// child's standard output carries the search log, its standard error the runtime's complaints, and its standard input
/// stays open as a lifeline: when this process dies, however it dies, the child reads end of file and kills itself.
/// Not thread-safe: the pool lends a process to one caller at a time.
/// </remarks>
internal sealed class SolverProcess : IAsyncDisposable
{
    private const int KeptErrorLines = 20, MaxReplyBytes = 500_000_000, KilledExitCode = 137;
    private readonly Process _process;
    private readonly NamedPipeServerStream _pipe;
    private readonly Queue<string> _errors = new(); // locked by itself: the error reader writes, a failing solve reads
    private volatile Action<string>? _onLogLine;
    private Task _readers = Task.CompletedTask;
    private int _isDisposed;

    private SolverProcess(Process process, NamedPipeServerStream pipe)
    {
        _process = process;
        _pipe = pipe;
    }

    public int ProcessId => _process.Id;

    public bool IsAlive => Volatile.Read(ref _isDisposed) == 0 && !_process.HasExited;

    /// <summary>Mebibytes that the child held after its last answer.</summary>
    public int ResidentMebibytes { get; private set; }

    /// <summary>Starts a child and waits until its solver is loaded.</summary>
    /// <exception cref="IOException">The child ended or did not answer in time.</exception>
    public static async Task<SolverProcess> StartAsync(CpSatInstallation installation, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var name = $"logistics-cp-sat-{Guid.NewGuid():N}";
        var pipe = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        var start = new ProcessStartInfo(installation.NodePath)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.ArgumentList.Add(installation.HostScript);
        start.ArgumentList.Add(ClientPath(name));
        start.ArgumentList.Add(installation.RuntimeScript);
        SolverProcess? child = null;
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            child = new SolverProcess(Process.Start(start)!, pipe);
            child._readers = Task.WhenAll(child.ReadLogAsync(), child.ReadErrorsAsync());
            var connected = pipe.WaitForConnectionAsync(either.Token);
            var exited = child._process.WaitForExitAsync(either.Token);
            if (await Task.WhenAny(connected, exited) == exited && !connected.IsCompleted)
            {
                await exited;
                throw new IOException($"the solver process ended with code {child._process.ExitCode} while starting: {child.LastErrors()}");
            }

            await connected;
            // The name has served; a parent that is killed later leaves no file behind.
            if (!OperatingSystem.IsWindows()) File.Delete(ClientPath(name));
            var (kind, _) = await child.ReadReplyAsync(either.Token);
            return kind == ReplyKind.Ready ? child : throw new IOException($"the solver process greeted with '{(char)kind}'");
        }
        catch (Exception e)
        {
            if (child is not null) await child.DisposeAsync();
            else await pipe.DisposeAsync();
            if (e is OperationCanceledException && timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
                throw new IOException($"the solver process did not start within {limit.TotalSeconds:0} s", e);
            throw;
        }
    }

    /// <summary>Sends a request and waits for its reply.</summary>
    /// <exception cref="IOException">The child died; the message holds its last words.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the child is still busy and must be disposed of.</exception>
    public async Task<(ReplyKind Kind, byte[] Payload)> SolveAsync(byte[] model, byte[] parameters, Action<string>? onLogLine, CancellationToken cancellationToken)
    {
        _onLogLine = onLogLine;
        try
        {
            var head = new byte[8];
            BinaryPrimitives.WriteInt32LittleEndian(head, 4 + model.Length + parameters.Length);
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), model.Length);
            await _pipe.WriteAsync(head, cancellationToken);
            await _pipe.WriteAsync(model, cancellationToken);
            await _pipe.WriteAsync(parameters, cancellationToken);
            return await ReadReplyAsync(cancellationToken);
        }
        catch (IOException e)
        {
            await WaitForExitAsync();
            if (!_process.HasExited) throw new IOException($"{e.Message}: {LastErrors()}", e);
            var killed = _process.ExitCode == KilledExitCode ? " (killed from outside; the system does that, too, when it runs short of RAM)" : "";
            throw new IOException($"the solver process ended with code {_process.ExitCode}{killed}: {LastErrors()}", e);
        }
        finally
        {
            _onLogLine = null;
        }
    }

    /// <summary>Kills the child and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        try
        {
            _process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has gone or is going.
        }

        await _process.WaitForExitAsync();
        await _readers; // both end with the child's streams
        await _pipe.DisposeAsync();
        _process.Dispose();
    }

    private static string ClientPath(string name) => OperatingSystem.IsWindows()
        ? $@"\\.\pipe\{name}"
        : Path.Combine(Path.GetTempPath(), $"CoreFxPipe_{name}"); // where .NET puts its Unix sockets

    private async Task<(ReplyKind Kind, byte[] Payload)> ReadReplyAsync(CancellationToken cancellationToken)
    {
        var head = new byte[9];
        await _pipe.ReadExactlyAsync(head, cancellationToken);
        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        // Nothing is allocated from a length that no solver would send.
        if (length is < 5 or > MaxReplyBytes || !Enum.IsDefined((ReplyKind)head[4])) throw new IOException($"the solver process answered with {length} bytes of kind {head[4]}, which is no reply");
        var payload = new byte[length - 5];
        ResidentMebibytes = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(5));
        await _pipe.ReadExactlyAsync(payload, cancellationToken);
        return ((ReplyKind)head[4], payload);
    }

    private async Task WaitForExitAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await _process.WaitForExitAsync(soon.Token);
        }
        catch (OperationCanceledException)
        {
            // The pipe broke but the process lingers; the pool kills it.
        }
    }

    private async Task ReadLogAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line) _onLogLine?.Invoke(line);
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
            lock (_errors)
            {
                _errors.Enqueue(line);
                if (_errors.Count > KeptErrorLines) _errors.Dequeue();
            }
    }

    private string LastErrors()
    {
        lock (_errors) return _errors.Count == 0 ? "it left no message" : string.Join(" | ", _errors);
    }
}

/// <summary>First byte of a reply.</summary>
internal enum ReplyKind : byte
{
    Ready = (byte)'R',
    Solved = (byte)'S',
    Failed = (byte)'E',
}
