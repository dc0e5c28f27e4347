using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Logistics.OrTools.Hosting;

/// <summary>What the child process needs on this machine: a Node executable and the files the build put into <c>cp-sat/</c>.</summary>
/// <param name="NodePath">Node executable, a path or a name to be found on PATH.</param>
/// <param name="HostScript">Path of <c>host.mjs</c>.</param>
/// <param name="RuntimeScript">Path of the WebAssembly runtime's loader.</param>
public sealed record CpSatInstallation(string NodePath, string HostScript, string RuntimeScript)
{
    /// <summary>Oldest Node major version that runs the solver.</summary>
    public const int OldestNode = 20;

    /// <summary>What <c>node --version</c> may take.</summary>
    public TimeSpan VersionLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The installation beside the running program; environment variable LOGISTICS_NODE overrides <c>node</c>.</summary>
    public static CpSatInstallation Default { get; } = InFolder(Path.Combine(AppContext.BaseDirectory, "cp-sat"));

    /// <summary>An installation whose files lie in <paramref name="folder"/>.</summary>
    public static CpSatInstallation InFolder(string folder) => new(
        Environment.GetEnvironmentVariable("LOGISTICS_NODE") is { Length: > 0 } node ? node : "node",
        Path.Combine(folder, "host.mjs"),
        Path.Combine(folder, "cp_sat_runtime_node_asyncify.js"));

    /// <summary>Looks for everything and runs <c>node --version</c>.</summary>
    /// <returns>What is missing and its remedy; null if a child can be started.</returns>
    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        foreach (var file in new[] { HostScript, RuntimeScript, Path.ChangeExtension(RuntimeScript, ".wasm") })
            if (!File.Exists(file))
                return $"The exact engine is not installed: {file} is missing. Install Node {OldestNode} or newer with npm and build again; the build downloads or-tools-wasm.";

        string version;
        try
        {
            version = await ReadVersionAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"The exact engine needs Node {OldestNode} or newer, but \"{NodePath} --version\" did not answer within {VersionLimit.TotalSeconds:0} s. Set LOGISTICS_NODE to a Node that runs.";
        }
        catch (Win32Exception e)
        {
            return $"The exact engine needs Node {OldestNode} or newer, but \"{NodePath}\" cannot be run ({e.Message}). Install Node, or set LOGISTICS_NODE to its path.";
        }

        return ParseMajor(version) is { } major && major >= OldestNode
            ? null
            : $"The exact engine needs Node {OldestNode} or newer; \"{NodePath} --version\" says \"{version}\". Install a newer Node, or set LOGISTICS_NODE to its path.";
    }

    /// <summary>Major version in "v20.11.1"; null if the text is none.</summary>
    internal static int? ParseMajor(string version)
    {
        var digits = version.TrimStart('v').Split('.')[0];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : null;
    }

    private async Task<string> ReadVersionAsync(CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(NodePath, "--version") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(VersionLimit);
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return line ?? "";
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }
}
