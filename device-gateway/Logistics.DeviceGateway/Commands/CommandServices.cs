using Logistics.Domain.Devices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Logistics.DeviceGateway.Commands;

/// <summary>Puts the dispatcher into a host.</summary>
public static class CommandServices
{
    /// <summary>Adds the dispatcher; call after <c>AddDeviceGateway</c>, with an <see cref="ICommandStore"/> registered.</summary>
    public static IServiceCollection AddDeviceCommands(this IServiceCollection services)
    {
        services.TryAddSingleton(new CommandRules());
        services.AddSingleton<CommandDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<CommandDispatcher>());
        return services;
    }
}
