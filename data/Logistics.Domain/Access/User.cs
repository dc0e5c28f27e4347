namespace Logistics.Domain;

public enum Role
{
    Administrator,
    Dispatcher,
    Courier,
    Partner,
    TerminalOperator,

    /// <summary>Reads everything, changes nothing.</summary>
    Auditor,
}

/// <summary>An account. What it may see follows from its role and, for partners and couriers, from whom it stands for.</summary>
/// <param name="SignInName">Unique, compared without case.</param>
/// <param name="PasswordHash">Made and verified by the web host; opaque here.</param>
public sealed record User(string Id, string SignInName, string DisplayName, Role Role, string PasswordHash)
{
    /// <summary>Set exactly when the role is <see cref="Role.Partner"/>.</summary>
    public string? PartnerId { get; init; }

    /// <summary>Set when the role is <see cref="Role.Courier"/>.</summary>
    public string? CourierId { get; init; }

    /// <summary>Terminals a terminal operator looks after.</summary>
    public IReadOnlyList<string> TerminalIds { get; init; } = [];

    public string? Locale { get; init; }
    public bool IsDisabled { get; init; }
    public bool MustChangePassword { get; init; }

    /// <summary>Changed with the password or role; sessions and tokens issued under another stamp are void.</summary>
    public string SecurityStamp { get; init; } = "";

    public int FailedSignIns { get; init; }
    public DateTimeOffset? LockedUntil { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastSignInAt { get; init; }
}

/// <summary>A partner's or operator's key to the API. Only a digest of the secret is kept.</summary>
/// <param name="SecretHash">SHA-256 of the random secret, hex; the secret has 256 bits, so no slow hash is needed.</param>
public sealed record ApiToken(string Id, string UserId, string Name, string SecretHash, DateTimeOffset CreatedAt)
{
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }

    public bool IsUsable(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || now < ExpiresAt);
}
