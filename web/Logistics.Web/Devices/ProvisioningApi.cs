using Logistics.DeviceGateway.Identity;
using Logistics.Domain;
using Logistics.Domain.Devices;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Devices;

/// <param name="ClaimExpiresAt">When an open claim runs out; null for none.</param>
/// <param name="Certificates">SHA-256 fingerprints in lower-case hex.</param>
public sealed record CredentialView(string Device, DeviceKind Kind, bool HasPassword, IReadOnlyList<string> Certificates, bool IsRevoked, long Version, DateTimeOffset? ClaimExpiresAt);

/// <param name="Code">For the person at the device; shown once.</param>
public sealed record ClaimView(string Device, string Code, DateTimeOffset ExpiresAt);

/// <param name="Password">Shown once.</param>
public sealed record SecretView(string Device, string Password, long Version);

public sealed record ClaimDraft(double? LifeHours, string? Reason);

public sealed record CertificatesDraft(IReadOnlyList<string>? Certificates, string? Reason);

/// <summary>Who devices are: claim codes, passwords, certificates, revocation. For administrators; every change is audited.</summary>
public static class ProvisioningApi
{
    private const double DefaultLifeHours = 24;
    private const double MaximumLifeHours = 7 * 24;
    private const int MaximumCertificates = 8;

    public static void MapProvisioning(this IEndpointRouteBuilder app)
    {
        var credential = app.MapGroup("/api/devices/{device}/credential").WithTags("Devices");
        credential.MapGet("", FindAsync).RequireAuthorization(Policies.Read).WithSummary("How the device proves who it is; without secrets.");
        credential.MapPost("/claim", OfferAsync).RequireAuthorization(Policies.Administer).WithSummary("Offers a claim code, shown once; the device exchanges it for a credential, once.");
        credential.MapPost("/rotate", RotateAsync).RequireAuthorization(Policies.Administer).WithSummary("New password, shown once; the old one ends and the connection is cut.");
        credential.MapPost("/revoke", RevokeAsync).RequireAuthorization(Policies.Administer).WithSummary("Refuses the device from now on and cuts its connection.");
        credential.MapPut("/certificates", SetCertificatesAsync).RequireAuthorization(Policies.Administer).WithSummary("Sets the client certificates the device may show.");
    }

    private static async Task<Results<Ok<CredentialView>, ProblemHttpResult>> FindAsync(
        string device, LogisticsStorage storage, IDeviceCredentialStore credentials, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindKindAsync(device, storage, cancellationToken) is not { } kind) return ApiProblems.NotFound("device", device);
        var known = await credentials.FindAsync(device, cancellationToken);
        var claim = await credentials.FindClaimAsync(device, cancellationToken);
        DateTimeOffset? claimEnd = claim is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(claim.ExpiresAtUnixMs);
        return TypedResults.Ok(new CredentialView(
            device, kind, known?.PasswordHash is not null, known?.CertificateSha256 ?? [], known?.IsRevoked ?? false, known?.Version ?? 0, claimEnd > time.GetUtcNow() ? claimEnd : null));
    }

    private static async Task<Results<Ok<ClaimView>, ProblemHttpResult>> OfferAsync(
        string device, ClaimDraft draft, Caller caller, LogisticsStorage storage, DeviceProvisioning provisioning, TimeProvider time, CancellationToken cancellationToken)
    {
        var hours = draft.LifeHours ?? DefaultLifeHours;
        var problems = new List<FieldProblem>();
        if (string.IsNullOrWhiteSpace(draft.Reason)) problems.Add(NeedsReason(draft.Reason));
        if (hours is not (> 0 and <= MaximumLifeHours)) problems.Add(new FieldProblem("lifeHours", $"{hours}", "range", $"lifeHours is {hours}; expected more than 0, at most {MaximumLifeHours}."));
        if (problems.Count > 0) return ApiProblems.Invalid(problems);
        if (await FindKindAsync(device, storage, cancellationToken) is not { } kind) return ApiProblems.NotFound("device", device);
        var life = TimeSpan.FromHours(hours);
        var code = await provisioning.OfferClaimAsync(device, kind, life, caller.UserId, draft.Reason!, cancellationToken);
        return TypedResults.Ok(new ClaimView(device, code, time.GetUtcNow() + life));
    }

    private static async Task<Results<Ok<SecretView>, ProblemHttpResult>> RotateAsync(string device, ReasonBody? body, Caller caller, DeviceProvisioning provisioning, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body?.Reason)) return ApiProblems.Invalid([NeedsReason(body?.Reason)]);
        var issued = await provisioning.RotateAsync(device, caller.UserId, body.Reason, cancellationToken);
        return issued is null ? ApiProblems.NotFound("device with a credential", device) : TypedResults.Ok(new SecretView(device, issued.Password, issued.Credential.Version));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(string device, ReasonBody? body, Caller caller, DeviceProvisioning provisioning, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body?.Reason)) return ApiProblems.Invalid([NeedsReason(body?.Reason)]);
        var revoked = await provisioning.RevokeAsync(device, caller.UserId, body.Reason, cancellationToken);
        return revoked is null ? ApiProblems.NotFound("device with a credential", device) : TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetCertificatesAsync(
        string device, CertificatesDraft draft, Caller caller, DeviceProvisioning provisioning, CancellationToken cancellationToken)
    {
        var fingerprints = (draft.Certificates ?? []).Select(text => text.Replace(":", "", StringComparison.Ordinal).Trim().ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToList();
        var problems = new List<FieldProblem>();
        if (string.IsNullOrWhiteSpace(draft.Reason)) problems.Add(NeedsReason(draft.Reason));
        if (fingerprints.Count > MaximumCertificates) problems.Add(new FieldProblem("certificates", $"{fingerprints.Count}", "count", $"{fingerprints.Count} certificates; expected at most {MaximumCertificates}."));
        problems.AddRange(fingerprints.Where(text => text.Length != 64 || !text.All(char.IsAsciiHexDigitLower)).Select(text => new FieldProblem("certificates", text, "fingerprint", $"\"{text}\" is no SHA-256 fingerprint; expected 64 hex digits.")));
        if (problems.Count > 0) return ApiProblems.Invalid(problems);
        var changed = await provisioning.SetCertificatesAsync(device, fingerprints, caller.UserId, draft.Reason!, cancellationToken);
        return changed is null ? ApiProblems.NotFound("device with a credential", device) : TypedResults.NoContent();
    }

    private static FieldProblem NeedsReason(string? value) => new("reason", value, "required", "A reason is needed.");

    private static Task<DeviceKind?> FindKindAsync(string device, LogisticsStorage storage, CancellationToken cancellationToken) =>
        storage.ReadAsync(async db => (await storage.Devices.FindAsync(db, device))?.Kind, cancellationToken);
}

/// <summary>The gateway's identity changes, in the same audit trail as everything else.</summary>
public sealed class StoredDeviceAudit(LogisticsStorage storage) : IDeviceAudit
{
    public async ValueTask WriteAsync(DeviceAuditNote note, CancellationToken cancellationToken) => await storage.WriteAsync(
        db => storage.Audit.WriteAsync(db, new Actor(note.Actor, note.Reason, note.Remote), note.Action, "device", note.Device, note.Before, note.After), cancellationToken);
}
