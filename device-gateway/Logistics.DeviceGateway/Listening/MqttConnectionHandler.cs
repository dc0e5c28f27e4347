using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Logistics.DeviceGateway.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Logistics.DeviceGateway.Listening;

/// <summary>Kestrel's way into the gateway, for TCP and TLS.</summary>
internal sealed class MqttConnectionHandler(ConnectionRunner runner, ConnectionThrottle throttle) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var address = connection.RemoteEndPoint is IPEndPoint ip ? ip.Address.ToString() : "local";
        if (!throttle.TryEnter(address))
        {
            connection.Abort();
            return;
        }

        try
        {
            var certificate = connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;
            var peer = new PeerInfo(connection.RemoteEndPoint?.ToString() ?? "local", address, FingerprintOf(certificate));
            var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? connection.ConnectionClosed;
            await runner.RunAsync(connection.Transport, connection.Abort, peer, stopping).ConfigureAwait(false);
        }
        finally
        {
            throttle.Leave();
        }
    }

    /// <summary>SHA-256 of the certificate in lower-case hex.</summary>
    internal static string? FingerprintOf(X509Certificate2? certificate) =>
        certificate is null ? null : Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));
}
