using System.Diagnostics;
using System.Globalization;

namespace Logistics.DeviceGateway.Tests.Clients;

/// <summary>A <c>mosquitto_pub</c> or <c>mosquitto_sub</c> at work, its output read line by line.</summary>
internal sealed class MosquittoClient : IDisposable
{
    private const string MessageMark = "message ";
    private readonly Process _process;

    private MosquittoClient(Process process) => _process = process;

    /// <summary>Subscribes and returns when the SUBACK is there.</summary>
    /// <remarks>Messages are printed as topic, quality, retained and payload.</remarks>
    public static async Task<MosquittoClient> SubscribeAsync(int port, params string[] arguments)
    {
        var client = new MosquittoClient(Start("mosquitto_sub", port, ["-d", "-F", MessageMark + "%t %q %r %p", .. arguments]));
        await client.FindLineAsync(line => line.StartsWith("Subscribed", StringComparison.Ordinal));
        return client;
    }

    /// <summary>Publishes, and returns when the client has ended.</summary>
    public static async Task PublishAsync(int port, params string[] arguments)
    {
        var (code, output) = await RunAsync("mosquitto_pub", port, arguments);
        Assert.True(code == 0, string.Create(CultureInfo.InvariantCulture, $"mosquitto_pub ended with {code}: {output}"));
    }

    /// <returns>Exit code, and all that the program wrote.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, int port, params string[] arguments)
    {
        using var process = Start(program, port, arguments);
        var cancel = TestContext.Current.CancellationToken;
        var complaints = process.StandardError.ReadToEndAsync(cancel);
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, output + await complaints);
    }

    /// <summary>The next message: topic, quality, retained (0 or 1) and payload.</summary>
    public async Task<string> NextAsync() => (await FindLineAsync(line => line.StartsWith(MessageMark, StringComparison.Ordinal)))[MessageMark.Length..];

    /// <summary>SIGKILL: the connection breaks without DISCONNECT.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static Process Start(string program, int port, string[] arguments)
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo(program, ["--version"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not installed; apt-get install mosquitto-clients");
        }

        // Into a pipe the client would write by blocks and not by lines; stdbuf replaces itself by the client.
        return Process.Start(new ProcessStartInfo("stdbuf", ["-oL", program, "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private async Task<string> FindLineAsync(Predicate<string> isWanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        var seen = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (isWanted(line))
            {
                return line;
            }

            seen.Add(line);
        }

        throw new InvalidOperationException($"The client ended after: {string.Join(" | ", seen)} {await _process.StandardError.ReadToEndAsync(patience.Token)}");
    }
}
