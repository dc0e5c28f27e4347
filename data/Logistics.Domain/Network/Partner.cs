namespace Logistics.Domain;

public enum PartnerKind
{
    ECommerce,
    Carrier,
    Retailer,
    CommunityService,
}

/// <summary>合作企业: a company putting parcels into the shared network.</summary>
/// <param name="Code">Short unique code used in order files, such as JD.</param>
public sealed record Partner(string Id, string Code, string Name, PartnerKind Kind)
{
    public string? Contact { get; init; }

    /// <summary>Colour on maps and charts, #rrggbb.</summary>
    public string Color { get; init; } = "#3366cc";

    public bool IsActive { get; init; } = true;
}
