using Logistics.DeviceGateway.Security;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Identity;

/// <summary>What an operator does with a device's identity. Every change is audited and cuts the live connection that rests on the old one. Thread-safe.</summary>
public sealed class DeviceProvisioning(IDeviceCredentialStore store, IDeviceGateway gateway, ClaimDesk desk, IDeviceAudit audit) : IDisposable
{
    private readonly SemaphoreSlim _changes = new(1, 1);

    public ValueTask<string> OfferClaimAsync(string device, DeviceKind kind, TimeSpan life, string actor, string reason, CancellationToken cancellationToken) =>
        desk.OfferAsync(device, kind, life, actor, reason, cancellationToken);

    /// <summary>A device's claim that came by HTTP; over MQTT the connection itself takes the old one's place.</summary>
    public async ValueTask<ClaimOutcome> ClaimAsync(string device, string code, string peer, CancellationToken cancellationToken)
    {
        var outcome = await desk.ClaimAsync(device, code, peer, cancellationToken).ConfigureAwait(false);
        if (outcome.Issued is not null)
        {
            await gateway.DisconnectAsync(device, "device:" + device, "claimed a new credential").ConfigureAwait(false);
        }

        return outcome;
    }

    /// <summary>Gives the device a new password; the old one ends at once.</summary>
    /// <returns>The password, shown once; null for an unknown device.</returns>
    public async ValueTask<IssuedCredential?> RotateAsync(string device, string actor, string reason, CancellationToken cancellationToken)
    {
        var secret = PasswordHash.NewSecret();
        var changed = await ChangeAsync(
            "device.rotate", device, actor, reason,
            credential => credential with { PasswordHash = PasswordHash.OfSecret(secret), IsRevoked = false }, cancellationToken).ConfigureAwait(false);
        return changed is null ? null : new IssuedCredential(changed, secret);
    }

    /// <summary>Refuses the device from now on, and cuts it off.</summary>
    /// <returns>Null for an unknown device.</returns>
    public ValueTask<DeviceCredential?> RevokeAsync(string device, string actor, string reason, CancellationToken cancellationToken) =>
        ChangeAsync("device.revoke", device, actor, reason, credential => credential with { IsRevoked = true }, cancellationToken);

    /// <summary>Sets the client certificates a device may show.</summary>
    /// <param name="fingerprints">SHA-256, lower-case hex.</param>
    /// <returns>Null for an unknown device.</returns>
    public ValueTask<DeviceCredential?> SetCertificatesAsync(string device, IReadOnlyList<string> fingerprints, string actor, string reason, CancellationToken cancellationToken) =>
        ChangeAsync("device.certificates", device, actor, reason, credential => credential with { CertificateSha256 = fingerprints }, cancellationToken);

    public void Dispose() => _changes.Dispose();

    private async ValueTask<DeviceCredential?> ChangeAsync(
        string action, string device, string actor, string reason, Func<DeviceCredential, DeviceCredential> change, CancellationToken cancellationToken)
    {
        // Two operators at once must not undo each other.
        await _changes.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (await store.FindAsync(device, cancellationToken).ConfigureAwait(false) is not { } known)
            {
                return null;
            }

            var changed = change(known) with { Version = known.Version + 1 };
            await store.SaveAsync(changed, cancellationToken).ConfigureAwait(false);
            await gateway.DisconnectAsync(device, actor, reason).ConfigureAwait(false);
            await audit.WriteAsync(new DeviceAuditNote(action, device, actor, reason, Before: CredentialState.Of(known), After: CredentialState.Of(changed)), cancellationToken).ConfigureAwait(false);
            return changed;
        }
        finally
        {
            _changes.Release();
        }
    }
}
