using Logistics.DeviceGateway.Identity;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Security;

/// <summary>Decides who a client is. Thread-safe.</summary>
public interface IDeviceAuthenticator
{
    ValueTask<AuthenticationOutcome> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken);

    /// <summary>Forgets what was verified of a device, because its credential has changed.</summary>
    void Forget(string device);
}

/// <summary>What a client showed.</summary>
/// <param name="CertificateSha256">Of a verified client certificate, lower-case hex; null for none.</param>
/// <param name="Peer">Remote address, for throttling.</param>
public sealed record AuthenticationRequest(string ClientId, string? UserName, byte[]? Password, string? CertificateSha256 = null, string Peer = "");

/// <param name="Reason">Success, or the code for CONNACK.</param>
/// <param name="Device">Null when refused, and in an open gateway.</param>
/// <param name="Issued">The new secret, when the client showed a claim code; it is sent on this connection and nowhere else.</param>
public readonly record struct AuthenticationOutcome(ReasonCode Reason, DeviceCredential? Device, IssuedCredential? Issued = null);

/// <summary>Lets everybody in; for an open gateway on loopback.</summary>
internal sealed class OpenAuthenticator : IDeviceAuthenticator
{
    public ValueTask<AuthenticationOutcome> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new AuthenticationOutcome(ReasonCode.Success, null));

    public void Forget(string device)
    {
        // Nothing is remembered.
    }
}
