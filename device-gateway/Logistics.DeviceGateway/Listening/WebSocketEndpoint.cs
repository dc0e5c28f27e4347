using Logistics.DeviceGateway.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Logistics.DeviceGateway.Listening;

/// <summary>MQTT over WebSocket on a web port.</summary>
internal sealed class WebSocketEndpoint(ConnectionRunner runner, ConnectionThrottle throttle, IHostApplicationLifetime lifetime)
{
    public async Task HandleAsync(HttpContext context)
    {
        var isMqtt = context.WebSockets.IsWebSocketRequest && context.WebSockets.WebSocketRequestedProtocols.Contains("mqtt", StringComparer.Ordinal);
        if (!isMqtt)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("Expected a WebSocket upgrade with the subprotocol \"mqtt\".", context.RequestAborted).ConfigureAwait(false);
            return;
        }

        var address = context.Connection.RemoteIpAddress?.ToString() ?? "local";
        if (!throttle.TryEnter(address))
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync("mqtt").ConfigureAwait(false);
            var fingerprint = MqttConnectionHandler.FingerprintOf(context.Connection.ClientCertificate);
            var peer = new PeerInfo($"{address}:{context.Connection.RemotePort} (WebSocket)", address, fingerprint);
            var duplex = new WebSocketDuplex(socket);
            await duplex.RunAsync(pipe => runner.RunAsync(pipe, context.Abort, peer, lifetime.ApplicationStopping), context.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            throttle.Leave();
        }
    }
}
