using Logistics.DeviceGateway.Hub;
using Logistics.DeviceGateway.Ingest;
using Logistics.DeviceGateway.Observing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Logistics.DeviceGateway.Broker;

/// <summary>Links a gateway to an external broker.</summary>
public static class BrokerServices
{
    /// <summary>Adds the link; call after <c>AddDeviceGateway</c>.</summary>
    public static IServiceCollection AddExternalBroker(this IServiceCollection services, BrokerOptions options)
    {
        services.AddSingleton(provider => new BrokerBridge(
            options,
            provider.GetRequiredService<GatewayHub>(),
            provider.GetRequiredService<IEventInspector>(),
            provider.GetRequiredService<GatewayMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<BrokerBridge>>()));
        services.AddHostedService(provider => provider.GetRequiredService<BrokerBridge>());
        return services;
    }
}
