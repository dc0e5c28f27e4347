using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Logistics.DeviceGateway.Broker;
using Logistics.Storage;

namespace Logistics.Web.Devices;

/// <summary>Where devices connect, as asked for on the command line.</summary>
/// <param name="Mqtt">MQTT over TCP; null = the usual port, or any free one where that is taken.</param>
/// <param name="MqttTls">MQTT over TLS; null = none.</param>
/// <param name="Certificate">PEM file with certificate and key, for TLS.</param>
/// <param name="Jt808">JT/T 808 over TCP; null = none.</param>
/// <param name="Broker">External broker that devices are behind; null = none.</param>
public sealed record DevicePorts(int? Mqtt = null, int? MqttTls = null, string? Certificate = null, int? Jt808 = null, MqttEndpoint? Broker = null)
{
    public const int UsualMqttPort = 1883;

    /// <summary>Says that the usual port was taken; null when it was not.</summary>
    public string? Notice { get; private init; }

    /// <summary>The port to listen on.</summary>
    public int MqttPort => Mqtt ?? UsualMqttPort;

    /// <summary>Takes an option of the command line.</summary>
    public DevicePorts With(string option, string? value, List<string> problems) => option switch
    {
        "--mqtt-port" => this with { Mqtt = PortOf(option, value, problems) },
        "--mqtt-tls-port" => this with { MqttTls = PortOf(option, value, problems) },
        "--mqtt-certificate" => this with { Certificate = value },
        "--broker" => this with { Broker = BrokerOf(value, problems) },
        _ => this with { Jt808 = PortOf(option, value, problems) },
    };

    public void Check(List<string> problems)
    {
        if (MqttTls is not null && Certificate is null) problems.Add("--mqtt-tls-port needs --mqtt-certificate, a PEM file with certificate and key.");
        if (Certificate is not null && MqttTls is null) problems.Add("--mqtt-certificate needs --mqtt-tls-port.");
        if (Certificate is not null && !File.Exists(Certificate)) problems.Add($"--mqtt-certificate \"{Certificate}\" is not there.");
    }

    /// <summary>Looks whether the ports are free: the usual one gives way to any free one, one that was asked for does not.</summary>
    /// <exception cref="StorageException">A port that was asked for is taken.</exception>
    public DevicePorts Resolve()
    {
        foreach (var (option, port) in new[] { ("--mqtt-port", Mqtt), ("--mqtt-tls-port", MqttTls), ("--jt808-port", Jt808) })
        {
            if (port is { } asked && !IsFree(asked))
            {
                throw new StorageException(StorageFault.Busy, string.Create(CultureInfo.InvariantCulture, $"{option} {asked}: another program listens there. Stop it, or choose another port (0 picks a free one)."));
            }
        }
        if (Mqtt is not null || IsFree(UsualMqttPort)) return this;
        return this with { Mqtt = 0, Notice = $"Port {UsualMqttPort} is taken by another program, so devices connect to another one; --mqtt-port chooses it." };
    }

    private static bool IsFree(int port)
    {
        if (port == 0) return true;
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static MqttEndpoint? BrokerOf(string? text, List<string> problems)
    {
        if (text is null) return null;
        var endpoint = MqttEndpoint.TryParse(text, out var error);
        if (endpoint is null) problems.Add("--broker: " + error);
        return endpoint;
    }

    private static int? PortOf(string option, string? text, List<string> problems)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue) return port;
        if (text is not null) problems.Add($"{option} \"{text}\" must be a port from 0 (any free one) to 65535.");
        return null;
    }
}
