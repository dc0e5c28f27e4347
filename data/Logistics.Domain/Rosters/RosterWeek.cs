namespace Logistics.Domain;

/// <summary>The roster of one week as the dispatcher works on it.</summary>
/// <param name="FirstDay">A Monday.</param>
/// <param name="Revision">Counts changes; a change names the revision it saw, so that two dispatchers cannot overwrite each other.</param>
public sealed record RosterWeek(string AreaId, DateOnly FirstDay, long Revision)
{
    public const int Days = 7;

    /// <summary>Shifts and locked cells; a courier's day without an entry is free.</summary>
    public IReadOnlyList<RosterCell> Cells { get; init; } = [];

    public IReadOnlyList<CourierWish> Wishes { get; init; } = [];

    /// <summary>How the last solve ended; null before the first one.</summary>
    public RosterSolve? Solve { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public string? PublishedBy { get; init; }

    /// <summary>Whether the draft was changed after it was last published.</summary>
    public bool IsChangedSincePublished { get; init; }
}

/// <summary>One courier's day.</summary>
/// <param name="Day">Day of the week's roster, in [0, 7).</param>
/// <param name="ShiftId">Shift template; null for a day off that is locked.</param>
/// <param name="VehicleId">Null until one is given.</param>
/// <param name="IsLocked">The solver must keep it.</param>
public sealed record RosterCell(string CourierId, int Day, string? ShiftId, string? VehicleId, bool IsLocked);

public enum CourierWishKind
{
    /// <summary>Leave, training, illness: never broken.</summary>
    Absent,
    DayOff,
    Avoid,
    Want,
}

/// <summary>What a courier asked for.</summary>
/// <param name="Day">Day of the week's roster; null for every day, with <see cref="CourierWishKind.Avoid"/> only.</param>
/// <param name="ShiftId">Null for absences and days off.</param>
/// <param name="Weight">1 to 10; not used for absences.</param>
public sealed record CourierWish(string CourierId, int? Day, CourierWishKind Kind, string? ShiftId = null, int Weight = 3);

/// <summary>How a roster was found.</summary>
/// <param name="Outcome">Such as "optimal" or "feasible".</param>
/// <param name="Message">What a person should know; empty for a proven optimum.</param>
/// <param name="ShortageMinutes">Missing courier-minutes, weighted by priority.</param>
/// <param name="ShortageBound">No roster misses fewer.</param>
/// <param name="Points">Points of broken wishes; fewer are better.</param>
/// <param name="PointsBound">No roster with the same shortage has fewer.</param>
public sealed record RosterSolve(DateTimeOffset At, string By, string Outcome, string Message, long ShortageMinutes, long ShortageBound, double Points, double PointsBound, double Seconds);
