using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Logistics.DeviceGateway.Identity;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Security;

/// <summary>Authenticates devices against stored credentials: a certificate's fingerprint, or a password.</summary>
/// <remarks>
/// Client identifier and user name (when given) are the device identifier. Failures are throttled per address and per device,
/// and expensive hashes are verified one at a time, so that a storm of wrong passwords costs one core at most. A verified
/// expensive password is remembered as an HMAC under a key of this process, until the credential changes.
/// </remarks>
internal sealed class StoredAuthenticator : IDeviceAuthenticator, IDisposable
{
    /// <summary>The user name of a device that shows a claim code as its password.</summary>
    public const string ClaimUserName = "claim";

    private readonly IDeviceCredentialStore _credentials;
    private readonly ClaimDesk _claims;
    private readonly FailureThrottle _throttle;
    private readonly SemaphoreSlim _expensive = new(1, 1);
    private readonly byte[] _cacheKey = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, Verified> _verified = new(StringComparer.Ordinal);

    public StoredAuthenticator(IDeviceCredentialStore credentials, ClaimDesk claims, GatewayOptions options, TimeProvider time)
    {
        _claims = claims;
        _credentials = credentials;
        _throttle = new FailureThrottle(options.MaximumFailuresPerMinute, time);
    }

    public async ValueTask<AuthenticationOutcome> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken)
    {
        if (request is { UserName: ClaimUserName, Password: { } code })
        {
            var claim = await _claims.ClaimAsync(request.ClientId, Encoding.UTF8.GetString(code), request.Peer, cancellationToken).ConfigureAwait(false);
            return new AuthenticationOutcome(claim.Reason, claim.Issued?.Credential, claim.Issued);
        }

        var addressKey = "address " + request.Peer;
        var deviceKey = "device " + request.ClientId;
        if (_throttle.IsBlocked(addressKey) || _throttle.IsBlocked(deviceKey))
        {
            return Refuse(ReasonCode.ConnectionRateExceeded);
        }

        var credential = await _credentials.FindAsync(request.ClientId, cancellationToken).ConfigureAwait(false);
        var isNamed = request.UserName is null || string.Equals(request.UserName, request.ClientId, StringComparison.Ordinal);
        if (credential is { IsRevoked: false } && isNamed && await IsProvenAsync(credential, request, cancellationToken).ConfigureAwait(false))
        {
            return new AuthenticationOutcome(ReasonCode.Success, credential);
        }

        _throttle.Fail(addressKey);
        _throttle.Fail(deviceKey);
        // Unknown, revoked and wrong look the same from outside.
        return Refuse(ReasonCode.BadUserNameOrPassword);
    }

    public void Forget(string device) => _verified.TryRemove(device, out _);

    public void Dispose() => _expensive.Dispose();

    private static AuthenticationOutcome Refuse(ReasonCode reason) => new(reason, null);

    private async ValueTask<bool> IsProvenAsync(DeviceCredential credential, AuthenticationRequest request, CancellationToken cancellationToken)
    {
        if (request.CertificateSha256 is { } fingerprint && credential.CertificateSha256.Contains(fingerprint, StringComparer.Ordinal))
        {
            return true;
        }

        if (credential.PasswordHash is not { } hash || request.Password is not { } password)
        {
            return false;
        }

        if (!PasswordHash.IsExpensive(hash))
        {
            return PasswordHash.Verify(hash, password);
        }

        var proof = HMACSHA256.HashData(_cacheKey, password);
        if (_verified.TryGetValue(credential.Device, out var known) && known.Version == credential.Version
            && CryptographicOperations.FixedTimeEquals(known.Proof, proof))
        {
            return true;
        }

        await _expensive.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!await Task.Run(() => PasswordHash.Verify(hash, password), cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }
        finally
        {
            _expensive.Release();
        }

        _verified[credential.Device] = new Verified(credential.Version, proof);
        return true;
    }

    private sealed record Verified(long Version, byte[] Proof);
}
