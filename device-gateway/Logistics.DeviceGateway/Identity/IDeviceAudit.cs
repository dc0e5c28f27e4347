using Logistics.DeviceGateway.Observing;
using Logistics.Domain.Devices;
using Microsoft.Extensions.Logging;

namespace Logistics.DeviceGateway.Identity;

/// <summary>One change of who a device is.</summary>
/// <param name="Action">Such as <c>device.revoke</c>.</param>
/// <param name="Actor">User, or <c>device:…</c> when the device did it itself.</param>
/// <param name="Remote">Remote address, where there was one.</param>
/// <param name="Before">Null where there was no credential, or it did not change.</param>
public sealed record DeviceAuditNote(string Action, string Device, string Actor, string Reason, string? Remote = null, CredentialState? Before = null, CredentialState? After = null);

/// <summary>A credential without its secrets.</summary>
public sealed record CredentialState(bool HasPassword, IReadOnlyList<string> CertificateSha256, bool IsRevoked, long Version)
{
    public static CredentialState Of(DeviceCredential credential) => new(credential.PasswordHash is not null, credential.CertificateSha256, credential.IsRevoked, credential.Version);
}

/// <summary>Where such changes are written down; the host's audit trail.</summary>
public interface IDeviceAudit
{
    ValueTask WriteAsync(DeviceAuditNote note, CancellationToken cancellationToken);
}

/// <summary>The audit of a gateway that runs alone: its log.</summary>
internal sealed class LoggedDeviceAudit(ILogger<LoggedDeviceAudit> log) : IDeviceAudit
{
    public ValueTask WriteAsync(DeviceAuditNote note, CancellationToken cancellationToken)
    {
        GatewayLog.IdentityChanged(log, note.Action, note.Device, note.Actor, note.Reason, note.Remote ?? "");
        return ValueTask.CompletedTask;
    }
}
