namespace Logistics.Domain;

/// <summary>Who changed what, from what to what, and why. Written in the transaction of the change; never edited.</summary>
/// <param name="Actor">User id, or "system:" and the name of a job.</param>
/// <param name="Action">Verb with subject, such as plan.publish or terminal.update.</param>
/// <param name="ObjectKind">Such as terminal.</param>
/// <param name="Before">JSON before the change, without personal data; null when created.</param>
/// <param name="After">JSON after the change, without personal data; null when deleted.</param>
public sealed record AuditEntry(
    string Id, DateTimeOffset At, string Actor, string Action, string ObjectKind, string ObjectId, string? Before, string? After, string? Reason = null)
{
    /// <summary>The partner whose object it was, so that a partner's auditor sees only that.</summary>
    public string? PartnerId { get; init; }

    /// <summary>Remote address, where there was one.</summary>
    public string? Remote { get; init; }
}

/// <summary>Who is acting and why; every change to the store asks for one.</summary>
public sealed record Actor(string Id, string? Reason = null, string? Remote = null)
{
    public static Actor System(string job) => new("system:" + job);
}
