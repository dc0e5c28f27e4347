using Logistics.DeviceGateway.Meaning;
using Logistics.Storage;
using Logistics.Web.Network;

namespace Logistics.Web.Devices;

/// <summary>Tells the gateway what the network knows of its devices: compartments, plates, company prefixes.</summary>
public sealed class DirectoryLoader(LogisticsStorage storage, NetworkCache network, DeviceDirectory directory, DeviceSettingsBook settings, TimeProvider time, ILogger<DirectoryLoader> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Call after a change that must hold at once.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => storage.ReadAsync(
        async db =>
        {
            var snapshot = await network.GetAsync(db);
            var labels = await storage.Devices.ListLabelsAsync(db);
            var devices = await storage.Devices.ListAsync(db);
            var prefixes = (await settings.GetAsync(db)).CompanyPrefixes;
            directory.Replace(
                devices.Select(d => new DeviceProfile(d.Device, d.Kind, labels[d.Device], snapshot.FindVehicle(d.VehicleId)?.Plate)),
                prefixes.Count == 0 ? EpcPrefixes.Any : new EpcPrefixes(prefixes));
            return true;
        },
        cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (StorageException e)
            {
                // The directory of ten seconds ago serves until the database is back.
                log.LogWarning("The devices could not be read: {Reason}", e.Message);
            }
        }
    }
}
