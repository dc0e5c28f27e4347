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

    /// <summary>Credentials in the order of their devices.</summary>
    /// <param name="afterDevice">Exclusive; empty for the beginning.</param>
    ValueTask<IReadOnlyList<DeviceCredential>> ListAsync(string afterDevice, int limit, CancellationToken cancellationToken);

    /// <summary>Offers a claim; an earlier one for the device is void.</summary>
    ValueTask SaveClaimAsync(DeviceClaim claim, CancellationToken cancellationToken);

    /// <summary>The device's open claim; null for none.</summary>
    ValueTask<DeviceClaim?> FindClaimAsync(string device, CancellationToken cancellationToken);

    /// <summary>Open claims in the order of their devices.</summary>
    ValueTask<IReadOnlyList<DeviceClaim>> ListClaimsAsync(string afterDevice, int limit, CancellationToken cancellationToken);

    /// <summary>Uses a claim up and saves the credential it gave, in one transaction.</summary>
    /// <returns>False when the claim is gone: somebody else was first, or it was replaced.</returns>
    ValueTask<bool> TryUseClaimAsync(DeviceClaim claim, DeviceCredential credential, CancellationToken cancellationToken);
}

/// <summary>A chance for a device to fetch its first or next credential, once.</summary>
/// <param name="CodeHash">In the format of the gateway's password hash.</param>
/// <param name="CreatedBy">The actor who offered it.</param>
public sealed record DeviceClaim(string Device, DeviceKind Kind, string CodeHash, long ExpiresAtUnixMs, string CreatedBy);
