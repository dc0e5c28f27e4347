using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Logistics.Testing;

namespace Logistics.DeviceGateway.Tests.Broker;

/// <summary>A Mosquitto of our own on a free port, with its sessions on disk, to be stopped and started again.</summary>
internal sealed class MosquittoServer : IDisposable
{
    private const string Missing = "mosquitto is not installed; apt-get install mosquitto";
    private static readonly string[] Places = ["/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto"];

    private readonly TemporaryFolder _folder = new();
    private readonly string _program;
    private Process? _process;

    private MosquittoServer(string program)
    {
        _program = program;
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Port = ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public int Port { get; }

    /// <summary>Starts one, or skips the test and says what to install.</summary>
    public static async Task<MosquittoServer> StartAsync()
    {
        var program = Array.Find(Places, File.Exists);
        Assert.SkipUnless(program is not null, Missing);
        var server = new MosquittoServer(program);
        await server.RunAsync();
        return server;
    }

    public async Task RunAsync()
    {
        var configuration = _folder.File("mosquitto.conf");
        var user = Environment.UserName;
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            listener {Port} 127.0.0.1
            allow_anonymous true
            persistence true
            persistence_location {_folder.FullName}/
            user {user}
            max_queued_messages 0
            """));
        _process = Process.Start(new ProcessStartInfo(_program, ["-c", configuration]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        _ = _process.StandardError.ReadToEndAsync();
        _ = _process.StandardOutput.ReadToEndAsync();
        await Eventually.TrueAsync(IsListening);
    }

    /// <summary>SIGTERM, so that it saves its sessions; returns when it is gone.</summary>
    public void Stop()
    {
        using var signal = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        signal.WaitForExit();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }

        _folder.Dispose();
    }

    private bool IsListening()
    {
        try
        {
            using var probe = new TcpClient();
            probe.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
