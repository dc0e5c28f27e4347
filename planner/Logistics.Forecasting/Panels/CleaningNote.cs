namespace Logistics.Forecasting.Panels;

/// <summary>What was found in the input, and what was done about it.</summary>
public enum CleaningKind
{
    /// <summary>Several rows for one day; the last one is used.</summary>
    Duplicate,

    /// <summary>Days without a row; filled by the <see cref="GapRule"/>.</summary>
    Gap,

    /// <summary>A negative volume; counted as 0.</summary>
    Negative,

    /// <summary>NaN or infinity; treated as a day without a row.</summary>
    NotANumber,

    /// <summary>A lone value beyond belief; replaced by the same weekday a week before.</summary>
    Absurd,

    /// <summary>A last day over ten times any before, in one series alone; the busiest day before stands in until another day confirms it.</summary>
    LoneJump,

    /// <summary>Never a parcel; forecast as 0.</summary>
    AllZero,

    /// <summary>Fewer than 14 days of history; borrows the shape of the other series.</summary>
    JustOpened,

    /// <summary>Silent far longer than ever before; forecast as 0 until parcels return.</summary>
    Closed,

    /// <summary>The last two weeks are at another level than the eight before; the new level is used.</summary>
    LevelShift,

    /// <summary>The whole panel was far below its level for a week or more; kept, because windows forget it and ratios ignore it.</summary>
    Lockdown,
}

/// <param name="SeriesId">Series concerned; empty for the whole panel.</param>
/// <param name="Count">Number of days.</param>
/// <param name="First">First day concerned.</param>
/// <param name="Text">The finding and the rule in one sentence.</param>
public sealed record CleaningNote(CleaningKind Kind, string SeriesId, int Count, DateOnly First, string Text);

/// <summary>A panel with the notes of how it was made.</summary>
public sealed record CleanedPanel(VolumePanel Panel, IReadOnlyList<CleaningNote> Notes);
