using System.Globalization;

namespace Logistics.DeviceGateway.Host;

/// <summary>The command line of the stand-alone gateway.</summary>
/// <param name="Port">MQTT over TCP; 0 for any free port.</param>
/// <param name="TlsPort">MQTT over TLS; null for none.</param>
/// <param name="WebPort">MQTT over WebSocket; null for none.</param>
/// <param name="Data">Folder of the device log.</param>
/// <param name="Postgres">Connection string; null for SQLite in <paramref name="Data"/>.</param>
/// <param name="Certificate">PEM file with certificate and key, for TLS.</param>
internal sealed record HostArguments(int Port, int? TlsPort, int? WebPort, string Data, string? Postgres, string? Certificate, bool IsOpen)
{
    public const string Usage = """
        logistics-gateway --port N --data DIR [--open] [--web-port N] [--tls-port N --certificate FILE.pem] [--postgres CONNECTION]
          --port         MQTT over TCP (1883); 0 picks a free port and prints it
          --data         folder of the device log (made if missing)
          --open         loopback only: anonymous clients, any topic; for test suites
          --web-port     MQTT over WebSocket under /mqtt
          --tls-port     MQTT over TLS, client certificates welcome
          --certificate  PEM file holding certificate and key
          --postgres     keep the log in PostgreSQL instead
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
                    break;
                case "--port" or "--tls-port" or "--web-port" or "--data" or "--postgres" or "--certificate" when i + 1 < args.Length:
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
        if (tlsPort is not null && !values.ContainsKey("--certificate"))
        {
            errors.Add("--tls-port needs --certificate.");
        }

        var data = values.GetValueOrDefault("--data", "data");
        return errors.Count > 0
            ? null
            : new HostArguments(port, tlsPort, webPort, data, values.GetValueOrDefault("--postgres"), values.GetValueOrDefault("--certificate"), isOpen);
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
