using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Logistics.DeviceSimulator.Idle;

/// <summary><c>logistics-sim idle</c>: opens many connections, plain or TLS, and says how fast that went and what they cost.</summary>
internal static class IdleCommand
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var host = new Option<string>("--host") { DefaultValueFactory = _ => "127.0.0.1", Description = "Address of the gateway." };
        var port = new Option<int>("--port") { DefaultValueFactory = _ => 1883, Description = "MQTT port, or the TLS port with --tls." };
        var tls = new Option<string?>("--tls") { Description = "PEM file of the certificate the gateway shows: then over TLS." };
        var connections = new Option<int>("--connections") { DefaultValueFactory = _ => 10_000, Description = "Connections to hold." };
        var rate = new Option<int>("--rate") { DefaultValueFactory = _ => 0, Description = "New connections a second; 0 for as fast as it goes (a device gateway takes 200 from one address)." };
        var secret = new Option<string?>("--secret") { Description = "Password of every device; none for an open gateway." };
        var data = new Option<string?>("--data") { Description = "Folder of the gateway's log: make the devices' credentials first." };
        var process = new Option<int?>("--pid") { Description = "The gateway's process on this machine, to read its memory." };
        var command = new Command("idle", "Holds many connections and measures what they cost.") { host, port, tls, connections, rate, secret, data, process };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var password = parsed.GetValue(secret);
            var count = parsed.GetValue(connections);
            if (parsed.GetValue(data) is { } folder && password is not null)
            {
                await Provision.DevicesAsync(folder, password, Enumerable.Range(0, count).Select(IdleConnections.NameOf), cancellationToken).ConfigureAwait(false);
            }

            using var certificate = parsed.GetValue(tls) is { } file ? X509CertificateLoader.LoadCertificateFromFile(file) : null;
            var thumbprint = certificate?.GetCertHashString();
            var options = new IdleOptions(parsed.GetValue(host)!, parsed.GetValue(port), thumbprint, count, parsed.GetValue(rate), password);
            return await RunAsync(options, parsed.GetValue(process), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> RunAsync(IdleOptions options, int? process, CancellationToken cancellationToken)
    {
        var before = ProcessMemory.MegabytesOf(process);
        var began = Stopwatch.GetTimestamp();
        var connections = await IdleConnections.OpenAsync(options, cancellationToken).ConfigureAwait(false);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        try
        {
            await Task.Delay(Settling, cancellationToken).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{connections.Count} of {options.Connections} connections in {seconds:F1} s ({connections.Count / seconds:F0}/s, TLS: {options.Thumbprint is not null}); the gateway's memory went from {before:F0} to {ProcessMemory.MegabytesOf(process):F0} MB")).ConfigureAwait(false);
            return connections.Count == options.Connections ? 0 : 1;
        }
        finally
        {
            connections.Dispose();
        }
    }
}

/// <param name="Thumbprint">Of the certificate to expect over TLS; null for plain TCP.</param>
/// <param name="Rate">New connections a second; 0 for no limit.</param>
internal sealed record IdleOptions(string Host, int Port, string? Thumbprint, int Connections, int Rate, string? Secret)
{
    public byte[]? PasswordBytes => Secret is null ? null : Encoding.UTF8.GetBytes(Secret);
}
