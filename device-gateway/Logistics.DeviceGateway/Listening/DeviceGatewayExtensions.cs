using System.Security.Cryptography.X509Certificates;
using Logistics.DeviceGateway.Connections;
using Logistics.DeviceGateway.Hub;
using Logistics.DeviceGateway.Identity;
using Logistics.DeviceGateway.Ingest;
using Logistics.DeviceGateway.Jt808;
using Logistics.DeviceGateway.Listening;
using Logistics.DeviceGateway.Meaning;
using Logistics.DeviceGateway.Observing;
using Logistics.DeviceGateway.Security;
using Logistics.Domain.Devices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Logistics.DeviceGateway;

/// <summary>Puts the gateway into a host: services, listeners, WebSocket endpoint.</summary>
public static class DeviceGatewayExtensions
{
    /// <summary>Adds the gateway.</summary>
    /// <remarks>
    /// The host provides <see cref="IDeviceStore"/> and, unless the gateway is open, <see cref="IDeviceCredentialStore"/>. Messages are
    /// judged by <see cref="MeaningInspector"/>, in an open gateway by their identity only; an <see cref="IEventInspector"/> registered before
    /// this call replaces either.
    /// </remarks>
    public static IServiceCollection AddDeviceGateway(this IServiceCollection services, GatewayOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DeviceDirectory>();
        if (options.IsOpen)
        {
            // Load tools and test suites send what they like; only the identity of an event is read.
            services.TryAddSingleton<IEventInspector, IdentityInspector>();
        }
        else
        {
            services.TryAddSingleton<IEventInspector, MeaningInspector>();
        }

        services.AddSingleton(options);
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<EventFeed>();
        services.AddSingleton<OpBatchPool>();
        services.AddSingleton<Handshake>();
        services.AddSingleton<ConnectionRunner>();
        services.AddSingleton<ConnectionThrottle>();
        services.AddSingleton<WebSocketEndpoint>();
        services.AddSingleton<OutsideConnections>();
        services.AddSingleton<Jt808Handler>();
        services.AddSingleton<Jt808Memory>();
        services.AddSingleton(provider => new Jt808Accounts(
            provider.GetRequiredService<IDeviceAuthenticator>(), provider.GetRequiredService<DeviceDirectory>(), options, provider.GetService<IDeviceCredentialStore>()));
        services.AddSingleton(provider => new GatewayHub(
            options,
            provider.GetRequiredService<IDeviceStore>(),
            provider.GetRequiredService<EventFeed>(),
            provider.GetRequiredService<GatewayMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<GatewayHub>>(),
            provider.GetRequiredService<OpBatchPool>()));
        if (options.IsOpen)
        {
            services.AddSingleton<IDeviceAuthenticator, OpenAuthenticator>();
        }
        else
        {
            services.TryAddSingleton<IDeviceAudit, LoggedDeviceAudit>();
            services.AddSingleton<ClaimDesk>().AddSingleton<DeviceProvisioning>();
            services.TryAddSingleton<IDeviceAuthenticator, StoredAuthenticator>();
        }

        services.AddSingleton<Gateway>();
        services.AddSingleton<IDeviceGateway>(provider => provider.GetRequiredService<Gateway>());
        services.AddHostedService(provider => provider.GetRequiredService<Gateway>());
        return services;
    }

    /// <summary>Speaks MQTT over plain TCP on this endpoint.</summary>
    public static ListenOptions UseMqtt(this ListenOptions listen)
    {
        listen.UseConnectionHandler<MqttConnectionHandler>();
        return listen;
    }

    /// <summary>Speaks MQTT over TLS; a client certificate is taken when shown and judged by its fingerprint.</summary>
    public static ListenOptions UseMqttTls(this ListenOptions listen, X509Certificate2 certificate)
    {
        listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificate,
            ClientCertificateMode = ClientCertificateMode.AllowCertificate,
            // Devices have self-signed certificates; what counts is the fingerprint stored for the device.
            ClientCertificateValidation = static (_, _, _) => true,
        });
        listen.UseConnectionHandler<MqttConnectionHandler>();
        return listen;
    }

    /// <summary>Speaks JT/T 808 with vehicle terminals over plain TCP on this endpoint.</summary>
    public static ListenOptions UseJt808(this ListenOptions listen)
    {
        listen.UseConnectionHandler<Jt808Handler>();
        return listen;
    }

    /// <summary>Speaks MQTT over WebSocket under a path of the web port; <c>UseWebSockets</c> must come before.</summary>
    public static IEndpointConventionBuilder MapMqttWebSocket(this IEndpointRouteBuilder endpoints, string path = "/mqtt")
    {
        var endpoint = endpoints.ServiceProvider.GetRequiredService<WebSocketEndpoint>();
        return endpoints.Map(path, endpoint.HandleAsync);
    }
}
