namespace Logistics.Domain;

/// <summary>A courier and what the law and the contract allow them.</summary>
/// <param name="Code">Staff number.</param>
public sealed record Courier(string Id, string AreaId, string Code, string Name, string HomeHubId)
{
    public string? Phone { get; init; }

    /// <summary>Free words matched against what a parcel needs: "cold", "drug", "valuable", "oversize".</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    public IReadOnlyList<VehicleClass> LicensedFor { get; init; } = [];

    public EmploymentLimits Limits { get; init; } = new();

    public bool IsActive { get; init; } = true;
}

public sealed record EmploymentLimits
{
    public int MaxSecondsPerDay { get; init; } = 10 * 3600;
    public int MaxSecondsPerWeek { get; init; } = 44 * 3600;
    public int MaxDaysPerWeek { get; init; } = 6;
    public int MinRestSeconds { get; init; } = 11 * 3600;
}

/// <summary>One courier with one vehicle on one local day.</summary>
/// <param name="Day">The local day the shift starts on.</param>
public sealed record Shift(string Id, string AreaId, DateOnly Day, string CourierId, string VehicleId, DateTimeOffset Start, DateTimeOffset End)
{
    public IReadOnlyList<ShiftBreak> Breaks { get; init; } = [];

    /// <summary>How long past <see cref="End"/> the shift may run, paid as overtime.</summary>
    public int MaxOvertimeSeconds { get; init; }

    public int? MaxTrips { get; init; }

    public int? MaxStops { get; init; }
}

/// <summary>A rest that starts within [<paramref name="EarliestStart"/>, <paramref name="LatestStart"/>] and lasts a fixed time.</summary>
public sealed record ShiftBreak(DateTimeOffset EarliestStart, DateTimeOffset LatestStart, int DurationSeconds);
