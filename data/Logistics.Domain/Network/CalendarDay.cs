namespace Logistics.Domain;

public enum DayKind
{
    Ordinary,

    /// <summary>A public holiday; plate rotation usually rests.</summary>
    Holiday,

    /// <summary>A weekend day worked to make up for a holiday (调休).</summary>
    MakeUpWorkday,
}

/// <summary>What is special about a date: holiday, make-up workday, shopping festival.</summary>
/// <param name="Festival">Name of a shopping festival such as 双11; null otherwise.</param>
public sealed record CalendarDay(DateOnly Day, DayKind Kind, string? Name = null, string? Festival = null)
{
    /// <summary>Where it was announced: a decree, a partner's notice.</summary>
    public string? Source { get; init; }
}
