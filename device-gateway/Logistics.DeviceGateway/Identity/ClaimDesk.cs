using System.Text;
using Logistics.DeviceGateway.Observing;
using Logistics.DeviceGateway.Security;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Identity;

/// <summary>A secret on its way to its device; it is shown once and never stored.</summary>
public sealed record IssuedCredential(DeviceCredential Credential, string Password);

/// <summary>What became of a claim.</summary>
/// <param name="Reason">Success, or the code for CONNACK.</param>
/// <param name="Issued">Null when refused.</param>
public readonly record struct ClaimOutcome(ReasonCode Reason, IssuedCredential? Issued);

/// <summary>Takes claim codes and gives credentials for them, each once. Thread-safe.</summary>
/// <remarks>
/// The claim is used up and the credential stored before the secret leaves: a device that loses the answer needs a new code, and
/// nobody who listens later can use the old one.
/// </remarks>
public sealed class ClaimDesk
{
    private readonly IDeviceCredentialStore _store;
    private readonly IDeviceAudit _audit;
    private readonly TimeProvider _time;
    private readonly GatewayMetrics _metrics;
    private readonly FailureThrottle _throttle;

    public ClaimDesk(IDeviceCredentialStore store, IDeviceAudit audit, GatewayOptions options, GatewayMetrics metrics, TimeProvider time)
    {
        _store = store;
        _audit = audit;
        _time = time;
        _metrics = metrics;
        _throttle = new FailureThrottle(options.MaximumFailuresPerMinute, time);
    }

    /// <summary>Offers a claim for a device, new or known; its current credential stays good until the claim is used.</summary>
    /// <returns>The code, for the person at the device.</returns>
    public async ValueTask<string> OfferAsync(string device, DeviceKind kind, TimeSpan life, string actor, string reason, CancellationToken cancellationToken)
    {
        var code = ClaimCode.New();
        var claim = new DeviceClaim(device, kind, PasswordHash.OfSecret(ClaimCode.Normalize(code)), (_time.GetUtcNow() + life).ToUnixTimeMilliseconds(), actor);
        await _store.SaveClaimAsync(claim, cancellationToken).ConfigureAwait(false);
        await _audit.WriteAsync(new DeviceAuditNote("device.claim-offer", device, actor, reason), cancellationToken).ConfigureAwait(false);
        return code;
    }

    /// <summary>Exchanges a code for a new credential.</summary>
    /// <param name="peer">Remote address, for throttling and the audit.</param>
    public async ValueTask<ClaimOutcome> ClaimAsync(string device, string code, string peer, CancellationToken cancellationToken)
    {
        var addressKey = "address " + peer;
        var deviceKey = "device " + device;
        if (_throttle.IsBlocked(addressKey) || _throttle.IsBlocked(deviceKey))
        {
            return new ClaimOutcome(ReasonCode.ConnectionRateExceeded, null);
        }

        var claim = await _store.FindClaimAsync(device, cancellationToken).ConfigureAwait(false);
        var isOpen = claim is not null && claim.ExpiresAtUnixMs > _time.GetUtcNow().ToUnixTimeMilliseconds();
        if (isOpen && PasswordHash.Verify(claim!.CodeHash, Encoding.UTF8.GetBytes(ClaimCode.Normalize(code))))
        {
            var issued = await IssueAsync(claim, cancellationToken).ConfigureAwait(false);
            if (issued is not null)
            {
                await _audit.WriteAsync(new DeviceAuditNote("device.claim", device, "device:" + device, "claim code", peer, After: CredentialState.Of(issued.Credential)), cancellationToken).ConfigureAwait(false);
                return new ClaimOutcome(ReasonCode.Success, issued);
            }
        }

        _throttle.Fail(addressKey);
        _throttle.Fail(deviceKey);
        _metrics.Refused("ClaimRefused");
        return new ClaimOutcome(ReasonCode.BadUserNameOrPassword, null);
    }

    private async ValueTask<IssuedCredential?> IssueAsync(DeviceClaim claim, CancellationToken cancellationToken)
    {
        var known = await _store.FindAsync(claim.Device, cancellationToken).ConfigureAwait(false);
        var secret = PasswordHash.NewSecret();
        var credential = new DeviceCredential(claim.Device, claim.Kind, PasswordHash.OfSecret(secret), known?.CertificateSha256 ?? [], IsRevoked: false, (known?.Version ?? 0) + 1);
        return await _store.TryUseClaimAsync(claim, credential, cancellationToken).ConfigureAwait(false) ? new IssuedCredential(credential, secret) : null;
    }
}
