using Logistics.DeviceGateway.Security;
using Logistics.Domain.Devices;
using Logistics.Storage.Devices;

namespace Logistics.DeviceSimulator;

/// <summary>Gives the devices of a measurement their credentials, straight in the gateway's log.</summary>
internal static class Provision
{
    /// <summary>Makes every device that has none a locker with this secret; they share one hash, which is computed once.</summary>
    public static async Task DevicesAsync(string folder, string secret, IEnumerable<string> devices, CancellationToken cancellationToken)
    {
        using var store = new SqliteDeviceStore(Path.Combine(folder, "device-log.db"));
        var hash = PasswordHash.OfSecret(secret);
        foreach (var device in devices)
        {
            if (await store.FindAsync(device, cancellationToken).ConfigureAwait(false) is null)
            {
                await store.SaveAsync(new DeviceCredential(device, DeviceKind.Locker, hash, [], IsRevoked: false, Version: 1), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
