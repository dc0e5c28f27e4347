namespace Logistics.Domain.Devices;

/// <summary>How a device proves who it is.</summary>
/// <param name="PasswordHash">In the format of the gateway's password hash; null when only certificates count.</param>
/// <param name="CertificateSha256">Fingerprints in lower-case hex; any of them is enough.</param>
/// <param name="IsRevoked">A revoked device is refused and cut off.</param>
/// <param name="Version">Grows with every rotation; a cached verification of an older version does not count.</param>
public sealed record DeviceCredential(string Device, DeviceKind Kind, string? PasswordHash, IReadOnlyList<string> CertificateSha256, bool IsRevoked, long Version);

/// <summary>Where credentials live. Thread-safe.</summary>
public interface IDeviceCredentialStore
{
    /// <summary>The device's credential; null for an unknown device.</summary>
    ValueTask<DeviceCredential?> FindAsync(string device, CancellationToken cancellationToken);

    ValueTask SaveAsync(DeviceCredential credential, CancellationToken cancellationToken);
}
