using Logistics.DeviceGateway.Observing;
using Microsoft.Extensions.Logging;

namespace Logistics.DeviceGateway.Identity;

/// <summary>One change of who a device is.</summary>
/// <param name="Action">Such as <c>device.revoke</c>.</param>
/// <param name="Actor">User, or <c>device:…</c> when the device did it itself.</param>
/// <param name="Remote">Remote address, where there was one.</param>
public sealed record DeviceAuditNote(string Action, string Device, string Actor, string Reason, string? Remote = null);

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
