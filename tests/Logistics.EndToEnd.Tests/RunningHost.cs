using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Logistics.Testing;

namespace Logistics.EndToEnd.Tests;

/// <summary>The real host as its own process on a throw-away data folder with the demo city; killed with the fixture.</summary>
public sealed partial class RunningHost : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private readonly Dictionary<string, string> _passwords = new(StringComparer.Ordinal);
    private Process? _process;

    public string Address { get; private set; } = "";

    /// <summary>Where devices connect by MQTT; another port after a restart.</summary>
    public int MqttPort { get; private set; }

    /// <summary>The host's data folder.</summary>
    public string DataFolder => _data.FullName;

    public string PasswordOf(string account) => _passwords[account];

    public async ValueTask InitializeAsync() => await StartAsync($"http://127.0.0.1:{FreePort()}", isFirst: true);

    /// <summary>Ends the host as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts a host that was killed again, at the address it had.</summary>
    public Task StartAgainAsync()
    {
        _process!.Dispose();
        return StartAsync(Address, isFirst: false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
            _process.Dispose();
        }
        _data.Dispose();
    }

    private async Task StartAsync(string address, bool isFirst)
    {
        // The host's own output has the built pages beside it; the copy beside this test has not. Same configuration, same framework.
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var host = Path.Combine(RepositoryFolder.Root, "web", "Logistics.Web", "bin", built.Parent!.Name, built.Name, "Logistics.Web.dll");
        (Address, MqttPort) = ("", 0);
        _process = Process.Start(new ProcessStartInfo("dotnet", [host, "--data", _data.FullName, "--urls", address, "--mqtt-port", "0"]) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("The host did not start.");
        var errors = _process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Browser.PatienceMs);
        while (Address == "" || MqttPort == 0 || (isFirst && !_passwords.ContainsKey("auditor")))
        {
            var line = await _process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException($"The host ended before it was ready. {await errors}");
            if (AddressLine().Match(line) is { Success: true } ready) Address = ready.Groups[1].Value;
            if (MqttLine().Match(line) is { Success: true } mqtt) MqttPort = int.Parse(mqtt.Groups[1].Value, CultureInfo.InvariantCulture);
            if (AccountLine().Match(line) is { Success: true } account) _passwords[account.Groups[1].Value] = account.Groups[2].Value;
        }
        _ = _process.StandardOutput.ReadToEndAsync();
    }

    // Below the range a system gives to outgoing connections: a browser that asks for a host that is gone could be given the very port it asks for.
    private static int FreePort()
    {
        for (var port = 20_000 + (Environment.ProcessId % 10_000); ; port++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse && port < 32_000)
            {
                // The next one.
            }
        }
    }

    [GeneratedRegex(@"ready: (http://\S+)")]
    private static partial Regex AddressLine();

    [GeneratedRegex(@"MQTT on port (\d+)")]
    private static partial Regex MqttLine();

    [GeneratedRegex(@"^\s+([a-z][a-z-]*)\s+([A-Za-z0-9]{16,})\s+\S")]
    private static partial Regex AccountLine();
}
