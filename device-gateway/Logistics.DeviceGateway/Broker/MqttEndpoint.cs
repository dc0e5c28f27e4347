using System.Globalization;

namespace Logistics.DeviceGateway.Broker;

/// <summary>Where an MQTT server is and how to sign in: <c>mqtt://user:password@host:1883</c>, or <c>mqtts://</c> for TLS.</summary>
/// <param name="User">Null for none.</param>
public sealed record MqttEndpoint(string Host, int Port, bool IsTls = false, string? User = null, string? Password = null)
{
    private const int PlainPort = 1883;
    private const int TlsPort = 8883;

    /// <returns>Null, with what is wrong.</returns>
    public static MqttEndpoint? TryParse(string text, out string error)
    {
        error = "";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("mqtt" or "mqtts") || uri.Host.Length == 0)
        {
            error = $"\"{text}\" is no broker; expected mqtt://host:port or mqtts://user:password@host:port.";
            return null;
        }

        var isTls = string.Equals(uri.Scheme, "mqtts", StringComparison.Ordinal);
        var colon = uri.UserInfo.IndexOf(':', StringComparison.Ordinal);
        var user = colon < 0 ? uri.UserInfo : uri.UserInfo[..colon];
        var defaultPort = isTls ? TlsPort : PlainPort;
        return new MqttEndpoint(
            uri.Host,
            uri.Port > 0 ? uri.Port : defaultPort,
            isTls,
            user.Length == 0 ? null : Uri.UnescapeDataString(user),
            colon < 0 ? null : Uri.UnescapeDataString(uri.UserInfo[(colon + 1)..]));
    }

    /// <summary>Without the password: for logs.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsTls ? "mqtts" : "mqtt")}://{Host}:{Port}");
}
