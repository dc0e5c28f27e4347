namespace Logistics.Storage;

/// <summary>Whose orders a query may touch. Every order query asks for one, so that none can forget the wall between partners.</summary>
public sealed class PartnerScope
{
    private PartnerScope(string? partnerId) => PartnerId = partnerId;

    /// <summary>The operator's view: every partner.</summary>
    public static PartnerScope Everyone { get; } = new(null);

    /// <summary>One partner's view.</summary>
    public static PartnerScope Only(string partnerId)
    {
        ArgumentException.ThrowIfNullOrEmpty(partnerId);
        return new PartnerScope(partnerId);
    }

    /// <summary>Null for everyone.</summary>
    public string? PartnerId { get; }

    public bool Includes(string? partnerId) => PartnerId is null || PartnerId == partnerId;

    /// <summary>A condition on <paramref name="column"/> to follow a <c>where</c>.</summary>
    internal string And(string column) => PartnerId is null ? "" : $" and {column} = @scope";

    internal (string, object?)[] Bind(params (string, object?)[] others) => PartnerId is null ? others : [.. others, ("scope", PartnerId)];
}
