using System.Globalization;
using Logistics.DeviceGateway.Broker;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Host;

/// <summary>The command line of the stand-alone gateway.</summary>
/// <param name="Port">MQTT over TCP; 0 for any free port.</param>
/// <param name="TlsPort">MQTT over TLS; null for none.</param>
/// <param name="WebPort">MQTT over WebSocket; null for none.</param>
/// <param name="Data">Folder of the device log.</param>
/// <param name="Postgres">Connection string; null for SQLite in <paramref name="Data"/>.</param>
/// <param name="Certificate">PEM file with certificate and key, for TLS.</param>
/// <param name="Jt808Port">JT/T 808 over TCP; null for none.</param>
/// <param name="Broker">External broker to serve as a client of; null for none.</param>
/// <param name="Claim">Device to print a claim code for instead of running; null to run.</param>
internal sealed record HostArguments(
    int Port, int? TlsPort, int? WebPort, string Data, string? Postgres, string? Certificate, int? Jt808Port, bool IsOpen, BrokerOptions? Broker, (DeviceKind Kind, string Device)? Claim)
{
    public const string Usage = """
        logistics-gateway --port N --data DIR [--open] [--web-port N] [--tls-port N --certificate FILE.pem] [--jt808-port N] [--postgres CONNECTION]
                          [--broker mqtt://user:password@host:1883 [--broker-filters F1,F2] [--broker-version 5|3.1.1] [--broker-client NAME]]
        logistics-gateway --data DIR --claim KIND/DEVICE
          --port         MQTT over TCP (1883); 0 picks a free port and prints it
          --data         folder of the device log (made if missing)
          --open         loopback only: anonymous clients, any topic; for test suites
          --web-port     MQTT over WebSocket under /mqtt, and claiming under /device/claim
          --tls-port     MQTT over TLS, client certificates welcome
          --certificate  PEM file holding certificate and key
          --jt808-port   vehicle terminals by JT/T 808 over TCP
          --postgres     keep the log in PostgreSQL instead
          --broker       also take events from an external broker, and send commands through it
          --broker-filters  one connection for each; they must not overlap (lg/v1/locker/+/up/+,lg/v1/handheld/+/up/+,lg/v1/vehicle/+/up/+)
          --broker-version  MQTT version spoken there: 5 (the default) or 3.1.1
          --broker-client   beginning of our client identifiers there (logistics-gateway); another for each gateway
          --claim        print a claim code for locker/ID, handheld/ID or vehicle/ID, good for a day, and end
        """;

    /// <returns>Null, with every fault found, when the line cannot be understood.</returns>
    public static HostArguments? TryParse(string[] args, out List<string> errors)
    {
        errors = [];
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var isOpen = false;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--open":
                    isOpen = true;
                    values[args[i]] = "";
                    break;
                case "--port" or "--tls-port" or "--web-port" or "--jt808-port" or "--data" or "--postgres" or "--certificate" or "--broker" or "--broker-filters" or "--broker-version" or "--broker-client" or "--claim" when i + 1 < args.Length:
                    values[args[i]] = args[++i];
                    break;
                default:
                    errors.Add($"\"{args[i]}\" is not an option, or its value is missing.");
                    break;
            }
        }

        var port = ReadPort(values, "--port", errors) ?? 1883;
        var tlsPort = ReadPort(values, "--tls-port", errors);
        var webPort = ReadPort(values, "--web-port", errors);
        var jt808Port = ReadPort(values, "--jt808-port", errors);
        if (tlsPort is not null && !values.ContainsKey("--certificate"))
        {
            errors.Add("--tls-port needs --certificate.");
        }

        var broker = ReadBroker(values, errors);
        var claim = ReadClaim(values, errors);
        var data = values.GetValueOrDefault("--data", "data");
        return errors.Count > 0
            ? null
            : new HostArguments(port, tlsPort, webPort, data, values.GetValueOrDefault("--postgres"), values.GetValueOrDefault("--certificate"), jt808Port, isOpen, broker, claim);
    }

    private static BrokerOptions? ReadBroker(Dictionary<string, string> values, List<string> errors)
    {
        if (!values.TryGetValue("--broker", out var text))
        {
            if (values.Keys.FirstOrDefault(name => name.StartsWith("--broker-", StringComparison.Ordinal)) is { } lonely)
            {
                errors.Add($"{lonely} needs --broker.");
            }

            return null;
        }

        if (MqttEndpoint.TryParse(text, out var error) is not { } endpoint)
        {
            errors.Add("--broker: " + error);
            return null;
        }

        var options = new BrokerOptions(endpoint);
        var version = values.GetValueOrDefault("--broker-version", "5");
        if (version is not ("5" or "3.1.1"))
        {
            errors.Add($"--broker-version is \"{version}\"; expected 5 or 3.1.1.");
        }

        return options with
        {
            Version = version == "5" ? ProtocolVersion.V5 : ProtocolVersion.V311,
            ClientIdPrefix = values.GetValueOrDefault("--broker-client", options.ClientIdPrefix),
            Filters = values.TryGetValue("--broker-filters", out var filters) ? filters.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : options.Filters,
        };
    }

    private static (DeviceKind Kind, string Device)? ReadClaim(Dictionary<string, string> values, List<string> errors)
    {
        if (!values.TryGetValue("--claim", out var text))
        {
            return null;
        }

        var parts = text.Split('/');
        if (values.ContainsKey("--open"))
        {
            errors.Add("--claim is not for --open: an open gateway lets everybody in.");
        }

        if (parts is [var name, { Length: > 0 } device] && Enum.TryParse<DeviceKind>(name, ignoreCase: true, out var kind) && kind != DeviceKind.Unknown)
        {
            return (kind, device);
        }

        errors.Add($"--claim is \"{text}\"; expected locker/ID, handheld/ID or vehicle/ID.");
        return null;
    }

    private static int? ReadPort(Dictionary<string, string> values, string name, List<string> errors)
    {
        if (!values.TryGetValue(name, out var text))
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue)
        {
            return port;
        }

        errors.Add($"{name} is \"{text}\"; expected a number from 0 to 65535.");
        return null;
    }
}
