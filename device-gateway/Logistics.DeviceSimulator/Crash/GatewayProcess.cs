using System.Diagnostics;
using System.Globalization;

namespace Logistics.DeviceSimulator.Crash;

/// <summary>A gateway in a process of its own, so that it can be killed as by a power cut.</summary>
internal sealed class GatewayProcess : IDisposable
{
    private readonly Process _process;

    private GatewayProcess(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="assembly">Path of <c>logistics-gateway.dll</c>.</param>
    /// <param name="postgres">Connection string of the log; null for SQLite in <paramref name="data"/>.</param>
    public static async Task<GatewayProcess> StartAsync(string assembly, string data, string? postgres, CancellationToken cancellationToken)
    {
        string[] database = postgres is null ? [] : ["--postgres", postgres];
        var start = new ProcessStartInfo("dotnet", [assembly, "--port", "0", "--data", data, "--open", .. database]) { RedirectStandardOutput = true, UseShellExecute = false };
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        while (await process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith("listening ", StringComparison.Ordinal))
            {
                var port = int.Parse(line.AsSpan(line.LastIndexOf(':') + 1), CultureInfo.InvariantCulture);
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new GatewayProcess(process, port);
            }
        }

        throw new InvalidOperationException($"The gateway ended before it listened, with code {process.ExitCode}.");
    }

    /// <summary>SIGKILL: nothing is flushed, no handler runs.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
