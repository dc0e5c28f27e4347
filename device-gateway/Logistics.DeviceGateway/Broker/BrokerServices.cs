using Microsoft.Extensions.DependencyInjection;

namespace Logistics.DeviceGateway.Broker;

/// <summary>Links a gateway to an external broker.</summary>
public static class BrokerServices
{
    /// <summary>Adds the link; call after <c>AddDeviceGateway</c>.</summary>
    public static IServiceCollection AddExternalBroker(this IServiceCollection services, BrokerOptions options) =>
        services.AddSingleton(options).AddSingleton<BrokerLink>().AddHostedService<BrokerBridge>();
}
