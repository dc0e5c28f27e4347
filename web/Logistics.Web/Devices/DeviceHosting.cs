using Logistics.DeviceGateway;
using Logistics.DeviceGateway.Alarms;
using Logistics.DeviceGateway.Broker;
using Logistics.DeviceGateway.Commands;
using Logistics.DeviceGateway.Identity;
using Logistics.DeviceGateway.Twins;
using Logistics.Domain.Devices;
using Logistics.Storage;
using Logistics.Storage.Devices;
using Logistics.Web.Hosting;

namespace Logistics.Web.Devices;

/// <summary>Runs the device gateway inside the host: the same log, inspector and hub as the stand-alone one, and twins and alarms on top.</summary>
public static class DeviceHosting
{
    private const string LogFile = "device-log.db";

    public static void Add(IServiceCollection services, HostSettings settings)
    {
        services.AddSingleton<IDeviceStore>(_ => settings.Storage is { } postgres ? new PostgresDeviceStore(postgres) : new SqliteDeviceStore(Path.Combine(settings.DataDirectory, LogFile)));
        services.AddSingleton(provider => (IDeviceCredentialStore)provider.GetRequiredService<IDeviceStore>());
        // Before the gateway: it must know the devices' compartments when the first of them speaks.
        services.AddSingleton<DeviceSettingsBook>().AddSingleton<DirectoryLoader>().AddHostedService(provider => provider.GetRequiredService<DirectoryLoader>());
        services.AddSingleton<IDeviceAudit, StoredDeviceAudit>();
        services.AddDeviceGateway(new GatewayOptions());
        services.AddSingleton<ICommandStore, StoredCommands>().AddDeviceCommands();
        if (settings.Ports.Broker is { } broker) services.AddExternalBroker(new BrokerOptions(broker));
        services.AddSingleton<ITwinStore, DurableTwins>().AddSingleton<AlarmSettingsBook>().AddSingleton<TwinBook>();
        services.AddSingleton<DeviceRegister>().AddSingleton<DeviceViews>().AddHostedService<DeviceNews>().AddHostedService<CommandNews>().AddSingleton<GatewayViews>().AddHostedService<GatewayNews>();
        // After the gateway, whose log it reads; before the listeners, which start last of all.
        services.AddHostedService<TwinKeeper>();
    }
}
