namespace Logistics.Domain;

public enum ImportSource
{
    Api,
    Csv,
    Generated,
}

/// <summary>One delivery of orders: what came, and where every row went.</summary>
/// <remarks><c>Rows = Accepted + Unchanged + Revised + Refused + Quarantined</c> always holds; see <see cref="IsBalanced"/>.</remarks>
public sealed record ImportBatch(string Id, string AreaId, string? PartnerId, ImportSource Source, string? FileName, DateTimeOffset At, string Actor)
{
    public int Rows { get; init; }
    public int Accepted { get; init; }

    /// <summary>The same order again.</summary>
    public int Unchanged { get; init; }

    public int Revised { get; init; }

    /// <summary>A change to an order already loaded.</summary>
    public int Refused { get; init; }

    public int Quarantined { get; init; }

    public bool IsBalanced() => Rows == Accepted + Unchanged + Revised + Refused + Quarantined;
}

public enum QuarantineStatus
{
    Open,
    Released,
    Rejected,
}

/// <summary>A row that could not become an order, with everything wrong about it; nothing is dropped silently.</summary>
/// <param name="RowNumber">1-based line of the file or item of the request.</param>
/// <param name="Draft">What could be read, for mending.</param>
/// <param name="RawText">The row as it came.</param>
public sealed record QuarantineRow(
    string Id, string AreaId, string BatchId, string? PartnerId, int RowNumber, OrderDraft Draft, string? RawText, IReadOnlyList<OrderProblem> Problems, DateTimeOffset At)
{
    public QuarantineStatus Status { get; init; } = QuarantineStatus.Open;
    public string? Waybill => Draft.Waybill;
    public DateTimeOffset? ClosedAt { get; init; }
    public string? ClosedBy { get; init; }
    public string? ClosingReason { get; init; }

    public Outcome<QuarantineRow> Close(QuarantineStatus status, string actor, string? reason, DateTimeOffset at) =>
        Status != QuarantineStatus.Open
            ? new Refusal("quarantine.closed", $"Quarantined row {RowNumber} of {BatchId} was already {Status} by {ClosedBy}.")
            : this with { Status = status, ClosedAt = at, ClosedBy = actor, ClosingReason = reason };
}
