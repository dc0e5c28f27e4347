using Logistics.Domain.Devices;

namespace Logistics.Storage.Devices;

/// <summary>The reading half of a credential store: one text for both databases.</summary>
public abstract class CredentialReads : IDeviceCredentialStore
{
    public ValueTask<DeviceCredential?> FindAsync(string device, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Read<DeviceCredential?>(DeviceSql.FindCredential, row => DeviceRows.ReadCredential(device, row), device).FirstOrDefault());

    public ValueTask<IReadOnlyList<DeviceCredential>> ListAsync(string afterDevice, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<DeviceCredential>>(Read(DeviceSql.ListCredentials, row => DeviceRows.ReadCredential(row.GetText(5), row), afterDevice, (long)limit));

    public ValueTask<DeviceClaim?> FindClaimAsync(string device, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Read<DeviceClaim?>(DeviceSql.FindClaim, DeviceRows.ReadClaim, device).FirstOrDefault());

    public ValueTask<IReadOnlyList<DeviceClaim>> ListClaimsAsync(string afterDevice, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<DeviceClaim>>(Read(DeviceSql.ListClaims, DeviceRows.ReadClaim, afterDevice, (long)limit));

    public abstract ValueTask SaveAsync(DeviceCredential credential, CancellationToken cancellationToken);

    public abstract ValueTask SaveClaimAsync(DeviceClaim claim, CancellationToken cancellationToken);

    public abstract ValueTask<bool> TryUseClaimAsync(DeviceClaim claim, DeviceCredential credential, CancellationToken cancellationToken);

    /// <summary>Any thread.</summary>
    private protected abstract List<T> Read<T>(string sql, Func<IRowReader, T> read, params object?[] values);

    /// <summary>The values of <see cref="DeviceSql.SaveCredential"/>.</summary>
    private protected static object?[] ValuesOf(DeviceCredential credential) =>
    [
        credential.Device,
        (long)credential.Kind,
        credential.PasswordHash,
        string.Join(',', credential.CertificateSha256),
        credential.IsRevoked ? 1L : 0L,
        credential.Version,
    ];
}
