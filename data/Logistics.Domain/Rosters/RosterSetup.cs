namespace Logistics.Domain;

/// <summary>What every week's roster of an area starts from: its shifts, the law, and how demand is read from parcels.</summary>
public sealed record RosterSetup(string AreaId)
{
    public IReadOnlyList<ShiftTemplate> Shifts { get; init; } = ShiftTemplate.Defaults;

    public LabourRules Rules { get; init; } = new();

    /// <summary>Parcels that one courier delivers in an hour, on the whole shift's average.</summary>
    public double ParcelsPerCourierHour { get; init; } = 22;

    /// <summary>How a day's work spreads over its hours: 24 shares, scaled to their sum.</summary>
    public IReadOnlyList<double> HourShares { get; init; } = [0, 0, 0, 0, 0, 0, 2, 5, 9, 10, 9, 7, 6, 7, 8, 8, 8, 7, 6, 4, 2, 0, 0, 0];

    /// <summary>Couriers with a skill who are needed whatever the volume.</summary>
    public IReadOnlyList<SkillNeed> SkillNeeds { get; init; } = [];

    /// <summary>Working time that a full contract promises in a week; minutes.</summary>
    public int ContractMinutes { get; init; } = 40 * 60;
}

/// <summary>A shift that may be worked on any day.</summary>
/// <param name="Id">Short and unique, such as "early".</param>
/// <param name="StartMinute">Local minutes from midnight, in [0, 1440).</param>
/// <param name="EndMinute">At most 1440.</param>
/// <param name="BreakMinutes">Unpaid meal break within the shift; 0 for none.</param>
/// <param name="IsUnpopular">Spread evenly among the couriers.</param>
public sealed record ShiftTemplate(string Id, string Name, int StartMinute, int EndMinute, int BreakMinutes, bool IsUnpopular = false)
{
    public static IReadOnlyList<ShiftTemplate> Defaults { get; } =
    [
        new("early", "早班", 6 * 60, (14 * 60) + 30, 30),
        new("day", "白班", 8 * 60, (16 * 60) + 30, 30),
        new("late", "晚班", (12 * 60) + 30, 21 * 60, 30, IsUnpopular: true),
        new("short", "短班", 8 * 60, (12 * 60) + 30, 0),
    ];

    public int PaidMinutes() => EndMinute - StartMinute - BreakMinutes;
}

/// <summary>At least so many couriers with a skill from hour to hour, every day.</summary>
/// <param name="StartMinute">Local minutes from midnight.</param>
public sealed record SkillNeed(string Skill, int StartMinute, int EndMinute, int Couriers);

/// <summary>Legal limits of working time. The defaults follow the PRC's labour law as commonly applied; other countries' are a matter of numbers.</summary>
public sealed record LabourRules
{
    /// <summary>Paid minutes a day: 8 hours.</summary>
    public int MaxDayMinutes { get; init; } = 8 * 60;

    /// <summary>Paid minutes in any seven days: 44 hours, overtime included.</summary>
    public int MaxWeekMinutes { get; init; } = 44 * 60;

    public int MaxDaysInARow { get; init; } = 6;

    /// <summary>Days off in any seven.</summary>
    public int MinDaysOff { get; init; } = 1;

    public int MinRestMinutes { get; init; } = 11 * 60;
}
