using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Logistics.Testing;

/// <summary>A throwaway PostgreSQL server on a random loopback port, started from the machine's binaries and gone with the test run.</summary>
/// <remarks>
/// PostgreSQL refuses root, so under root it runs as <c>postgres</c> or <c>nobody</c>. A shell holds it and ends it when its input closes, which
/// happens even when the test run is killed. (The kernel's parent-death signal follows the thread that started a process, and .NET's come and go.)
/// </remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly int _port;
    private readonly Process _process;
    private int _databases;

    private PostgresServer(string folder, int port, Process process) => (_folder, _port, _process) = (folder, port, process);

    /// <summary>What to say when <see cref="FindBinaries"/> finds nothing.</summary>
    public const string MissingMessage = "PostgreSQL is not installed: apt-get install postgresql-15";

    /// <summary>The folder with initdb and postgres, or null.</summary>
    public static string? FindBinaries()
    {
        var folders = new List<string>();
        if (Directory.Exists("/usr/lib/postgresql"))
        {
            folders.AddRange(Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => d, StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")));
        }
        folders.AddRange((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator));
        return folders.Find(f => File.Exists(Path.Combine(f, "initdb")) && File.Exists(Path.Combine(f, "postgres")));
    }

    /// <param name="isDurable">False switches fsync off, which is right except for crash tests.</param>
    public static async Task<PostgresServer> StartAsync(bool isDurable = false, CancellationToken cancel = default)
    {
        var binaries = FindBinaries() ?? throw new InvalidOperationException(MissingMessage);
        var folder = Directory.CreateTempSubdirectory("logistics-pg-").FullName;
        var user = Environment.IsPrivilegedProcess ? await OwnByServiceUserAsync(folder, cancel) : null;
        var data = Path.Combine(folder, "data");
        await RunAsync(Command(user, Path.Combine(binaries, "initdb"), "-D", data, "-U", "logistics", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"), cancel);

        var port = FreePort();
        var start = Command(
            null, "sh",
            ["-c", "\"$@\" & pid=$!; cat >/dev/null; kill -QUIT $pid; wait $pid", "sh", .. Prefix(user), Path.Combine(binaries, "postgres"), "-D", data, "-p", $"{port}", "-h", "127.0.0.1", "-k", folder,
            "-c", "fsync=" + (isDurable ? "on" : "off"), "-c", "full_page_writes=" + (isDurable ? "on" : "off"), "-c", "max_connections=60", "-c", "log_min_messages=fatal"]);
        start.RedirectStandardInput = true;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new PostgresServer(folder, port, process);
        await server.WaitUntilReadyAsync(cancel);
        return server;
    }

    /// <summary>Connection string of a database on this server.</summary>
    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={_port};Username=logistics;Database={database};Maximum Pool Size=10";

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancel = default)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand($"create database {name}", connection);
        await command.ExecuteNonQueryAsync(cancel);
        return ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            if (_process.HasExited) throw new InvalidOperationException($"postgres ended with {_process.ExitCode} while starting in {_folder}.");
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
                await connection.OpenAsync(deadline.Token);
                return;
            }
            catch (NpgsqlException)
            {
                // Not listening yet. A foreign process cannot be told to signal us, so ask again.
                await Task.Delay(50, deadline.Token);
            }
        }
    }

    private static async Task<string> OwnByServiceUserAsync(string folder, CancellationToken cancel)
    {
        var passwd = await File.ReadAllLinesAsync("/etc/passwd", cancel);
        var user = passwd.Any(l => l.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
        await RunAsync(new ProcessStartInfo("chown") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { user, folder } }, cancel);
        return user;
    }

    private static ProcessStartInfo Command(string? user, string program, params string[] arguments)
    {
        string[] line = [.. Prefix(user), program, .. arguments];
        var start = new ProcessStartInfo(line[0]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var argument in line.Skip(1)) start.ArgumentList.Add(argument);
        return start;
    }

    private static string[] Prefix(string? user) => user is null ? [] : ["setpriv", "--reuid=" + user, "--clear-groups", "--"];

    private static async Task RunAsync(ProcessStartInfo start, CancellationToken cancel)
    {

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = new StringBuilder(await process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {errors}{await output}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
